"""Rules about totals that a source states."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from ledger.frames import Frame, told_by
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
    phrase="our closed rounds up to then add to {ours} {currency}, the total is {total}",
    remedy="look for a round that stands twice or in a wrong magnitude; if none, add the total to exceptions",
)
def rounds_within_total(t: Frame) -> Verdict:
    """Our closed rounds do not add to over a tenth more than what the company had raised by its own word.

    Rounds are added in the currency of the total: as they stand, or by the average rates of the year of the round.
    """
    rounds, rates = t.other("rounds"), t.other("exchange_rates")
    year = rounds.text("announced_on").str[:4]
    known = dict(zip(rates.text("currency") + rates.text("year"), rates.number("per_usd"), strict=True))
    closed = pd.DataFrame(
        {
            "company": rounds.text("company_id"),
            "day": rounds.last_day("announced_on"),
            "currency": rounds.text("currency"),
            "amount": rounds.number("amount"),
            "usd": rounds.number("amount") / _per_usd(known, rounds.text("currency"), year),
            "year": year,
        }
    )[rounds.text("status") == "closed"].dropna(subset=["day", "amount"])
    closed = closed.sort_values("day", kind="stable")
    asked = pd.DataFrame({"company": t.text("company_id"), "day": t.last_day("as_of"), "currency": t.text("currency")})
    asked = asked[(t.text("metric") == "total-raised") & (t.text("basis") == "actual")].dropna(subset=["day"])
    ours = pd.Series(float("nan"), index=t.here.index)
    for currency, totals in asked.groupby("currency"):
        there = closed["usd"] * _per_usd(known, pd.Series(currency, closed.index), closed["year"])
        raised = closed.assign(sum=closed["amount"].where(closed["currency"] == currency, there)).dropna(subset=["sum"])
        raised["sum"] = raised.groupby("company")["sum"].cumsum()
        ours.update(told_by(totals[["company", "day"]], raised[["company", "day", "sum"]])["sum"])
    return verdict(
        ~(ours > t.number("value") * MARGIN),
        ours=ours.map("{:,.0f}".format),
        currency=t.text("currency"),
        total=t.number("value").map("{:,.0f}".format),
    )


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


def _per_usd(known: Mapping[str, float], currency: "pd.Series[Any]", year: "pd.Series[Any]") -> "pd.Series[float]":
    """Give the units of each currency for a US dollar, the average of each year; NaN where no rate is known."""
    return (currency + year).map(known).astype("float64").where(currency != "USD", 1.0)
