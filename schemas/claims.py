"""Rules about claims."""

from collections.abc import Iterable

import pandas as pd
from ledger.frames import Frame
from ledger.rules import Verdict, rule, verdict


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
    stated = pd.Series([cell or "" for cell in _cells(t, t.text("column"))], index=t.here.index, dtype="object")
    same = (stated == t.here) | (pd.to_numeric(stated, errors="coerce") == t.number(t.column))
    return verdict(~(same & (stated != "")), row=t.text("row_id"))


@rule(
    "claim-without-currency",
    on="claims.value",
    phrase="the row {row} has no {currency}, nor does the source claim one",
    remedy="add a claim by the same source on that column",
)
def claimed_money_has_currency(t: Frame) -> Verdict:
    """A claim of an amount is in the currency of its row, or in one that the same source claims beside it."""
    columns = {name: frame.resource.columns for name, frame in t.frames.items()}
    tables, rows, sources = t.text("table"), t.text("row_id"), t.text("source_id")
    fields = [columns.get(table, {}).get(column) for table, column in zip(tables, t.text("column"), strict=True)]
    currencies = [field.currency if field else "" for field in fields]
    claimed = set(zip(tables, rows, t.text("column"), sources, strict=True))
    beside = zip(tables, rows, currencies, sources, strict=True)
    known = [cell != "" or claim in claimed for cell, claim in zip(_cells(t, currencies), beside, strict=True)]
    return verdict(pd.Series(known, t.here.index, dtype=bool), row=rows, currency=pd.Series(currencies, t.here.index))


def _cells(t: Frame, columns: Iterable[str]) -> list[str | None]:
    """Give for each claim the cell of its row in a column; None where there is no such table, row or column."""
    keyed = {name: t.frames[name] for name in t.keyed}
    found = []
    for table, row_id, column in zip(t.text("table"), t.text("row_id"), columns, strict=True):
        known = table in keyed and column in keyed[table].table.columns
        found.append(keyed[table].by_key(column).get(row_id) if known else None)
    return found
