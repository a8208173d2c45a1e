"""Rules about financing rounds."""

import pandas as pd
from ledger.frames import Frame, first_of, told_by
from ledger.rules import Verdict, rule, verdict

LETTERS = [f"series-{letter}" for letter in "abcdefgh"]


@rule(
    "round-before-founding",
    on="rounds.announced_on",
    phrase="{company} was founded later ({founded})",
    remedy="compare both dates with the sources",
)
def founded_first(t: Frame) -> Verdict:
    """A round is not announced before its company was founded."""
    companies = t.other("companies")
    day = dict(zip(companies.keys, companies.first_day("founded"), strict=True))
    founded = t.text("company_id").map(day).astype("float64")
    return verdict(
        ~(t.last_day(t.column) < founded),
        company=t.text("company_id"),
        founded=t.look_up("company_id", "companies.founded"),
    )


@rule(
    "closing-date-of-open-round",
    on="rounds.closed_on",
    phrase="the round has a closing date but its status is {status!r}",
    remedy="make the status closed if a source says so, else empty the date",
)
def only_closed_rounds_close(t: Frame) -> Verdict:
    """Only a closed round has a closing date."""
    return verdict(~t.has(t.column) | (t.text("status") == "closed"), status=t.text("status"))


@rule(
    "post-money-below-amount",
    on="rounds.valuation",
    phrase="a company is worth at least the {amount} it has just raised",
    remedy="compare both with the source: is one of them in another magnitude, or pre-money?",
)
def worth_what_it_raised(t: Frame) -> Verdict:
    """A post-money valuation is at least the amount of the round, where both are in one currency."""
    same = t.text("currency") == t.text("valuation_currency")
    below = t.number(t.column) < t.number("amount")
    return verdict(~(below & same & (t.text("valuation_basis") == "post-money")), amount=t.text("amount"))


@rule(
    "valuation-and-basis",
    on="rounds.valuation_basis",
    phrase="a valuation and its basis come together",
    remedy="say pre-money or post-money where the source does, else unspecified; empty without a valuation",
)
def valuation_has_basis(t: Frame) -> Verdict:
    """A valuation says whether the new money is in it, be it that the source does not say."""
    return verdict(t.has(t.column) == t.has("valuation"))


@rule(
    "cheques-exceed-round",
    on="rounds.amount",
    phrase="its investors' cheques add to {sum}, which is more",
    remedy="compare the cheques in round_investors with the source: is one of them the round, or of another round?",
)
def cheques_within_round(t: Frame) -> Verdict:
    """The investors' cheques in the round's currency do not add to more than the round, where that is exact."""
    cheques = t.other("round_investors")
    currency = cheques.look_up("round_id", "rounds.currency")
    counted = cheques.number("amount").where(cheques.text("currency") == currency)
    total = t.keys.map(counted.groupby(cheques.text("round_id")).sum(min_count=1)).astype("float64")
    most = t.number("amount_max").fillna(t.number(t.column))
    exact = t.text("amount_disclosure") == "exact"
    return verdict(~(exact & (total > most)), sum=total.map("{:.0f}".format))


@rule(
    "listed-twice",
    on="rounds.stage",
    phrase="it is closed listing number {number} of {company}, which is listed in {exchanges} place(s)",
    remedy="remove the row that repeats the listing, or add the other exchange to companies.listings",
)
def one_listing_an_exchange(t: Frame) -> Verdict:
    """A company has at most one closed IPO on each exchange it is listed on."""
    companies = t.other("companies")
    places = companies.items("listings").map(lambda listing: listing.partition(":")[0]).groupby(level=0).nunique()
    by_company = dict(
        zip(companies.keys, places.reindex(companies.keys.index, fill_value=0).clip(lower=1), strict=True)
    )
    exchanges = t.text("company_id").map(by_company).astype("float64")
    is_ipo = (t.here == "ipo") & (t.text("status") == "closed")
    number = is_ipo.groupby(t.text("company_id")).cumsum()
    return verdict(
        ~(is_ipo & (number > exchanges)),
        number=number,
        company=t.text("company_id"),
        exchanges=exchanges.fillna(0).astype(int),
    )


@rule(
    "round-twice",
    on="rounds.round_id",
    severity="warning",
    phrase="{other} is of the same company, stage, label and month",
    remedy="make one row of the two if they are one, else add this row to exceptions",
)
def rounds_differ(t: Frame) -> Verdict:
    """No two rounds are of the same company, stage, label and month."""
    month = t.text("announced_on").str[:7]
    columns = [t.text(name) for name in ("company_id", "stage", "label")]
    first = first_of(t.keys, zip(*columns, month, strict=True))
    return verdict((first == t.keys) | (month.str.len() < 7), other=first)


@rule(
    "later-letter-first",
    on="rounds.stage",
    severity="warning",
    phrase="the company announced a {later} before it",
    remedy="compare the letters and dates with the sources: the company's own letter wins; else add it to exceptions",
)
def letters_in_order(t: Frame) -> Verdict:
    """A company raises its lettered rounds in the order of the letters."""
    rank = t.here.map({letter: number for number, letter in enumerate(LETTERS)}).astype("float64")
    table = pd.DataFrame(
        {
            "company": t.text("company_id"),
            "rank": rank,
            "first": t.first_day("announced_on"),
            "last": t.last_day("announced_on"),
        }
    )[rank.notna() & (t.text("status") == "closed")].dropna()
    earlier = table.rename(columns={"last": "day"}).sort_values("day", kind="stable")
    earlier["highest"] = earlier.groupby("company")["rank"].cummax()
    starts = table.rename(columns={"first": "day"})[["company", "day"]]
    judged = told_by(starts, earlier[["company", "day", "highest"]], strictly=True)
    highest = judged["highest"].reindex(t.here.index)
    later = highest.map(lambda number: "" if pd.isna(number) else LETTERS[int(number)])
    return verdict(~(highest > rank), later=later)
