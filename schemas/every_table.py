"""Rules that hold in more than one table."""

import datetime
import re

import numpy as np
import pandas as pd
import pycountry
from ledger.dates import span
from ledger.frames import Frame, first_of
from ledger.names import fold, has_han, stem, variants
from ledger.rules import Verdict, rule, verdict
from rapidfuzz.distance import OSA

MONEY = ("rounds.amount", "acquisitions.amount", "round_investors.amount")

# ---------------------------------------------------------------------------------------------------------- dates


_DATE = re.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@rule(
    "date-not-real",
    on="kind:date",
    phrase="the calendar has no such date",
    remedy="look the date up in the source, or leave out the day",
)
def date_is_real(t: Frame) -> Verdict:
    """A date is one of the calendar, at its precision."""
    # What does not even look like a date fails the pattern of its column, a day of the type date has failed its type.
    real = t.per_value(t.column, lambda cell: span(cell) is not None or _DATE.fullmatch(cell) is None).astype(bool)
    return verdict(real | (t.resource.columns[t.column].type == "date"))


@rule(
    "date-in-future",
    on="kind:date",
    phrase="the date is in the future (today is {today})",
    remedy="look the date up in the source; what is planned gets a date when it happens",
)
def date_is_past(t: Frame) -> Verdict:
    """Nothing is dated later than today, but a notice may take effect later."""
    may_be = t.resource.columns[t.column].descriptor.get("mayBeFuture", False)
    past = ~(t.first_day(t.column) > t.today.toordinal())
    return verdict(past | may_be, today=pd.Series(t.today.isoformat(), index=past.index))


@rule(
    "closed-before-announced",
    on=("rounds.closed_on", "acquisitions.completed_on"),
    phrase="it was done before it was announced ({announced})",
    remedy="compare both dates with the sources; what was first told afterwards is announced on the day it was done",
)
def announced_first(t: Frame) -> Verdict:
    """A round or a purchase is announced no later than it is done."""
    return verdict(~(t.first_day("announced_on") > t.last_day(t.column)), announced=t.text("announced_on"))


@rule(
    "done-after-last-read",
    on=("rounds.status", "acquisitions.status"),
    phrase="it is done since {when}, but its newest source was read on {read}",
    remedy="read a source that is later than the event, and cite it",
)
def done_when_read(t: Frame) -> Verdict:
    """A thing that is done was done before the newest of its sources was read."""
    done = t.here.isin(["closed", "completed"])
    end = "closed_on" if t.resource.name == "rounds" else "completed_on"
    when = t.text(end).where(t.has(end), t.text("announced_on"))
    first = t.first_day(end).where(t.has(end), t.first_day("announced_on"))
    sources = t.other("sources")
    read = dict(zip(sources.keys, sources.last_day("accessed_on"), strict=True))
    newest = t.items("sources").map(read).astype("float64").groupby(level=0).max().reindex(t.here.index)
    late = done & (first > newest)
    return verdict(~late, when=when, read=newest[late].map(lambda day: datetime.date.fromordinal(int(day)).isoformat()))


BY_NOTICE = {"listed_on": "notice_id", "delisted_on": "delisted_by", "changed_on": "notice_id"}


@rule(
    "day-of-notice",
    on=("designations.listed_on", "designations.delisted_on", "revisions.changed_on"),
    phrase="the notice {notice} takes effect, or else was published, on {date}",
    remedy="write that date, or name the notice that did it",
)
def dated_when_effective(t: Frame) -> Verdict:
    """What a notice does is dated the day it takes effect, or is published where that is not known."""
    column = BY_NOTICE[t.column]
    effective = t.look_up(column, "notices.effective_on")
    date = effective.where(effective != "", t.look_up(column, "notices.published_on"))
    fits = (date == "") | (date == t.here) | ~t.has(t.column)
    return verdict(fits, fix=date, notice=t.text(column), date=date)


# ---------------------------------------------------------------------------------------------------------- money


@rule(
    "amount-and-currency",
    on=(*MONEY, "rounds.valuation"),
    phrase="{there} without {absent}",
    remedy="fill in both, or neither",
)
def amount_has_currency(t: Frame) -> Verdict:
    """An amount and its currency come together."""
    currency = t.resource.columns[t.column].currency
    there = pd.Series(np.where(t.has(t.column), t.column, currency), index=t.here.index)
    absent = pd.Series(np.where(t.has(t.column), currency, t.column), index=t.here.index)
    return verdict(t.has(t.column) == t.has(currency), there=there, absent=absent)


@rule(
    "upper-bound-below-lower",
    on=("rounds.amount_max", "rounds.valuation_max", "acquisitions.amount_max", "reported_totals.value_max"),
    phrase="the range has no lower bound, or one above this ({lower!r})",
    remedy="put the lower bound of the range in the column before, and the upper one here",
)
def bounds_in_order(t: Frame) -> Verdict:
    """The upper bound of a range is at least the lower one, which stands there too."""
    lower = t.column.removesuffix("_max")
    in_order = ~(t.number(t.column) < t.number(lower)) & t.has(lower)
    return verdict(~t.has(t.column) | in_order, lower=t.text(lower))


@rule(
    "disclosure-and-amount",
    on=("rounds.amount_disclosure", "acquisitions.amount_disclosure"),
    phrase="the amount is {amount!r}",
    remedy="say exact or approximate where an amount stands, undisclosed or not-found where none does",
)
def disclosure_agrees(t: Frame) -> Verdict:
    """amount_disclosure says exact or approximate where an amount stands, and only there."""
    known = t.here.isin(t.resource.columns[t.column].vocabulary)
    agrees = t.here.isin(["exact", "approximate"]) == t.has("amount")
    return verdict(agrees | ~known, amount=t.text("amount"))


@rule(
    "magnitude",
    on=(*MONEY, "rounds.amount_max", "rounds.valuation", "rounds.valuation_max", "acquisitions.amount_max"),
    severity="warning",
    phrase="an amount below ten thousand or above a trillion is rarely meant",
    remedy="compare with the source: million or billion, 亿 is 100,000,000; then mend it or add it to exceptions",
)
def magnitude_is_usual(t: Frame) -> Verdict:
    """Amounts are between ten thousand and a trillion of their currency."""
    return verdict(~((t.number(t.column) < 1e4) | (t.number(t.column) > 1e12)))


# Codes that begin with X are of metals, tests and accounts, but for those of five currency unions.
_CURRENCIES = {
    currency.alpha_3
    for currency in pycountry.currencies
    if not currency.alpha_3.startswith("X") or currency.alpha_3 in {"XAF", "XCD", "XCG", "XOF", "XPF"}
}
_CURRENCY_NAMES = {"RMB": "CNY", "CNH": "CNY", "YUA": "CNY", "NTD": "TWD", "UKP": "GBP", "USS": "USD"}


@rule(
    "currency-unknown",
    on="kind:currency",
    phrase="ISO 4217 has no such currency",
    remedy="write the code of the currency, such as CNY, USD or HKD",
)
def currency_is_known(t: Frame) -> Verdict:
    """A currency is one of ISO 4217."""
    code = t.per_value(t.column, re.compile("[A-Z]{3}").fullmatch).notna()
    return verdict(~code | t.here.isin(_CURRENCIES), fix=_fix(t.here.map(_CURRENCY_NAMES)))


# ------------------------------------------------------------------------------------------------------- identity


_COUNTRIES = {country.alpha_2 for country in pycountry.countries}
_COUNTRY_NAMES = {"UK": "GB"}


@rule(
    "country-unknown",
    on="kind:country",
    phrase="ISO 3166-1 has no such country",
    remedy="write the two-letter code, such as CN, HK, US or SG",
)
def country_is_known(t: Frame) -> Verdict:
    """A country is one of ISO 3166-1."""
    code = t.per_value(t.column, re.compile("[A-Z]{2}").fullmatch).notna()
    return verdict(~code | t.here.isin(_COUNTRIES), fix=_fix(t.here.map(_COUNTRY_NAMES)))


@rule(
    "name-not-latin",
    on=("companies.name", "investors.name"),
    phrase="the name has Chinese characters",
    remedy="put them in name_zh, and the usual English name or the pinyin here",
)
def name_is_latin(t: Frame) -> Verdict:
    """name has no Chinese characters."""
    return verdict(~t.per_value(t.column, has_han).astype(bool))


@rule(
    "name-zh-not-chinese",
    on=("companies.name_zh", "investors.name_zh"),
    phrase="the name has no Chinese characters",
    remedy="leave the cell empty where no source gives the Chinese name",
)
def chinese_name_is_chinese(t: Frame) -> Verdict:
    """name_zh has Chinese characters."""
    return verdict(~t.has(t.column) | t.per_value(t.column, has_han).astype(bool))


NAMES = ("companies.name", "companies.name_zh", "investors.name", "investors.name_zh")


@rule(
    "same-name",
    on=NAMES,
    phrase="{other} has the same name but for case, punctuation or legal form",
    remedy="make one row of the two and note the id that goes in redirects, or write names that tell them apart",
)
def names_differ(t: Frame) -> Verdict:
    """No two companies, and no two investors, have one name after folding case, punctuation and legal forms."""
    folded = t.per_value(t.column, fold)
    first = first_of(t.keys, folded)
    return verdict((first == t.keys) | (folded == ""), other=first)


@rule(
    "near-name",
    on=NAMES,
    severity="warning",
    phrase="the name is nearly that of {other}",
    remedy="make one row of the two if they are one, else add this row to exceptions",
)
def names_are_far(t: Frame) -> Verdict:
    """No two companies, and no two investors, have names that differ by one letter or by common words alone.

    The order of the words counts for nothing; names that differ by a number (Vision Fund 2) are different.
    """
    other = pd.Series("", index=t.here.index, dtype="object")
    by_stem: dict[str, int] = {}
    by_variant: dict[str, int] = {}
    folded, stems = t.per_value(t.column, fold), t.per_value(t.column, stem)
    for row, (full, core) in enumerate(zip(folded, stems, strict=True)):
        if not core:
            continue
        near = by_stem.setdefault(core, row)
        if near == row and len(core) >= 6 and not has_han(core):
            sharing = [by_variant.setdefault(variant, row) for variant in variants(core)]
            near = next((there for there in sharing if there != row and _one_letter_apart(core, stems[there])), row)
        if near != row and folded[near] != full:
            other[row] = t.keys[near]
    return verdict(other == "", other=other)


def _one_letter_apart(one: str, other: str) -> bool:
    digits = [[character for character in text if character.isdigit()] for text in (one, other)]
    return digits[0] == digits[1] and OSA.distance(one, other, score_cutoff=1) == 1


@rule(
    "shared-id",
    on="distinct",
    phrase="{other} has the same",
    remedy="mend the wrong one, or make one row of the two",
)
def external_ids_differ(t: Frame) -> Verdict:
    """An identifier or address of the outside world stands on one row only; addresses are compared normalised."""
    is_address = t.resource.columns[t.column].kind == "url"
    values = t.per_value(t.column, normal_url) if is_address else t.here
    first = first_of(t.keys, values)
    return verdict((first == t.keys) | (values == ""), other=first)


@rule(
    "tracking-parameters",
    on="kind:url",
    phrase="the address carries tracking parameters",
    remedy="remove them",
)
def url_is_clean(t: Frame) -> Verdict:
    """An address has no parameters that only track who follows it."""
    clean = t.per_value(t.column, clean_url)
    return verdict(clean == t.here, fix=clean)


@rule(
    "parent-cycle",
    on=("companies.parent_id", "investors.parent_id"),
    phrase="its parents lead back to it",
    remedy="mend the parent of one of them",
)
def parents_end(t: Frame) -> Verdict:
    """No company and no investor is its own parent, nor the parent of one of its parents."""
    parent = dict(zip(t.keys, t.here, strict=True))
    above, seen = t.here, 0
    in_cycle = (above == t.keys) & (above != "")
    while (above != "").any() and seen < len(parent):
        above = above.map(parent).fillna("")
        in_cycle |= (above == t.keys) & (above != "")
        above = above.where(~in_cycle, "")
        seen += 1
    return verdict(~in_cycle)


# ----------------------------------------------------------------------------------------------------- references

ABOUT = ("claims", "redirects", "exceptions")


@rule(
    "table-unknown",
    on=tuple(f"{table}.table" for table in ABOUT),
    phrase="the package has no such table",
    remedy="write the name of a table as in datapackage.json",
)
def table_is_known(t: Frame) -> Verdict:
    """A claim, a redirect and an exception name a table of the package."""
    return verdict(~t.has(t.column) | t.here.isin(t.names))


@rule(
    "row-unknown",
    on=("claims.row_id", "exceptions.row_id"),
    phrase="the table {table} has no such row{moved}",
    remedy="write the key of the row; the parts of a key of two columns are joined by '/'",
)
def row_is_known(t: Frame) -> Verdict:
    """A claim and an exception name a row that stands."""
    tables = t.text("table")
    stands = t.stands(t.column) | ~tables.isin(t.keyed) | ~t.has(t.column)
    fix = _fix((tables + "/" + t.here).map(t.other("redirects").by_key("new_id")))
    return verdict(stands, table=tables, moved=fix.map(lambda id_: f" (it is {id_!r} now)" if id_ else ""), fix=fix)


_TRACKING = re.compile("utm_.*|fbclid|gclid|mc_cid|mc_eid|spm|share_token|smid|ocid|ito|cmpid", re.IGNORECASE)


def clean_url(url: str) -> str:
    """Give an address without the parameters that only track who follows it."""
    address, _, rest = url.partition("?")
    query, number_sign, fragment = rest.partition("#")
    kept = [pair for pair in query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0])]
    return address + ("?" + "&".join(kept) if any(kept) else "") + number_sign + fragment if rest else url


def normal_url(url: str) -> str:
    """Give an address so that two writings of one are equal: no scheme, www, fragment, closing slash or tracking."""
    address, _, _ = clean_url(url).partition("://")[2].partition("#")
    host, slash, path = address.partition("/")
    return (host.lower().removeprefix("www.") + slash + path).rstrip("/")


def _fix(values: "pd.Series[str]") -> "pd.Series[str]":
    return values.astype("object").where(values.notna(), None)
