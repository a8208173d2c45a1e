"""Lists that are tables on a page of their agency: the UFLPA Entity List and the FCC Covered List."""

import re
from html.parser import HTMLParser

from ledger.official.entry import Entry, Publication, PublicationError, Work, iso, listed, tidy

UFLPA = Work("Department of Homeland Security", "UFLPA Entity List", "dhs-{date}-uflpa-entity-list")
FCC = Work(
    "Federal Communications Commission",
    "List of Equipment and Services Covered By Section 2 of The Secure Networks Act",
    "fcc-{date}-covered-list",
)
DAY = "%B %d, %Y"
_NAME_COLUMNS = ({"Name of Entity", "Entity Name"}, "Effective Date")
_COVERED_COLUMNS = ("Covered Equipment or Services", "Date of Inclusion on Covered List")
# (also known as X; and Y) · (formerly known as X) · (including one alias: X) · (and two aliases: X; Y)
_ALIASES = re.compile(
    r"\s*\((?:(?:also|formerly) known as|(?:including|and) (?:\w+ )?alias(?:es)?:?)\s*(.*)\)\s*(and subsidiaries)?$",
    re.I,
)
_BY = re.compile(
    r"(?:produced(?: or provided)?|provided|supplied)(?:, directly or indirectly,)? by "
    r"(.+?)(?= or any of |, including|, to the extent|,? subject to|\.?$)"
)
# Companies of other countries, or of none that a source tells; and rows that name no company.
_NO_BUSINESS = {"AO Kaspersky Lab", "Kaspersky Lab, Inc.", "Digitalsystem Technology Inc."}
_CATEGORY = "produced in a foreign country"


class _Tables(HTMLParser):
    """Collects every table of a page as rows of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside = False
        self.whole = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
            self.inside = True
        elif tag == "br" and self.inside:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "table"):
            self.inside = False
        self.whole = self.whole or tag == "html"

    def handle_data(self, data: str) -> None:
        if self.inside and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


def uflpa(text: str) -> Publication:
    """Read dhs.gov/uflpa-entity-list: a table for each ground of listing, with the columns name and effective date.

    The date of a row is that of its last change.
    """
    publication = Publication(UFLPA, [], whole=True)
    for table in _tables(text):
        names, when = _NAME_COLUMNS
        if len(table[0]) != 2 or table[0][0] not in names or table[0][1] != when:
            publication.alarms.append(f"a table whose columns are not known: {', '.join(table[0])}")
            continue
        for row in table[1:]:
            name, aliases = _apart(row[0])
            where = f"the row of {row[0][:40]!r}"
            cells = {"entity_name": name, "aliases": listed(aliases), "listed_on": iso(row[1], DAY, where)}
            publication.entries.append(Entry(where, name, cells))
    return publication


def fcc(text: str) -> Publication:
    """Read fcc.gov/supplychain/coveredlist: a sentence that names the company, and the date of its inclusion."""
    publication = Publication(FCC, [], whole=True)
    for table in _tables(text):
        if [head.strip("*†^± ") for head in table[0]] != list(_COVERED_COLUMNS):
            if not any("Conditional Approval" in head for head in table[0]):
                publication.alarms.append(f"a table whose columns are not known: {', '.join(table[0])}")
            continue
        for row in table[1:]:
            if _CATEGORY in row[0]:
                publication.passed_over.append(f"{row[0][:40]} …")
                continue
            found = _BY.search(row[0])
            if found is None:
                publication.alarms.append(f"a row that names no company: {row[0][:80]!r}")
                continue
            for name in re.split(r"(?: and| or) its wholly.owned subsidiary ", found[1]):
                where = f"the row of {name}"
                if name in _NO_BUSINESS:
                    publication.passed_over.append(name)
                else:
                    cells = {"entity_name": name, "listed_on": iso(row[1], DAY, where)}
                    publication.entries.append(Entry(where, name, cells))
    return publication


def is_business(name: str, notes: str) -> bool:
    """Say whether an entity of the Covered List is one that the ledger holds: a company, and of China."""
    return name not in _NO_BUSINESS and _CATEGORY not in notes


def _tables(text: str) -> list[list[list[str]]]:
    parser = _Tables()
    parser.feed(text)
    parser.close()
    if not parser.whole:
        raise PublicationError("the page breaks off before its end: download it again")
    tables = [[[tidy(cell) for cell in row] for row in table if row] for table in parser.tables]
    found = [table for table in tables if table]
    if not found:
        raise PublicationError("the page has no table: was the real page sent, or one that asks for a browser?")
    ragged = [row for table in found for row in table if len(row) != len(table[0])]
    if ragged:
        raise PublicationError(f"a row has not as many cells as the heading of its table: {', '.join(ragged[0])[:80]}")
    return found


def _apart(text: str) -> tuple[str, list[str]]:
    found = _ALIASES.search(text)
    if not found:
        return text, []
    aliases = [re.sub(r"^and\s+", "", alias.strip(" ,")) for alias in found[1].split(";")]
    return " ".join([text[: found.start()].strip(), *filter(None, [found[2]])]), aliases
