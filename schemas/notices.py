"""Rules about notices."""

import pandas as pd
from ledger.frames import Frame
from ledger.rules import Verdict, rule, verdict


@rule(
    "notice-count",
    on="notices.entries_added_china",
    severity="warning",
    phrase="the notice adds {value} entries under China, and designations has {count}",
    remedy="add the missing designations or mend the number; where the two cannot agree, add it to exceptions",
)
def count_agrees(t: Frame) -> Verdict:
    """A notice adds as many entries under China, Hong Kong included, as designations name it for.

    Units that are named inside the entry of another entity are no entries of their own, and an entry that was read in
    the notice may have been added before.
    """
    designations = t.other("designations")
    chinese = designations.text("destination").isin(["China", "Hong Kong", "Macau"]) & ~designations.has("part_of")
    chinese &= designations.text("listed_on_basis") != "latest"
    chinese &= designations.text("list_id") == designations.look_up("notice_id", "notices.list_id")
    count = t.keys.map(chinese.groupby(designations.text("notice_id")).sum()).fillna(0).astype(int)
    return verdict(t.number(t.column).isna() | (t.number(t.column) == count), count=count)


@rule(
    "notice-incomplete",
    on="notices.title",
    severity="warning",
    phrase="there is no {absent}, and nothing is said of it in notes",
    remedy="read the document and fill in title, document_number, effective_on, url; say in notes what was not had",
)
def notice_is_read(t: Frame) -> Verdict:
    """A notice has a title, a document number and an address, or its notes say what of it could not be read."""
    absent = pd.Series("", index=t.here.index, dtype="object")
    for column in ("title", "document_number", "url"):
        absent = absent.where(t.has(column), absent + ", " + column)
    return verdict((absent == "") | t.has("notes"), absent=absent.str.removeprefix(", "))
