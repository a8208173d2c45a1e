"""Each view, by its answer on the tiny package, worked out by hand."""

import sqlite3
from typing import Any

from conftest import Tiny
from ledger.database import build, connect, views


def rows(database: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in database.execute(query)]


def test_rounds_usd(built: sqlite3.Connection) -> None:
    assert rows(built, "SELECT round_id, amount_usd, valuation_usd FROM rounds_usd WHERE announced_on < '2021'") == [
        ("heron-chips-series-a-2020", 100_000_000, None),  # 690m yuan at 6.9
        ("lantern-vision-ipo-2019", 500_000_000, None),
        ("lantern-vision-series-a-2016", 20_000_000, 100_000_000),
        ("lantern-vision-series-b-2018", 60_000_000, 450_000_000),
        ("lantern-vision-series-c-2020", 100_000_000, None),
        ("lantern-vision-talks-2020", 1_000_000_000, 10_000_000_000),
    ]
    hkd = "SELECT amount_usd FROM rounds_usd WHERE round_id = 'lantern-vision-ipo-2021'"
    assert rows(built, hkd) == [(200_000_000,)]  # 1,554.4m at 7.772


def test_no_rate_gives_no_dollars(tiny: Tiny) -> None:
    tiny.put("rounds", "round_id,currency\nlantern-vision-series-a-2016,EUR")
    database = connect(build(tiny.package()))
    query = "SELECT amount, amount_usd FROM rounds_usd WHERE round_id = 'lantern-vision-series-a-2016'"
    assert rows(database, query) == [(20_000_000, None)]


def test_first_listings(built: sqlite3.Connection) -> None:
    assert rows(built, "SELECT * FROM first_listings") == [
        ("lantern-vision", "2019-10-09", "84-fr-10001", "bis-entity-list-beijing-lantern-vision", 1)
    ]


def test_listing_history(tiny: Tiny) -> None:
    tiny.put(
        "revisions",
        "designation_id,notice_id,column,before,after\n"
        "bis-entity-list-beijing-lantern-vision,85-fr-10002,destination,Hong Kong,China",
    )
    database = connect(build(tiny.package()))
    query = "SELECT date, event, what, citation FROM listing_history WHERE list_id = 'bis-entity-list' AND entity_name "
    assert rows(database, query + "LIKE 'Beijing%' ORDER BY date, what") == [
        ("2019-10-09", "listed", "under Hong Kong", "84 FR 10001"),
        ("2020-06-05", "revised", "destination: Hong Kong → China", "85 FR 10002"),
        ("2020-06-05", "revised", "footnote → 4", "85 FR 10002"),
    ]
    assert rows(database, query + "LIKE 'Crane%' ORDER BY date") == [
        ("2019-10-09", "listed", "under Russia", "84 FR 10001"),
        ("2020-06-05", "removed", None, "85 FR 10002"),
    ]


def test_an_entry_that_may_have_stood_before(tiny: Tiny) -> None:
    tiny.put("designations", "designation_id,listed_on_basis\ndod-1260h-lantern-vision,latest")
    database = connect(build(tiny.package()))
    query = "SELECT event FROM {} WHERE date = '2021-06-28'"
    assert rows(database, query.format("listing_history")) == [("listed by then",)]
    assert ("by then on dod-1260h",) in rows(database, query.format("timeline"))


def test_a_change_of_which_only_the_notice_was_read(tiny: Tiny) -> None:
    tiny.write("revisions", tiny.path("revisions").read_text(encoding="utf-8").splitlines(keepends=True)[0])
    database = connect(build(tiny.package()))
    query = "SELECT date, what, citation FROM listing_history WHERE event = 'revised'"
    assert rows(database, query) == [("2020-06-05", "in what was not read", "85 FR 10002")]


def test_post_listing_rounds(built: sqlite3.Connection) -> None:
    query = "SELECT round_id, days_after, amount_usd, investors FROM post_listing_rounds ORDER BY announced_on"
    assert rows(built, query) == [
        # January 2020 is later for certain; how many days later is not known.
        ("lantern-vision-series-c-2020", None, 100_000_000, '["Beijing City Fund","Harbour Capital"]'),
        ("lantern-vision-talks-2020", 278, 1_000_000_000, "[]"),
        ("lantern-vision-ipo-2021", 509, 200_000_000, "[]"),
    ]


def test_a_bare_year_is_not_after_a_day_of_it(tiny: Tiny) -> None:
    tiny.put("rounds", "round_id,announced_on\nlantern-vision-series-c-2020,2019")
    database = connect(build(tiny.package()))
    found = rows(database, "SELECT round_id FROM post_listing_rounds WHERE round_id LIKE '%series-c%'")
    assert found == []


def test_investor_exposure(built: sqlite3.Connection) -> None:
    query = "SELECT investor_id, companies_before, companies_after, rounds_before, rounds_after, companies"
    assert rows(built, f"{query} FROM investor_exposure ORDER BY investor_id") == [
        ("city-fund", 0, 1, 0, 1, '["lantern-vision"]'),
        ("harbour-capital", 1, 1, 1, 1, '["lantern-vision"]'),
    ]


def test_state_capital(built: sqlite3.Connection) -> None:
    query = "SELECT year, rounds, investments, state_owned, not_state_owned, unknown, state_owned_percent_at_least"
    assert rows(built, f"{query} FROM state_capital") == [(2018, 1, 1, 0, 1, 0, 0.0), (2020, 2, 4, 2, 1, 1, 50.0)]


def test_coverage(built: sqlite3.Connection) -> None:
    assert rows(built, "SELECT metric, reported, ours, percent FROM coverage ORDER BY metric") == [
        ("round-count", 5, 3, 60.0),
        ("total-raised", 200_000_000, 180_000_000, 90.0),
    ]


def test_rounds_are_added_in_the_currency_of_the_total(tiny: Tiny) -> None:
    tiny.put(
        "reported_totals",
        "report_id,company_id,metric,as_of,value,currency\n"
        "heron-chips-in-its-own,heron-chips,total-raised,2021-05,1000000000,CNY\n"
        "lantern-vision-in-another,lantern-vision,total-raised,2020-12,1380000000,CNY",
    )
    # 690m yuan of 2020 are that in 2021 too, though no rate of 2021 is known.
    # 100m dollars of 2020 are 690m yuan; no rate is known of the years before.
    tiny.put("exchange_rates", "currency,year,per_usd\nCNY,2020,6.9")
    database = connect(build(tiny.package()))
    query = "SELECT report_id, ours, percent, rounds_not_in_sum FROM coverage WHERE report_id LIKE '%-in-%'"
    assert rows(database, query) == [
        ("heron-chips-in-its-own", None, 69.0, 0),
        ("lantern-vision-in-another", 100_000_000, 50.0, 2),
    ]


def test_a_copy_without_outlet_is_no_publisher(tiny: Tiny) -> None:
    tiny.put("sources", "source_id,publisher,url\ngazette-2018-lantern,Unnamed outlet (copy.example),")
    database = connect(build(tiny.package()))
    query = "SELECT publishers, confidence FROM confidence WHERE row_id = 'lantern-vision-series-b-2018'"
    assert rows(database, query) == [(1, "low")]


def test_company_summary(built: sqlite3.Connection) -> None:
    query = "SELECT rounds, raised_usd, last_round_on, investors, last_valuation_usd, entity_list_since, lists"
    assert rows(built, f"{query} FROM company_summary WHERE company_id = 'lantern-vision'") == [
        (4, 380_000_000, "2021-03-01", 2, 450_000_000, "2019-10-09", '["bis-entity-list","dod-1260h"]')
    ]


def test_timeline(built: sqlite3.Connection) -> None:
    query = "SELECT date, event FROM timeline WHERE company_id = 'heron-chips' ORDER BY date, event"
    assert rows(built, query) == [
        ("2016-03", "founded"),
        ("2020-06", "minority-stake announced"),
        ("2020-06", "series-a closed"),
    ]
    assert rows(built, "SELECT DISTINCT event FROM timeline WHERE event LIKE 'put on%' ORDER BY event") == [
        ("put on bis-entity-list",),
        ("put on dod-1260h",),
    ]


def test_citations_fall_back_on_the_round(built: sqlite3.Connection) -> None:
    query = "SELECT source_id FROM citations WHERE row_id = ?"
    own = built.execute(query, ["lantern-vision-series-b-2018/harbour-capital"]).fetchall()
    of_round = built.execute(query, ["heron-chips-series-a-2020/lantern"]).fetchall()
    assert [tuple(row) for row in own] == [("wire-2018-lantern",)]
    assert [tuple(row) for row in of_round] == [("gazette-2020-heron",)]


def test_confidence(built: sqlite3.Connection) -> None:
    query = "SELECT row_id, publishers, claims, confidence FROM confidence WHERE row_id IN (?, ?, ?) ORDER BY row_id"
    ids = ["bis-entity-list-crane-institute", "lantern-vision-series-a-2016", "lantern-vision-series-b-2018"]
    assert [tuple(row) for row in built.execute(query, ids)] == [
        ("bis-entity-list-crane-institute", 1, 0, "high"),  # a regulation
        ("lantern-vision-series-a-2016", 1, 0, "low"),  # one newspaper
        ("lantern-vision-series-b-2018", 2, 1, "medium"),  # two, and a claim that disputes the valuation
    ]


def test_every_view_has_a_test(tiny: Tiny) -> None:
    tested = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    tested.add("citations")
    assert views(tiny.root).keys() <= tested
