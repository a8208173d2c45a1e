"""Measure the check and the build against the tools that a reader would otherwise use, all in this run; and screening.

Prints a line a comparison: seconds of ours and theirs, their ratio, the bound on it, and the peak memory of ours.
Then a line a measure of screening: the share of changed names that come back first, the share of unrelated names that
hit, and the time of ten thousand names, each with its bound.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import million, screening

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
IMPORTS = "import pandera.pandas, frictionless"


@dataclass(frozen=True)
class Run:
    """One command that has run: wall seconds and peak memory in megabytes."""

    seconds: float
    megabytes: float


def run(command: Sequence[str | Path], folder: Path) -> Run:
    """Run a command in a folder and give its wall time and peak memory; it must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, errors = process.stderr.read() if process.stderr else b"", b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed: {errors.decode()}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def medians(commands: Sequence[Sequence[str | Path]], folder: Path, times: int) -> list[Run]:
    """Run commands by turns, so that a slow moment of the machine falls on all, and give the median run of each."""
    turns = [[run(command, folder) for command in commands] for _ in range(times)]
    return [sorted(runs, key=lambda one: one.seconds)[times // 2] for runs in zip(*turns, strict=True)]


def compare(name: str, ours: Run, theirs: Run, bound: float) -> None:
    """Print a comparison."""
    print(
        f"{name:52} {ours.seconds:7.2f} s {theirs.seconds:7.2f} s   ratio {ours.seconds / theirs.seconds:5.2f}"
        f" (at most {bound})   {ours.megabytes:6.0f} MB",
        flush=True,
    )


def main() -> None:
    """Measure everything."""
    print(f"{'':52} {'ours':>9} {'theirs':>9}")
    ours, theirs = medians([[BIN / "ledger", "check"], [sys.executable, "-c", IMPORTS]], ROOT, 15)
    compare("check of the data / import pandera, frictionless", ours, theirs, 2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        million.write(folder, ROOT / "schemas")
        theirs = run([BIN / "frictionless", "validate", "datapackage.json"], folder)
        ours = run([BIN / "ledger", "check", "--root", folder], folder)
        compare("check of a million rows / frictionless validate", ours, theirs, 1.2)
        ours = run([BIN / "ledger", "build", "--root", folder], folder)
        # It ends with an exception where a column with a pattern has an empty cell: it gets schemas without patterns.
        million.forget_patterns(folder)
        theirs = run([BIN / "datapackage-to-datasette", "theirs.db", "datapackage.json", "theirs.json"], folder)
        compare("build of a million rows / datapackage-to-datasette", ours, theirs, 0.3)
    screening.measure(ROOT)


if __name__ == "__main__":
    main()
