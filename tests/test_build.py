"""`ledger build`: the database holds what the files say, whole or not at all."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Tiny
from ledger.cli import main
from ledger.database import build, connect, views
from ledger.errors import BuildError
from ledger.layers import catalogue
from ledger.replacing import replacing


def values(database: sqlite3.Connection, query: str, *parameters: str) -> list[object]:
    return [row[0] for row in database.execute(query, parameters)]


def test_every_row_of_every_table(tiny: Tiny, built: sqlite3.Connection) -> None:
    for name in tiny.package().resources:
        assert values(built, f"SELECT count(*) FROM {name}") == [len(tiny.rows(name))]


def test_cells_as_values(built: sqlite3.Connection) -> None:
    row = built.execute("SELECT * FROM rounds WHERE round_id = 'lantern-vision-talks-2020'").fetchone()
    assert (row["amount"], row["amount_max"], row["closed_on"], row["currency"]) == (10**9, 15 * 10**8, None, "USD")
    assert values(built, "SELECT state_owned FROM investors ORDER BY investor_id") == [1, 0, None]
    assert values(built, "SELECT per_usd FROM exchange_rates WHERE currency = 'CNY'") == [6.9]


def test_lists_as_json_and_as_links(built: sqlite3.Connection) -> None:
    one = "WHERE round_id = 'lantern-vision-series-b-2018'"
    assert values(built, f"SELECT sources FROM rounds {one}") == ['["wire-2018-lantern", "gazette-2018-lantern"]']
    linked = values(built, f"SELECT source_id FROM rounds_sources {one}")
    assert linked == ["gazette-2018-lantern", "wire-2018-lantern"]
    assert values(built, "SELECT alias FROM companies_aliases ORDER BY alias") == ["Denglong", "灯笼"]


def test_json_lists_are_json(tiny: Tiny) -> None:
    tiny.put("companies", 'company_id,aliases\notter-robots,"A ""B"" \\;C"')
    (cell,) = values(connect(build(tiny.package())), "SELECT aliases FROM companies WHERE company_id = 'otter-robots'")
    assert json.loads(str(cell)) == ['A "B" \\', "C"]


def test_keys_of_the_schemas_are_keys_of_the_database(tiny: Tiny, built: sqlite3.Connection) -> None:
    for name, resource in tiny.package().resources.items():
        columns = built.execute(f"PRAGMA table_info({name})").fetchall()
        assert [column["name"] for column in columns] == list(resource.columns)
        assert {column["name"] for column in columns if column["pk"]} == set(resource.primary_key)
        keys = {(key["from"], key["table"]) for key in built.execute(f"PRAGMA foreign_key_list({name})")}
        assert keys == {(key.columns[0], key.table) for key in resource.foreign_keys}
    assert built.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_foreign_key_has_an_index(built: sqlite3.Connection) -> None:
    tables = values(built, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_fts%'")
    for table in tables:
        indexed = {
            built.execute(f'PRAGMA index_info("{index["name"]}")').fetchone()["name"]
            for index in built.execute(f'PRAGMA index_list("{table}")')
        }
        # Of a key of two columns the first is enough: the primary key begins with both.
        found = built.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
        keys = {key["from"] for key in found if key["seq"] == 0}
        first = {column["name"] for column in built.execute(f'PRAGMA table_info("{table}")') if column["pk"] == 1}
        assert keys <= indexed | first


def test_the_same_files_give_the_same_bytes(tiny: Tiny) -> None:
    # Each process hashes its strings in its own way; names of one length must not trade places for it.
    tiny.put("companies", "company_id,name_zh,aliases\notter-robots,水獭机器,河狸机器;海豹机器;白鹭机器")
    made = set()
    for seed in "123":
        command = [sys.executable, "-m", "ledger", "build", "--root", str(tiny.root)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.add((tiny.root / "build" / "ledger.db").read_bytes())
    assert len(made) == 1


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("rounds", "round_id,company_id\nlantern-vision-talks-2020,nobody"),
        ("rounds", "round_id,amount\nlantern-vision-talks-2020,much"),
        ("rounds", "round_id,sources\nlantern-vision-talks-2020,unheard-of"),
        ("companies", "company_id,name\notter-robots,"),
        ("investors", "investor_id,state_owned\nlantern,perhaps"),
    ],
)
def test_a_failed_build_leaves_the_old_database(tiny: Tiny, table: str, rows: str) -> None:
    path = build(tiny.package())
    before = path.read_bytes()
    tiny.put(table, rows)
    with pytest.raises(BuildError, match="ledger check"):
        build(tiny.package())
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_table_that_cannot_be_read_is_named(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.path("rounds").unlink()
    assert main(["build", "--root", str(tiny.root)]) == 2
    assert "data/rounds.csv: there is no such file" in capsys.readouterr().err


def test_a_broken_view_is_named(tiny: Tiny) -> None:
    (tiny.root / "views" / "timeline.sql").write_text("-- What?\nSELECT FROM nothing;")
    with pytest.raises(BuildError, match=r"timeline[.]sql: near"):
        build(tiny.package())


def test_an_interrupted_build_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_text("old")

    def interrupted() -> None:
        with replacing(path) as temporary:
            temporary.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("table", "query", "found"),
    [
        ("companies", '"灯笼"', ["lantern-vision"]),
        ("companies", '"视觉"', ["lantern-vision"]),
        ("companies", '"鹭芯"', ["heron-chips"]),
        ("companies", '"水"', ["otter-robots"]),
        ("companies", '"shuita"', ["otter-robots"]),
        ("companies", '"Shui" "Ta"', ["otter-robots"]),
        ("companies", '"denglong"', ["lantern-vision"]),
        ("companies", '"Lantern" "灯笼"', ["lantern-vision"]),
        ("companies", '"lantern"', ["lantern-labs", "lantern-vision"]),
        ("companies", '"灯笙"', []),
        ("investors", '"北京"', ["city-fund"]),
        ("investors", '"chengshi"', ["city-fund"]),
    ],
)
def test_search(built: sqlite3.Connection, table: str, query: str, found: list[str]) -> None:
    fts = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?"
    assert sorted(map(str, values(built, f"SELECT * FROM {table} WHERE rowid IN ({fts})", query))) == found


def test_search_of_a_name_on_a_list(tiny: Tiny) -> None:
    tiny.put("designations", "designation_id,aliases\ndod-1260h-lantern-vision,北京智谱华章科技股份有限公司")
    database = connect(build(tiny.package()))
    for word in ("智谱", "zhipu", "华章科技", "北京智谱华章科技股份有限公司"):
        query = "SELECT designation_id FROM designations JOIN designations_fts AS f ON f.rowid = designations.rowid"
        assert values(database, f"{query} WHERE f.words MATCH ?", word) == ["dod-1260h-lantern-vision"]


def test_dictionary_and_rules_are_in_the_database(tiny: Tiny, built: sqlite3.Connection) -> None:
    columns = sum(len(resource.columns) for resource in tiny.package().resources.values())
    assert values(built, "SELECT count(*) FROM data_dictionary") == [columns]
    refers = 'SELECT refers_to FROM data_dictionary WHERE "table" = \'rounds\' AND "column" = ?'
    assert values(built, refers, "sources") == ["sources.source_id"]
    ids = {rule.id for rule in catalogue(tiny.package())}
    assert set(values(built, "SELECT rule FROM check_rules")) == ids


def test_every_view_says_what_it_shows(tiny: Tiny) -> None:
    for name, (description, _) in views(tiny.root).items():
        assert description.endswith("."), name


def test_build_needs_no_more_than_the_files(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny.root)
    monkeypatch.setattr(sys, "argv", ["ledger", "build"])
    assert main() == 0
    assert connect(Path("build/ledger.db")).execute("SELECT count(*) FROM companies").fetchone()[0] == 4


def test_a_build_that_cannot_write_says_so(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny.root / "build").write_text("in the way")
    assert main(["build", "--root", str(tiny.root)]) == 2
    assert "cannot be written" in capsys.readouterr().err
