"""Compare an official publication of a list with the ledger, and propose what to add and change.

Reads the Consolidated Screening List (JSON, CSV), the codified Entity List (XML of ecfr.gov), the Treasury's
consolidated list (XML), the pages of the FCC and of Homeland Security, and extracts in JSON. Without a file, the
list's data_url is downloaded. Prints a line for each proposal; an entry that is gone is a question, never a removal.
Exit code 0: nothing to propose, or all of it written; 1: there are proposals, questions or alarms; 2: the
publication was refused, and nothing was written.
"""

import argparse
import datetime
from pathlib import Path

from ledger import rows as book
from ledger.errors import LedgerError
from ledger.official import forms
from ledger.official.comparison import compare
from ledger.official.download import download
from ledger.official.entry import Publication, PublicationError
from ledger.official.proposals import Proposals, summary
from ledger.official.writing import edition, write
from ledger.package import Package
from ledger.progress import tell


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the list, the publication, and whether to write."""
    parser.add_argument("list", metavar="LIST", help="the id of the list, such as bis-entity-list")
    parser.add_argument(
        "publication", metavar="FILE|URL", nargs="?", help="the publication (default: the list's data_url)"
    )
    parser.add_argument("--write", action="store_true", help="apply what is proposed to data/")


def run(options: argparse.Namespace) -> int:
    """Read, compare, print, and write where that is asked for."""
    package = Package.open(options.root)
    tables = book.load(package)
    if options.list not in tables["lists"]:
        raise LedgerError(f"{options.list!r} is none of the lists; write one of {', '.join(tables['lists'])}")
    address = options.publication or tables["lists"][options.list]["data_url"]
    if not address:
        raise LedgerError(
            f"{options.list} has no file that a program can download; make an extract of its publication and name "
            f"that: docs/lists/{options.list}.md says how"
        )
    today = datetime.date.today()
    publication, proposals = _compared(options.list, address, tables, today)
    for line in summary(proposals):
        print(line)
    print(_count(proposals))
    if options.write:
        written = write(package, tables, options.list, publication, proposals, address=address, today=today)
        print(f"written: {', '.join(written)}; now run `ledger check`")
        return 1 if proposals.gone or proposals.alarms else 0
    return 1 if proposals else 0


def _compared(
    list_id: str, address: str, tables: dict[str, dict[str, book.Row]], today: datetime.date
) -> tuple[Publication, Proposals]:
    try:
        tell(f"reading {address} …")
        content = download(address) if "://" in address else Path(address).read_bytes()
        publication = forms.read(content, list_id)
        return publication, compare(publication, list_id, tables, edition(publication, today))
    except PublicationError as error:
        raise PublicationError(f"{address}: {error}; nothing was written") from None
    finally:
        tell()


def _count(proposals: Proposals) -> str:
    if not proposals:
        return f"nothing to propose: the {proposals.read} entries agree with the ledger"
    return (
        f"{len(proposals.designations)} new, {len(proposals.changes)} changed, {len(proposals.gone)} gone, "
        f"{len(proposals.alarms)} alarms in {proposals.read} entries"
    )
