"""What a publication proposes, and how it is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ledger.rows import Row


@dataclass(frozen=True)
class Change:
    """A cell of a designation that the publication states otherwise; `notice_id` where it names a new notice for it."""

    designation_id: str
    column: str
    before: str
    after: str
    where: str
    notice_id: str = ""


@dataclass
class Proposals:
    """What a publication proposes: rows to add, cells to change, and what somebody must look into."""

    designations: list[Row] = field(default_factory=list)
    notices: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    gone: dict[str, int] = field(default_factory=dict)
    """Entries that the publication had, each with how many of its units are gone with it."""
    alarms: list[str] = field(default_factory=list)
    read: int = 0
    passed_over: list[str] = field(default_factory=list)

    @property
    def unsettled(self) -> bool:
        """Whether something is left to a person: an entry that is gone, or an alarm."""
        return bool(self.gone or self.alarms)

    def __bool__(self) -> bool:
        return bool(self.designations or self.notices or self.changes or self.unsettled)


def summary(proposals: Proposals) -> Iterable[str]:
    """Give a line a proposal, as a person reads them."""
    for notice in proposals.notices:
        yield f"notice   {notice['notice_id']}: {notice['citation']} of {notice['published_on']}"
    for row in proposals.designations:
        since = row["notice_id"] or "no notice"
        yield f"new      {row['designation_id']}: {row['entity_name']} (since {row['listed_on']}, {since})"
    for change in proposals.changes:
        yield (
            f"changed  {change.designation_id}: {change.column}: {change.before!r} → {change.after!r} ({change.where})"
        )
    for key, units in proposals.gone.items():
        within = f", nor are its {units} units" if units else ""
        yield f"gone?    {key}: it is not in the publication{within}; look for the notice that removed it"
    for alarm in proposals.alarms:
        yield f"alarm    {alarm}"
