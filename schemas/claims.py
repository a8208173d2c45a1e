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
    rows: dict[str, dict[str, int]] = {}
    says = []
    for table, column, row_id in zip(t.text("table"), t.text("column"), t.text("row_id"), strict=True):
        here = t.frames[table].table if table in t.keyed else None
        if here is not None and table not in rows:
            rows[table] = {key: position for position, key in enumerate(here.keys())}
        known = here is not None and column in here.columns and row_id in rows[table]
        says.append(here.rows[rows[table][row_id]][here.columns.index(column)] if here is not None and known else "")
    stated = pd.Series(says, index=t.here.index, dtype="object")
    same = (stated == t.here) | (pd.to_numeric(stated, errors="coerce") == pd.to_numeric(t.here, errors="coerce"))
    return verdict(~(same & (stated != "")), row=t.text("row_id"))
