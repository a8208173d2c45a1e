"""The entries that names are screened against: every company and every designation, with their names."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from ledger.errors import ScreenError
from ledger.layers.bytes import load
from ledger.package import Package
from ledger.tables import Table

NEEDED = {
    "designations": (
        *("designation_id", "list_id", "entity_name", "aliases", "company_id"),
        *("relation", "notice_id", "listed_on", "listed_on_basis", "delisted_on"),
    ),
    "companies": ("company_id", "name", "name_zh", "legal_name", "aliases", "website"),
    "lists": ("list_id", "url", "last_checked_on", "known_gaps"),
    "notices": ("notice_id", "citation", "url"),
}
"""The tables that a screening reads, and the columns without which it would miss names or tell them wrong."""


@dataclass(frozen=True)
class Hit:
    """One entry that a name hit: the score from 0 to 100, what matched, and the entry.

    `via` says what the name is like: the entry's own name, an alias or an acronym of it, or the company that the entry
    is linked to by its `relation`; the score and `matched` are then those of the company.
    """

    query: str = ""
    score: float = 0.0
    matched: str = ""
    via: str = ""
    kind: str = ""
    id: str = ""
    name: str = ""
    list: str = ""
    notice: str = ""
    listed_on: str = ""
    listed_on_basis: str = ""
    delisted_on: str = ""
    company_id: str = ""
    relation: str = ""
    link: str = ""

    @property
    def cells(self) -> dict[str, object]:
        """The cells of a row."""
        return asdict(self)


COLUMNS = tuple(field.name for field in fields(Hit))


@dataclass(frozen=True)
class Entry:
    """An entry with its names, the first of which is its own."""

    hit: Hit
    names: tuple[str, ...]


@dataclass(frozen=True)
class ListRead:
    """A list whose entries are screened: the day it was last read, and what is known to be missing of it."""

    id: str
    last_checked_on: str
    known_gaps: str


def lists_read(tables: Mapping[str, Table]) -> list[ListRead]:
    """Give the lists that the designations are of."""
    return [ListRead(row["list_id"], row["last_checked_on"], row["known_gaps"]) for row in _rows(tables["lists"])]


def entries(tables: Mapping[str, Table]) -> list[Entry]:
    """Give every company and every designation with its names."""
    lists = {row["list_id"]: row for row in _rows(tables["lists"])}
    notices = {row["notice_id"]: row for row in _rows(tables["notices"])}
    found = []
    for row in _rows(tables["designations"]):
        notice = notices.get(row["notice_id"], {})
        hit = Hit(
            kind="designation",
            id=row["designation_id"],
            name=row["entity_name"],
            list=row["list_id"],
            notice=notice.get("citation", ""),
            listed_on=row["listed_on"],
            listed_on_basis=row["listed_on_basis"],
            delisted_on=row["delisted_on"],
            company_id=row["company_id"],
            relation=row["relation"],
            link=notice.get("url") or lists.get(row["list_id"], {}).get("url", ""),
        )
        found.append(Entry(hit, (row["entity_name"], *_aliases(tables["designations"], row))))
    for row in _rows(tables["companies"]):
        hit = Hit(
            kind="company",
            id=row["company_id"],
            name=row["name"],
            company_id=row["company_id"],
            link=row["website"],
        )
        names = (row["name"], row["name_zh"], row["legal_name"], *_aliases(tables["companies"], row))
        found.append(Entry(hit, tuple(filter(None, names))))
    return found


def tables_of(package: Package) -> dict[str, Table]:
    """Read the tables that a screening needs; ScreenError names the one that cannot be read whole, or has no rows."""
    tables, findings = load(package)
    for name, columns in NEEDED.items():
        table = tables.get(name)
        if table is None or table.ragged or not set(columns) <= set(table.columns):
            why = next((finding for finding in findings if finding.table == name), None)
            said = f"{why.place}: {why.message}" if why else f"the table {name} is not in datapackage.json"
            raise ScreenError(f"names cannot be screened while a table cannot be read: {said}; run `ledger check`")
    if not tables["designations"].rows:
        raise ScreenError("there are no designations to screen names against: data/designations.csv has no rows")
    read = {row["list_id"] for row in _rows(tables["lists"]) if row["last_checked_on"]}
    unread = sorted({row["list_id"] for row in _rows(tables["designations"])} - read)
    if unread:
        raise ScreenError(f"data/lists.csv does not say when {', '.join(unread)} was last read; run `ledger check`")
    return tables


def _rows(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _aliases(table: Table, row: Mapping[str, str]) -> list[str]:
    items = table.resource.columns["aliases"].items
    return [item.strip() for item in (items.split(row["aliases"]) if items else [row["aliases"]]) if item.strip()]
