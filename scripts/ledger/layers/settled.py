"""Warnings that somebody looked into: data/exceptions.csv keeps them silent, and is itself checked."""

from collections.abc import Iterable, Mapping

from ledger.findings import Finding, find
from ledger.package import Package
from ledger.rules import Rule
from ledger.tables import Table

NOT_A_WARNING = Rule(
    "exception-from-no-warning",
    "error",
    "An exception names a rule that warns: an error has no exceptions.",
    "{value!r} is no rule that warns",
    "mend the row it is about, or name one of: {warnings}",
)
IDLE = Rule(
    "exception-idle",
    "warning",
    "An exception silences a warning.",
    "no such warning is raised any more",
    "remove this row",
)


def apply(
    package: Package, tables: Mapping[str, Table], findings: Iterable[Finding], rules: list[Rule]
) -> list[Finding]:
    """Give the findings without the warnings that data/exceptions.csv settles, and with its own faults."""
    findings = list(findings)
    table = tables.get("exceptions")
    if table is None or not {"rule", "table", "row_id"} <= set(table.columns):
        return findings
    warnings = {rule.id for rule in rules if rule.severity == "warning"} - {IDLE.id}
    raised = {(f.rule, f.table, f.row_id) for f in findings if f.severity == "warning"}
    settled = set(zip(*(table.cells(name) for name in ("rule", "table", "row_id")), strict=True))
    kept = [f for f in findings if f.severity == "error" or (f.rule, f.table, f.row_id) not in settled]
    # Where a table could not be read whole, nobody knows whether a warning would have been raised.
    whole = tables.keys() == package.resources.keys() and all(
        not one.ragged and list(one.resource.columns) == one.columns for one in tables.values()
    )
    for row, (rule, about, row_id) in enumerate(
        zip(*(table.cells(name) for name in ("rule", "table", "row_id")), strict=True)
    ):
        if row in table.ragged:
            continue
        fault = NOT_A_WARNING if rule not in warnings else IDLE
        if fault is IDLE and (not whole or (rule, about, row_id) in raised):
            continue
        remedy = fault.remedy.format(warnings=", ".join(sorted(warnings)))
        kept.append(
            find(
                Rule(fault.id, fault.severity, fault.sentence, fault.phrase, remedy),
                file=table.resource.path,
                table="exceptions",
                line=table.lines[row],
                column="rule",
                value=rule,
                row_id="/".join((rule, about, row_id)),
            )
        )
    return kept
