"""The site: every page answers, says what its columns mean, and finds names; `ledger serve` says why when it cannot."""

import asyncio
import html
import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from conftest import ROOT, Tiny
from datasette.app import Datasette
from ledger.cli import main
from ledger.database import build, views
from ledger.metadata import SETTINGS, metadata, queries, write_metadata

Get = Callable[[str], Any]


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Get:
    """Ask the site of the tiny package for a page, as Datasette serves it."""
    tiny = Tiny(tmp_path_factory.mktemp("site") / "ledger")
    datasette = Datasette(
        files=[],
        immutables=[str(build(tiny.package()))],
        metadata=json.loads(write_metadata(tiny.package()).read_text(encoding="utf-8")),
        template_dir=str(ROOT / "site" / "templates"),
        plugins_dir=str(ROOT / "site" / "plugins"),
        static_mounts=[("static", str(ROOT / "site" / "static"))],
        settings=dict(SETTINGS),
    )

    def ask(path: str) -> Any:
        return asyncio.run(datasette.client.get(path, follow_redirects=True))

    return ask


def test_the_home_page_leads_everywhere(get: Get) -> None:
    page = get("/")
    assert page.status_code == 200
    for query in queries(ROOT):
        assert f'href="/ledger/{query.name}"' in page.text
    for name in (*views(ROOT), "companies", "rounds", "data_dictionary"):
        assert f'href="/ledger/{name}"' in page.text
    assert get("/static/ledger.css").status_code == 200


def test_an_old_id_leads_to_the_row_in_its_place(get: Get) -> None:
    page = get("/ledger/companies/lantern")
    assert (page.status_code, page.url.path) == (200, "/ledger/companies/lantern-vision")
    data = get("/ledger/companies/lantern.json")
    assert data.json()["primary_key_values"] == ["lantern-vision"]


def test_a_withdrawn_id_says_so(get: Get) -> None:
    page = get("/ledger/investors/ghost-fund")
    assert page.status_code == 410
    assert "ghost-fund was withdrawn" in page.text
    assert "/ledger/investors," in page.text
    assert get("/ledger/investors/never-there").status_code == 404


def test_the_name_of_a_removed_entry_says_so(get: Get) -> None:
    page = get("/ledger/designations").text
    assert '<s>Crane Institute</s> <span class="said">removed 2020-06-05</span>' in page
    assert page.count('class="said"') == 1
    row = get("/ledger/designations/bis-entity-list-crane-institute").text
    assert "removed 2020-06-05</span>" in row


@pytest.mark.parametrize("name", [query.name for query in queries(ROOT)])
def test_every_question_answers(get: Get, name: str) -> None:
    page = get(f"/ledger/{name}?company=lantern-vision")
    assert page.status_code == 200
    assert get(f"/ledger/{name}.csv?company=lantern-vision").text.count("\n") >= 2


def test_every_table_and_view_answers(get: Get) -> None:
    names = [*views(ROOT), *(path.stem for path in (ROOT / "schemas").glob("*.json")), "check_rules"]
    for name in names:
        assert get(f"/ledger/{name}").status_code == 200, name
        assert get(f"/ledger/{name}.csv?_stream=on").status_code == 200, name


def test_columns_are_described_and_lists_shown(get: Get) -> None:
    page = get("/ledger/rounds").text
    assert "The source&#39;s own word for the stage." in page
    assert '<a href="/ledger/sources/gazette-2018-lantern">gazette-2018-lantern</a>' in page
    assert "CC-BY-4.0" in page
    assert re.search(r"10\s%", html.unescape(get("/ledger/acquisitions").text))


@pytest.mark.parametrize("words", ["灯笼", "视觉", "denglong", "shijue", "Lantern Vision", "灯"])
def test_search(get: Get, words: str) -> None:
    found = get(f"/ledger/companies.json?_shape=array&_search={words}").json()
    assert [row["company_id"] for row in found] == ["lantern-vision"]


def test_facets_of_lists(get: Get) -> None:
    found = get("/ledger/companies.json?_facet_array=sectors&_size=0").json()["facet_results"]
    counts = {result["value"]: result["count"] for result in found["sectors"]["results"]}
    assert counts == {"chips": 1, "computer-vision": 2, "robotics": 1, "surveillance": 1}


def test_rows_show_labels_of_what_they_refer_to(get: Get) -> None:
    assert ">Lantern Vision</a>" in get("/ledger/rounds").text
    assert get("/ledger/round_investors/lantern-vision-series-b-2018,harbour-capital").status_code == 200


def test_nothing_can_be_written(get: Get) -> None:
    assert get("/ledger?sql=delete+from+rounds").status_code == 400


def test_a_table_longer_than_a_page_streams_whole(get: Get) -> None:
    assert SETTINGS["max_returned_rows"] >= 50_000
    lines = get("/ledger/data_dictionary.csv?_stream=on").text.splitlines()
    columns = sum(len(json.loads(path.read_text())["fields"]) for path in (ROOT / "schemas").glob("*.json"))
    assert len(lines) == columns + 1


def test_metadata_names_licence_and_source_on_every_table(tiny: Tiny) -> None:
    tables = metadata(tiny.package())["databases"]["ledger"]["tables"]
    for name, table in tables.items():
        if not table.get("hidden"):
            assert table["license"] == "CC-BY-4.0", name
    assert tables["companies"]["label_column"] == "name"
    assert tables["rounds"]["sort_desc"] == "announced_on"
    assert tables["acquisitions"]["units"] == {"stake_percent": "percent"}
    assert {"array": "sectors"} in tables["companies"]["facets"]


def test_serve_checks_builds_and_answers(tiny: Tiny) -> None:
    port = _free_port()
    command = [sys.executable, "-m", "ledger", "serve", "--root", str(tiny.root), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            page = _wait_for(f"http://127.0.0.1:{port}/ledger/companies.json?_shape=array", server)
        finally:
            server.terminate()
    assert len(json.loads(page)) == 4
    database = sqlite3.connect(tiny.root / "build" / "ledger.db")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_serve_refuses_faulty_data(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.put("rounds", "round_id,stage\nlantern-vision-talks-2020,series-z")
    assert main(["serve", "--root", str(tiny.root), "--port", str(_free_port())]) == 2
    out, err = capsys.readouterr()
    assert "data/rounds.csv:" in out
    assert "the data has 1 error(s)" in err
    assert not (tiny.root / "build").exists()


def test_serve_says_that_the_port_is_taken(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--root", str(tiny.root), "--port", str(port)]) == 2
    assert f"port {port} is taken" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_serve_wants_a_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["serve", "--port", port])
    assert "port" in capsys.readouterr().err


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> str:
    for _ in range(600):
        assert server.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read(), "utf-8")
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("no answer within a minute")
