"""Rules about exchange rates."""

from ledger.frames import Frame
from ledger.rules import Verdict, rule, verdict


@rule(
    "rate-not-positive",
    on="exchange_rates.per_usd",
    phrase="a rate is more than nothing",
    remedy="copy the rate again from its source",
)
def rate_is_positive(t: Frame) -> Verdict:
    """A rate is above zero."""
    return verdict(~(t.number(t.column) <= 0))


@rule(
    "rate-of-unfinished-year",
    on="exchange_rates.year",
    phrase="the year has not begun",
    remedy="enter the rate when the year's average is published",
)
def year_has_begun(t: Frame) -> Verdict:
    """A rate is of a year that has begun."""
    return verdict(~(t.number(t.column) > t.today.year))
