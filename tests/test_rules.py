"""Every rule of the check: a change of the tiny package that it lets pass, and one that it finds."""

import csv
import datetime
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

import pytest
from conftest import ROOT, Tiny
from ledger.findings import Finding
from ledger.frames import frames
from ledger.layers import bytes as form
from ledger.layers import catalogue, meaning, shape
from ledger.package import Package
from ledger.rules import Rule

Change = str | bytes | Mapping[str, str] | Callable[[Tiny], None]
"""Rows to put into a table as CSV, its whole file as bytes, rows of several tables, or what else to do."""


@dataclass(frozen=True)
class Case:
    """A rule at work on a table: where it finds what, written down by hand."""

    table: str
    good: Change
    bad: Change
    column: str | None = None
    at: str | int | None = None
    """A text that the faulty line alone holds, or in a file of bytes its number."""
    severity: str = "error"
    fix: str | None = None


def change(tiny: Tiny, table: str, changes: Change) -> None:
    match changes:
        case str():
            tiny.put(table, changes)
        case bytes():
            tiny.write(table, changes)
        case Mapping():
            for name, rows in changes.items():
                tiny.put(name, rows)
        case _:
            changes(tiny)


def constrain(table: str, column: str, **constraints: object) -> Callable[[Tiny], None]:
    """Add constraints to a column of the schema."""

    def edit(tiny: Tiny) -> None:
        path = tiny.root / "schemas" / f"{table}.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        field = next(field for field in schema["fields"] if field["name"] == column)
        field.setdefault("constraints", {}).update(constraints)
        path.write_text(json.dumps(schema), encoding="utf-8")

    return edit


def make_folder(tiny: Tiny) -> None:
    tiny.path("lists").unlink()
    tiny.path("lists").mkdir()


HEAD = b"currency,year,per_usd,sources\n"
CNY = b"CNY,2020,6.9,bank-2020-rates\n"
HKD = b"HKD,2021,7.772,bank-2020-rates\n"
RATES = HEAD + CNY + HKD

BYTES = {
    "file-missing": Case("lists", lambda _: None, lambda tiny: tiny.path("lists").unlink()),
    "file-unreadable": Case("lists", lambda _: None, make_folder),
    "not-utf-8": Case(
        "exchange_rates",
        good=HEAD + CNY + "HKD,2021,7.772,汇率\n".encode(),
        bad=HEAD + CNY + "HKD,2021,7.772,汇率\n".encode("gbk"),
        at=3,
    ),
    "byte-order-mark": Case("exchange_rates", good=RATES, bad=b"\xef\xbb\xbf" + RATES, at=1),
    "line-ends": Case("exchange_rates", good=RATES, bad=HEAD + CNY[:-1] + b"\r\n" + HKD, at=2),
    "broken-quoting": Case(
        "exchange_rates",
        good=HEAD + CNY + b'HKD,2021,7.772,"the ""peg"""\n',
        bad=HEAD + CNY + b'HKD,2021,7.772,"the "peg""\n',
        at=3,
    ),
    "cell-too-long": Case(
        "exchange_rates",
        good=HEAD + CNY + b"HKD,2021,7.772," + b"x" * 100_000 + b"\n",
        bad=HEAD + CNY + b"HKD,2021,7.772," + b"x" * 100_001 + b"\n",
        at=3,
    ),
    "file-empty": Case("exchange_rates", good=HEAD, bad=b""),
    "column-unknown": Case(
        "exchange_rates",
        good=RATES,
        bad=b"currency,year,per_us,sources\n" + CNY,
        column="per_us",
        at="currency",
        fix="per_usd",
    ),
    "column-missing": Case(
        "exchange_rates",
        good=RATES,
        bad=b"currency,year,sources\nCNY,2020,bank-2020-rates\n",
        column="per_usd",
        at="currency",
    ),
    "column-twice": Case(
        "exchange_rates",
        good=RATES,
        bad=b"currency,year,year,per_usd,sources\nCNY,2020,2020,6.9,bank-2020-rates\n",
        column="year",
        at="currency",
    ),
    "column-order": Case(
        "exchange_rates",
        good=RATES,
        bad=b"year,currency,per_usd,sources\n2020,CNY,6.9,bank-2020-rates\n",
        at="currency",
    ),
    "ragged-row": Case(
        "exchange_rates",
        good=HEAD + CNY + b'HKD,2021,"7,772",bank-2020-rates\n',
        bad=HEAD + CNY + b"HKD,2021,7,772,bank-2020-rates\n",
        at="HKD",
    ),
    "blank-row": Case("exchange_rates", good=RATES, bad=HEAD + CNY + b"\n" + HKD, at=3),
    "key-twice": Case(
        "exchange_rates",
        good=HEAD + CNY + b"CNY,2021,6.4,bank-2020-rates\n" + HKD,
        bad=HEAD + CNY + b"CNY,2020,6.4,bank-2020-rates\n" + HKD,
        column="currency",
        at="6.4",
    ),
    "row-order": Case("exchange_rates", good=RATES, bad=HEAD + HKD + CNY, column="currency", at="CNY"),
    "stray-space": Case(
        "lists",
        good="list_id,effect\nbis-entity-list,A  licence",
        bad="list_id,effect\nbis-entity-list, A licence",
        column="effect",
        fix="A licence",
    ),
    "not-nfc": Case(
        "lists",
        good="list_id,effect\nbis-entity-list,Une licence exige\u00e9",
        bad="list_id,effect\nbis-entity-list,Une licence exige\u0065\u0301",
        column="effect",
        fix="Une licence exige\u00e9",
    ),
    "line-break-in-cell": Case(
        "lists",
        good="list_id,effect\nbis-entity-list,A licence is needed.",
        bad='list_id,effect\nbis-entity-list,"A licence\nis needed."',
        column="effect",
        fix="A licence is needed.",
    ),
    "invisible-character": Case(
        "lists",
        good="list_id,effect\nbis-entity-list,A licence　许可证",
        bad="list_id,effect\nbis-entity-list,A\u200b licence",
        column="effect",
        fix="A licence",
    ),
    "formula-character": Case(
        "lists",
        good="list_id,effect\nbis-entity-list,1+1=2",
        bad="list_id,effect\nbis-entity-list,=1+1",
        column="effect",
    ),
    "needless-quotes": Case(
        "exchange_rates",
        good=HEAD + CNY + b'HKD,2021,7.772,"bank, 2020"\n',
        bad=HEAD + CNY + b'HKD,2021,7.772,"bank-2020-rates"\n',
        at="HKD",
    ),
}

SHAPE = {
    "type-error": Case(
        "rounds",
        good="round_id,amount\nheron-chips-series-a-2020,690000000.5",
        bad='round_id,amount\nheron-chips-series-a-2020,"690,000,000"',
        column="amount",
        fix="690000000",
    ),
    "required": Case(
        "companies",
        good="company_id,city\nheron-chips,",
        bad="company_id,name\nheron-chips,",
        column="name",
    ),
    "not-in-vocabulary": Case(
        "rounds",
        good="round_id,stage\nheron-chips-series-a-2020,series-h",
        bad="round_id,stage\nheron-chips-series-a-2020,Series A",
        column="stage",
        fix="series-a",
    ),
    "pattern": Case(
        "rounds",
        good="round_id,closed_on\nlantern-vision-series-b-2018,2018-05-01",
        bad="round_id,closed_on\nlantern-vision-series-b-2018,2018/5/1",
        column="closed_on",
        fix="2018-05-01",
    ),
    "out-of-range": Case(
        "notices",
        good="notice_id,entries_added\n84-fr-10001,0",
        bad="notice_id,entries_added\n84-fr-10001,-1",
        column="entries_added",
    ),
    "constraint-error": Case(
        "lists",
        good=constrain("lists", "name", maxLength=18),
        bad=constrain("lists", "name", maxLength=17),
        column="name",
        at="Section 1260H list",
    ),
    "unknown-id": Case(
        "rounds",
        good="round_id,company_id\nheron-chips-series-a-2020,otter-robots",
        bad="round_id,company_id\nheron-chips-series-a-2020,heron-chip",
        column="company_id",
        fix="heron-chips",
    ),
    "shape-error": Case(
        "lists",
        good=constrain("lists", "authority", unique=True),
        bad=constrain("lists", "country", unique=True),
        column="country",
        at="dod-1260h",
    ),
    "empty-item": Case(
        "companies",
        good="company_id,aliases\nlantern-vision,",
        bad="company_id,aliases\nlantern-vision,Denglong;;灯笼",
        column="aliases",
        at=";;",
        fix="Denglong;灯笼",
    ),
    "item-twice": Case(
        "companies",
        good="company_id,aliases\nlantern-vision,Denglong;denglong",
        bad="company_id,aliases\nlantern-vision,Denglong;Denglong",
        column="aliases",
        at="Denglong;",
        fix="Denglong",
    ),
}

EVERY_TABLE = {
    "date-not-real": Case(
        "rounds",
        good="round_id,closed_on\nlantern-vision-series-b-2018,2018-04-30",
        bad="round_id,closed_on\nlantern-vision-series-b-2018,2018-04-31",
        column="closed_on",
    ),
    "date-in-future": Case(
        "lists",
        good="list_id,last_checked_on\ndod-1260h,2026-11-22",
        bad="list_id,last_checked_on\ndod-1260h,2999-01-01",
        column="last_checked_on",
    ),
    "closed-before-announced": Case(
        "rounds",
        good="round_id,announced_on,closed_on\nlantern-vision-series-b-2018,2018-04-09,2018-05",
        bad="round_id,announced_on,closed_on\nlantern-vision-series-b-2018,2018-04-09,2018-03",
        column="closed_on",
    ),
    "done-after-last-read": Case(
        "rounds",
        good={
            "sources": "source_id,published_on,url,accessed_on\n"
            "wire-2016-lantern,2016-05-02,https://wire.example/2016,2016-06-01",
            "rounds": "round_id,sources\nlantern-vision-series-a-2016,wire-2016-lantern",
        },
        bad={
            "sources": "source_id,published_on,url,accessed_on\n"
            "wire-2016-lantern,2016-05-02,https://wire.example/2016,2016-05-31",
            "rounds": "round_id,sources\nlantern-vision-series-a-2016,wire-2016-lantern",
        },
        column="status",
    ),
    "amount-and-currency": Case(
        "rounds",
        good="round_id,currency,amount,amount_disclosure\nheron-chips-series-a-2020,,,undisclosed",
        bad="round_id,currency\nheron-chips-series-a-2020,",
        column="amount",
    ),
    "upper-bound-below-lower": Case(
        "rounds",
        good="round_id,amount_max\nlantern-vision-talks-2020,1000000000",
        bad="round_id,amount_max\nlantern-vision-talks-2020,900000000",
        column="amount_max",
    ),
    "disclosure-and-amount": Case(
        "acquisitions",
        good="acquisition_id,amount_disclosure\nlantern-vision-heron-chips-2020,not-found",
        bad="acquisition_id,amount_disclosure\nlantern-vision-heron-chips-2020,exact",
        column="amount_disclosure",
    ),
    "magnitude": Case(
        "rounds",
        good="round_id,amount\nlantern-vision-series-c-2020,10000",
        bad="round_id,amount\nlantern-vision-series-c-2020,9999",
        column="amount",
        severity="warning",
    ),
    "currency-unknown": Case(
        "rounds",
        good="round_id,currency\nheron-chips-series-a-2020,HKD",
        bad="round_id,currency\nheron-chips-series-a-2020,RMB",
        column="currency",
        fix="CNY",
    ),
    "country-unknown": Case(
        "companies",
        good="company_id,country\notter-robots,GB",
        bad="company_id,country\notter-robots,UK",
        column="country",
        fix="GB",
    ),
    "name-not-latin": Case(
        "companies",
        good="company_id,name\nheron-chips,Héron Chips",
        bad="company_id,name\nheron-chips,Heron 鹭芯",
        column="name",
    ),
    "name-zh-not-chinese": Case(
        "investors",
        good="investor_id,name_zh\nharbour-capital,港湾 Capital",
        bad="investor_id,name_zh\nharbour-capital,Harbour Capital",
        column="name_zh",
    ),
    "same-name": Case(
        "companies",
        good="company_id,name\notter-robots,Otter Vision Inc.",
        bad='company_id,name\notter-robots,"LANTERN-VISION, Inc."',
        column="name",
    ),
    "near-name": Case(
        "companies",
        good="company_id,name\notter-robots,Lantern Visionaries",
        bad="company_id,name\notter-robots,Lantern Visions",
        column="name",
        severity="warning",
    ),
    "shared-id": Case(
        "companies",
        good="company_id,wikidata_id\notter-robots,Q999999902",
        bad="company_id,wikidata_id\notter-robots,Q999999901",
        column="wikidata_id",
    ),
    "tracking-parameters": Case(
        "sources",
        good="source_id,url\nwire-2018-lantern,https://wire.example/lantern?id=8",
        bad="source_id,url\nwire-2018-lantern,https://wire.example/lantern?id=8&utm_source=feed",
        column="url",
        fix="https://wire.example/lantern?id=8",
    ),
    "parent-cycle": Case(
        "companies",
        good="company_id,parent_id\nheron-chips,lantern-labs",
        bad="company_id,parent_id\nlantern-vision,lantern-labs",
        column="parent_id",
        at="lantern-vision,Lantern Vision",
    ),
    "table-unknown": Case(
        "redirects",
        good="table,old_id,new_id,reason\ninvestors,old-fund,,withdrawn",
        bad="table,old_id,new_id,reason\nfirms,old-fund,,withdrawn",
        column="table",
    ),
    "row-unknown": Case(
        "claims",
        good="claim_id,row_id\nlantern-vision-series-b-2018-valuation,lantern-vision-series-a-2016",
        bad={
            "claims": "claim_id,row_id\nlantern-vision-series-b-2018-valuation,lantern-vision-b",
            "redirects": "table,old_id,new_id\nrounds,lantern-vision-b,lantern-vision-series-b-2018",
        },
        column="row_id",
        fix="lantern-vision-series-b-2018",
    ),
}

BY_TABLE = {
    "lei-check-digits": Case(
        "companies",
        good="company_id,lei\notter-robots,HWUPKR0MPOU8FGXBT394",
        bad="company_id,lei\notter-robots,HWUPKR0MPOU8FGXBT349",
        column="lei",
    ),
    "listing-form": Case(
        "companies",
        good="company_id,listings\nlantern-vision,HKEX:9999;NASDAQ:LNTN",
        bad="company_id,listings\nlantern-vision,HKEX:9999;NASDAQ:9999",
        column="listings",
        at="NASDAQ",
    ),
    "shared-listing": Case(
        "companies",
        good="company_id,status,listings\nheron-chips,listed,HKEX:9998",
        bad="company_id,status,listings\nheron-chips,listed,HKEX:9999",
        column="listings",
        at="lantern-vision,Lantern Vision",
    ),
    "round-before-founding": Case(
        "rounds",
        good="round_id,announced_on\nlantern-vision-series-a-2016,2014",
        bad="round_id,announced_on\nlantern-vision-series-a-2016,2013-12",
        column="announced_on",
    ),
    "closing-date-of-open-round": Case(
        "rounds",
        good="round_id,status,closed_on\nlantern-vision-talks-2020,closed,2020-08",
        bad="round_id,status,closed_on\nlantern-vision-talks-2020,announced,2020-08",
        column="closed_on",
    ),
    "post-money-below-amount": Case(
        "rounds",
        good="round_id,valuation\nlantern-vision-series-a-2016,20000000",
        bad="round_id,valuation\nlantern-vision-series-a-2016,19999999",
        column="valuation",
    ),
    "valuation-and-basis": Case(
        "rounds",
        good="round_id,valuation_basis\nlantern-vision-series-b-2018,pre-money",
        bad="round_id,valuation_basis\nlantern-vision-series-b-2018,",
        column="valuation_basis",
    ),
    "cheques-exceed-round": Case(
        "rounds",
        good={"round_investors": "round_id,investor_id,amount\nheron-chips-series-a-2020,lantern,690000000"},
        bad={"round_investors": "round_id,investor_id,amount\nheron-chips-series-a-2020,lantern,690000001"},
        column="amount",
        at="heron-chips-series-a-2020",
    ),
    "listed-twice": Case(
        "rounds",
        good={
            "rounds": "round_id,company_id,stage,label,announced_on\n"
            "lantern-vision-ipo-2022,lantern-vision,ipo,IPO,2022-03",
            "companies": "company_id,listings\nlantern-vision,HKEX:9999;SSE-STAR:688999",
        },
        bad="round_id,company_id,stage,label,announced_on\nlantern-vision-ipo-2022,lantern-vision,ipo,IPO,2022-03",
        column="stage",
    ),
    "round-twice": Case(
        "rounds",
        good="round_id,label\nheron-chips-series-a-2020-extension,A+",
        bad="round_id,label\nheron-chips-series-a-2020-extension,A",
        column="round_id",
        severity="warning",
    ),
    "later-letter-first": Case(
        "rounds",
        good="round_id,announced_on\nlantern-vision-series-b-2018,2020-01",
        bad="round_id,announced_on\nlantern-vision-series-b-2018,2020-02",
        column="stage",
        severity="warning",
    ),
    "investor-is-company": Case(
        "round_investors",
        good="round_id,investor_id,role\nlantern-vision-series-b-2018,city-fund,participant",
        bad="round_id,investor_id,role\nlantern-vision-series-b-2018,lantern,participant",
        column="investor_id",
        at="lantern-vision-series-b-2018,lantern",
    ),
    "leads": Case(
        "round_investors",
        good="round_id,investor_id,role\n"
        "heron-chips-series-a-2020,city-fund,co-lead\nheron-chips-series-a-2020,lantern,co-lead",
        bad="round_id,investor_id,role\nheron-chips-series-a-2020,lantern,lead",
        column="role",
        at="heron-chips-series-a-2020,lantern",
    ),
    "acquirer-is-target": Case(
        "acquisitions",
        good="acquisition_id,target_id\nlantern-vision-heron-chips-2020,otter-robots",
        bad="acquisition_id,target_id\nlantern-vision-heron-chips-2020,lantern-vision",
        column="target_id",
    ),
    "stake-out-of-range": Case(
        "acquisitions",
        good="acquisition_id,stake_percent\nlantern-vision-heron-chips-2020,0.1",
        bad="acquisition_id,stake_percent\nlantern-vision-heron-chips-2020,0",
        column="stake_percent",
    ),
    "kind-and-stake": Case(
        "acquisitions",
        good="acquisition_id,stake_percent\nlantern-vision-heron-chips-2020,50",
        bad="acquisition_id,stake_percent\nlantern-vision-heron-chips-2020,50.1",
        column="kind",
    ),
    "target-still-independent": Case(
        "acquisitions",
        good={"companies": "company_id,status\notter-robots,defunct"},
        bad={"companies": "company_id,status\notter-robots,private"},
        column="status",
        at="lantern-vision-otter-robots-2017",
    ),
    "completion-date": Case(
        "acquisitions",
        good="acquisition_id,status,completed_on\nlantern-vision-heron-chips-2020,completed,2020-07",
        bad="acquisition_id,status,completed_on\nlantern-vision-heron-chips-2020,completed,",
        column="completed_on",
    ),
    "notice-count": Case(
        "notices",
        good={
            "notices": "notice_id,entries_added_china\n84-fr-10001,1\n86-fr-10003,0",
            "designations": "designation_id,destination,listed_on_basis\n"
            "bis-entity-list-crane-institute,Hong Kong,effective\n"
            "bis-entity-list-beijing-lantern-vision,China,latest\ndod-1260h-lantern-vision,China,latest",
        },
        bad="notice_id,entries_added_china\n84-fr-10001,2",
        column="entries_added_china",
        severity="warning",
    ),
    "entity-name-holds-alias": Case(
        "designations",
        good="designation_id,entity_name\nbis-entity-list-crane-institute,Akasaka Crane Institute",
        bad='designation_id,entity_name\nbis-entity-list-crane-institute,"Crane Institute, a.k.a. CI"',
        column="entity_name",
    ),
    "designation-twice": Case(
        "designations",
        good="designation_id,destination\nbis-entity-list-beijing-lantern-vision-2,Singapore",
        bad="designation_id,destination\nbis-entity-list-beijing-lantern-vision-2,China",
        column="entity_name",
        at="vision-2,",
    ),
    "notice-of-other-list": Case(
        "designations",
        good={
            "notices": "notice_id,other_lists\n86-fr-10003,bis-entity-list",
            "designations": "designation_id,notice_id,listed_on,listed_on_basis,delisted_by,delisted_on\n"
            "bis-entity-list-crane-institute,86-fr-10003,2021-06-28,publication,,",
        },
        bad="designation_id,notice_id,listed_on,listed_on_basis,delisted_by,delisted_on\n"
        "bis-entity-list-crane-institute,86-fr-10003,2021-06-28,publication,,",
        column="notice_id",
    ),
    "day-of-notice": Case(
        "designations",
        good={
            "notices": "notice_id,effective_on\n86-fr-10003,2021-07-01",
            "designations": "designation_id,listed_on,listed_on_basis\ndod-1260h-lantern-vision,2021-07-01,effective",
        },
        bad="designation_id,listed_on\ndod-1260h-lantern-vision,2021-07-01",
        column="listed_on",
        fix="2021-06-28",
    ),
    "listed-on-basis": Case(
        "designations",
        good="designation_id,listed_on_basis\nbis-entity-list-beijing-lantern-vision,latest",
        bad="designation_id,listed_on_basis\nbis-entity-list-crane-institute,publication",
        column="listed_on_basis",
    ),
    "unit-outlives-entity": Case(
        "designations",
        good="designation_id,part_of\nbis-entity-list-crane-institute,bis-entity-list-beijing-lantern-vision",
        bad="designation_id,part_of\nbis-entity-list-beijing-lantern-vision,bis-entity-list-crane-institute",
        column="part_of",
        severity="warning",
    ),
    "notice-incomplete": Case(
        "notices",
        good="notice_id,title,notes\n84-fr-10001,,The title was not had.",
        bad="notice_id,title\n84-fr-10001,",
        column="title",
        severity="warning",
    ),
    "designation-without-notice": Case(
        "designations",
        good="designation_id,notice_id\nbis-entity-list-crane-institute,84-fr-10001",
        bad="designation_id,notice_id,listed_on_basis\nbis-entity-list-crane-institute,,stated",
        column="notice_id",
        severity="warning",
    ),
    "licence-missing": Case(
        "designations",
        good="designation_id,license_requirement\nbis-entity-list-crane-institute,",
        bad="designation_id,license_requirement,delisted_by,delisted_on\nbis-entity-list-crane-institute,,,",
        column="license_requirement",
        severity="warning",
    ),
    "relation-and-company": Case(
        "designations",
        good="designation_id,company_id,relation\ndod-1260h-lantern-vision,,",
        bad="designation_id,relation\ndod-1260h-lantern-vision,",
        column="company_id",
    ),
    "part-of-other-list": Case(
        "designations",
        good="designation_id,part_of\nbis-entity-list-crane-institute,bis-entity-list-beijing-lantern-vision",
        bad="designation_id,part_of\nbis-entity-list-crane-institute,dod-1260h-lantern-vision",
        column="part_of",
    ),
    "revision-not-in-modified-by": Case(
        "revisions",
        good={
            "revisions": "designation_id,notice_id,column\nbis-entity-list-crane-institute,85-fr-10002,aliases",
            "designations": "designation_id,modified_by\nbis-entity-list-crane-institute,85-fr-10002",
        },
        bad="designation_id,notice_id,column\nbis-entity-list-crane-institute,85-fr-10002,aliases",
        column="notice_id",
    ),
    "revision-changes-nothing": Case(
        "revisions",
        good="designation_id,notice_id,column,before\nbis-entity-list-beijing-lantern-vision,85-fr-10002,footnote,1",
        bad="designation_id,notice_id,column,before\nbis-entity-list-beijing-lantern-vision,85-fr-10002,footnote,4",
        column="after",
    ),
    "delisted-before-listed": Case(
        "designations",
        good="designation_id,listed_on,listed_on_basis,notice_id\nbis-entity-list-crane-institute,2020-06-05,stated,",
        bad="designation_id,listed_on,listed_on_basis,notice_id\nbis-entity-list-crane-institute,2020-06-06,stated,",
        column="delisted_on",
    ),
    "modified-by-other-list": Case(
        "designations",
        good="designation_id,modified_by\nbis-entity-list-beijing-lantern-vision,84-fr-10001;85-fr-10002",
        bad="designation_id,modified_by\nbis-entity-list-beijing-lantern-vision,85-fr-10002;86-fr-10003",
        column="modified_by",
    ),
    "delisting-undated": Case(
        "designations",
        good="designation_id,delisted_by,delisted_on\nbis-entity-list-crane-institute,,",
        bad="designation_id,delisted_on\nbis-entity-list-crane-institute,",
        column="delisted_by",
    ),
    "company-name-far": Case(
        "designations",
        good="designation_id,entity_name\ndod-1260h-lantern-vision,Shenzhen Lantern Vision",
        bad="designation_id,entity_name\ndod-1260h-lantern-vision,Shenzhen Crane Works",
        column="company_id",
        severity="warning",
    ),
    "total-and-currency": Case(
        "reported_totals",
        good="report_id,currency\nlantern-vision-revenue-2019,HKD",
        bad="report_id,currency\nlantern-vision-revenue-2019,",
        column="currency",
    ),
    "total-of-nothing": Case(
        "reported_totals",
        good="report_id,value\nlantern-vision-round-count-2020-07-13,0",
        bad="report_id,value\nlantern-vision-round-count-2020-07-13,2.5",
        column="value",
    ),
    "revenue-without-period": Case(
        "reported_totals",
        good="report_id,period\nlantern-vision-revenue-2019,2019-H2",
        bad="report_id,period\nlantern-vision-revenue-2019,",
        column="period",
    ),
    # Series A, B and C add to 180 million dollars; a tenth more than 163.7 million.
    "rounds-exceed-total": Case(
        "reported_totals",
        good="report_id,value\nlantern-vision-total-raised-2020-07-13,164000000",
        bad="report_id,value\nlantern-vision-total-raised-2020-07-13,163000000",
        column="value",
        severity="warning",
    ),
    "rate-not-positive": Case(
        "exchange_rates",
        good="currency,year,per_usd\nCNY,2020,0.01",
        bad="currency,year,per_usd\nCNY,2020,0",
        column="per_usd",
    ),
    "rate-of-unfinished-year": Case(
        "exchange_rates",
        good="currency,year\nCNY,2026",
        bad="currency,year\nCNY,2999",
        column="year",
        at="CNY,2999",
    ),
    "column-unknown-to-claim": Case(
        "claims",
        good="claim_id,column\nlantern-vision-series-b-2018-valuation,amount",
        bad="claim_id,column\nlantern-vision-series-b-2018-valuation,worth",
        column="column",
    ),
    "claim-agrees": Case(
        "claims",
        good="claim_id,value\nlantern-vision-series-b-2018-valuation,450000001",
        bad="claim_id,value\nlantern-vision-series-b-2018-valuation,450000000.0",
        column="value",
    ),
    "claim-without-currency": Case(
        "claims",
        good={
            "rounds": "round_id,currency,amount,amount_disclosure\nheron-chips-series-a-2020,,,not-found",
            "claims": "claim_id,table,row_id,column,value\n"
            "heron-amount,rounds,heron-chips-series-a-2020,amount,700000000\n"
            "heron-currency,rounds,heron-chips-series-a-2020,currency,CNY",
        },
        bad={
            "rounds": "round_id,currency,amount,amount_disclosure\nheron-chips-series-a-2020,,,not-found",
            "claims": "claim_id,table,row_id,column,value\n"
            "heron-amount,rounds,heron-chips-series-a-2020,amount,700000000",
        },
        column="value",
        at="heron-amount",
    ),
    "source-uncited": Case(
        "sources",
        good={
            "sources": "source_id,url\nwire-2019-heron,https://wire.example/heron",
            "companies": "company_id,sources\nheron-chips,gazette-2020-heron;wire-2019-heron",
        },
        bad="source_id,url\nwire-2019-heron,https://wire.example/heron",
        column="source_id",
    ),
    "read-before-published": Case(
        "sources",
        good="source_id,accessed_on\ngazette-2020-heron,2020-07-13",
        bad="source_id,accessed_on\ngazette-2020-heron,2020-07-12",
        column="accessed_on",
    ),
    "unnamed-outlet-with-address": Case(
        "sources",
        good="source_id,publisher,url,archive_url\n"
        "gazette-2020-heron,Unnamed outlet (copy.example),,https://copy.example/heron",
        bad="source_id,publisher,url,archive_url\n"
        "gazette-2020-heron,Unnamed outlet (copy.example),https://copy.example/heron,",
        column="url",
    ),
    "redirect-to-nothing": Case(
        "redirects",
        good="table,old_id,new_id\ncompanies,lantern,heron-chips",
        bad="table,old_id,new_id\ncompanies,lantern,heron-chip",
        column="new_id",
        at="companies,lantern",
    ),
    "old-id-stands": Case(
        "redirects",
        good="table,old_id\ncompanies,otter",
        bad="table,old_id\ncompanies,otter-robots",
        column="old_id",
        at="companies,otter-robots",
    ),
}

NEAR_NAME = {
    "companies": "company_id,name\notter-robots,Lantern Visions",
    "exceptions": "rule,table,row_id,reason,decided_on\nnear-name,companies,otter-robots,Two companies.,2026-11-22",
}

SETTLED = {
    "exception-from-no-warning": Case(
        "exceptions",
        good=NEAR_NAME,
        bad="rule,table,row_id,reason,decided_on\nsame-name,companies,otter-robots,Why not?,2026-11-22",
        column="rule",
    ),
    "exception-idle": Case(
        "exceptions",
        good=NEAR_NAME,
        bad="rule,table,row_id,reason,decided_on\nnear-name,companies,otter-robots,Why not?,2026-11-22",
        column="rule",
        severity="warning",
    ),
}

CASES = BYTES | SHAPE | EVERY_TABLE | BY_TABLE | SETTLED
RULES = {rule.id: rule for rule in catalogue(Package.open(ROOT))}


def raised(tiny: Tiny, rule: str) -> list[Finding]:
    """Give the findings of one rule, by its layer on its tables alone: the whole check takes half a second."""
    package = tiny.package()
    readings = list(form.read(package))
    tables, found = form.gather(readings)
    found += form.forms(readings)
    if rule in SHAPE:
        touched = {case.table for case in SHAPE.values()}
        found = list(shape.findings(package, {name: tables[name] for name in touched}))
    elif RULES[rule].judge is not None:
        known, found = frames(tables), []
        for table, targets in groupby(RULES[rule].targets(package), lambda target: target[0]):
            on_rule = [(RULES[rule], column) for _, column in targets]
            found += meaning.Judging(known[table], on_rule).findings()
    elif rule in SETTLED:
        found = tiny.findings()
    return [finding for finding in found if finding.rule == rule]


def line_of(tiny: Tiny, case: Case) -> int | None:
    """Look up the faulty line in the file as it was written; a fault of a whole file has none."""
    if isinstance(case.at, str):
        return tiny.line(case.table, case.at)
    rows = case.bad[case.table] if isinstance(case.bad, Mapping) else case.bad
    if case.at is None and isinstance(rows, str):
        return tiny.line(case.table, _first_cells(rows)[-1])
    return case.at


def test_every_rule_has_a_case() -> None:
    assert sorted(CASES) == sorted(rule.id for rule in catalogue(Package.open(ROOT)))


@pytest.mark.parametrize("rule", CASES)
def test_good(tiny: Tiny, rule: str) -> None:
    change(tiny, CASES[rule].table, CASES[rule].good)
    assert raised(tiny, rule) == []


@pytest.mark.parametrize("rule", CASES)
def test_bad(tiny: Tiny, rule: str) -> None:
    case = CASES[rule]
    change(tiny, case.table, case.bad)
    found = raised(tiny, rule)
    assert (f"data/{case.table}.csv", line_of(tiny, case), case.column, case.severity, case.fix) in [
        (f.file, f.line, f.column, f.severity, f.fix) for f in found
    ]


def apart() -> list[list[str]]:
    """Deal the rules so that the good changes of those dealt together are of different rows."""
    hands: list[tuple[set[str], list[str]]] = []
    for rule, case in CASES.items():
        if isinstance(case.good, bytes) or callable(case.good):
            continue
        changes = case.good if isinstance(case.good, Mapping) else {case.table: case.good}
        rows = {f"{table} {row}" for table, text in changes.items() for row in _first_cells(text)}
        hand = next((hand for hand in hands if not hand[0] & rows), None)
        if hand is None:
            hands.append(hand := (set(), []))
        hand[0].update(rows)
        hand[1].append(rule)
    return [rules for _, rules in hands]


def _first_cells(text: str) -> list[str]:
    return [row[0] for row in csv.reader(io.StringIO(text))][1:]


@pytest.mark.parametrize("rules", apart(), ids=lambda rules: "+".join(rules)[:40])
def test_good_changes_are_sound_in_every_layer(tiny: Tiny, rules: list[str]) -> None:
    for rule in rules:
        change(tiny, CASES[rule].table, CASES[rule].good)
    assert [finding for finding in tiny.findings() if finding.severity == "error"] == []


def test_the_tiny_package_is_sound(tiny: Tiny) -> None:
    assert tiny.findings() == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_holds_and_what_to_do(rule: Rule) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule.id)
    assert rule.sentence.endswith(".")
    assert rule.phrase
    assert rule.remedy
    assert rule.severity in ("error", "warning")


def test_ids_of_rules_are_unique() -> None:
    ids = [rule.id for rule in catalogue(Package.open(ROOT))]
    assert len(set(ids)) == len(ids)


# ------------------------------------------------------------------------------------------------ precision

B_2018 = "lantern-vision-series-b-2018"
HERON_A = "heron-chips-series-a-2020"


def on(name: str, rule: str, table: str, rows: str, *found: str) -> object:
    """Make a parameter: a name, a rule, rows put into a table, and the keys of the rows that the rule finds."""
    return pytest.param(rule, table, rows, sorted(found), id=name.replace(" ", "-"))


def dated(rule: str, announced: str, closed: str, *found: str) -> object:
    rows = f"round_id,announced_on,closed_on\n{B_2018},{announced},{closed}"
    return on(f"{announced} to {closed} {rule}", rule, "rounds", rows, *found)


def designated(name: str, dates: str, *found: str) -> object:
    """Make a parameter of designations of one name on one list, each with a key and its dates."""
    head = "designation_id,listed_on,delisted_on,list_id,entity_name,destination"
    rows = [f"{line},dod-1260h,Crane Works,China" for line in dates.split()]
    return on(name, "designation-twice", "designations", "\n".join([head, *rows]), *found)


PRECISION = [
    dated("closed-before-announced", "2018-04", "2018"),
    dated("closed-before-announced", "2018", "2018-01-01"),
    dated("closed-before-announced", "2018", "2017-12-31", B_2018),
    dated("closed-before-announced", "2018-04-09", "2018-04"),
    dated("closed-before-announced", "2018-04-09", "2018-04-08", B_2018),
    dated("closed-before-announced", "2018-04-09", "2018-02-30"),
    dated("date-not-real", "2018-04-09", "2018-02-30", B_2018),
    dated("date-not-real", "2018-04-09", "2018-13", B_2018),
    dated("date-not-real", "2018-04-09", "2018-00", B_2018),
    dated("date-not-real", "2018-04-09", "2018-02-29", B_2018),
    dated("date-not-real", "2018-04-09", "2020-02-29"),
    dated("date-not-real", "1900-02-29", "2000-02-29", B_2018),
    dated("date-not-real", "2018/04/09", "2018-4-9"),
    dated("date-not-real", "2018-04-xx", "2018.04"),
    dated("pattern", "2018/04/09", "2018-4", B_2018, B_2018),
    on(
        "founded in the year of the round",
        "round-before-founding",
        "companies",
        "company_id,founded\nlantern-vision,2016-05-02",
    ),
    on(
        "founded after the round",
        "round-before-founding",
        "companies",
        "company_id,founded\nlantern-vision,2016-05-03",
        "lantern-vision-series-a-2016",
    ),
    on("effective later", "date-in-future", "notices", "notice_id,effective_on\n84-fr-10001,2999-01-01"),
    on(
        "published later",
        "date-in-future",
        "notices",
        "notice_id,published_on\n84-fr-10001,2999-01-01",
        "84-fr-10001",
    ),
    on(
        "upper bound alone",
        "upper-bound-below-lower",
        "rounds",
        f"round_id,amount,amount_max\n{HERON_A},,1000000",
        HERON_A,
    ),
    on(
        "range of a total",
        "upper-bound-below-lower",
        "reported_totals",
        "report_id,value_max\nlantern-vision-valuation-2019-02,699999999",
        "lantern-vision-valuation-2019-02",
    ),
    on(
        "cheque within the range",
        "cheques-exceed-round",
        "rounds",
        f"round_id,amount,amount_max\n{B_2018},10000000,20000000",
    ),
    on(
        "cheque above the range",
        "cheques-exceed-round",
        "rounds",
        f"round_id,amount,amount_max\n{B_2018},10000000,19999999",
        B_2018,
    ),
    on(
        "cheque in another currency",
        "cheques-exceed-round",
        "round_investors",
        f"round_id,investor_id,amount,currency\n{B_2018},harbour-capital,400000000,CNY",
    ),
    on(
        "two cheques",
        "cheques-exceed-round",
        "round_investors",
        f"round_id,investor_id,amount,currency\n{B_2018},harbour-capital,40000000,USD\n{B_2018},city-fund,20000001,USD",
        B_2018,
    ),
    on(
        "cheques of about that much",
        "cheques-exceed-round",
        "rounds",
        f"round_id,amount,amount_disclosure\n{B_2018},19000000,approximate",
    ),
    on("amount alone", "amount-and-currency", "rounds", f"round_id,currency\n{B_2018},", B_2018),
    on("currency alone", "amount-and-currency", "rounds", f"round_id,amount\n{B_2018},", B_2018),
    on(
        "valuation alone",
        "amount-and-currency",
        "rounds",
        f"round_id,valuation_currency\n{B_2018},",
        B_2018,
    ),
    on(
        "cheque without currency",
        "amount-and-currency",
        "round_investors",
        f"round_id,investor_id,currency\n{HERON_A},lantern,",
        f"{HERON_A}/lantern",
    ),
    on(
        "removed on another day",
        "day-of-notice",
        "designations",
        "designation_id,delisted_on\nbis-entity-list-crane-institute,2020-06-04",
        "bis-entity-list-crane-institute",
    ),
    on(
        "revised on another day",
        "day-of-notice",
        "revisions",
        "designation_id,notice_id,column,changed_on\n"
        "bis-entity-list-beijing-lantern-vision,85-fr-10002,footnote,2020-06-07",
        "bis-entity-list-beijing-lantern-vision/85-fr-10002/footnote",
    ),
    on(
        "removed on no day",
        "delisting-undated",
        "designations",
        "designation_id,delisted_by\nbis-entity-list-crane-institute,",
        "bis-entity-list-crane-institute",
    ),
    on(
        "two leads",
        "leads",
        "round_investors",
        f"round_id,investor_id,role\n{HERON_A},lantern,lead",
        f"{HERON_A}/city-fund",
        f"{HERON_A}/lantern",
    ),
    on(
        "a lone co-lead",
        "leads",
        "round_investors",
        f"round_id,investor_id,role\n{HERON_A},city-fund,co-lead",
        f"{HERON_A}/city-fund",
    ),
    on(
        "nobody led",
        "leads",
        "round_investors",
        f"round_id,investor_id,role\n{HERON_A},city-fund,participant",
    ),
    on(
        "B and A in a year",
        "later-letter-first",
        "rounds",
        f"round_id,announced_on\nlantern-vision-series-a-2016,2018\n{B_2018},2018",
    ),
    on(
        "A in May and B in the year",
        "later-letter-first",
        "rounds",
        f"round_id,announced_on\nlantern-vision-series-a-2016,2018-05\n{B_2018},2018",
    ),
    on(
        "B in the year before A",
        "later-letter-first",
        "rounds",
        f"round_id,announced_on\nlantern-vision-series-a-2016,2018\n{B_2018},2017",
        "lantern-vision-series-a-2016",
    ),
    on(
        "B only rumoured before A",
        "later-letter-first",
        "rounds",
        f"round_id,announced_on,status\nlantern-vision-series-a-2016,2018,closed\n{B_2018},2017,rumoured",
    ),
    on(
        "parent of itself",
        "parent-cycle",
        "companies",
        "company_id,parent_id\notter-robots,otter-robots",
        "otter-robots",
    ),
    on(
        "parents of each other, and a child",
        "parent-cycle",
        "companies",
        "company_id,parent_id\nlantern-vision,lantern-labs\nheron-chips,lantern-vision",
        "lantern-labs",
        "lantern-vision",
    ),
    on(
        "a cycle of three",
        "parent-cycle",
        "companies",
        "company_id,parent_id\nlantern-vision,otter-robots\notter-robots,lantern-labs",
        "lantern-labs",
        "lantern-vision",
        "otter-robots",
    ),
    on(
        "investors that own each other",
        "parent-cycle",
        "investors",
        "investor_id,parent_id\nlantern,city-fund\ncity-fund,lantern",
        "city-fund",
        "lantern",
    ),
    on("an unknown parent", "parent-cycle", "companies", "company_id,parent_id\notter-robots,nobody"),
    designated("one after the other", "crane-1,2019-01-01,2020-01-01 crane-2,2021-01-01,"),
    designated("listed again on the day", "crane-1,2019-01-01,2020-01-01 crane-2,2020-01-01,"),
    designated("listed twice", "crane-1,2019-01-01, crane-2,2021-01-01,", "crane-2"),
    designated("listed again too early", "crane-1,2019-01-01,2020-01-02 crane-2,2020-01-01,", "crane-2"),
    designated("later row first", "crane-1,2021-01-01, crane-2,2019-01-01,2020-01-01"),
    designated(
        "a long period over two",
        "crane-1,2019-01-01, crane-2,2020-01-01,2021-01-01 crane-3,2022-01-01,",
        "crane-2",
        "crane-3",
    ),
    on(
        "LEI in another form",
        "lei-check-digits",
        "companies",
        "company_id,lei\nlantern-vision,529900T8BM49AURSDO5",
    ),
    on(
        "LEI with digits swapped",
        "lei-check-digits",
        "companies",
        "company_id,lei\nlantern-vision,529900T8BM94AURSDO55",
        "lantern-vision",
    ),
    on(
        "http and a slash",
        "shared-id",
        "sources",
        "source_id,url\ngazette-2018-lantern,http://www.bank.example/rates/",
        "gazette-2018-lantern",
    ),
    on(
        "a fragment",
        "shared-id",
        "sources",
        "source_id,url\ngazette-2018-lantern,https://wire.example/lantern?id=7#top",
        "wire-2018-lantern",
    ),
    on(
        "another query",
        "shared-id",
        "sources",
        "source_id,url\ngazette-2018-lantern,https://wire.example/lantern?id=8",
    ),
    on(
        "another port",
        "shared-id",
        "sources",
        "source_id,url\ngazette-2018-lantern,https://wire.example:8443/lantern?id=7",
    ),
    on(
        "no parameter that tracks",
        "tracking-parameters",
        "sources",
        "source_id,url\nwire-2018-lantern,https://wire.example/?itoken=7&spma=1&q=utm_source",
    ),
    on(
        "tracking in capitals",
        "tracking-parameters",
        "sources",
        "source_id,url\nwire-2018-lantern,https://wire.example/?UTM_Source=a",
        "wire-2018-lantern",
    ),
    on(
        "the second fund",
        "near-name",
        "investors",
        "investor_id,name\ncity-fund,Vision Fund\nlantern,Vision Fund 2",
    ),
    on(
        "common words",
        "near-name",
        "investors",
        "investor_id,name\nlantern,Harbour Investment Partners",
        "lantern",
    ),
    on(
        "words in another order",
        "near-name",
        "companies",
        "company_id,name\notter-robots,Vision Lantern",
        "otter-robots",
    ),
    on("two names of few letters", "near-name", "companies", "company_id,name\nheron-chips,DJI\notter-robots,DJ"),
    on(
        "alias of the company",
        "company-name-far",
        "designations",
        "designation_id,entity_name\ndod-1260h-lantern-vision,北京灯笼视觉科技有限公司",
    ),
    on(
        "redirect in two steps",
        "redirect-to-nothing",
        "redirects",
        "table,old_id,new_id,reason\ncompanies,lamp,lantern,renamed",
        "companies/lamp",
    ),
    on(
        "renamed to nothing",
        "redirect-to-nothing",
        "redirects",
        "table,old_id,new_id,reason\ncompanies,lamp,,renamed",
        "companies/lamp",
    ),
    on(
        "exception from no rule at all",
        "exception-from-no-warning",
        "exceptions",
        "rule,table,row_id,reason,decided_on\nno-rule,rounds,lantern-vision-ipo-2019,Why?,2026-11-22",
        "no-rule/rounds/lantern-vision-ipo-2019",
    ),
]


@pytest.mark.parametrize(("rule", "table", "rows", "found"), PRECISION)
def test_precision(tiny: Tiny, rule: str, table: str, rows: str, found: list[str]) -> None:
    tiny.put(table, rows)
    assert sorted(finding.row_id for finding in raised(tiny, rule)) == found


def test_a_lead_may_stand_beside_a_co_lead(tiny: Tiny) -> None:
    tiny.put("round_investors", f"round_id,investor_id,role\n{HERON_A},lantern,co-lead")
    assert not list(raised(tiny, "leads"))


def test_the_overlapping_designation_is_named(tiny: Tiny) -> None:
    head = "designation_id,listed_on,delisted_on,list_id,entity_name"
    dates = ["crane-1,2019-01-01,", "crane-2,2020-01-01,2021-01-01", "crane-3,2022-01-01,"]
    tiny.put("designations", "\n".join([head, *(f"{line},dod-1260h,Crane Works" for line in dates)]))
    assert [f.message.split(" ")[0] for f in raised(tiny, "designation-twice")] == ["crane-1", "crane-1"]


def test_tomorrow_is_in_the_future(tiny: Tiny) -> None:
    for days, count in ((0, 0), (1, 1)):
        day = datetime.date.today() + datetime.timedelta(days=days)
        tiny.put("lists", f"list_id,last_checked_on\ndod-1260h,{day}")
        assert len(raised(tiny, "date-in-future")) == count


def test_a_name_may_look_like_nothing(tiny: Tiny) -> None:
    tiny.put("companies", "company_id,name,city,country,aliases\nheron-chips,NA,null,NA,nan;None")
    tiny.put("investors", "investor_id,name,country\ncity-fund,N/A,NA")
    assert tiny.findings() == []


TICKERS = """
HKEX:0020 HKEX:9888 HKEX:80020 SSE:600000 SSE:688256? SSE-STAR:688256 SSE-STAR:600000? SZSE:002230 SZSE:300033?
SZSE-CHINEXT:300033 SZSE-CHINEXT:002230? BSE:430047 BSE:830799 BSE:920002 BSE:600000? NEEQ:870508 NEEQ:920002?
NASDAQ:BIDU NASDAQ:bidu? NYSE:BABA NYSE:9988? TSE:9984 TSE:285A TSE:99840? LSE:HSBA LSE:0? KRX:005930 KRX:5930?
TWSE:2330 TWSE:233A? SGX:D05 SGX:D? HKEX:20? XETRA:SAP? HKEX? :0020? hkex:0020?
"""


def test_tickers_of_each_exchange(tiny: Tiny) -> None:
    tickers = {f"company-{number}": ticker for number, ticker in enumerate(TICKERS.split())}
    rows = [f"{company},{ticker.strip('?')}" for company, ticker in tickers.items()]
    tiny.put("companies", "\n".join(["company_id,listings", *rows]))
    found = {tickers[f.row_id] for f in raised(tiny, "listing-form")}
    assert found == {ticker for ticker in tickers.values() if ticker.endswith("?")}
    exchanges = tiny.package().resources["companies"].columns["listings"].descriptor["exchanges"]
    assert {ticker.partition(":")[0] for ticker in tickers.values() if "?" not in ticker} == set(exchanges)


def test_an_exception_silences_its_warning_alone(tiny: Tiny) -> None:
    change(tiny, "", NEAR_NAME)
    tiny.put("investors", "investor_id,name\nlantern,Harbour Investment Partners")
    assert [(f.rule, f.row_id) for f in tiny.findings()] == [("near-name", "lantern")]


def test_an_exception_silences_no_error(tiny: Tiny) -> None:
    tiny.put("rounds", f"round_id,closed_on\n{B_2018},2018-03")
    row = f"closed-before-announced,rounds,{B_2018},Why not?,2026-11-22"
    tiny.put("exceptions", f"rule,table,row_id,reason,decided_on\n{row}")
    assert tiny.rules() == {"closed-before-announced", "exception-from-no-warning"}


def test_an_address_may_be_broken(tiny: Tiny) -> None:
    tiny.put("sources", "source_id,url\nwire-2018-lantern,https://[wire.example/lantern?a=1")
    assert {finding.table for finding in tiny.findings()} <= {"sources"}


def test_an_amount_is_plain_digits(tiny: Tiny) -> None:
    cells = ["INF", "NaN", "1e400", "1_000_000", "１２３４５６７８９", "٦٠٠٠٠٠٠٠٠", "6亿", "$60m"]
    rows = [f"round-{number},{cell}" for number, cell in enumerate(cells)]
    tiny.put("rounds", "\n".join(["round_id,amount", *rows]))
    found = {f.value for f in tiny.findings() if f.column == "amount" and f.severity == "error"}
    assert sorted(found) == sorted(cells)


def test_digits_are_ascii_and_all_there(tiny: Tiny) -> None:
    tiny.put("exchange_rates", "currency,year\nCNY,２０１９")
    tiny.put("notices", "notice_id,entries_added\n84-fr-10001,２")
    tiny.put("rounds", f"round_id,closed_on\n{B_2018},２０１８-05")
    tiny.put("lists", "list_id,last_checked_on\ndod-1260h,2026-2-3")
    assert {f.value for f in tiny.findings()} == {"２０１９", "２", "２０１８-05", "2026-2-3"}


def test_a_day_has_one_finding(tiny: Tiny) -> None:
    tiny.put("lists", "list_id,last_checked_on\nbis-entity-list,2026-02-30\ndod-1260h,2026/02/03")
    assert [f.line for f in tiny.findings()] == [2, 3]


def test_a_fix_is_never_the_cell_itself(tiny: Tiny) -> None:
    tiny.put("exchange_rates", "currency,year\nCNY,99999\nCNY,2020.0\nCNY,0")
    assert [f for f in tiny.findings() if f.fix == f.value] == []
