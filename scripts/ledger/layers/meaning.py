"""The third layer: what rows mean, within a row, within a table and across tables, by pandera.

The rules stand in schemas/*.py. pandera runs them, all of them in one pass (`lazy=True`), and gives the rows that
fail; here these become findings.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from ledger.findings import Finding, find
from ledger.frames import AbsentError, Frame, frames, pandera_schema
from ledger.package import Package
from ledger.rules import Rule, Verdict
from ledger.tables import Table


def findings(
    package: Package, tables: Mapping[str, Table], rules: list[Rule], today: datetime.date | None = None
) -> Iterator[Finding]:
    """Judge every table by the rules about its columns."""
    targets: dict[str, list[tuple[Rule, str]]] = {name: [] for name in tables}
    for rule in rules:
        for table, column in rule.targets(package):
            if table in tables and column in tables[table].columns:
                targets[table].append((rule, column))
    for name, frame in frames(tables, today, package.resources).items():
        yield from Judging(frame, targets[name]).findings()


class Judging:
    """The rules of one table at work."""

    def __init__(self, frame: Frame, targets: list[tuple[Rule, str]]) -> None:
        self.frame = frame
        self.rules = {rule.id: rule for rule, _ in targets}
        self.targets = targets
        self.verdicts: dict[tuple[str, str], Verdict] = {}
        self.broken: Exception | None = None

    def findings(self) -> Iterator[Finding]:
        """Let pandera run the rules, and give a finding for each row that fails one."""
        if not len(self.frame) or not self.targets:
            return
        checks: dict[str, list[pa.Check]] = {}
        for rule, column in self.targets:
            checks.setdefault(column, []).append(self._check(rule, column))
        schema = pandera_schema(self.frame.resource, checks, only=checks)
        try:
            schema.validate(self.frame.typed(checks), lazy=True, inplace=True)
        except pa.errors.SchemaErrors as errors:
            # Of an exception in a check pandera keeps but the text.
            if self.broken is not None:
                raise self.broken from None
            for error in errors.schema_errors:
                yield from self._translate(error)

    def _check(self, rule: Rule, column: str) -> pa.Check:
        def holds(_: "pd.Series[Any]") -> "pd.Series[bool]":
            assert rule.judge is not None
            try:
                verdict = rule.judge(self.frame.focus(column))
            except AbsentError:
                # What is absent has its finding; the rule cannot be judged.
                return pd.Series(True, index=range(len(self.frame)))
            except Exception as error:
                self.broken = error
                raise
            self.verdicts[rule.id, column] = verdict
            return verdict.holds

        return pa.Check(holds, name=rule.id, error=rule.id, ignore_na=False)

    def _translate(self, error: pa.errors.SchemaError) -> Iterator[Finding]:
        rule, column = self.rules[error.check.name], error.schema.name
        verdict = self.verdicts[rule.id, column]
        cells, keys = self.frame.text(column), self.frame.table.keys()
        for row in error.failure_cases["index"]:
            if row in self.frame.table.ragged:
                continue
            yield find(
                rule,
                file=self.frame.resource.path,
                table=self.frame.table.name,
                line=self.frame.table.lines[row],
                column=column,
                value=cells[row],
                row_id=keys[row],
                fix=None if verdict.fix is None else verdict.fix[row],
                seen={name: series[row] for name, series in verdict.seen.items()},
            )
