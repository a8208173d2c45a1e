"""Screening names: what hits, what does not, in which order, and how it is told."""

import csv
import io
import json
import random
import sys
from collections.abc import Callable

import pytest
from conftest import ROOT, Tiny
from hypothesis import given
from hypothesis import strategies as st
from ledger import named_file
from ledger.cli import main
from ledger.names import fold
from ledger.package import Package
from ledger.screening import THRESHOLD, Screening
from ledger.screening.entries import Hit
from ledger.screening.likeness import Weights, likeness
from ledger.screening.vocabulary import vocabulary
from ledger.screening.words import legible, readings

from benchmarks import screening as bench

LANTERN = "bis-entity-list-beijing-lantern-vision"
KEYS = (
    "row query score matched via kind id name list notice listed_on listed_on_basis delisted_on company_id relation "
    "link"
).split()

Screen = Callable[..., list[Hit]]


@pytest.fixture
def screen(tiny: Tiny) -> Screen:
    def run(name: str, *designations: str) -> list[Hit]:
        """Screen a name, after adding designations with these names and aliases ("name;alias;alias")."""
        rows = []
        for number, names in enumerate(designations):
            name_, _, aliases = names.partition(";")
            rows.append(f'bis-entity-list-added-{number},"{name_}","{aliases}",')
        tiny.put("designations", "\n".join(["designation_id,entity_name,aliases,company_id", *rows]))
        return Screening.of(tiny.package()).hits(name)

    return run


def _names(hits: list[Hit]) -> list[str]:
    return [hit.name for hit in hits]


# ------------------------------------------------------------------------------------------------------- likeness

SAME = [
    ("Beijing Lantern Vision Technology Co., Ltd.", "BEIJING LANTERN VISION TECHNOLOGY"),
    ("Beijing Lantern Vision Technology Co., Ltd.", "Technology Lantern Vision (Beijing) Limited"),
    ("Beijing Lantern Vision Technology Co., Ltd.", "Beijing Lantern Vision Tech Corp"),
    ("Hongkong Heron International Trade Ltd.", "HK Heron Int'l Trading"),
    ("Hikvision Digital Technology", "Hik Vision Digital Technology"),
    ("Xi'an Aerospace Tianhui Data Technology Co., Ltd.", "Xian Aerospace Tianhui Data Technology"),
    ("Beijing Zhipu Huazhang Technology Co., Ltd.", "北京智谱华章科技有限公司"),
    ("Beijing Zhipu Huazhang Technology Co., Ltd.", "北京智譜華章科技股份有限公司"),
    ("Beijing Zhipu Huazhang Technology Co., Ltd.", "Beijing Zhipu Huazhang Keji Youxian Gongsi"),
    ("Beijing Zhipu Huazhang Technology Co., Ltd.", "Běijīng Zhìpǔ Huázhāng Kējì"),
    ("Beijing Zhipu Huazhang Technology Co., Ltd.", "Bei Jing Zhi Pu Hua Zhang Ke Ji You Xian Gong Si"),
    ("Shihezi Municipality Public Security Bureau", "石河子市公安局"),
    ("Yitu Limited;依图科技有限公司", "依图科技"),
    ("Sensetime Group Limited;商湯集團有限公司", "商汤集团"),
    ("Institute of Power 13th Research Institute (IPRI 13)", "IPRI-13"),
    ("Harbin Institute of Technology", "哈尔滨工业大学"),
    ("Fourth Paradigm", "4Paradigm"),
    ("Yangtze Memory Technologies Co., Ltd.", "长江存储科技有限责任公司"),
    ("China Electronics Technology Group Corporation 13th Research Institute", "中国电子科技集团公司第十三研究所"),
    ("National Centre Changsha (NSCC-CS)", "national centre changsha (nscc-cs)"),
    ("National Centre Changsha (NSCC-CS)", "NSCC-CS"),
    ("First Machinery Group Co., Ltd.", "FIRSTMACHINERYGROUPCO.,LTD."),
    ("Real Estate Xinjiang", "Estate Xinjiang Real"),
    ("SMIC", "smic"),
    ("公司", "公司"),
    ("The Company", "The Company"),
    ("Heron Memory;CXMT", "长鑫存储"),
    ("COMAC Heron", "\N{CYRILLIC CAPITAL LETTER ES}\N{CYRILLIC CAPITAL LETTER O}MAC Heron"),
    ("Heron Lantern", "ヘロン Heron Lantern (Херон)"),
]


@pytest.mark.parametrize(("designated", "query"), SAME)
def test_one_name_in_two_writings(screen: Screen, designated: str, query: str) -> None:
    first = screen(query, designated)[0]
    assert first.name == designated.partition(";")[0]
    assert first.score >= 97


NEAR = [
    ("Beijing Lantern Vision Technology Co., Ltd.", "Beijing Lantren Vision Technology Co., Ltd."),
    ("Win Key Limited", "Win Kei Limited"),
    ("China State Shipbuilding Corporation, Limited (CSSC) 702nd Research Institute", "中国船舶集团第七〇二研究所"),
    ("Beijing Institute of Technology", "Beijing Institute f Technology"),
    ("Shanghai Heron Technologies Co., Ltd.", "Shanghai Heron Tchnologies"),
    ("Hikvision", "Hikvision UK Limited"),
    ("ZTE Corporation", "ZTE Corporatiom"),
    ("Hangzhou Hikvision Digital Technology Co., Ltd.", "Hikvision"),
    ("Naura", "Naura Microelectronics Equipment (Hefei) Co., Ltd."),
    ("北京智谱华章科技有限公司", "北京智谱华张科技有限公司"),
    ("CXMT", "长鑫存储技术有限公司"),
    ("CATL", "宁德时代新能源科技股份有限公司"),
    ("CATL", "Ning De Shi Dai Xin Neng Yuan Ke Ji"),
]


@pytest.mark.parametrize(("designated", "query"), NEAR)
def test_nearly_one_name(screen: Screen, designated: str, query: str) -> None:
    first = screen(query, designated)[0]
    assert first.name == designated
    assert first.score < 100


AMONG_OTHERS = [
    ("Huawei Technologies Co., Ltd.", "Huawei Technologies Co., Ltd. (Huawei)"),
    ("Huawei", "华为（Huawei）"),
    ("Huawei", "Huawei™"),
    ("Hikvision", "海康威视 Hikvision"),
    ("Heron Lantern", "苍鹭 Heron Lantern"),
    ("Heron Lantern", "Otter Works a.k.a. Heron Lantern"),
    ("Heron Lantern", "Otter Works (formerly known as Heron Lantern)"),
    ("Heron Lantern", "Otter Works; Heron Lantern"),
    ("Heron Lantern Technologies Co., Ltd (Heron)", "Heron Lantern Technologies"),
    ("Heron Limited (a subsidiary of Otter National Works)", "Heron Limited"),
    ("ZTE Corporation", "ZTE Corporation, China"),
    ("Huawei Technologies Co., Ltd.", "华为技术有限公司北京分公司"),
    ("China Electronics Technology Group Corporation 14th Research Institute", "中电科14所"),
]


@pytest.mark.parametrize(("designated", "query"), AMONG_OTHERS)
def test_a_name_with_something_beside_it(screen: Screen, designated: str, query: str) -> None:
    assert designated in _names(screen(query, designated))


OTHER = [
    ("China Electronics Technology Group Corporation 13th Research Institute", "中国电子科技集团公司第十四研究所"),
    ("CETC 13", "CETC 14"),
    ("Address 03", "Address 07"),
    ("SMIC", "SAIC"),
    ("SMIC Hong Kong", "SAIC Hong Kong"),
    ("ZTE Corporation", "ZTF Corporation"),
    ("Some Academy (CASC) 3rd Institute", "CASC"),
    ("Shenzhen Fuda Electronics Technology Co., Ltd.", "Shenzhen Xinmo Electronics Technology Co., Ltd."),
    ("Beijing Huaxing Technology", "Shanghai Dongfang Technology"),
    ("Analog Technology Limited", "Analog Devices, Inc."),
    ("Panda Electronics Group Co., Ltd.", "万达集团"),
    ("依图科技", "义图科技"),
    ("CXMT", "CXMT Memory Heron"),
    ("CXMT", "长鑫存储苍鹭灯塔咨询"),
    ("Beijing Institute of Technology", "Harbin Institute of Technology"),
]


@pytest.mark.parametrize(("designated", "query"), OTHER)
def test_two_names(screen: Screen, designated: str, query: str) -> None:
    assert screen(query, designated) == []


def test_the_own_name_comes_before_another_entrys_alias(screen: Screen) -> None:
    hits = screen("Autel Robotics", "Shenzhen Daotong Aviation;Autel Robotics", "Autel Robotics Co., Ltd.")
    assert _names(hits) == ["Autel Robotics Co., Ltd.", "Shenzhen Daotong Aviation"]
    assert hits[1].matched == "Autel Robotics"


def test_one_wrong_letter_still_finds_the_nearest_first(screen: Screen) -> None:
    hits = screen("Wuxi Naura Equipmet", "Wuhan Naura Equipment", "Wuxi Naura Equipment", "Xiamen Naura Equipment")
    assert hits[0].name == "Wuxi Naura Equipment"


# ------------------------------------------------------------------------------------------------------- hits


def test_a_designation_with_its_list_notice_date_and_link(screen: Screen) -> None:
    assert screen("Denglong Vision")[0] == Hit(
        query="Denglong Vision",
        score=100.0,
        matched="Denglong Vision",
        via="alias",
        kind="designation",
        id=LANTERN,
        name="Beijing Lantern Vision Technology Co., Ltd.",
        list="bis-entity-list",
        notice="84 FR 10001",
        listed_on="2019-10-09",
        listed_on_basis="effective",
        company_id="lantern-vision",
        relation="itself",
        link="https://register.example/84-fr-10001",
    )


def test_a_company_brings_its_designations(screen: Screen) -> None:
    *brought, company = screen("灯笼视觉科技")
    assert (company.kind, company.id, company.matched) == ("company", "lantern-vision", "灯笼视觉科技")
    assert company.link == "https://lantern.example"
    assert {hit.id for hit in brought} == {LANTERN, "dod-1260h-lantern-vision"}
    assert {(hit.matched, hit.via) for hit in brought} == {("灯笼视觉科技", "company")}
    assert {hit.score for hit in brought} == {company.score}


def test_each_entry_comes_once(screen: Screen) -> None:
    ids = [hit.id for hit in screen("Lantern Vision Group")]
    assert ids[0] == "dod-1260h-lantern-vision"
    assert len(ids) == len(set(ids)) == 3


def test_without_a_notices_url_the_link_is_the_lists(tiny: Tiny, screen: Screen) -> None:
    tiny.put("notices", "notice_id,url\n86-fr-10003,")
    assert screen("Lantern Vision Group")[0].link == "https://dod.example/1260h"


def test_a_delisted_entry_is_said_to_be_delisted(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "Crane Institute") == 3
    out = capsys.readouterr().out
    assert "listed 2019-10-09 · DELISTED 2020-06-05" in out
    assert "Crane Institute · designation bis-entity-list-crane-institute · bis-entity-list · 84 FR 10001" in out


def test_an_entry_that_stands_comes_before_one_that_was_removed(tiny: Tiny, screen: Screen) -> None:
    assert screen("Crane Institute")[0].id == "bis-entity-list-crane-institute"
    again = dict(tiny.rows("designations")[0]) | {"designation_id": "dod-1260h-crane", "list_id": "dod-1260h"}
    again |= {
        "entity_name": "Crane Institute",
        "aliases": "",
        "company_id": "",
        "relation": "",
        "listed_on": "2024-01-31",
    }
    assert not again["delisted_on"]
    cells = ",".join(f'"{cell}"' for cell in again.values())
    tiny.put("designations", f"{','.join(again)}\n{cells}")
    assert [hit.id for hit in screen("Crane Institute")][:2] == ["dod-1260h-crane", "bis-entity-list-crane-institute"]


# ------------------------------------------------------------------------------------------------------- the command


def _run(tiny: Tiny, *arguments: str) -> int:
    return main(["screen", "--root", str(tiny.root), *arguments])


def test_text(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "Nobody Known", "Crane\u202e Institute") == 3
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["Nobody Known", "  no hit", "Crane\\u202e Institute"]
    assert lines[3].startswith("   100.0  Crane Institute · ")
    assert "no hit is no clearance" in lines[-1]


def test_text_of_what_is_linked_and_since_when(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.put("designations", "designation_id,listed_on_basis,relation\ndod-1260h-lantern-vision,latest,subsidiary")
    assert _run(tiny, "灯笼视觉科技") == 3
    *brought, company = capsys.readouterr().out.splitlines()[1:4]
    assert company.startswith("   100.0  Lantern Vision, as 灯笼视觉科技 · company lantern-vision")
    by_id = {line.split("designation ")[1].split(" ")[0]: line for line in brought}
    assert "  linked  Beijing Lantern Vision Technology Co., Ltd., company lantern-vision itself · " in by_id[LANTERN]
    other = by_id["dod-1260h-lantern-vision"]
    assert other.startswith("  linked  Lantern Vision Group, subsidiary of company lantern-vision · ")
    assert "listed by 2021-06-28 (first listing not read)" in other


def test_text_of_an_acronym(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.put("designations", "designation_id,aliases\nbis-entity-list-crane-institute,BGI")
    assert _run(tiny, "华大基因") == 3
    assert "100.0  Crane Institute, by an acronym, BGI · " in capsys.readouterr().out


def test_a_chinese_name_without_a_hit(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "苍鹭") == 0
    assert "  no hit: the lists print English names; look up the English name too\n" in capsys.readouterr().out
    assert _run(tiny, "苍鹭", "Nobody Known", "--output", "csv") == 0
    assert "1 Chinese names have no hit: the lists print English names" in capsys.readouterr().err


@pytest.mark.parametrize("output", ["text", "csv", "json"])
def test_which_lists_were_screened_and_of_which_day(
    tiny: Tiny, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    assert _run(tiny, "Nobody Known", "--output", output) == 0
    out, err = capsys.readouterr()
    told = (out if output == "text" else err).splitlines()
    assert told[-3] == ("The lists, and the day each was last read: bis-entity-list 2026-07-31 · dod-1260h 2026-07-31.")
    assert told[-2] == "Known to be missing of dod-1260h: Two Crane units that were not read."
    assert told[-1].endswith("read the official list before you act.")


def test_no_hit_is_exit_code_0(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "Nobody Known") == 0
    assert "no hit is no clearance" in capsys.readouterr().out


def test_json(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "--output", "json", "Denglong Vision", "Nobody Known") == 3
    hits = json.loads(capsys.readouterr().out)
    assert [list(hit) for hit in hits] == [KEYS] * len(hits)
    assert (hits[0]["query"], hits[0]["score"], hits[0]["id"]) == ("Denglong Vision", 100.0, LANTERN)


def test_no_hits_are_an_empty_array(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "--output", "json", "Nobody Known") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_csv(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "--output", "csv", "水獭机器人") == 3
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [list(row) for row in rows] == [KEYS]
    assert (rows[0]["matched"], rows[0]["score"], rows[0]["kind"]) == ("水獭机器人", "100.0", "company")


def test_the_hits_of_a_name_are_capped(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "\n".join(f"bis-entity-list-crane-{number},Crane Institute" for number in range(12))
    tiny.put("designations", f"designation_id,entity_name\n{rows}")
    assert _run(tiny, "Crane Institute") == 3
    out = capsys.readouterr().out
    assert out.count("Crane Institute ·") == 10
    assert "and 3 more" in out
    assert _run(tiny, "Crane Institute", "--limit", "0", "--output", "json") == 3
    assert len(json.loads(capsys.readouterr().out)) == 13
    assert _run(tiny, "Crane Institute", "--limit", "1", "--output", "csv") == 3
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert "12 hits are not shown" in err


FILES = {
    "lines.txt": "Nobody Known\nDenglong Vision\nHeron Chips Co., Ltd.\n",
    "quoted.txt": '"Nobody Known"\r\n"Denglong Vision"\r\n"Heron Chips Co., Ltd."\r\n',
    "column.csv": 'id,Name\n1,Nobody Known\n2,Denglong Vision\n3,"Heron Chips Co., Ltd."\n',
    "unquoted.csv": "name\nNobody Known\nDenglong Vision\nHeron Chips Co., Ltd.\n",
    "only.csv": 'Nobody Known\nDenglong Vision\n"Heron Chips Co., Ltd."\n',
    "only-unquoted.csv": "Nobody Known\nDenglong Vision\nHeron Chips Co., Ltd.\n",
    "spaced.txt": "\nNobody Known\n\n  \nDenglong Vision\nHeron Chips Co., Ltd.\n\n",
    "named.txt": "name,country\nNobody Known,CN\nDenglong Vision,CN\nHeron Chips Co., Ltd.,CN\n",
}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", FILES)
def test_files(tiny: Tiny, capsys: pytest.CaptureFixture[str], name: str, mark: bytes) -> None:
    path = tiny.root / name
    path.write_bytes(mark + FILES[name].encode())
    assert _run(tiny, "--file", str(path)) == 3
    out, err = capsys.readouterr()
    headings = [line for line in out.splitlines()[:-3] if not line.startswith("  ")]
    assert headings == ["Nobody Known", "Denglong Vision", "Heron Chips Co., Ltd."]
    assert err == ""


def test_each_hit_tells_the_row_of_its_name(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    path = tiny.root / "names.csv"
    path.write_text("id,name\n1,Nobody Known\n2,Denglong Vision\n3,Denglong Vision\n")
    assert _run(tiny, "--file", str(path), "--output", "csv", "--limit", "1") == 3
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert [row["row"] for row in rows] == ["3", "4"]
    assert _run(tiny, "Nobody Known", "Denglong Vision", "--output", "json", "--limit", "1") == 3
    assert [row["row"] for row in json.loads(capsys.readouterr().out)] == [2]


def test_stdin(tiny: Tiny, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("灯笼\n".encode())))
    assert _run(tiny, "--file", "-") == 3
    assert "lantern-vision" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Nestlé".encode("latin-1"), "names.csv: it is not UTF-8; save it as UTF-8"),
        (b'name\n"open\n', "names.csv:2: it is no CSV"),
        (
            b"id,company\n1,Crane\n",
            "several columns (id, company), and none is `name`; give the column of names that header",
        ),
        (b"Crane\nHeron,CN\n", "several columns"),
        (b"vendor;country\nCrane;CN\n", "its columns are parted by semicolons; save it as CSV with commas"),
        (b"id;name\n1;Crane", "its columns are parted by semicolons; save it as CSV with commas"),
        (b"", "there is no name to screen"),
        (b"name\n", "there is no name to screen"),
        (b"name\n...\n", "no name has Latin or Chinese letters"),
        ("Хуавей\n화웨이\n".encode(), "no name has Latin or Chinese letters"),
        (b"\x1f\x8b\x08", "names.csv: it is compressed (gzip): unpack it; name a text or a CSV with names"),
        (b"PK\x03\x04", "an Excel workbook"),
        (b"%PDF-1.7", "it is a PDF"),
        ("name\nCrane".encode("utf-16"), "it is UTF-16, which Excel calls Unicode text: save it as UTF-8"),
        (None, "names.csv: it is a folder; name a text or a CSV with names"),
    ],
)
def test_a_file_that_cannot_be_used(
    tiny: Tiny, capsys: pytest.CaptureFixture[str], content: bytes | None, said: str
) -> None:
    path = tiny.root / "names.csv"
    path.mkdir() if content is None else path.write_bytes(content)
    assert _run(tiny, "--file", str(path)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "--file", "nowhere.csv") == 2
    assert "nowhere.csv: there is no such file; name a text or a CSV with names" in capsys.readouterr().err


def test_a_file_without_end(tiny: Tiny, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named_file, "LARGEST", 1000)
    assert _run(tiny, "--file", "/dev/zero") == 2
    assert "it has more than 1,000 bytes" in capsys.readouterr().err


def test_no_name_at_all(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny) == 2
    assert "give names, or a file of names with --file" in capsys.readouterr().err


def test_names_that_are_not_screened_are_named(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "", "…", "360", "ファーウェイ", "Хуавей Nobody", "Nobody Known") == 0
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        "name 1: '' has no letters and was not screened",
        "name 2: '…' has no letters and was not screened",
        "name 3: '360' has no letters and was not screened",
        "name 4: 'ファーウェイ' has no word in Latin or Chinese letters and was not screened",
        "name 5: of 'Хуавей Nobody' only 'Nobody' was compared, its Latin and Chinese",
    ]
    assert out.splitlines()[0] == "Хуавей Nobody"


def test_many_names_that_are_not_screened_are_counted(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, *["…"] * 8, "Nobody Known") == 0
    assert "and 3 more names that were not screened" in capsys.readouterr().err


def test_names_and_a_file(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "Crane Institute", "--file", "-") == 2
    assert "give one of them" in capsys.readouterr().err


def test_a_list_that_is_not_told_of(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.put("lists", "list_id,last_checked_on\ndod-1260h,")
    assert _run(tiny, "Crane Institute") == 2
    assert "data/lists.csv does not say when dod-1260h was last read; run `ledger check`" in capsys.readouterr().err


def test_nothing_to_screen_against(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    path = tiny.path("designations")
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert _run(tiny, "Crane Institute") == 2
    assert "data/designations.csv has no rows" in capsys.readouterr().err


@pytest.mark.parametrize("table", ["designations", "companies", "lists", "notices"])
@pytest.mark.parametrize("content", [b"\xff\xfe", b"x,y\n1,2\n", None])
def test_a_table_that_cannot_be_read(
    tiny: Tiny, capsys: pytest.CaptureFixture[str], table: str, content: bytes | None
) -> None:
    if content is None:
        tiny.path(table).unlink()
    else:
        tiny.write(table, content)
    assert _run(tiny, "Crane Institute") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"data/{table}.csv" in err
    assert "run `ledger check`" in err


def test_a_ragged_row_is_not_passed_over(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    text = tiny.path("designations").read_text(encoding="utf-8")
    tiny.write("designations", text.replace("bis-entity-list-crane-institute,", "bis-entity-list-crane-institute,,", 1))
    assert _run(tiny, "Nobody Known") == 2
    assert "data/designations.csv:3" in capsys.readouterr().err


def test_no_database_is_needed(tiny: Tiny) -> None:
    assert _run(tiny, "Crane Institute") == 3
    assert not (tiny.root / "build").exists()


# ------------------------------------------------------------------------------------------------------- the words


def test_every_word_of_the_vocabulary_is_told_once() -> None:
    with (ROOT / "scripts/ledger/screening/words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [text for row in rows for text in (row["word"], *row["also"].split(), *row["chinese"].split())]
    assert sorted(told) == sorted(set(told))
    assert {row["kind"] for row in rows} == {"legal", "little", "common", "place", "name", "number"}


def test_a_traditional_character_has_another_simplified_form() -> None:
    assert all(
        len(simple) == 1 and traditional != ord(simple) for traditional, simple in vocabulary().simplified.items()
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("和硕县公安局", "heshuo county public security bureau"),
        ("新松机器人自动化股份有限公司", "xinsong robot automation"),
        ("云天励飞技术", "intellifusion technology"),
        ("第七百零二研究所", "702 research institute"),
        ("Yun Tian Li Fei Ji Shu", "intellifusion technology"),
        ("Notreal Sheng Ke Ji", "notreal sheng technology"),
        ("Address 03", "address 3"),
        ("A.C. International", "ac international"),
    ],
)
def test_words(name: str, words: str) -> None:
    assert " ".join(word.text for word in readings(name)[0].words) == words


@given(st.text(max_size=30) | st.text("北京市智谱第三十研究所公司 (CETC) 13th & Co., Ltd.", max_size=30))
def test_a_name_is_itself(name: str) -> None:
    for reading in readings(name):
        assert likeness(reading, reading, Weights([reading])) == pytest.approx(1)
    assert bool(readings(name)) == bool(fold(legible(name)))


# ------------------------------------------------------------------------------------------------------- the measure


@pytest.fixture(scope="module")
def ledger() -> Screening:
    return Screening.of(Package.open(ROOT))


@pytest.mark.parametrize("kind", bench.CHANGES)
def test_changed_names_come_back_first(ledger: Screening, kind: str) -> None:
    found = bench.changed(ledger, bench.CHANGES[kind], most=600)
    assert found.asked > 40
    assert found.share >= bench.LEAST_FIRST, found.missed


@pytest.mark.parametrize("write", [str, bench.in_pinyin])
def test_chinese_and_pinyin_come_back_first(ledger: Screening, write: Callable[[str], str]) -> None:
    found = bench.chinese(ledger, write)
    assert found.asked > 50
    assert found.share >= bench.LEAST_FIRST, found.missed


def test_the_chinese_names_of_heads_hit(ledger: Screening) -> None:
    found = bench.heads(ledger)
    assert found.asked > 150
    assert found.share >= bench.LEAST_FIRST, found.missed


def test_unrelated_names_do_not_hit(ledger: Screening) -> None:
    assert bench.count_unrelated() == 200
    assert len(bench.unrelated(ledger)) < bench.MOST_UNRELATED * 200, bench.unrelated(ledger)


def test_the_readme_tells_the_threshold() -> None:
    assert f"below {THRESHOLD:.0f} nothing is shown" in " ".join((ROOT / "README.md").read_text("utf-8").split())


def test_the_changes_change() -> None:
    dice = random.Random(1)
    assert bench.without_legal_form("Heron Chips Co., Ltd.", dice) == "Heron Chips"
    assert bench.without_legal_form("Crane Institute", dice) == ""
    assert bench.swapped("Crane Institute", dice) == "Institute Crane"
    assert bench.swapped("Crane", dice) == ""
    assert all(bench.misspelt("Crane", dice) != "Crane" for _ in range(50))


def test_the_measure_sees_what_is_missed(tiny: Tiny) -> None:
    screening = Screening.of(tiny.package())
    assert bench.changed(screening, lambda *_: "Nobody Known").share == 0
    assert bench.changed(screening, lambda name, _: name).share == 1


def test_an_acronym_in_brackets_is_a_name_though_the_vocabulary_knows_it() -> None:
    assert "smic" in [one.squeezed for one in readings("Semiconductor Manufacturing International Corporation (SMIC)")]
    assert "hk" not in [one.squeezed for one in readings("Crane Works (HK)")]
