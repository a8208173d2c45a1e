"""Screen names against companies, their aliases and every designation: English, Chinese or pinyin.

Word order, legal form, abbreviations and one wrong letter do not hinder a hit. The score says how alike two names are,
from 0 to 100; it does not say that they are one company. No hit is no clearance: read the official list before you act.
Exit code 0: no hit; 3: hits; 2: it could not run.
"""

import argparse
import csv
import json
import sys
from collections.abc import Sequence

from ledger.errors import ScreenError
from ledger.findings import plain
from ledger.package import Package
from ledger.progress import tell
from ledger.screening import Screening
from ledger.screening.entries import COLUMNS, Hit
from ledger.screening.name_files import read_names
from ledger.screening.words import readings

NO_CLEARANCE = "A hit is a likeness of names, and no hit is no clearance: read the official list before you act."
LETTERLESS_SHOWN = 5
STEP = 500
"""Names between two signs of progress."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `ledger screen`."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="a name, in quotes where it has spaces")
    parser.add_argument(
        "--file",
        metavar="FILE",
        help="a CSV whose column `name`, or only column, holds names, or a text with a name a line; - reads stdin",
    )
    parser.add_argument(
        "--output",
        choices=OUTPUTS,
        default="text",
        help="lines for a reader, a JSON array of hits, or CSV with a row a hit (default: text)",
    )
    parser.add_argument(
        "--limit", type=_limit, default=10, metavar="N", help="hits shown of a name, 0 for all (default: 10)"
    )


def run(options: argparse.Namespace) -> int:
    """Screen each name, print the hits, and say on stderr what was left out."""
    names = _names(options)
    screening = Screening.of(Package.open(options.root))
    results: list[tuple[str, list[Hit]]] = []
    for number, name in enumerate(names):
        if number % STEP == 0 and len(names) > STEP:
            tell(f"screening names: {number:,} of {len(names):,} …")
        results.append((name, screening.hits(name)))
    tell()
    most = options.limit or max(len(hits) for _, hits in results)
    OUTPUTS[options.output]([(name, hits[:most], len(hits[most:])) for name, hits in results])
    return 3 if any(hits for _, hits in results) else 0


Results = Sequence[tuple[str, list[Hit], int]]
"""For each name its hits, and how many more there are."""


def _as_text(results: Results) -> None:
    for name, hits, more in results:
        print(plain(name))
        for hit in hits:
            print(f"  {hit.score:5.1f}  {_line(hit)}")
        if more:
            print(f"  and {more} more: --limit 0 shows all")
        if not hits:
            print("  no hit")
    print(NO_CLEARANCE)


def _as_json(results: Results) -> None:
    print(json.dumps([hit.cells for _, hits, _ in results for hit in hits], ensure_ascii=False, indent=1))
    _tell_more(results)


def _as_csv(results: Results) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(hit.cells.values() for _, hits, _ in results for hit in hits)
    _tell_more(results)


OUTPUTS = {"text": _as_text, "json": _as_json, "csv": _as_csv}


def _line(hit: Hit) -> str:
    parts = [hit.name if hit.matched == hit.name else f"{hit.name}, as {hit.matched}", f"{hit.kind} {hit.id}"]
    parts += [part for part in (hit.list, hit.notice) if part]
    parts += [f"listed {hit.listed_on}"] if hit.listed_on else []
    parts += [f"DELISTED {hit.delisted_on}"] if hit.delisted_on else []
    parts += [hit.link] if hit.link else []
    return plain(" · ".join(parts))


def _tell_more(results: Results) -> None:
    more = sum(rest for _, _, rest in results)
    if more:
        print(f"{more} hits are not shown: --limit 0 shows all", file=sys.stderr)


def _names(options: argparse.Namespace) -> list[str]:
    """Give the names to be screened, and say on stderr which have no letters."""
    given = [(f"name {number}", name) for number, name in enumerate(options.names, start=1)]
    if options.file is not None:
        given += read_names(options.file)
    if not given:
        raise ScreenError("there is no name to screen; give names, or a file of names with --file")
    letterless = [(place, name) for place, name in given if not readings(name)]
    blank = {name for _, name in letterless}
    for place, name in letterless[:LETTERLESS_SHOWN]:
        print(f"{place}: {plain(name)!r} has no letters and was not screened", file=sys.stderr)
    if len(letterless) > LETTERLESS_SHOWN:
        print(f"and {len(letterless) - LETTERLESS_SHOWN} more names without letters", file=sys.stderr)
    names = [name for _, name in given if name not in blank]
    if not names:
        raise ScreenError("no name has letters; give a name in Latin or Chinese script")
    return names


def _limit(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of hits; write a whole number, or 0 for all")
    return int(text)
