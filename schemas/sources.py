"""Rules about sources."""

from ledger.frames import AbsentError, Frame
from ledger.rules import Verdict, rule, verdict


@rule(
    "source-uncited",
    on="sources.source_id",
    phrase="no row cites the source",
    remedy="cite it in the row that it supports, or remove it",
)
def source_is_cited(t: Frame) -> Verdict:
    """Every source is cited by a row."""
    if t.names - t.frames.keys() or any(frame.table.ragged for frame in t.frames.values()):
        raise AbsentError("a row that may cite the source")
    cited: set[str] = set()
    for name, frame in t.frames.items():
        for column, field in frame.resource.columns.items():
            if field.items is not None and field.items.references == ("sources", "source_id"):
                cited.update(*(cell.split(field.items.delimiter) for cell in set(frame.text(column))))
        for key in frame.resource.foreign_keys:
            if key.table == "sources" and name != "sources":
                cited |= set(frame.text(key.columns[0]))
    return verdict(t.here.isin(cited))


@rule(
    "read-before-published",
    on="sources.accessed_on",
    phrase="the document was published later ({published})",
    remedy="compare both dates with the document",
)
def published_first(t: Frame) -> Verdict:
    """A document is read no earlier than it is published."""
    return verdict(~(t.first_day("published_on") > t.last_day(t.column)), published=t.text("published_on"))


@rule(
    "unnamed-outlet-with-address",
    on="sources.url",
    phrase="where the outlet is not known, its address is not known either",
    remedy="move the address to archive_url, or name the publisher",
)
def unnamed_outlet_has_no_address(t: Frame) -> Verdict:
    """What a copy says without naming its outlet has no address at a publisher, only that of the copy."""
    return verdict(~(t.has(t.column) & t.text("publisher").str.startswith("Unnamed outlet")))
