"""Rules about acquisitions and stakes."""

from ledger.frames import Frame
from ledger.rules import Verdict, rule, verdict


@rule(
    "acquirer-is-target",
    on="acquisitions.target_id",
    phrase="the company buys itself",
    remedy="look in the source who bought whom",
)
def two_companies(t: Frame) -> Verdict:
    """A company does not buy itself."""
    return verdict((t.here != t.text("acquirer_id")) | ~t.has(t.column))


@rule(
    "stake-out-of-range",
    on="acquisitions.stake_percent",
    phrase="a stake is above 0 and at most 100 per cent",
    remedy="write the share that is bought in per cent: 19.9 for 19.9 %",
)
def stake_is_a_share(t: Frame) -> Verdict:
    """A stake is above 0 and at most 100 per cent."""
    stake = t.number(t.column)
    return verdict(~((stake <= 0) | (stake > 100)))


@rule(
    "kind-and-stake",
    on="acquisitions.kind",
    phrase="a stake of {stake} % is no {value}",
    remedy="an acquisition is of 100 %, a majority stake of more than 50 %, a minority stake of 50 % or less",
)
def kind_agrees(t: Frame) -> Verdict:
    """The kind of a purchase agrees with the stake: the whole, more than half, half or less."""
    stake = t.number("stake_percent")
    fault = (
        ((t.here == "acquisition") & (stake < 100))
        | ((t.here == "majority-stake") & (stake <= 50))
        | ((t.here == "minority-stake") & (stake > 50))
    )
    return verdict(~fault, stake=t.text("stake_percent"))


@rule(
    "target-still-independent",
    on="acquisitions.status",
    phrase="{target} was bought whole, but its status is {status!r}",
    remedy="make the target's status acquired (or subsidiary, or defunct), or the purchase a stake",
)
def target_is_acquired(t: Frame) -> Verdict:
    """A company that was bought whole is acquired, a subsidiary, or defunct."""
    whole = (t.here == "completed") & (t.text("kind") == "acquisition")
    status = t.look_up("target_id", "companies.status")
    return verdict(~(whole & status.isin(["private", "listed"])), target=t.text("target_id"), status=status)


@rule(
    "completion-date",
    on="acquisitions.completed_on",
    phrase="the status is {status!r} and the date of completion {date!r}",
    remedy="give the date of what is completed, and of nothing else; where no source dates it, say announced",
)
def completed_is_dated(t: Frame) -> Verdict:
    """A completed purchase has a date of completion, and no other has one."""
    completed = t.text("status") == "completed"
    return verdict(t.has(t.column) == completed, status=t.text("status"), date=t.here)
