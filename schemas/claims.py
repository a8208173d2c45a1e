"""Rules about claims."""

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
    says = pd.Series("", index=t.here.index, dtype="object")
    disputed = t.text("table") + "\n" + t.text("column")
    for pair in set(disputed):
        table, _, column = pair.partition("\n")
        if table not in t.keyed or column not in t.frames[table].table.columns:
            continue
        other = t.frames[table]
        values = dict(zip(other.keys, other.text(column), strict=True))
        says = says.where(disputed != pair, t.text("row_id").map(values).fillna(""))
    number = pd.to_numeric(t.here, errors="coerce")
    same = (says == t.here) | (pd.to_numeric(says, errors="coerce") == number)
    return verdict(~(same & (says != "")), row=t.text("row_id"))
