"""Compare an official publication of a list with the ledger, and propose what to add and change.

Reads the Consolidated Screening List (JSON, CSV), the codified Entity List (XML of ecfr.gov), the Treasury's
consolidated list (XML), the pages of the FCC and of Homeland Security, and extracts in JSON. Without a file, the
list's data_url is downloaded. Prints a line for each proposal; an entry that is gone is a question, never a removal.
With --write the proposals are applied, and last_checked_on of the list becomes the day of the publication, unless
questions or alarms are left.
Exit code 0: nothing to propose, or all of it written; 1: there are proposals, questions or alarms; 2: the
publication was refused, and nothing was written.
"""

import argparse
import datetime
from collections.abc import Mapping

from ledger import rows as book
from ledger.errors import LedgerError
from ledger.named_file import UnreadableFile, read
from ledger.official import forms
from ledger.official.comparison import compare
from ledger.official.download import download
from ledger.official.entry import Publication, PublicationError
from ledger.official.proposals import Proposals, summary
from ledger.official.writing import edition, write
from ledger.package import Package
from ledger.progress import tell

NAMED = 3
"""Entries passed over that are named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the list, the publication and its day, and whether to write."""
    parser.add_argument("list", metavar="LIST", help="the id of the list, such as bis-entity-list")
    parser.add_argument(
        "publication", metavar="FILE|URL", nargs="?", help="the publication (default: the list's data_url)"
    )
    parser.add_argument(
        "--write", action="store_true", help="apply what is proposed to data/; with a FILE, --read-on must tell its day"
    )
    parser.add_argument(
        "--read-on",
        type=_day,
        metavar="DAY",
        help="the day on which the FILE was downloaded, such as 2026-07-31; what is downloaded now is of today",
    )


def run(options: argparse.Namespace) -> int:
    """Read, compare, print, and write where that is asked for."""
    package = Package.open(options.root)
    tables = book.load(package)
    list_id, address = _asked(options, tables)
    today = datetime.date.today()
    downloaded = "://" in address
    if options.write and not downloaded and options.read_on is None:
        raise LedgerError(
            "the day of a file is not known; say with --read-on DAY when it was downloaded; nothing was written"
        )
    read_on = options.read_on or today
    if read_on > today or (downloaded and read_on < today):
        raise LedgerError(f"--read-on {read_on}: the publication cannot be of that day; nothing was written")
    publication, proposals = _compared(list_id, address, tables, read_on)
    for line in summary(proposals):
        print(line)
    print(_count(proposals))
    if options.write:
        before = tables["lists"][list_id]["last_checked_on"]
        written = write(package, tables, list_id, publication, proposals, address=address, read_on=read_on)
        print(_day_of_list(list_id, before, tables["lists"][list_id]["last_checked_on"], read_on))
        print(_written(written))
        return 1 if proposals.unsettled else 0
    return 1 if proposals else 0


def _asked(options: argparse.Namespace, tables: Mapping[str, Mapping[str, book.Row]]) -> tuple[str, str]:
    """Give the list, and the file or address of its publication."""
    by_name = {name.casefold(): name for name in tables["lists"]}
    list_id = by_name.get(options.list.casefold())
    if list_id is None:
        raise LedgerError(f"{options.list!r} is none of the lists; write one of {', '.join(tables['lists'])}")
    if options.publication == "":
        raise LedgerError("the name of the file is empty; name a file, or none at all to download the publication")
    address = options.publication or tables["lists"][list_id]["data_url"]
    if not address:
        raise LedgerError(
            f"{list_id} has no file that a program can download; make an extract of its publication and name that: "
            f"docs/lists/{list_id}.md says how"
        )
    return list_id, address


def _compared(
    list_id: str, address: str, tables: dict[str, dict[str, book.Row]], read_on: datetime.date
) -> tuple[Publication, Proposals]:
    try:
        tell(f"reading {address} …")
        content = download(address) if "://" in address else read(address)
        publication = forms.read(content, list_id)
        return publication, compare(publication, list_id, tables, edition(publication, read_on))
    except (PublicationError, UnreadableFile) as error:
        raise PublicationError(f"{address}: {error}; nothing was written") from None
    finally:
        tell()


def _count(proposals: Proposals) -> str:
    if proposals:
        gone = len(proposals.gone) + sum(proposals.gone.values())
        told = (
            f"{len(proposals.designations)} new, {len(proposals.changes)} changed, {gone} gone, "
            f"{len(proposals.alarms)} alarms in {proposals.read} entries"
        )
    else:
        told = f"nothing to propose: the {proposals.read} entries agree with the ledger"
    passed_over = proposals.passed_over
    if not passed_over:
        return told
    rest = f" and {len(passed_over) - NAMED} more" if len(passed_over) > NAMED else ""
    return f"{told}; passed over, as they name no entity of China: {', '.join(passed_over[:NAMED])}{rest}"


def _day_of_list(list_id: str, before: str, after: str, read_on: datetime.date) -> str:
    """Say what became of the day on which the list was last read."""
    if after != before:
        return f"last_checked_on of {list_id}: {before} → {after}"
    if read_on.isoformat() <= before:
        return f"last_checked_on of {list_id} stays {before}: the publication is not later"
    return f"last_checked_on of {list_id} stays {before} until what is gone and the alarms are settled"


def _written(tables: list[str]) -> str:
    if not tables:
        return "nothing was written"
    told = f"written: {', '.join(tables)}"
    return told if tables == ["lists"] else f"{told}; fill in what `ledger check` now warns of"


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-07-31") from None
