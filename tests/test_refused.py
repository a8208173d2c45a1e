"""Publications that are not as expected, or cannot be had: refused with a message, and nothing written."""

import csv
import datetime
import gzip
import http.server
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import publications
import pytest
from conftest import ROOT, Tiny
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger import rows as book
from ledger.cli import main
from ledger.package import Package
from publications import BIS, CMIC, DOD, FCC, MEU, SAMPLES, UFLPA, data, refresh, sample

TODAY = datetime.date.today().isoformat()
Out = pytest.CaptureFixture[str]

CUT = "download it again"
REFUSED: dict[str, tuple[bytes, str, str]] = {
    "JSON cut off": (sample("screening-list.json")[:-40], BIS, f"it breaks off or is damaged at line 11: {CUT}"),
    "extract cut off": (sample("meu.json")[:-40], MEU, f"it breaks off or is damaged at line 25: {CUT}"),
    "XML cut off": (sample("supplement-4.xml")[:-40], BIS, "it breaks off or is damaged ("),
    "Treasury's XML cut off": (sample("consolidated.xml")[:-40], CMIC, "it breaks off or is damaged ("),
    "notice cut off": (sample("1260h.xml")[:-40], DOD, "it breaks off or is damaged ("),
    "CSV cut off in a row": (
        sample("screening-list.csv")[:-90] + b"\n",
        BIS,
        "record 11 has 7 cells where the header has 29",
    ),
    "CSV cut off in quotes": (
        sample("supplement-4.csv")[:-30] + b"\n",
        BIS,
        "it is no sound CSV (unexpected end of data)",
    ),
    "extract's CSV cut off": (
        sample("supplement-4.csv")[:-160] + b"\n",
        BIS,
        "record 4 has not as many cells as the header",
    ),
    "page cut off": (sample("uflpa.html")[:-10], UFLPA, f"the page breaks off before its end: {CUT}"),
    "FCC page cut off": (sample("covered-list.html")[:-10], FCC, f"the page breaks off before its end: {CUT}"),
    "column missing": (
        sample("supplement-4.csv", (",federal_register,", ",")),
        BIS,
        "its columns are not as expected: it lacks federal_register",
    ),
    "column unknown": (
        sample("screening-list.csv", ("_notice,", "_notice,docket,")),
        BIS,
        "its columns are not as expected: docket is not known",
    ),
    "column renamed": (
        sample("screening-list.csv", (",alt_names,", ",aliases,")),
        BIS,
        "its columns are not as expected: it lacks alt_names, aliases is not known",
    ),
    "columns in another order": (
        sample("supplement-4.csv", ("name,aliases", "aliases,name")),
        BIS,
        "its columns are not as expected: their order has changed",
    ),
    "table's column renamed": (
        sample("supplement-4.xml", ("Country", "Destination")),
        BIS,
        "its columns are Destination, Entity, License requirement, License review policy, Federal Register citation, ",
    ),
    "field missing": (
        sample("screening-list.json", ('"alt_names": ["Denglong Vision"]', '"remarks": null')),
        BIS,
        "the record 'Beijing Lantern Vision Technology Co., Ltd.' has no alt_names",
    ),
    "field unknown": (
        sample("screening-list.json", ('"title"', '"docket"')),
        BIS,
        "its records have fields that are not known: docket; see what they mean first",
    ),
    "field of another kind": (
        sample("screening-list.json", ('["Denglong Vision"]', '"Denglong Vision"')),
        BIS,
        "the record 'Beijing Lantern Vision Technology Co., Ltd.' has something of another kind in alt_names",
    ),
    "no results": (b'{"total": 0}', BIS, "it has no `results`: is it the Consolidated Screening List?"),
    "key unknown": (
        sample("meu.json", ('"notes"', '"remarks"')),
        MEU,
        "entity 1 ('Crane Flight Institute') lacks notes, has remarks, which is no key of an extract: mend the extract",
    ),
    "aliases of another kind": (
        sample("meu.json", ('["REW"]', '"REW"')),
        MEU,
        "entity 2 ('Reed Aero Engine Works') has something else where a text or a list of texts is expected",
    ),
    "extract of another list": (
        sample("meu.json"),
        DOD,
        "it is an extract of bis-military-end-user-list, not of dod-1260h",
    ),
    "table of another list": (
        sample("supplement-4.xml"),
        DOD,
        "it is a publication of bis-entity-list, not of dod-1260h",
    ),
    "Treasury's list for another": (sample("consolidated.xml"), BIS, "it is a publication of treasury-ns-cmic, not of"),
    "Screening List for another": (sample("screening-list.json"), FCC, "it has no entry of fcc-covered-list"),
    "another part of the Code": (
        sample("supplement-4.xml", ('N="Supplement No. 4 to Part 744" NODE', 'N="Supplement No. 5 to Part 744" NODE')),
        BIS,
        "it has no Supplement No. 4 to Part 744; ask ecfr.gov for part 744 of title 15",
    ),
    "another programme": (
        sample("consolidated.xml").replace(b"CMIC-EO13959", b"RUSSIA-EO14024"),
        CMIC,
        "none of its entries is under the program CMIC-EO13959",
    ),
    "wrong count": (sample("meu.json", ('"count": 2', '"count": 3')), MEU, "it says that it has 3 entities, and has 2"),
    "wrong Record_Count": (
        sample("consolidated.xml", ("<Record_Count>3", "<Record_Count>4")),
        CMIC,
        f"it says that it has 4 entries, and has 3: {CUT}",
    ),
    "name broken in two": (
        sample("1260h.xml", ("<FP>Plover Drones", "<FP>Plover</FP><FP>Drones")),
        DOD,
        "it has 3 entities and reasons for 2: a name was broken in two",
    ),
    "another notice": (sample("1260h.xml", ("qualify", "are fit")), DOD, "it does not say which entities qualify"),
    "empty": (b"", BIS, f"it is empty: {CUT}"),
    "blank": (b"\xef\xbb\xbf \n\n", BIS, f"it is empty: {CUT}"),
    "not UTF-8": (sample("supplement-4.csv").replace("§".encode(), b"\xa7"), BIS, "byte 258 of it is not UTF-8"),
    "UTF-16": (
        sample("supplement-4.csv").decode().encode("utf-16"),
        BIS,
        "it is UTF-16, which Excel calls Unicode text",
    ),
    "a page instead of a file": (
        sample("uflpa.html"),
        BIS,
        "it is a web page; bis-entity-list is read from a file: see docs/lists/bis-entity-list.md",
    ),
    "a page that asks for a browser": (
        b"<!DOCTYPE html><html><body>Enable JavaScript.</body></html>",
        UFLPA,
        "the page has no table: was the real page sent, or one that asks for a browser?",
    ),
    "a page with a ragged table": (
        sample("uflpa.html", ("<td>June 12, 2023</td>", "")),
        UFLPA,
        "a row has not as many cells as the heading of its table: Reed Gloves Factory",
    ),
    "a date in other words": (
        sample("uflpa.html", ("June 12", "12 June")),
        UFLPA,
        "the row of 'Reed Gloves Factory' has '12 June, 2023' where a day like 'August 13, 2026' is expected: is it a",
    ),
    "a page without a known table": (
        sample("uflpa.html", ("Name of Entity", "Entity")),
        UFLPA,
        "a table whose columns are not known: Entity, Effective Date; it lacks ",
    ),
    "no list at all": (
        b"name;aliases\n",
        BIS,
        "it is neither JSON, XML, a page nor a CSV of known columns: docs/lists/bis-entity-list.md tells the forms",
    ),
    "another CSV": (
        b"name,address_countries,a,b,c,d\n",
        BIS,
        "its columns are not as expected: it lacks alt_names, it lacks federal_register_notice, it lacks "
        "license_requirement, it lacks license_policy, it lacks source_list_url and 4 more: is it another file?",
    ),
    "XML of another kind": (
        b"<rss></rss>",
        BIS,
        "it is XML of a kind that is not known: docs/lists/bis-entity-list.md tells the forms that are read",
    ),
    "a PDF": (b"%PDF-1.7\n", BIS, "it is a PDF: only a text can be read"),
    "a compressed file": (gzip.compress(sample("screening-list.csv")), BIS, "it is compressed (gzip): unpack it"),
    "CSV cut off in its last cell": (
        sample("screening-list.csv")[:-3],
        BIS,
        f"its last line has no end, so it may break off there: {CUT}",
    ),
    "a damaged byte": (
        sample("screening-list.json", ("Denglong", "Deng\0long")),
        BIS,
        f"line 2 has a control character (U+0000): {CUT}",
    ),
    "nested too deep": (b'{"results": ' + b"[" * 100_000, BIS, "it is nested deeper than any publication"),
    "a line without end": (b"name,aliases\r," + b"x" * 200_000, BIS, "it is no sound CSV ("),
    "a carriage return in a line": (b"name\raliases\n", BIS, "it is no sound CSV ("),
}


@pytest.mark.parametrize(("publication", "list_id", "message"), REFUSED.values(), ids=REFUSED)
def test_a_publication_not_as_expected_is_refused(
    listed: Tiny, capsys: Out, publication: bytes, list_id: str, message: str
) -> None:
    before = data(listed)
    assert refresh(listed, list_id, publication, "--write") == 2
    assert data(listed) == before
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"ledger refresh: {listed.root / 'publication'}: {message}")
    assert err.endswith("; nothing was written\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["supplement-4.xml", "supplement-4.csv", "screening-list.json", "screening-list.csv"])
def test_far_fewer_entries_are_refused(listed: Tiny, capsys: Out, name: str) -> None:
    """Half of a short list may be gone, and ten entries of a longer one, if they are no more than a twentieth."""
    more = "\n".join(f"bis-entity-list-gull-{number},Gull {number} Institute" for number in range(5))
    listed.put("designations", f"designation_id,entity_name\n{more}")
    before = data(listed)
    assert refresh(listed, BIS, sample(name), "--write") == 2
    expected = 9 if name.startswith("screening") else 8
    assert f"it lacks 5 of the {expected} entries that it had: download it again; if it is whole, find the notice" in (
        capsys.readouterr().err
    )
    assert data(listed) == before


@pytest.mark.parametrize(("gone", "standing", "code"), [(2, 2, 1), (3, 2, 2), (10, 30, 1), (11, 30, 2), (11, 220, 1)])
def test_how_many_may_be_gone(listed: Tiny, gone: int, standing: int, code: int) -> None:
    rows = "\n".join(f"uflpa-entity-list-gull-{number},Gull {number} Farm" for number in range(gone + standing))
    header = "designation_id,list_id,entity_name,sources"
    kept = [f"uflpa-entity-list-{name}" for name in ("heron-cotton", "otter-silicon-and-subsidiaries", "reed-gloves")]
    others = "\n".join(f"{key},register-2019-10-09" for key in kept)
    listed.put("designations", f"designation_id,sources\n{others}")
    listed.put(
        "designations",
        header
        + "\n"
        + rows.replace(",Gull", f",{UFLPA},Gull").replace("Farm", "Farm,dhs-2026-07-09-uflpa-entity-list"),
    )
    # Backwards: in order of names the file would seem to be cut off.
    numbers = reversed(range(standing))
    named = "".join(f"<tr><td>Gull {number} Farm</td><td>October 9, 2019</td></tr>" for number in numbers)
    page = f"<html><table><tr><th>Name of Entity</th><th>Effective Date</th></tr>{named}</table></html>"
    assert refresh(listed, UFLPA, page.encode()) == code


def test_a_file_that_ends_early_is_refused(tmp_path: Path, capsys: Out) -> None:
    real = book.load(Package.open(ROOT))
    records = publications.codified(real, "bis-2026-07-09-supplement-4-part-744")
    in_order = sorted(records.values(), key=lambda record: str(record["name"]).casefold())
    kept = {str(number): record for number, record in enumerate(in_order[:-20])}
    (tmp_path / "publication").write_bytes(publications.as_csv(kept))
    assert main(["refresh", BIS, str(tmp_path / "publication"), "--root", str(ROOT)]) == 2
    err = capsys.readouterr().err
    assert "entries that it lacks would all stand behind its last one" in err
    assert err.endswith("it was cut off there; download it again; nothing was written\n")


def test_a_list_that_is_not_there_is_named(listed: Tiny, capsys: Out) -> None:
    assert refresh(listed, "bis-list", sample("meu.json")) == 2
    assert capsys.readouterr().err.startswith("ledger refresh: 'bis-list' is none of the lists; write one of bis-")


def test_a_list_without_an_address_needs_a_file(listed: Tiny, capsys: Out) -> None:
    assert refresh(listed, DOD, None) == 2
    assert "dod-1260h has no file that a program can download; make an extract" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "why"), [("missing", "there is no such file"), (".", "it is a folder")])
def test_a_file_that_cannot_be_read_is_named(listed: Tiny, capsys: Out, name: str, why: str) -> None:
    assert refresh(listed, DOD, str(listed.root / name)) == 2
    assert capsys.readouterr().err == f"ledger refresh: {listed.root / name}: {why}; nothing was written\n"


def test_an_empty_argument_downloads_nothing(listed: Tiny, capsys: Out) -> None:
    assert refresh(listed, BIS, "") == 2
    assert "the name of the file is empty; name a file, or none at all" in capsys.readouterr().err


def test_case_of_the_list_does_not_matter(listed: Tiny) -> None:
    assert refresh(listed, "BIS-Entity-List", sample("supplement-4.xml")) == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--write"], "the day of a file is not known; say with --read-on DAY when it was downloaded"),
        (["--write", "--read-on", "2999-01-01"], "--read-on 2999-01-01: the publication cannot be of that day"),
    ],
)
def test_the_day_of_a_file_must_be_told(listed: Tiny, capsys: Out, options: list[str], said: str) -> None:
    path, before = listed.root / "publication", data(listed)
    path.write_bytes(sample("supplement-4.xml"))
    assert main(["refresh", BIS, str(path), "--root", str(listed.root), *options]) == 2
    assert capsys.readouterr().err == f"ledger refresh: {said}; nothing was written\n"
    assert data(listed) == before


def test_a_day_that_is_none(listed: Tiny, capsys: Out) -> None:
    with pytest.raises(SystemExit):
        refresh(listed, BIS, sample("supplement-4.xml"), "--read-on", "31 July")
    assert "'31 July' is no day; write it as 2026-07-31" in capsys.readouterr().err


@pytest.mark.parametrize("table", ["designations", "claims", "lists", "companies"])
def test_a_ledger_that_cannot_be_read_whole_is_not_compared(listed: Tiny, capsys: Out, table: str) -> None:
    listed.write(table, listed.path(table).read_bytes() + b"ragged\n")
    before = data(listed)
    assert refresh(listed, BIS, sample("supplement-4.xml", ("—HPI", "—HPIS")), "--write") == 2
    assert capsys.readouterr().err == (
        f"ledger refresh: data/{table}.csv cannot be read whole; run `ledger check` and mend what it names first\n"
    )
    assert data(listed) == before


# Downloads


class Official(http.server.BaseHTTPRequestHandler):
    """The server of an agency: one file, at several addresses that behave in several ways."""

    content = b""

    def do_GET(self) -> None:
        if self.path == "/gone":
            self.send_error(404)
            return
        self.send_response(200)
        lengths = {"/short": len(self.content) + 9, "/odd": "many", "/silent": None}
        length = lengths.get(self.path, len(self.content))
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Official, "content", sample("screening-list.json", ('["HPI", ', '["HPIS", ')))
    with http.server.HTTPServer(("127.0.0.1", 0), Official) as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        thread.join(timeout=10)


@pytest.mark.parametrize("path", ["/consolidated.json", "/silent"])
def test_without_a_file_the_official_address_is_read(listed: Tiny, capsys: Out, server: str, path: str) -> None:
    listed.put("lists", f"list_id,data_url\n{BIS},{server}{path}")
    assert refresh(listed, BIS, None, "--write") == 0
    assert "'HPIS;Heron Optics Co., Ltd.'" in capsys.readouterr().out
    source = next(row for row in listed.rows("sources") if TODAY in row["source_id"])
    assert (source["url"], source["accessed_on"]) == (f"{server}{path}", TODAY)
    assert refresh(listed, BIS, None) == 0


def test_an_address_that_is_that_of_an_earlier_edition_is_written_once(listed: Tiny, server: str) -> None:
    edition = "bis-2026-07-31-consolidated-screening-list"
    listed.put("sources", f"source_id,url\n{edition},{server}/consolidated.json")
    assert refresh(listed, BIS, f"{server}/consolidated.json", "--write") == 0
    assert [row["url"] for row in listed.rows("sources")].count(f"{server}/consolidated.json") == 1


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/gone", "the server answers 404 Not Found; save the file in a browser and name it"),
        ("/short", "bytes came where"),
        ("/odd", "it cannot be downloaded ("),
    ],
)
def test_a_download_that_fails_is_refused(listed: Tiny, capsys: Out, server: str, path: str, message: str) -> None:
    before = data(listed)
    assert refresh(listed, BIS, server + path, "--write") == 2
    err = capsys.readouterr().err
    assert err.startswith(f"ledger refresh: {server}{path}: ")
    assert message in err
    assert err.endswith("; nothing was written\n")
    assert data(listed) == before


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://127.0.0.1:1/list.json", "it cannot be downloaded ("),
        ("http://127.0.0.1:nine/", "it cannot be downloaded ("),
        ("http://[::1/", "it cannot be downloaded ("),
        ("ftp://127.0.0.1/list.json", "it is no address of the web; write one that begins with https://"),
        ("file:///etc/hostname", "it is no address of the web; write one that begins with https://"),
    ],
)
def test_an_address_that_cannot_be_reached_is_refused(listed: Tiny, capsys: Out, address: str, message: str) -> None:
    assert refresh(listed, BIS, address) == 2
    assert capsys.readouterr().err.startswith(f"ledger refresh: {address}: {message}")


# Whatever a file holds, it is read, or refused with a message.


def survives(agreeing: Tiny, capsys: Out, list_id: str, content: bytes) -> None:
    before = data(agreeing)
    code = refresh(agreeing, list_id, content)
    out, err = capsys.readouterr()
    assert data(agreeing) == before
    if code == 2:
        assert out == ""
        assert err.startswith(f"ledger refresh: {agreeing.root / 'publication'}: ")
        assert err.endswith("; nothing was written\n")
    else:
        assert (code, err) == (0 if out.startswith("nothing to propose") else 1, "")


FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
LISTS = st.sampled_from([BIS, MEU, DOD, CMIC, FCC, UFLPA])


@given(LISTS, st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@FUZZ
def test_anything_is_read_or_refused(agreeing: Tiny, capsys: Out, list_id: str, content: bytes) -> None:
    survives(agreeing, capsys, list_id, content)


@given(st.sampled_from(SAMPLES), st.data())
@settings(FUZZ, max_examples=150)
def test_a_damaged_publication_is_read_or_refused(
    agreeing: Tiny, capsys: Out, which: tuple[str, str], draw: st.DataObject
) -> None:
    """A part of the file is cut out, and something else put there."""
    name, list_id = which
    content = sample(name)
    start = draw.draw(st.integers(0, len(content)))
    end = draw.draw(st.integers(start, min(len(content), start + 60)) | st.just(len(content)))
    instead = draw.draw(st.sampled_from([b"", b"\0", b'"', b"<", b"&x;", b"null", b"{}", b"\r", b",", b";", b"\xff"]))
    survives(agreeing, capsys, list_id, content[:start] + instead + content[end:])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([one for one in SAMPLES if one[0].endswith("json")]), st.data())
@settings(FUZZ, max_examples=150)
def test_json_of_another_shape_is_read_or_refused(
    agreeing: Tiny, capsys: Out, which: tuple[str, str], draw: st.DataObject
) -> None:
    """One value, at any depth, is something else."""
    name, list_id = which
    content = json.loads(sample(name))
    holder, key = draw.draw(st.sampled_from(list(_places(content))))
    holder[key] = draw.draw(JSON)
    survives(agreeing, capsys, list_id, json.dumps(content).encode())


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    keys = content.keys() if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ()
    for key in keys:
        yield content, key
        yield from _places(content[key])


@given(st.sampled_from(["supplement-4.csv", "screening-list.csv"]), st.data())
@settings(FUZZ, max_examples=100)
def test_a_csv_of_other_cells_is_read_or_refused(agreeing: Tiny, capsys: Out, name: str, draw: st.DataObject) -> None:
    rows = list(csv.reader(io.StringIO(sample(name).decode())))
    row = draw.draw(st.sampled_from(rows))
    row[draw.draw(st.integers(0, len(row) - 1))] = draw.draw(st.text(max_size=20))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    survives(agreeing, capsys, BIS, out.getvalue().encode("utf-8", "replace"))
