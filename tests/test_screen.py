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
from ledger.cli import main
from ledger.names import fold
from ledger.package import Package
from ledger.screening import THRESHOLD, Screening
from ledger.screening.entries import Hit
from ledger.screening.likeness import Weights, likeness
from ledger.screening.vocabulary import vocabulary
from ledger.screening.words import readings

from benchmarks import screening as bench

LANTERN = "bis-entity-list-beijing-lantern-vision"
KEYS = "query score matched kind id name list notice listed_on delisted_on company_id link".split()

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
]


@pytest.mark.parametrize(("designated", "query"), NEAR)
def test_nearly_one_name(screen: Screen, designated: str, query: str) -> None:
    first = screen(query, designated)[0]
    assert first.name == designated
    assert first.score < 100


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
        kind="designation",
        id=LANTERN,
        name="Beijing Lantern Vision Technology Co., Ltd.",
        list="bis-entity-list",
        notice="84 FR 10001",
        listed_on="2019-10-09",
        company_id="lantern-vision",
        link="https://register.example/84-fr-10001",
    )


def test_a_company_brings_its_designations(screen: Screen) -> None:
    company, *brought = screen("灯笼视觉科技")
    assert (company.kind, company.id, company.matched) == ("company", "lantern-vision", "灯笼视觉科技")
    assert company.link == "https://lantern.example"
    assert {hit.id for hit in brought} == {LANTERN, "dod-1260h-lantern-vision"}
    assert {hit.matched for hit in brought} == {"灯笼视觉科技 (through the company)"}
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
    assert lines[3].startswith("  100.0  Crane Institute · ")
    assert "no hit is no clearance" in lines[-1]


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
    "named.txt": "name,country\nNobody Known,CN\nDenglong Vision,CN\nHeron Chips Co., Ltd.,CN\n",
}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", FILES)
def test_files(tiny: Tiny, capsys: pytest.CaptureFixture[str], name: str, mark: bytes) -> None:
    path = tiny.root / name
    path.write_bytes(mark + FILES[name].encode())
    assert _run(tiny, "--file", str(path)) == 3
    out, err = capsys.readouterr()
    headings = [line for line in out.splitlines()[:-1] if not line.startswith("  ")]
    assert headings == ["Nobody Known", "Denglong Vision", "Heron Chips Co., Ltd."]
    assert err == ""


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
        (b"name\n...\n", "no name has letters"),
        (None, "names.csv: it cannot be read"),
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


def test_no_name_at_all(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny) == 2
    assert "give names, or a file of names with --file" in capsys.readouterr().err


def test_names_without_letters_are_named(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tiny, "", "…", "Nobody Known") == 0
    out, err = capsys.readouterr()
    assert "name 1: '' has no letters" in err
    assert "name 2: '…' has no letters" in err
    assert out.splitlines()[0] == "Nobody Known"


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
    assert bool(readings(name)) == bool(fold(name))


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
