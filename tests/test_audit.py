"""The audits: rows are drawn by their seed, and the page tells what their records add to."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

AUDIT = ROOT / "docs" / "audit"
RECORDS = sorted(AUDIT.glob("*.csv"))
VERDICTS = ("right", "wrong", "unsupported", "unseen")


def drawn(seed: int) -> list[tuple[str, str]]:
    command = [sys.executable, str(AUDIT / "draw.py"), str(seed)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [int(line.split(" ")[0]) for line in lines] == list(range(1, 101))
    return [(line.split(" ")[1], line.split(" ")[2]) for line in lines]


def record(path: str) -> list[dict[str, str]]:
    with (AUDIT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_seed_draws_the_same_rows_again() -> None:
    rows = drawn(1)
    assert rows == drawn(1)
    assert len(set(rows)) == 100
    assert len(set(rows) & set(drawn(2))) < 20


def test_every_table_has_its_share() -> None:
    tables = [table for table, _ in drawn(1)]
    for path in RECORDS:
        assert sorted(row["table"] for row in record(path.name)) == sorted(tables)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_the_page_tells_what_a_record_adds_to(path: Path) -> None:
    name = path.name
    (line,) = re.findall(rf"^\|.*\(audit/{name}\).*$", (ROOT / "docs" / "audit.md").read_text(encoding="utf-8"), re.M)
    told = [int(cell) for cell in line.strip("| ").split("|")[3:]]
    assert told == [sum(int(row[verdict]) for row in record(name)) for verdict in VERDICTS]


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_names_each_column_that_was_not_right(path: Path) -> None:
    for row in record(path.name):
        named = [column for column in row["columns"].split(";") if column]
        assert len(named) == int(row["wrong"]) + int(row["unsupported"]), row
