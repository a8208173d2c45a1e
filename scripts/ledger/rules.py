"""Rules: what must hold, in one sentence each, and what to say and do where it does not.

A rule of the lower layers is a `Rule` that its layer reports by itself. A rule of meaning stands in
schemas/<table>.py as a function under the decorator `rule`; its docstring is its sentence.
"""

import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from ledger.errors import PackageError

if TYPE_CHECKING:
    import pandas as pd

    from ledger.frames import Frame
    from ledger.package import Package

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Verdict:
    """For each row whether a rule holds, and what the phrase of the rule shall name where it does not."""

    holds: "pd.Series[bool]"
    seen: Mapping[str, "pd.Series[Any]"]
    fix: "pd.Series[Any] | None"


def verdict(holds: "pd.Series[bool]", *, fix: "pd.Series[Any] | None" = None, **seen: Any) -> Verdict:
    """Give a verdict: a truth value a row, the corrected text where known, and series that the phrase names."""
    return Verdict(holds, seen, fix)


@dataclass(frozen=True)
class Rule:
    """A rule with its id, severity, sentence, the phrase for a fault, and what to do then."""

    id: str
    severity: Severity
    sentence: str
    phrase: str
    remedy: str
    on: tuple[str, ...] = ()
    judge: "Callable[[Frame], Verdict] | None" = field(default=None, repr=False)

    def targets(self, package: "Package") -> list[tuple[str, str]]:
        """Give the columns, as (table, column), that the rule is about.

        An item of `on` is `table.column`, or `kind:date` for every column of that kind, or `distinct` for every
        column that has that property.
        """
        found = []
        for name, resource in package.resources.items():
            for column, description in resource.columns.items():
                distinct = "distinct" in self.on and description.descriptor.get("distinct")
                if distinct or f"{name}.{column}" in self.on or f"kind:{description.kind}" in self.on:
                    found.append((name, column))
        return found


def rule(
    id: str,  # noqa: A002
    *,
    on: str | Iterable[str],
    phrase: str,
    remedy: str,
    severity: Severity = "error",
) -> Callable[["Callable[[Frame], Verdict]"], Rule]:
    """Make a rule of a function that takes a table, focused on one of the columns named, and gives a verdict."""

    def decorate(judge: "Callable[[Frame], Verdict]") -> Rule:
        sentence = " ".join((judge.__doc__ or "").split())
        return Rule(id, severity, sentence, phrase, remedy, (on,) if isinstance(on, str) else tuple(on), judge)

    return decorate


def rules_in(module: ModuleType) -> list[Rule]:
    """Give the rules that a module defines, in its order."""
    return [value for value in vars(module).values() if isinstance(value, Rule)]


def rules_of_meaning(package: "Package") -> list[Rule]:
    """Load the rules of schemas/every_table.py and of schemas/<table>.py for each table that has one."""
    rules: list[Rule] = []
    for name in ("every_table", *package.resources):
        path = package.root / "schemas" / f"{name}.py"
        if path.is_file():
            rules += rules_in(_load(path))
    ids = [rule.id for rule in rules]
    for twice in {id_ for id_ in ids if ids.count(id_) > 1}:
        raise PackageError(f"schemas/: two rules have the id {twice!r}; give one of them another id")
    return rules


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"ledger_schemas_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise PackageError(f"{path}: it cannot be loaded; make it a readable Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise PackageError(f"{path}:{error.lineno}: it is not Python: {error.msg}; mend that line") from None
    return module
