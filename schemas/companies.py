"""Rules about companies."""

import re

from ledger.frames import Frame, first_of
from ledger.rules import Verdict, rule, verdict


@rule(
    "lei-check-digits",
    on="companies.lei",
    phrase="the check digits do not agree",
    remedy="copy the LEI again from its source",
)
def lei_agrees(t: Frame) -> Verdict:
    """The check digits of a Legal Entity Identifier agree with it (ISO 17442, by ISO/IEC 7064 MOD 97-10)."""

    def agrees(lei: str) -> bool:
        if not re.fullmatch("[0-9A-Z]{20}", lei):
            return True  # its form has a finding of its own
        return int("".join(str(int(character, 36)) for character in lei)) % 97 == 1

    return verdict(t.per_value(t.column, agrees).astype(bool))


@rule(
    "listing-form",
    on="companies.listings",
    phrase="{listing!r} is no listing: {why}",
    remedy="write EXCHANGE:TICKER, as in HKEX:0020 or SSE-STAR:688256",
)
def listing_is_known(t: Frame) -> Verdict:
    """A listing names a known exchange, and a ticker in that exchange's form."""
    exchanges = t.resource.columns[t.column].descriptor["exchanges"]

    def fault(listing: str) -> str:
        exchange, _, ticker = listing.partition(":")
        if exchange not in exchanges:
            return f"the exchange is none of {', '.join(exchanges)}"
        form = exchanges[exchange]
        return "" if re.fullmatch(form["ticker"], ticker) else f"a ticker of {exchange} is like {form['example']}"

    listings = t.items(t.column)
    why = listings.map(fault)
    bad = listings.to_frame("listing").assign(why=why)[why != ""]
    first = bad.groupby(level=0).first().reindex(t.here.index, fill_value="")
    return verdict(first["why"] == "", listing=first["listing"], why=first["why"])


@rule(
    "shared-listing",
    on="companies.listings",
    phrase="{other} has the listing {listing} too",
    remedy="mend the wrong one",
)
def listings_differ(t: Frame) -> Verdict:
    """No two companies have the same ticker on one exchange."""
    listings = t.items(t.column)
    owner = t.keys.reindex(listings.index)
    first = first_of(owner, listings)
    bad = listings.to_frame("listing").assign(other=first)[first != owner]
    found = bad.groupby(level=0).first().reindex(t.here.index, fill_value="")
    return verdict(found["other"] == "", other=found["other"], listing=found["listing"])
