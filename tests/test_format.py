"""`ledger format`: one way of writing a table, nothing lost, and never a file that it cannot read whole."""

import csv
import io
import unicodedata
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from conftest import ROOT, Tiny
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger.cli import main
from ledger.layers.bytes import forms, gather, read
from ledger.package import Package

COMPANIES = Package.open(ROOT).resources["companies"]
LISTS = ("aliases", "sectors", "listings", "sources")
MENDED = {
    "byte-order-mark",
    "line-ends",
    "column-order",
    "blank-row",
    "row-order",
    "stray-space",
    "not-nfc",
    "needless-quotes",
}

AWKWARD = [
    "",
    " ",
    "a;b",
    " a ; b ",
    "a,b",
    'a"b',
    '"',
    "é",
    "e\u0301",
    "灯笼",
    "\u2126",
    "NA",
    "=1",
    "a\nb",
    "\t",
    "\u3000x",
]
CELLS = st.sampled_from(AWKWARD) | st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\0"), max_size=6
)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Give a file of companies with every column, in some order, quoted and ended in some way."""
    columns = draw(st.permutations(list(COMPANIES.columns)))
    row = st.lists(CELLS, min_size=len(columns), max_size=len(columns))
    rows = draw(st.lists(row | st.just([]) | st.just([""] * len(columns)), max_size=5))
    out = io.StringIO(newline="")
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    quoting: Literal[0, 1] = 1 if draw(st.booleans()) else 0  # all cells in quotes, or few
    csv.writer(out, lineterminator=ends, quoting=quoting).writerows([columns, *rows])
    text = out.getvalue().removesuffix(draw(st.sampled_from(["", ends])))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode()


def facts(content: bytes) -> Counter[tuple[str, ...]]:
    """Give the rows of a file as a person reads them: cells in a fixed order, without spaces at an end, in NFC."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    cells = [tuple(_tidy(name, row[name]) for name in COMPANIES.columns) for row in rows]
    return Counter(row for row in cells if any(row))


def _tidy(column: str, cell: str) -> str:
    items = cell.split(";") if column in LISTS else [cell]
    return ";".join(unicodedata.normalize("NFC", item).strip() for item in items)


@given(files())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_format_loses_nothing_and_is_idempotent(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        package = Package(Path(folder), {}, {"companies": COMPANIES})
        path = package.file("companies")
        path.parent.mkdir()
        path.write_bytes(content)
        assert _format(package) == 0
        once = path.read_bytes()
        assert facts(once) == facts(content)
        assert _format(package) == 0
        assert path.read_bytes() == once
        readings = list(read(package))
        assert not MENDED & {finding.rule for finding in [*gather(readings)[1], *forms(readings)]}


def _format(package: Package) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Package, "open", lambda _: package)
        return main(["format", "--root", str(package.root)])


def rates(tiny: Tiny) -> bytes:
    return tiny.path("exchange_rates").read_bytes()


PLAIN = b"currency,year,per_usd,sources\nCNY,2020,6.9,bank-2020-rates\nHKD,2021,7.772,bank-2020-rates\n"
UNTIDY = {
    "CRLF": PLAIN.replace(b"\n", b"\r\n"),
    "CR": PLAIN.replace(b"\n", b"\r"),
    "BOM": b"\xef\xbb\xbf" + PLAIN,
    "no last end": PLAIN[:-1],
    "blank rows": PLAIN.replace(b"HKD", b"\n,,,\nHKD") + b"\n\n",
    "quotes": PLAIN.replace(b"CNY", b'"CNY"').replace(b"HKD,2021", b'"HKD","2021"'),
    "order of rows": b"".join(PLAIN.splitlines(keepends=True)[index] for index in (0, 2, 1)),
    "spaces": PLAIN.replace(b",", b" , "),
    "order of columns": b"sources,currency,year,per_usd\n"
    b"bank-2020-rates,CNY,2020,6.9\nbank-2020-rates,HKD,2021,7.772\n",
}


@pytest.mark.parametrize("content", UNTIDY.values(), ids=UNTIDY)
def test_an_untidy_file_becomes_canonical(tiny: Tiny, content: bytes) -> None:
    tiny.write("exchange_rates", content)
    assert main(["format", "--root", str(tiny.root)]) == 0
    assert rates(tiny) == PLAIN


def test_cells_are_written_in_nfc_and_lists_without_spaces(tiny: Tiny) -> None:
    tiny.put("companies", "company_id,legal_name,aliases\notter-robots,Cafe\u0301 Inc.,A ; B;\u3000C")
    assert main(["format", "--root", str(tiny.root)]) == 0
    otter = tiny.rows("companies")[-1]
    assert (otter["legal_name"], otter["aliases"]) == ("Caf\u00e9 Inc.", "A;B;C")


BROKEN = {
    "GBK": PLAIN + "JPY,2021,110,汇率\n".encode("gbk"),
    "open quote": PLAIN + b'JPY,2021,110,"bank-2020-rates\n',
    "short row": PLAIN + b"JPY,2021\n",
    "long row": PLAIN + b"JPY,2021,110,bank-2020-rates,x\n",
    "unknown column": PLAIN.replace(b"per_usd", b"usd"),
    "column twice": PLAIN.replace(b"per_usd", b"year"),
    "extra column": b"currency,year,per_usd,sources,note\nCNY,2020,6.9,bank-2020-rates,x\n",
    "missing column": b"currency,year,per_usd\nCNY,2020,6.9\n",
    "empty": b"",
    "long cell": PLAIN + b"JPY,2021,110," + b"x" * 200_000 + b"\n",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_left_and_named(tiny: Tiny, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    tiny.write("exchange_rates", content)
    tiny.write("redirects", tiny.path("redirects").read_bytes().replace(b"\n", b"\r\n"))
    assert main(["format", "--root", str(tiny.root)]) == 1
    assert rates(tiny) == content
    assert b"\r" not in tiny.path("redirects").read_bytes()
    assert "exchange_rates.csv: left as it is" in capsys.readouterr().out


def test_a_missing_file_and_a_folder_are_named(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.path("lists").unlink()
    tiny.path("claims").unlink()
    tiny.path("claims").mkdir()
    assert main(["format", "--root", str(tiny.root)]) == 1
    out = capsys.readouterr().out
    assert "lists.csv: left as it is" in out
    assert "claims.csv: left as it is" in out
    assert not tiny.path("lists").exists()


def test_a_canonical_file_is_not_rewritten(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat() for path in (tiny.root / "data").iterdir()}
    assert main(["format", "--root", str(tiny.root)]) == 0
    after = {path: path.stat() for path in (tiny.root / "data").iterdir()}
    assert [(s.st_mtime_ns, s.st_ino) for s in after.values()] == [(s.st_mtime_ns, s.st_ino) for s in before.values()]
    assert capsys.readouterr() == ("", "")


def test_rows_of_one_key_all_stay(tiny: Tiny) -> None:
    tiny.write("exchange_rates", PLAIN + b"CNY,2020,7.1,bank-2020-rates\n")
    assert main(["format", "--root", str(tiny.root)]) == 0
    assert rates(tiny).count(b"CNY,2020") == 2


def test_a_file_is_written_whole_or_not_at_all(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(self: Path, _: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    tiny.write("exchange_rates", UNTIDY["CRLF"])
    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(["format", "--root", str(tiny.root)]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert rates(tiny) == UNTIDY["CRLF"]
    assert [path.name for path in (tiny.root / "data").iterdir() if path.suffix != ".csv"] == []
