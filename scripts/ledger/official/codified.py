"""Supplement No. 4 to Part 744 of Title 15, Code of Federal Regulations, as codified: the Entity List itself.

It is printed with care: names stand as listed. It cites the page of the entry, not the first page of the notice. Units
of some entities are nested in the text of the entity.
"""

import csv
import io
import re
from dataclasses import dataclass
from xml.etree import ElementTree

from ledger.official.citations import citations, unread
from ledger.official.entry import Entry, Publication, PublicationError, Work, listed, tidy
from ledger.official.licences import licence_cells
from ledger.official.wording import POINTER

WORK = Work(
    "Bureau of Industry and Security",
    "Supplement No. 4 to Part 744 - Entity List",
    "bis-{date}-supplement-4-part-744",
)
EXTRACT = "name aliases destination address federal_register license_requirement_notes".split()
COLUMNS = ["Country", "Entity", "License requirement", "License review policy", "Federal Register citation"]
_HEADINGS = {"CHINA, PEOPLE'S REPUBLIC OF": "China", "CHINA": "China", "HONG KONG": "Hong Kong", "MACAU": "Macau"}
_PART = " subordinate institution: "
# A pointer to another heading of the list is no part of the address.
_POINTER = re.compile(rf"\s*{POINTER.pattern}[\s.]*", re.I)
_APART = re.compile(
    r";\s*(?:and\s+)?|(?<=China)\.\s+(?=[A-Z0-9])|(?:(?<=China)|(?<=Hong Kong))[.,]?\s+and\s+(?=[A-Z0-9])"
)
# The name ends at the first comma that no legal form follows; the last alias at the first stop that is none of its own.
_COMMA = re.compile(r",\s+(?!(?:Co|Ltd|LTD|Inc|LLC|Limited|Corp|S\.A|Pte)\b)")
_STOP = re.compile(r"(?:(?<=(?:Ltd|Inc)\.)|(?<!\bCo)(?<!\bLtd)(?<!\bInc)(?<!\bCorp)(?<!\bNo)\.)\s+(?=[A-Z0-9])")
_ALIASES = re.compile(r",?\s*a\.k\.a\.,?\s*(?:the following (?:[\w-]+ )?alias(?:es)?:?)?\s*", re.I)


def from_csv(text: str) -> Publication:
    """Read an extract of the entries under China: a row an entry, its aliases parted by ` | `."""
    rows = list(csv.DictReader(io.StringIO(text), strict=True))
    publication = Publication(WORK, [], exact_names=True)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise PublicationError(f"record {number} has not as many cells as the header: make the extract anew")
        publication.entries.append(
            _entry(
                _Raw(
                    where=f"record {number}",
                    name=tidy(row["name"]),
                    aliases=[tidy(alias) for alias in row["aliases"].split("|")],
                    destination=row["destination"],
                    addresses=row["address"],
                    needs=row["license_requirement_notes"],
                    policy=None,
                    cited=row["federal_register"],
                )
            )
        )
    return publication


def from_xml(text: str) -> Publication:
    """Read the XML of the electronic Code of Federal Regulations: a table of five columns in the appendix.

    A row without a country is under the country above it. The cell of the entity holds its name, its aliases each
    after a dash, and its addresses.
    """
    root = ElementTree.fromstring(text)  # noqa: S314  expat itself bounds what entities grow to
    appendix = root.find(".//*[@N='Supplement No. 4 to Part 744']")
    if appendix is None:
        raise PublicationError("it has no Supplement No. 4 to Part 744; ask ecfr.gov for part 744 of title 15")
    publication = Publication(WORK, [], exact_names=True, splits=False)
    country = ""
    for number, row in enumerate(appendix.iter("TR"), start=1):
        heads = [_words(cell) for cell in row.findall("TH")]
        if heads and heads != COLUMNS:
            raise PublicationError(f"its columns are {', '.join(heads)}, not {', '.join(COLUMNS)}")
        cells = [_words(cell) for cell in row.findall("TD")]
        if not cells:
            continue
        if len(cells) != len(COLUMNS):
            publication.alarms.append(f"row {number}: it has {len(cells)} cells instead of {len(COLUMNS)}")
            continue
        country = cells[0] or country
        if cells[1].strip(" .") in ("", "[Reserved]", "[RESERVED]"):
            continue
        destination = _HEADINGS.get(country.replace("’", "'").upper(), country.title())
        name, aliases, rest = _of_cell(cells[1])
        needs, policy, cited = cells[2:]
        publication.entries.append(
            _entry(_Raw(f"row {number}", name, aliases, destination, rest, needs, policy, cited, text=cells[1]))
        )
    return publication


def addresses(text: str) -> list[str]:
    """Give the addresses of an entry, each without the stop and the pointers that follow it.

    >>> addresses("1 A Rd., Beijing, China; and 2 B St., Hong Kong. (See alternate address under Iran)")
    ['1 A Rd., Beijing, China', '2 B St., Hong Kong']
    """
    parts = (tidy(_POINTER.sub("", part)).strip(" ,;") for part in _APART.split(tidy(text)))
    return [part.removesuffix(".").strip() for part in parts if part.strip(" .") not in ("", "and")]


@dataclass(frozen=True)
class _Raw:
    """An entry as it is printed; `policy` is None where the reading leaves that column out."""

    where: str
    name: str
    aliases: list[str]
    destination: str
    addresses: str
    needs: str
    policy: str | None
    cited: str
    text: str = ""


def _entry(raw: _Raw) -> Entry:
    whole, mark, part = raw.name.partition(_PART)
    cells = {
        "entity_name": part if mark and part else raw.name,
        "aliases": listed(raw.aliases),
        "destination": raw.destination,
        "addresses": listed(addresses(raw.addresses)),
    }
    licence, alarms = licence_cells(raw.needs, raw.policy)
    pages, rest = citations(raw.cited)
    return Entry(
        where=raw.where,
        name=cells["entity_name"],
        cells=cells | licence,
        citations=pages,
        part_of=whole if mark and part else "",
        text=raw.text,
        alarms=(*alarms, *unread(rest)),
    )


def _of_cell(text: str) -> tuple[str, list[str], str]:
    """Part the text of an entity's cell into its name, its aliases and the text of its addresses."""
    match = _ALIASES.search(text)
    if match is None:
        name, *at = re.split(_COMMA, text, maxsplit=1)
        return name, [], "".join(at)
    before, _, last = text[match.end() :].rpartition("—")
    aliases = [re.sub(r"[;,]?\s*(?:and)?\s*$", "", alias) for alias in before.split("—")]
    alias, *at = re.split(_STOP, last, maxsplit=1)
    return text[: match.start()], [alias.strip() for alias in [*aliases, alias] if alias.strip(" :,.")], "".join(at)


def _words(cell: ElementTree.Element) -> str:
    """Give the text of a cell; a line break parts words."""
    for element in cell.iter():
        if element.tag.lower() == "br":
            element.tail = f" {element.tail or ''}"
    return tidy("".join(cell.itertext()))
