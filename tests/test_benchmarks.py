"""What the benchmarks measure is what the check calls sound."""

from pathlib import Path

import pytest
from conftest import ROOT
from ledger.cli import main

from benchmarks import million

FEW = {"lists", "notices", "exchange_rates"}


def test_the_million_rows_are_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = {table: rows if table in FEW else rows // 1000 for table, rows in million.ROWS.items()}
    monkeypatch.setattr(million, "ROWS", small)
    million.write(tmp_path, ROOT / "schemas")
    assert main(["check", "--strict", "--root", str(tmp_path)]) == 0
