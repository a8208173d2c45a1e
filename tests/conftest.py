"""A tiny package of made-up companies, sound in every layer; tests change what they need."""

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from ledger.database import build, connect
from ledger.findings import Finding
from ledger.layers import check
from ledger.package import Package

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "tiny"


class Tiny:
    """The tiny package in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("schemas", "views", "site"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(TINY, root / "data")
        shutil.copy(ROOT / "datapackage.json", root)

    def path(self, table: str) -> Path:
        return self.root / "data" / f"{table}.csv"

    def package(self) -> Package:
        return Package.open(self.root)

    def findings(self) -> list[Finding]:
        return check(self.package())

    def rules(self) -> set[str]:
        return {finding.rule for finding in self.findings()}

    def write(self, table: str, content: str | bytes) -> None:
        if isinstance(content, str):
            content = content.encode("utf-8")
        self.path(table).write_bytes(content)

    def rows(self, table: str) -> list[dict[str, str]]:
        with self.path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def put(self, table: str, changes: str) -> None:
        """Put rows into a table: literal CSV whose first column is a key of the table.

        A row with the key changes in the columns given; a key that does not stand there yet begins a new row, like
        the first row of the table in all else.
        """
        resource = self.package().resources[table]
        key = resource.primary_key
        rows = {tuple(row[name] for name in key): row for row in self.rows(table)}
        model = next(iter(rows.values()), dict.fromkeys(resource.columns, ""))
        for change in csv.DictReader(io.StringIO(changes.strip() + "\n")):
            where = tuple(change[name] for name in key)
            rows[where] = {**rows.get(where, model), **change}
        out = io.StringIO()
        writer = csv.DictWriter(out, list(resource.columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[where] for where in sorted(rows))
        self.write(table, out.getvalue())

    def line(self, table: str, text: str) -> int:
        """Give the number of the first line of a table's file that holds a text."""
        lines = self.path(table).read_text(encoding="utf-8").split("\n")
        return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return Tiny(tmp_path / "ledger")


UNNAMED = {"designation-without-notice"}
"""What the check says of the entries in tests/official: some stand by the day that their list prints."""

AGREEING = ("lists", "notices", "sources", "designations")


@pytest.fixture(scope="session")
def agreeing(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The same, for tests that only read it."""
    tiny = Tiny(tmp_path_factory.mktemp("agreeing") / "ledger")
    for table in AGREEING:
        tiny.put(table, (TINY.with_name("official") / f"{table}.csv").read_text(encoding="utf-8"))
    assert tiny.rules() == UNNAMED
    return tiny


@pytest.fixture
def listed(tiny: Tiny, agreeing: Tiny) -> Tiny:
    """The tiny package with the entries that the samples in tests/official have."""
    for table in AGREEING:
        tiny.write(table, agreeing.path(table).read_bytes())
    return tiny


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A read-only connection to the database of the tiny package."""
    tiny = Tiny(tmp_path_factory.mktemp("built") / "ledger")
    return connect(build(tiny.package()))
