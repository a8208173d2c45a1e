"""Rules about designations."""

import numpy as np
import pandas as pd
from ledger.frames import Frame, holds
from ledger.names import fold, spelled
from ledger.rules import Verdict, rule, verdict
from rapidfuzz import fuzz

NEAR = 80
"""Of 100: names below this likeness are far. A name that is part of the other has 100."""


@rule(
    "entity-name-holds-alias",
    on="designations.entity_name",
    phrase="the name holds {word!r}",
    remedy="write the name as listed up to there, and the aliases in aliases",
)
def name_is_one(t: Frame) -> Verdict:
    """The name of an entity is the name alone; what the list calls an alias stands in aliases."""
    word = t.here.str.extract(r"(?i)(\ba\.?k\.?a\.?(?=\W)|\bf\.?k\.?a\.?(?=\W)|\bthe following\b|;)")[0]
    return verdict(word.isna(), word=word)


@rule(
    "designation-twice",
    on="designations.entity_name",
    phrase="{other} is of the same name, list and destination, and of a period that overlaps",
    remedy="make one row of the two, or mend the dates of the periods",
)
def designations_differ(t: Frame) -> Verdict:
    """An entity stands on a list once for a destination at one time."""
    table = pd.DataFrame(
        {
            "group": t.text("list_id") + "\n" + t.text("destination") + "\n" + t.per_value(t.column, spelled),
            "key": t.keys,
            "start": t.first_day("listed_on"),
            "end": t.first_day("delisted_on").fillna(np.inf),
        }
    ).sort_values(["group", "start"], kind="stable")
    by_group = table.groupby("group")
    runs_until = by_group["end"].shift().groupby(table["group"]).cummax()
    longest = table["key"].where(table["end"] == by_group["end"].cummax()).groupby(table["group"]).ffill()
    other = longest.groupby(table["group"]).shift().fillna("").reindex(t.here.index)
    overlaps = (table["start"] < runs_until).reindex(t.here.index)
    return verdict(~overlaps, other=other)


@rule(
    "listed-on-basis",
    on="designations.listed_on_basis",
    phrase="of the notice {notice}, the day {known}",
    remedy="write what listed_on is: effective, publication, stated by the list itself, or latest where the entry may "
    "have been listed before",
)
def basis_is_of_notice(t: Frame) -> Verdict:
    """The day of listing is the effective one just where the notice that added the entry has one."""
    effective = t.look_up("notice_id", "notices.effective_on") != ""
    named = t.has("notice_id")
    known = effective.map({True: "on which it takes effect is known", False: "of its effect is not known"})
    fits = (t.here == "effective").where(effective, t.here == "publication")
    return verdict(~named | fits | (t.here == "latest"), notice=t.text("notice_id"), known=known)


@rule(
    "designation-without-notice",
    on="designations.notice_id",
    severity="warning",
    phrase="no notice is named that added the entry",
    remedy="find the notice, write it into notices, and name it here; listed_on_basis must follow",
)
def notice_is_named(t: Frame) -> Verdict:
    """A designation names the notice that added it."""
    return verdict(t.has(t.column))


@rule(
    "licence-missing",
    on="designations.license_requirement",
    severity="warning",
    phrase="other entries of {list} say for which items a licence is needed",
    remedy="read it in the notice that added the entry, and fill in license_requirement and requirement_sections",
)
def licence_is_told(t: Frame) -> Verdict:
    """An entry that stands says which items need a licence where another of its list does."""
    of = t.text("list_id")
    asked = of.isin(of[t.has(t.column)]) & ~t.has("delisted_on") & ~t.has("delisted_by")
    return verdict(~asked | t.has(t.column), list=of)


@rule(
    "relation-and-company",
    on="designations.company_id",
    phrase="a company and the entity's relation to it come together",
    remedy="fill in company_id and relation, or neither",
)
def link_has_reason(t: Frame) -> Verdict:
    """A link to a company of ours says what the entity is to it."""
    return verdict(t.has(t.column) == t.has("relation"))


@rule(
    "part-of-other-list",
    on="designations.part_of",
    phrase="the entity it is part of is on {list}",
    remedy="name an entity of the same list",
)
def part_is_of_list(t: Frame) -> Verdict:
    """A unit is named inside the entry of an entity of its own list."""
    of = t.look_up(t.column, "designations.list_id")
    return verdict((of == "") | (of == t.text("list_id")), list=of)


@rule(
    "unit-outlives-entity",
    on="designations.part_of",
    severity="warning",
    phrase="the entity it is part of was removed on {day}",
    remedy="look whether the notice removed its units too: each is a removal of its own; if it stands by itself now, "
    "empty part_of",
)
def unit_goes_with_entity(t: Frame) -> Verdict:
    """A unit that stands is part of an entity that stands."""
    day = t.look_up(t.column, "designations.delisted_on")
    return verdict((day == "") | t.has("delisted_on"), day=day)


@rule(
    "notice-of-other-list",
    on=("designations.notice_id", "designations.delisted_by"),
    phrase="the notice is of {list}",
    remedy="name a notice of the list that the entry is on",
)
def notice_is_of_list(t: Frame) -> Verdict:
    """The notices that add and remove an entry are of its list, or changed it too."""
    of = t.look_up(t.column, "notices.list_id")
    lists = of + ";" + t.look_up(t.column, "notices.other_lists")
    return verdict((of == "") | holds(lists, t.text("list_id")), list=of)


@rule(
    "delisted-before-listed",
    on="designations.delisted_on",
    phrase="it was listed later ({listed})",
    remedy="compare both dates with the notices",
)
def listed_first(t: Frame) -> Verdict:
    """An entry is removed no earlier than it was added."""
    return verdict(~(t.first_day("listed_on") > t.last_day(t.column)), listed=t.text("listed_on"))


@rule(
    "modified-by-other-list",
    on="designations.modified_by",
    phrase="the notice {notice} is of {list}",
    remedy="name notices of the list that the entry is on",
)
def modifiers_are_of_list(t: Frame) -> Verdict:
    """The notices that change an entry are of its list."""
    notices = t.other("notices")
    modified = t.items(t.column).to_frame("notice")
    modified["list"] = modified["notice"].map(notices.by_key("list_id")).fillna("")
    modified["ours"] = t.text("list_id").reindex(modified.index)
    lists = modified["list"] + ";" + modified["notice"].map(notices.by_key("other_lists")).fillna("")
    first = modified[(modified["list"] != "") & ~holds(lists, modified["ours"])]
    first = first.groupby(level=0).first().reindex(t.here.index, fill_value="")
    return verdict(first["notice"] == "", notice=first["notice"], list=first["list"])


@rule(
    "delisting-undated",
    on="designations.delisted_by",
    phrase="the notice of the removal and its date come together",
    remedy="fill in delisted_by and delisted_on, or neither; a name gone from a page is no removal",
)
def delisting_is_whole(t: Frame) -> Verdict:
    """A removal names its notice and its date."""
    return verdict(t.has(t.column) == t.has("delisted_on"))


@rule(
    "company-name-far",
    on="designations.company_id",
    severity="warning",
    phrase="no name of the company is near {entity!r}",
    remedy="is it the right company? If it is, write its relation (a subsidiary …), or say why in exceptions",
)
def company_is_named(t: Frame) -> Verdict:
    """The company that a designation is, and not one that it belongs to, has a name or alias near the entity's."""
    companies = t.other("companies")
    columns = [companies.text(column) for column in ("name", "name_zh", "legal_name", "aliases")]
    ours = dict(zip(companies.keys, zip(*columns, strict=True), strict=True))
    far = pd.Series(False, index=t.here.index)
    for row in t.here.index[t.here.isin(ours.keys()) & (t.text("relation") == "itself")]:
        entity = _folded(t.text("entity_name")[row], t.text("aliases")[row])
        company = _folded(*ours[t.here[row]])
        far[row] = not any(fuzz.token_set_ratio(one, other) >= NEAR for one in entity for other in company)
    return verdict(~far, entity=t.text("entity_name"))


def _folded(*cells: str) -> list[str]:
    """Give the names in some cells, folded."""
    return [fold(name) for cell in cells for name in cell.split(";") if name]
