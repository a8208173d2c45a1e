"""Screen names against companies, their aliases and every designation: English, Chinese or pinyin.

Word order, legal form, abbreviations and one wrong letter do not hinder a hit. The score says how alike two names are,
from 0 to 100; it does not say that they are one company. No hit is no clearance: read the official list before you act.
Exit code 0: no hit; 3: hits; 2: it could not run.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence

from ledger.errors import ScreenError
from ledger.findings import plain
from ledger.names import has_han
from ledger.package import Package
from ledger.progress import tell
from ledger.screening import Screening
from ledger.screening.entries import COLUMNS, Hit, ListRead
from ledger.screening.name_files import Given, read_names
from ledger.screening.words import legible

NO_CLEARANCE = "A hit is a likeness of names, and no hit is no clearance: read the official list before you act."
ENGLISH = "the lists print English names; look up the English name too"
SHOWN = 5
"""Names that were not screened, or not whole, told one by one."""
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
    given = _given(options)
    screening = Screening.of(Package.open(options.root))
    results: list[tuple[Given, list[Hit]]] = []
    for number, one in enumerate(given):
        if number % STEP == 0 and len(given) > STEP:
            tell(f"screening names: {number:,} of {len(given):,} …")
        results.append((one, screening.hits(one.name)))
    tell()
    most = options.limit or max(len(hits) for _, hits in results)
    OUTPUTS[options.output]([(one, hits[:most], len(hits[most:])) for one, hits in results])
    aside = sys.stdout if options.output == "text" else sys.stderr
    for line in (*_lists(screening.lists), NO_CLEARANCE):
        print(line, file=aside)
    return 3 if any(hits for _, hits in results) else 0


Results = Sequence[tuple[Given, list[Hit], int]]
"""For each name its hits, and how many more there are."""


def _as_text(results: Results) -> None:
    for given, hits, more in results:
        print(plain(given.name))
        for hit in hits:
            print(f"  {'linked' if hit.via == 'company' else f'{hit.score:6.1f}'}  {_line(hit)}")
        if more:
            print(f"  and {more} more: --limit 0 shows all")
        if not hits:
            print(f"  no hit: {ENGLISH}" if has_han(given.name) else "  no hit")


def _as_json(results: Results) -> None:
    rows = [{"row": given.row} | hit.cells for given, hits, _ in results for hit in hits]
    print(json.dumps(rows, ensure_ascii=False, indent=1))
    _tell_rest(results)


def _as_csv(results: Results) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("row", *COLUMNS))
    writer.writerows((given.row, *hit.cells.values()) for given, hits, _ in results for hit in hits)
    _tell_rest(results)


OUTPUTS = {"text": _as_text, "json": _as_json, "csv": _as_csv}


def _line(hit: Hit) -> str:
    return plain(
        " · ".join(
            part
            for part in (
                _name(hit),
                f"{hit.kind} {hit.id}",
                hit.list,
                hit.notice,
                _listed(hit),
                f"DELISTED {hit.delisted_on}" if hit.delisted_on else "",
                hit.link,
            )
            if part
        )
    )


def _name(hit: Hit) -> str:
    if hit.via == "company":
        of = f"company {hit.company_id}"
        return f"{hit.name}, {f'{of} itself' if hit.relation == 'itself' else f'{hit.relation} of {of}'}"
    if hit.via == "acronym":
        return f"{hit.name}, by an acronym" + (f", {hit.matched}" if hit.matched != hit.name else "")
    return hit.name if hit.matched == hit.name else f"{hit.name}, as {hit.matched}"


def _listed(hit: Hit) -> str:
    if hit.listed_on_basis == "latest":
        return f"listed by {hit.listed_on} (first listing not read)"
    return f"listed {hit.listed_on}" if hit.listed_on else ""


def _lists(lists: Sequence[ListRead]) -> Iterator[str]:
    days = " · ".join(f"{one.id} {one.last_checked_on}" for one in lists)
    yield f"The lists, and the day each was last read: {days}."
    for one in lists:
        if one.known_gaps:
            yield f"Known to be missing of {one.id}: {one.known_gaps}"


def _tell_rest(results: Results) -> None:
    more = sum(rest for _, _, rest in results)
    if more:
        print(f"{more} hits are not shown: --limit 0 shows all", file=sys.stderr)
    chinese = sum(not hits and has_han(given.name) for given, hits, _ in results)
    if chinese:
        print(f"{chinese} Chinese names have no hit: {ENGLISH}", file=sys.stderr)


def _given(options: argparse.Namespace) -> list[Given]:
    """Give the names to be screened, and say on stderr which are not, or not whole."""
    if options.names and options.file is not None:
        raise ScreenError("there are names and a file of names; give one of them")
    given = [Given(number, name, f"name {number}") for number, name in enumerate(options.names, start=1)]
    if options.file is not None:
        given = read_names(options.file)
    if not given:
        raise ScreenError("there is no name to screen; give names, or a file of names with --file")
    screened, passed_over, cut = [], [], []
    for one in given:
        compared = legible(one.name)
        if not _letters(compared):
            lacks = "word in Latin or Chinese letters" if _letters(one.name) else "letters"
            passed_over.append(f"{one.place}: {plain(one.name)!r} has no {lacks} and was not screened")
            continue
        screened.append(one)
        if _letters(compared) < _letters(one.name):
            part = compared.strip()
            cut.append(f"{one.place}: of {plain(one.name)!r} only {part!r} was compared, its Latin and Chinese")
    _tell_some(passed_over, "names that were not screened")
    if not screened:
        raise ScreenError("no name has Latin or Chinese letters; give a name in one of these scripts")
    _tell_some(cut, "names that were not compared whole")
    return screened


def _letters(name: str) -> int:
    return sum(map(str.isalpha, name))


def _tell_some(lines: list[str], what: str) -> None:
    for line in lines[:SHOWN]:
        print(line, file=sys.stderr)
    if len(lines) > SHOWN:
        print(f"and {len(lines) - SHOWN} more {what}", file=sys.stderr)


def _limit(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of hits; write a whole number, or 0 for all")
    return int(text)
