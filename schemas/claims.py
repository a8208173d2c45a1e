"""Rules about claims."""

import pandas as pd
from ledger.frames import Frame
from ledger.rules import Verdict, rule, verdict

CURRENCY = {"amount": "currency", "valuation": "valuation_currency"}
"""The column that says in which currency another is."""


@rule(
    "column-unknown-to-claim",
    on="claims.column",
    phrase="the table {table} has no such column",
    remedy="write the name of a column of the table",
)
def column_is_known(t: Frame) -> Verdict:
    """A claim disputes a column of its table."""
    tables = t.text("table")
    known = ~tables.isin(t.frames) | ~t.has(t.column)
    for name in set(tables) & t.frames.keys():
        known |= (tables == name) & t.here.isin(list(t.frames[name].resource.columns))
    return verdict(known, table=tables)


@rule(
    "claim-agrees",
    on="claims.value",
    phrase="the row {row} says the same",
    remedy="cite the source in the row's own sources, and remove the claim",
)
def claim_differs(t: Frame) -> Verdict:
    """A claim says otherwise than the row it disputes."""
    keyed = {name: t.frames[name] for name in t.keyed}
    says = []
    for table, column, row_id in zip(t.text("table"), t.text("column"), t.text("row_id"), strict=True):
        known = table in keyed and column in keyed[table].table.columns
        says.append(keyed[table].by_key(column).get(row_id, "") if known else "")
    stated = pd.Series(says, index=t.here.index, dtype="object")
    same = (stated == t.here) | (pd.to_numeric(stated, errors="coerce") == pd.to_numeric(t.here, errors="coerce"))
    return verdict(~(same & (stated != "")), row=t.text("row_id"))


@rule(
    "claim-without-currency",
    on="claims.value",
    phrase="the row {row} has no {currency}, nor does the source claim one",
    remedy="add a claim by the same source on that column",
)
def claimed_money_has_currency(t: Frame) -> Verdict:
    """A claim of an amount is in the currency of its row, or in one that the same source claims beside it."""
    keyed = {name: t.frames[name] for name in t.keyed}
    claims = list(zip(*(t.text(name) for name in ("table", "row_id", "column", "source_id")), strict=True))
    claimed = set(claims)
    currencies = [CURRENCY.get(column.removesuffix("_max"), "") for _, _, column, _ in claims]
    known = []
    for (table, row_id, _, source_id), currency in zip(claims, currencies, strict=True):
        stands = table in keyed and currency in keyed[table].table.columns
        lacks = stands and keyed[table].by_key(currency).get(row_id) == ""
        known.append(not lacks or (table, row_id, currency, source_id) in claimed)
    return verdict(pd.Series(known, t.here.index, dtype=bool), row=t.text("row_id"), currency=pd.Series(currencies))
