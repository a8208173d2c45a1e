"""Proposals applied to the tables."""

import datetime
from collections.abc import Mapping

from ledger import rows as book
from ledger.errors import LedgerError
from ledger.official.entry import Publication
from ledger.official.proposals import Change, Proposals
from ledger.package import Package
from ledger.rows import Row

REVISED = frozenset(
    "entity_name aliases destination addresses license_requirement license_review_policy footnote".split()
)
"""The columns whose change is a row of `revisions`, where a notice is known to have made it."""


ORDER = ("sources", "notices", "revisions", "designations", "lists")
"""In which the tables are written: where that is interrupted, the next reading proposes the rest again."""


def write(
    package: Package,
    tables: Mapping[str, dict[str, Row]],
    list_id: str,
    publication: Publication,
    proposals: Proposals,
    *,
    address: str,
    read_on: datetime.date,
) -> list[str]:
    """Add the new rows, change the cells, note the day of the publication, and give the names of the tables written.

    Entries that are gone and alarms are left to a person; until they are settled, and where the publication is older
    than one read before, the list keeps its day. A change that one new notice made is kept in `revisions`.
    """
    source = edition(publication, read_on)
    changed = set()
    if not proposals.unsettled and read_on.isoformat() > tables["lists"][list_id]["last_checked_on"]:
        tables["lists"][list_id]["last_checked_on"] = read_on.isoformat()
        changed.add("lists")
    for notice in proposals.notices:
        tables["notices"][notice["notice_id"]] = notice
    for row in proposals.designations:
        tables["designations"][row["designation_id"]] = row
    for change in proposals.changes:
        row = tables["designations"][change.designation_id]
        row[change.column] = change.after
        row["sources"] = ";".join(dict.fromkeys([*row["sources"].split(";"), source]))
        if change.notice_id and change.column in REVISED:
            tables["revisions"]["/".join((change.designation_id, change.notice_id, change.column))] = _revision(
                change, tables["notices"][change.notice_id], source
            )
            changed.add("revisions")
    if proposals.notices:
        changed.add("notices")
    if proposals.designations or proposals.changes or proposals.notices:
        changed |= {"designations", "sources"}
        tables["sources"].setdefault(source, _source(publication, tables, address, read_on))
    written: list[str] = []
    for name in filter(changed.__contains__, ORDER):
        try:
            book.save(package, name, tables[name].values())
        except OSError as error:
            raise LedgerError(
                f"{error.filename}: {error.strerror}; {', '.join(written) or 'nothing'} was written; mend that and run "
                "it again: it proposes what is still to be written"
            ) from None
        written.append(name)
    return written


def _revision(change: Change, notice: Row, source: str) -> Row:
    return {
        "designation_id": change.designation_id,
        "notice_id": change.notice_id,
        "column": change.column,
        "before": change.before,
        "after": change.after,
        "changed_on": notice.get("effective_on") or notice["published_on"],
        "sources": source,
    }


def edition(publication: Publication, read_on: datetime.date) -> str:
    """Give the id of the source that a publication of a day is."""
    return publication.work.slug.format(date=read_on.isoformat())


def _source(
    publication: Publication, tables: Mapping[str, Mapping[str, Row]], address: str, read_on: datetime.date
) -> Row:
    work = publication.work
    # No two sources have one address; an edition read at that of an earlier one names it by its title.
    taken = "://" not in address or any(row["url"] == address for row in tables["sources"].values())
    return {
        "source_id": edition(publication, read_on),
        "kind": work.kind,
        "publisher": work.publisher,
        "title": work.title,
        "url": "" if taken else address,
        "language": "en",
        "accessed_on": read_on.isoformat(),
    }
