"""Rules about totals that a source states."""

import pandas as pd
from ledger.frames import Frame
from ledger.rules import Verdict, rule, verdict

IN_MONEY = ["total-raised", "revenue", "valuation", "planned-ipo"]
MARGIN = 1.1
"""Our rounds may add to a tenth more: amounts are rounded, and rates are the year's."""


@rule(
    "total-and-currency",
    on="reported_totals.currency",
    phrase="the metric is {metric!r} and the currency {currency!r}",
    remedy="give the currency of money, and none of a count",
)
def money_has_currency(t: Frame) -> Verdict:
    """A total in money has a currency, and a count has none."""
    known = t.text("metric").isin(t.resource.columns["metric"].vocabulary)
    agrees = t.text("metric").isin(IN_MONEY) == t.has(t.column)
    return verdict(agrees | ~known, metric=t.text("metric"), currency=t.here)


@rule(
    "revenue-without-period",
    on="reported_totals.period",
    phrase="revenue of which period?",
    remedy="write the year, half or quarter: 2019, 2019-H1, 2019-Q3",
)
def revenue_has_period(t: Frame) -> Verdict:
    """Revenue is of a period."""
    return verdict((t.text("metric") != "revenue") | t.has(t.column))


@rule(
    "rounds-exceed-total",
    on="reported_totals.value",
    severity="warning",
    phrase="our closed rounds up to then add to {ours} US dollars, the total is {total}",
    remedy="look for a round that stands twice or in a wrong magnitude; if none, add the total to exceptions",
)
def rounds_within_total(t: Frame) -> Verdict:
    """Our closed rounds do not add to over a tenth more than what the company had raised by its own word."""
    rounds = t.other("rounds")
    raised = pd.DataFrame(
        {
            "company": rounds.text("company_id"),
            "day": rounds.last_day("announced_on"),
            "usd": _in_usd(rounds, "amount", "announced_on"),
        }
    )[rounds.text("status") == "closed"].dropna()
    raised = raised.sort_values("day", kind="stable")
    raised["sum"] = raised.groupby("company")["usd"].cumsum()
    total = _in_usd(t, "value", "as_of").fillna(0) * (
        (t.text("metric") == "total-raised") & (t.text("basis") == "actual")
    )
    asked = pd.DataFrame({"company": t.text("company_id"), "day": t.last_day("as_of")}).dropna()
    judged = pd.merge_asof(
        asked.reset_index().sort_values("day", kind="stable"),
        raised[["company", "day", "sum"]],
        on="day",
        by="company",
    ).set_index("index")
    ours = judged["sum"].reindex(t.here.index)
    too_much = (total > 0) & (ours > total * MARGIN)
    return verdict(~too_much, ours=ours.map("{:,.0f}".format), total=total.map("{:,.0f}".format))


@rule(
    "total-of-nothing",
    on="reported_totals.value",
    phrase="a count is a whole number, and a total more than nothing",
    remedy="compare the number with the source; what was not said has no row",
)
def total_is_something(t: Frame) -> Verdict:
    """A count is a whole number, and a total is above zero."""
    value = t.number(t.column)
    is_count = t.text("metric").str.endswith("-count")
    return verdict(~((is_count & (value % 1 != 0)) | (~is_count & (value <= 0))) | value.isna())


def _in_usd(t: Frame, amount: str, date: str) -> "pd.Series[float]":
    """Give amounts in US dollars by the average rate of the year; NaN where no rate is known."""
    rates = t.other("exchange_rates")
    per_usd = dict(zip(rates.text("currency") + rates.text("year"), rates.number("per_usd"), strict=True))
    rate = (t.text("currency") + t.text(date).str[:4]).map(per_usd).astype("float64")
    return t.number(amount) / rate.where(t.text("currency") != "USD", 1.0)
