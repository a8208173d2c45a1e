"""`ledger check` on files that somebody broke: each fault named at its line, never a traceback."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Tiny
from ledger.cli import main
from ledger.findings import Finding, as_github, as_json, as_text

KEYS = ["file", "line", "column", "rule", "severity", "value", "message", "fix"]
B_2018 = "lantern-vision-series-b-2018"


def snapshot(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "data").glob("*") if path.is_file()}


@pytest.fixture
def small(tiny: Tiny) -> Tiny:
    """The tiny package with half of its tables, to save time: those that FAULTS break and what they refer to."""
    tables = {"companies", "rounds", "lists", "exchange_rates", "sources", "redirects", "exceptions"}
    path = tiny.root / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] in tables]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    for table, row in (("sources", b"register-"), ("redirects", b"investors,")):
        lines = tiny.path(table).read_bytes().splitlines(keepends=True)
        tiny.write(table, b"".join(line for line in lines if not line.startswith(row)))
    return tiny


@pytest.fixture
def report(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> Callable[[], tuple[int, list[dict[str, Any]]]]:
    """Run `ledger check` on the tiny package; data/ stays as it is."""

    def run() -> tuple[int, list[dict[str, Any]]]:
        before = snapshot(tiny.root)
        code = main(["check", "--output", "json", "--root", str(tiny.root)])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert snapshot(tiny.root) == before
        return code, json.loads(out)

    return run


Report = Callable[[], tuple[int, list[dict[str, Any]]]]
Mangle = Callable[[bytes], bytes]


def replace(old: str, new: str | bytes) -> Mangle:
    return lambda content: content.replace(old.encode(), new.encode() if isinstance(new, str) else new)


# A name, a table, what happens to its file, and for each finding its rule, line and column. The lines of rounds:
# 2 Heron's A, 3 and 4 the listings, 5 A, 6 B, 7 C, 8 the talks.
FAULTS: list[tuple[str, str, Mangle, list[tuple[str, int | None, str | None]]]] = [
    ("GBK", "companies", lambda content: content.decode().encode("gbk"), [("not-utf-8", 2, None)]),
    (
        "Latin-1",
        "lists",
        replace("1260H list", "1260H, \u00e9".encode("latin-1")),
        [("not-utf-8", 3, None)],
    ),
    ("UTF-16", "lists", lambda content: content.decode().encode("utf-16"), [("not-utf-8", 1, None)]),
    ("empty", "exceptions", lambda _: b"", [("file-empty", None, None)]),
    ("blank", "exceptions", lambda _: b"\n\n", [("file-empty", None, None)]),
    ("header alone", "redirects", lambda content: content.splitlines(keepends=True)[0], []),
    ("short row", "lists", replace(",,,https://dod.example/1260h,,2026-07-31", ""), [("ragged-row", 3, None)]),
    (
        "long row",
        "rounds",
        replace("wire-2018-lantern;gazette-2018-lantern,", "wire-2018-lantern,gazette-2018-lantern,"),
        [("ragged-row", 6, None)],
    ),
    (
        "renamed column",
        "rounds",
        replace("announced_on", "announced"),
        [("column-unknown", 1, "announced"), ("column-missing", 1, "announced_on")],
    ),
    (
        "missing columns",
        "exchange_rates",
        lambda _: b"currency,year\nCNY,2020\nHKD,2021\n",
        [("column-missing", 1, "per_usd"), ("column-missing", 1, "sources")],
    ),
    (
        "unknown id in a key",
        "rounds",
        replace("-2018,lantern-vision,series-b", "-2018,lantern-visions,series-b"),
        [("unknown-id", 6, "company_id")],
    ),
    (
        "unknown id in a list",
        "rounds",
        replace("wire-2018-lantern;gazette", "wire-2018-lanterns;gazette"),
        [("unknown-id", 6, "sources")],
    ),
    (
        "a very long cell",
        "rounds",
        replace("lantern;gazette", "x" * 200_000),
        [("cell-too-long", 6, None)],
    ),
    ("an open quote", "rounds", replace("series-b,B+", 'series-b,"B+'), [("broken-quoting", 6, None)]),
    (
        "an open quote in a big file",
        "rounds",
        lambda content: content.replace(b"B+", b'"B+') + b"x,\n" * 50_000,
        [("cell-too-long", 6, None)],
    ),
    ("CRLF", "rounds", replace("\n", "\r\n"), [("line-ends", 1, None)]),
    ("CR", "rounds", replace("\n", "\r"), [("line-ends", 1, None)]),
    ("no end of the last line", "rounds", lambda content: content[:-1], [("line-ends", 8, None)]),
    ("BOM", "rounds", lambda content: b"\xef\xbb\xbf" + content, [("byte-order-mark", 1, None)]),
    ("NUL", "rounds", replace("B+", "B\0"), [("invisible-character", 6, "label")]),
    ("zero-width space", "rounds", replace("B+", "B+\u200b"), [("invisible-character", 6, "label")]),
    ("right-to-left override", "rounds", replace("B+", "\u202eB"), [("invisible-character", 6, "label")]),
    ("BOM in a cell", "rounds", replace("B+", "B\ufeff"), [("invisible-character", 6, "label")]),
    (
        "blank rows",
        "rounds",
        replace("lantern-vision-series-c", "\n,,,,,,,,,,,,,,,,\nlantern-vision-series-c"),
        [("blank-row", 7, None), ("blank-row", 8, None)],
    ),
    (
        "a line break above a fault",
        "rounds",
        lambda content: (
            content.replace(b"Withdrawn after", b'"Withdrawn\nafter')
            .replace(b"questions.", b'questions."')
            .replace(b"2018-04-09,,USD", b"2018-04-09,2018-03,USD")
        ),
        [("line-break-in-cell", 3, "notes"), ("closed-before-announced", 7, "closed_on")],
    ),
    (
        "a bad cell in one row",
        "rounds",
        replace("USD,60000000", "USD,sixty million"),
        [("type-error", 6, "amount")],
    ),
]


@pytest.mark.parametrize(("table", "mangle", "expected"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_fault(
    small: Tiny, report: Report, table: str, mangle: Mangle, expected: list[tuple[str, int | None, str | None]]
) -> None:
    small.write(table, mangle(small.path(table).read_bytes()))
    code, found = report()
    assert code == (1 if expected else 0)
    assert [(f["rule"], f["line"], f["column"]) for f in found] == expected
    assert {f["file"] for f in found} <= {f"data/{table}.csv"}


def test_a_missing_file_and_a_folder(tiny: Tiny, report: Report) -> None:
    tiny.path("companies").unlink()
    tiny.path("exceptions").unlink()
    tiny.path("exceptions").mkdir()
    code, found = report()
    assert code == 1
    assert [(f["file"], f["rule"]) for f in found] == [
        ("data/companies.csv", "file-missing"),
        ("data/exceptions.csv", "file-unreadable"),
    ]


def test_no_file_at_all(tiny: Tiny, report: Report) -> None:
    shutil.rmtree(tiny.root / "data")
    code, found = report()
    assert code == 1
    assert [f["rule"] for f in found] == ["file-missing"] * len(tiny.package().resources)


def test_headers_alone_are_sound(tiny: Tiny, report: Report) -> None:
    for name, resource in tiny.package().resources.items():
        tiny.write(name, ",".join(resource.columns) + "\n")
    assert report() == (0, [])


def test_every_file_of_noise_is_reported(tiny: Tiny, report: Report) -> None:
    for name in tiny.package().resources:
        tiny.write(name, b'\x00"\xff,\r\r\n' * 20)
    code, found = report()
    assert code == 1
    assert {f["file"] for f in found} == {f"data/{name}.csv" for name in tiny.package().resources}


def test_rows_of_nothing_but_commas_and_words(tiny: Tiny, report: Report) -> None:
    for name, resource in tiny.package().resources.items():
        header = ",".join(resource.columns)
        width = len(resource.columns)
        tiny.write(name, f"{header}\n{',' * (width - 1)}\n{','.join(['ü'] * width)}\n{'x,' * (width - 1)}\n")
    code, found = report()
    assert code == 1
    assert {f["file"] for f in found} == {f"data/{name}.csv" for name in tiny.package().resources}


def test_an_old_id_is_mended_by_its_redirect(tiny: Tiny, report: Report) -> None:
    tiny.put("redirects", "table,old_id,new_id\nsources,wire-old,wire-2018-lantern")
    tiny.put("rounds", f"round_id,company_id,sources\n{B_2018},lantern,gazette-2018-lantern;wire-old")
    tiny.put("round_investors", "round_id,investor_id\nheron-chips-series-a-2020,ghost-fund")
    found = report()[1]
    assert [(f["rule"], f["value"], f["fix"]) for f in found if f["column"] != "role"] == [
        ("unknown-id", "ghost-fund", None),
        ("unknown-id", "lantern", "lantern-vision"),
        ("unknown-id", "gazette-2018-lantern;wire-old", "gazette-2018-lantern;wire-2018-lantern"),
    ]
    assert "withdrawn" in next(f["message"] for f in found if f["value"] == "ghost-fund")


def test_faults_of_two_tables_are_both_found(tiny: Tiny, report: Report) -> None:
    tiny.put("companies", "company_id,country\notter-robots,XX")
    tiny.put("rounds", f"round_id,currency\n{B_2018},XXQ")
    assert {(f["file"], f["line"]) for f in report()[1]} >= {
        ("data/companies.csv", tiny.line("companies", "otter-robots")),
        ("data/rounds.csv", tiny.line("rounds", B_2018)),
    }


def test_a_broken_table_hides_no_fault_of_another(tiny: Tiny, report: Report) -> None:
    tiny.write("sources", b"\xff")
    tiny.put("rounds", f"round_id,closed_on\n{B_2018},2018-03")
    assert [f["rule"] for f in report()[1]] == ["closed-before-announced", "not-utf-8"]


# ------------------------------------------------------------------------------------------------ descriptors


def _edit(name: str, content: bytes | None) -> Callable[[Tiny], None]:
    def edit(tiny: Tiny) -> None:
        if content is None:
            (tiny.root / name).unlink()
        else:
            (tiny.root / name).write_bytes(content)

    return edit


DESCRIPTORS = {
    "missing": (_edit("datapackage.json", None), "datapackage.json: "),
    "no JSON": (_edit("datapackage.json", b'{\n"name": "x",\n}\n'), "datapackage.json:3: "),
    "empty": (_edit("datapackage.json", b""), "datapackage.json:1: "),
    "no UTF-8": (_edit("datapackage.json", b'{"name": "\xff"}'), "datapackage.json: "),
    "no resources": (_edit("datapackage.json", b'{"name": "x"}'), "datapackage.json: "),
    "a list": (_edit("datapackage.json", b"[]"), "datapackage.json: "),
    "resources of numbers": (_edit("datapackage.json", b'{"resources": [1]}'), "datapackage.json: "),
    "no path": (_edit("datapackage.json", b'{"resources": [{"name": "x"}]}'), "datapackage.json: "),
    "no schema": (_edit("schemas/rounds.json", None), "rounds.json: "),
    "a schema that is no JSON": (_edit("schemas/rounds.json", b"{"), "rounds.json:1: "),
    "a schema without fields": (_edit("schemas/rounds.json", b"{}"), "rounds.json: "),
    "a field without a name": (_edit("schemas/rounds.json", b'{"fields": [{}]}'), "rounds.json: "),
}


@pytest.mark.parametrize(("edit", "place"), DESCRIPTORS.values(), ids=DESCRIPTORS)
def test_a_descriptor_that_cannot_be_read(
    tiny: Tiny, capsys: pytest.CaptureFixture[str], edit: Callable[[Tiny], None], place: str
) -> None:
    edit(tiny)
    assert main(["check", "--root", str(tiny.root)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("ledger check: ")
    assert place in err


def test_a_root_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(tmp_path / "nowhere")]) == 2
    assert "--root" in capsys.readouterr().err


# ----------------------------------------------------------------------------------------------------- output


def test_a_sound_package(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--strict", "--root", str(tiny.root)]) == 0
    assert capsys.readouterr() == ("", "15 tables checked: 0 errors, 0 warnings\n")


def test_a_warning_fails_only_a_strict_check(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.put("companies", "company_id,name\notter-robots,Lantern Visions")
    assert main(["check", "--root", str(tiny.root)]) == 0
    assert main(["check", "--root", str(tiny.root), "--strict"]) == 1
    assert "data/companies.csv:5:name: warning: 'Lantern Visions'" in capsys.readouterr().out


def test_text_is_one_line_a_finding(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.put("lists", 'list_id,effect\ndod-1260h,"=a\n\u202e\u2028%"')
    tiny.put("rounds", f"round_id,closed_on\n{B_2018},2018/5/1")
    assert main(["check", "--root", str(tiny.root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["data/lists.csv:3:effect"] * 3 + [
        "data/rounds.csv:6:closed_on"
    ]
    assert lines[-1].endswith(" [pattern] → 2018-05-01")


def test_json_has_just_its_keys(tiny: Tiny, report: Report) -> None:
    tiny.put("lists", 'list_id,effect\ndod-1260h,"=""%\u202e"')
    found = report()[1]
    assert [list(finding) for finding in found] == [KEYS, KEYS]
    assert {finding["value"] for finding in found} == {'="%\u202e'}


def test_github_annotations(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.put("lists", 'list_id,effect\ndod-1260h,"=100%"')
    assert main(["check", "--output", "github", "--root", str(tiny.root)]) == 1
    line = capsys.readouterr().out
    assert line.startswith("::error file=data/lists.csv,line=3,title=formula-character::effect: '=100%25' ")
    assert line.count("\n") == 1


def _finding(**changes: Any) -> Finding:
    known: dict[str, Any] = dict.fromkeys((*KEYS, "table", "row_id"))
    return Finding(**{**known, "rule": "a-rule", "severity": "error", "value": "", "message": "", **changes})


def test_github_properties_and_text_are_escaped() -> None:
    finding = _finding(file="a:b,c%.csv", message="x\r\ny: 5 %, z", fix="a\nb")
    assert list(as_github([finding])) == ["::error file=a%3Ab%2Cc%25.csv,title=a-rule::x%0D%0Ay: 5 %25, z → a%0Ab"]


def test_text_shows_what_is_invisible() -> None:
    line = next(as_text([_finding(file="a.csv", value="a\u202e", message="b\nc", fix="d\x1b[31m")]))
    assert line.isprintable()
    assert "\\u202e" in line


def test_no_findings_are_an_empty_array() -> None:
    assert json.loads("".join(as_json([]))) == []


@pytest.mark.parametrize(
    ("table", "column"),
    [("companies", "company_id"), ("sources", "source_id"), ("round_investors", "round_id"), ("redirects", "old_id")],
)
def test_a_renamed_key_is_a_finding(tiny: Tiny, table: str, column: str) -> None:
    tiny.write(table, tiny.path(table).read_bytes().replace(column.encode(), b"idx", 1))
    found = tiny.findings()
    assert {"column-missing", "column-unknown"} <= {finding.rule for finding in found if finding.table == table}


def test_an_overlong_line_is_found_before_it_is_decoded(tiny: Tiny) -> None:
    cell = "🦄".encode() + b"x" * 8_000_000
    tiny.write("lists", tiny.path("lists").read_bytes() + b"z-list," + cell + b"\n")
    (finding,) = [finding for finding in tiny.findings() if finding.table == "lists"]
    assert (finding.rule, finding.line) == ("cell-too-long", 4)


def test_a_ragged_row_raises_no_false_alarm_elsewhere(tiny: Tiny) -> None:
    text = tiny.path("designations").read_text(encoding="utf-8")
    tiny.write("designations", text.replace("dod-1260h-lantern-vision,", "dod-1260h-lantern-vision,,", 1))
    assert tiny.rules() == {"ragged-row"}


def test_a_missing_table_makes_no_exception_idle(tiny: Tiny) -> None:
    tiny.write("exceptions", "rule,table,row_id,reason,decided_on\nnear-name,investors,lantern,x,2026-11-01\n")
    assert tiny.rules() == {"exception-idle"}
    tiny.path("investors").unlink()
    assert "exception-idle" not in tiny.rules()


def test_carriage_returns_in_a_cell_are_a_line_break(tiny: Tiny) -> None:
    content = tiny.path("redirects").read_bytes()
    tiny.write("redirects", content.replace(b",renamed,", b',"re\r\nnamed",'))
    assert "line-ends" not in tiny.rules()
    assert "line-break-in-cell" in tiny.rules()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"primaryKey": [', '"primary": [', "primaryKey"),
        ('"resource": "companies"', '"resource": "firms"', "foreign key"),
        ('"delimiter": ";"', '"delimiter": ""', "no delimiter"),
        ('"references": "sources.source_id"', '"references": "papers.id"', "papers.id"),
        ('"type": "number"', '"type": "money"', "none of string"),
        ('"name": "label"', '"name": "stage"', "the same name"),
        ('"minimum": 0', '"minimum": "q"', "minimum"),
    ],
)
def test_a_broken_schema_is_named(
    tiny: Tiny, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    path = tiny.root / "schemas" / "rounds.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main(["check", "--root", str(tiny.root)]) == 2
    error = capsys.readouterr().err
    assert "schemas/rounds.json" in error
    assert said in error
    assert "Traceback" not in error


def test_a_path_out_of_the_package_is_refused(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    path = tiny.root / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("data/rounds.csv", "../rounds.csv"), encoding="utf-8")
    assert main(["check", "--root", str(tiny.root)]) == 2
    assert "leads out of the package" in capsys.readouterr().err


def test_a_rule_that_is_no_python_is_named(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny.root / "schemas" / "rounds.py").write_text("def broken(:\n")
    assert main(["check", "--root", str(tiny.root)]) == 2
    assert "rounds.py:1: it is not Python" in capsys.readouterr().err


def test_a_row_of_free_text_alone_lacks_all_that_is_required(tiny: Tiny) -> None:
    header, _, rest = tiny.path("investors").read_text(encoding="utf-8").partition("\n")
    tiny.write("investors", f"{header}\n{',' * header.count(',')}only a note\n{rest}")
    found = [finding for finding in tiny.findings() if finding.line == 2]
    required = {"investor_id", "name", "type", "sources"}
    assert {finding.column for finding in found if finding.rule == "required"} == required
    assert {finding.rule for finding in found} == {"required"}


def test_a_row_of_too_few_cells_is_that_and_nothing_else(tiny: Tiny) -> None:
    header, _, rest = tiny.path("investors").read_text(encoding="utf-8").partition("\n")
    assert header.startswith("investor_id,name,name_zh,")
    tiny.write("investors", f"{header}\n,,only a name\n{rest}")
    assert [finding.rule for finding in tiny.findings() if finding.line == 2] == ["ragged-row"]


def test_a_row_left_out_hides_no_fault_of_the_next(tiny: Tiny) -> None:
    header, _, rest = tiny.path("exchange_rates").read_text(encoding="utf-8").partition("\n")
    first, _, others = rest.partition("\n")
    wrong = first.replace(first.split(",")[1], "nineteen", 1)
    tiny.write("exchange_rates", f"{header}\n{',' * (header.count(',') + 1)}x\n{wrong}\n{others}")
    found = tiny.findings()
    assert [finding.rule for finding in found if finding.line == 2] == ["ragged-row"]
    assert "type-error" in {finding.rule for finding in found if finding.line == 3}
