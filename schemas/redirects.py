"""Rules about redirects."""

from ledger.frames import Frame
from ledger.rules import Verdict, rule, verdict


@rule(
    "redirect-to-nothing",
    on="redirects.new_id",
    phrase="{why}",
    remedy="name the id that stands today; leave it empty only where the row was withdrawn",
)
def target_stands(t: Frame) -> Verdict:
    """A redirect leads to an id that stands, in one step; only a withdrawn row has none."""
    tables, withdrawn = t.text("table"), t.text("reason") == "withdrawn"
    stands = t.stands(t.column) | ~tables.isin(t.keyed)
    why = (tables + " has no such id").where(t.has(t.column), "the redirect leads nowhere")
    return verdict((stands & t.has(t.column)) | (withdrawn & ~t.has(t.column)), why=why)


@rule(
    "old-id-stands",
    on="redirects.old_id",
    phrase="the id still stands in {table}",
    remedy="remove the redirect, or give the row its new id: an id is never reused",
)
def old_id_is_gone(t: Frame) -> Verdict:
    """An id that was moved or withdrawn stands no more."""
    return verdict(~t.stands(t.column), table=t.text("table"))
