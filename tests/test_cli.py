"""The command line: every command has its help and stands in the README; the ledger itself is sound."""

import pkgutil
import re
import subprocess
import sys
import tomllib

import pytest
from conftest import ROOT
from ledger import commands
from ledger.beside import beside
from ledger.cli import main
from ledger.layers import check
from ledger.package import Package

COMMANDS = [module.name for module in pkgutil.iter_modules(commands.__path__)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_is_in_the_readme(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    assert f"usage: ledger {name}" in capsys.readouterr().out
    assert f"`ledger {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    out = capsys.readouterr().out
    assert all(re.search(rf"^    {name} ", out, re.MULTILINE) for name in COMMANDS)


def test_no_command_is_a_fault_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "check" in capsys.readouterr().err


def test_every_make_target_is_in_the_readme_or_the_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    assert {"serve", "test", "check", "format", "build", "bench", "help"} <= set(targets)
    described = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    assert sorted(described) == sorted(targets)


def test_every_folder_of_the_program_is_installed() -> None:
    scripts = ROOT / "scripts"
    folders = {".".join(path.parent.relative_to(scripts).parts) for path in scripts.rglob("__init__.py")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["tool"]["setuptools"]["packages"]) == folders


def test_output_into_a_closed_pipe_is_no_traceback() -> None:
    command = f"{sys.executable} -m ledger check --help | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == ""


def test_the_ledger_has_no_fault() -> None:
    assert [f"{finding.place}: {finding.message}" for finding in check(Package.open(ROOT))] == []


def test_work_beside_gives_its_result_and_its_exception() -> None:
    with beside(lambda: sum(range(10))) as result:
        assert result() == 45

    def fail() -> None:
        raise ValueError("no")

    with beside(fail) as result_of_failure, pytest.raises(ValueError, match="no"):
        result_of_failure()
