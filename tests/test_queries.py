"""The seed questions: their answers on the tiny package, worked out by hand, and on the ledger itself."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Tiny
from ledger.database import build, connect
from ledger.metadata import queries
from ledger.package import Package

LANTERN = {"company": "lantern-vision", "day": "", "entity": ""}
SENSETIME = {"company": "", "day": "", "entity": ""}
SQL = {query.name: query.sql for query in queries(ROOT)}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """The database of the ledger's own data, built in a folder of its own."""
    root = tmp_path_factory.mktemp("ledger")
    for name in ("data", "schemas", "views", "datapackage.json"):
        (root / name).symlink_to(ROOT / name)
    return connect(build(Package.open(root)))


def answer(database: sqlite3.Connection, name: str, about: dict[str, str] = SENSETIME) -> list[dict[str, Any]]:
    return [dict(row) for row in database.execute(SQL[name], about)]


def test_each_question_says_what_it_answers() -> None:
    assert len(SQL) == 10
    for query in queries(ROOT):
        assert query.title.endswith("?")
        assert query.description.endswith(".")


def test_entity_history(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    found = [dict(row) for row in built.execute(SQL["entity_history"], {"entity": "denglong"})]
    assert [(row["date"], row["event"]) for row in found] == [("2019-10-09", "listed"), ("2020-06-05", "revised")]
    of_company = answer(built, "entity_history", {"entity": "灯笼视觉"})
    assert [row["entity_name"] for row in of_company if row not in found] == ["Lantern Vision Group"]
    hesai = [dict(row) for row in ledger.execute(SQL["entity_history"], {"entity": "Hesai"})]
    assert [row["event"] for row in hesai if row["list_id"] == "dod-1260h"] == ["listed", "removed", "listed"]
    assert len(list(ledger.execute(SQL["entity_history"], {"entity": ""}))) > 2000


def test_who_backs(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    found = answer(built, "who_backs", LANTERN)
    assert [(row["investor"], row["led"], row["first_round_on"]) for row in found] == [
        ("Harbour Capital", 1, "2018-04-09"),
        ("Beijing City Fund", 1, "2020-01"),
    ]
    backers = {row["investor"] for row in answer(ledger, "who_backs")}
    # PingWest, 2020-07-13, counts these among its backers.
    assert {"Qualcomm", "Tiger Global"} <= backers
    assert any(name.startswith("Fidelity") for name in backers)
    assert any(name.startswith("SoftBank") for name in backers)


def test_raised_by(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    (row,) = answer(built, "raised_by", LANTERN)
    assert (row["rounds"], row["raised_usd"], row["said_total"], row["said_rounds"]) == (3, 180_000_000, 200_000_000, 5)
    (row,) = answer(ledger, "raised_by")
    assert (row["day"], row["said_total"], row["said_rounds"]) == ("2020-07-13", 2_600_000_000, 9)
    assert 0 < row["raised_usd"] <= 1.1 * row["said_total"]


def test_money_covered(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    found = [(row["company"], row["reported_usd"], row["ours_usd"]) for row in answer(built, "money_covered")]
    assert found == [("Lantern Vision", 200_000_000, 180_000_000)]
    companies = [row["company_id"] for row in answer(ledger, "money_covered")]
    assert len(companies) == len(set(companies)) > 50


def test_valuations(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    found = [(row["date"], row["valuation"], row["status"]) for row in answer(built, "valuations", LANTERN)]
    assert found == [
        ("2016-05-02", 100_000_000, "closed"),
        ("2018-04-09", 450_000_000, "closed"),
        ("2018-04-10", 300_000_000, "claim"),
        ("2019-02", 700_000_000, "stated"),
        ("2020-07-13", 10_000_000_000, "rumoured"),
    ]
    talks = [row for row in answer(ledger, "valuations") if row["valuation"] == 10_000_000_000]
    assert any("pingwest-2020-07-13-sensetime" in row["sources"] for row in talks)


def test_raised_after_listing(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    (row,) = answer(built, "raised_after_listing")
    assert (row["company_id"], row["rounds"], row["raised_usd"], row["first_round_on"]) == (
        "lantern-vision",
        2,
        300_000_000,
        "2020-01",
    )
    after = {row["company_id"]: row for row in answer(ledger, "raised_after_listing")}
    assert after["sensetime"]["listed_on"] == "2019-10-09"
    assert all(row["first_round_on"] > row["listed_on"] for row in after.values())


def test_state_share_by_year(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    found = [(row["year"], row["state_owned_percent_at_least"]) for row in answer(built, "state_share_by_year")]
    assert found == [(2018, 0.0), (2020, 50.0)]
    years = [row["year"] for row in answer(ledger, "state_share_by_year")]
    assert years == sorted(years)


def test_bought_and_backed(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    found = [(row["how"], row["what"]) for row in answer(built, "bought_and_backed", LANTERN)]
    assert found == [
        ("acquisition", "Otter Robots"),
        ("minority-stake", "Heron Chips"),
        ("round: series-a", "Heron Chips"),
        ("stated: investment-count", "11"),
    ]
    stated = {(row["how"], row["what"]) for row in answer(ledger, "bought_and_backed")}
    assert {("stated: investment-count", "11"), ("stated: acquisition-count", "3")} <= stated


def test_listings_put_off(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    assert [row["round_id"] for row in answer(built, "listings_put_off")] == ["lantern-vision-ipo-2019"]
    companies = {row["company"] for row in answer(ledger, "listings_put_off")}
    assert {"SenseTime", "Megvii"} <= companies
    assert any(name.startswith("Yitu") for name in companies)


def test_entity_list(built: sqlite3.Connection, ledger: sqlite3.Connection) -> None:
    found = [(row["entity_name"], row["citation"]) for row in answer(built, "entity_list")]
    assert found == [("Beijing Lantern Vision Technology Co., Ltd.", "84 FR 10001")]
    first = [row for row in answer(ledger, "entity_list") if row["citation"] == "84 FR 54002"]
    assert len(first) == 28
    assert {row["listed_on"] for row in first} == {"2019-10-09"}
    linked = {row["company"] for row in first} - {None}
    assert {"SenseTime", "Hikvision", "Megvii", "Dahua Technology", "iFLYTEK"} <= linked
    assert len(linked) == 8


def test_every_question_answers_for_a_company_that_is_not_there(tiny: Tiny) -> None:
    database = connect(build(tiny.package()))
    for name in SQL:
        answer(database, name, {"company": "nobody", "day": "2020", "entity": "nobody"})


def test_sources_exist_where_the_answer_cites_them(ledger: sqlite3.Connection) -> None:
    assert Path(ROOT / "data" / "sources.csv").is_file()
    (count,) = ledger.execute("SELECT count(*) FROM citations LEFT JOIN sources USING (source_id) WHERE title IS NULL")
    assert tuple(count) == (0,)
