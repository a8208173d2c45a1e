"""Rules about revisions."""

from ledger.frames import Frame, holds
from ledger.rules import Verdict, rule, verdict


@rule(
    "revision-not-in-modified-by",
    on="revisions.notice_id",
    phrase="modified_by of {designation} does not name the notice",
    remedy="add the notice to modified_by of the designation, or name the notice that made the change",
)
def notice_is_named(t: Frame) -> Verdict:
    """A notice that revised an entry stands in the entry's modified_by."""
    named = t.look_up("designation_id", "designations.modified_by")
    there = t.look_up("designation_id", "designations.list_id") != ""
    return verdict(~there | holds(named, t.here), designation=t.text("designation_id"))


@rule(
    "revision-changes-nothing",
    on="revisions.after",
    phrase="before and after are both {value!r}",
    remedy="write what the notice changed in notes and leave both empty, or mend one of the two",
)
def revision_changes(t: Frame) -> Verdict:
    """What stood before a revision and what stands after it differ, where both are known."""
    return verdict(~t.has(t.column) | (t.here != t.text("before")))
