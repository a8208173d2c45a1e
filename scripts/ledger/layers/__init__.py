"""The layers of a check, lowest first: bytes, shape, meaning; and the warnings that were looked into.

Shape needs frictionless and meaning pandera, each of which takes longer to import than the layer to run. So each is
imported where its layer runs: the two come side by side, and what needs the tables only waits for neither.
"""

import datetime
import importlib

from ledger.beside import beside
from ledger.findings import Finding, order
from ledger.layers import bytes as form
from ledger.layers import settled, shape
from ledger.package import Package
from ledger.progress import tell
from ledger.rules import Rule, rules_in, rules_of_meaning


def check(package: Package, today: datetime.date | None = None) -> list[Finding]:
    """Check a package by every layer and give all findings, sorted by file and line."""
    tell("reading the tables …")
    readings = list(form.read(package))
    tables, findings = form.gather(readings)
    tell(f"checking {sum(len(table.rows) for table in tables.values()):,} rows …")
    with beside(lambda: [*form.forms(readings), *shape.findings(package, tables)]) as of_the_others:
        rules = rules_of_meaning(package)
        findings += importlib.import_module("ledger.layers.meaning").findings(package, tables, rules, today)
        findings += of_the_others()
    tell()
    return order(settled.apply(package, tables, findings, catalogue(package, rules)))


def catalogue(package: Package, rules: list[Rule] | None = None) -> list[Rule]:
    """Give every rule that a finding may name."""
    of_meaning = rules_of_meaning(package) if rules is None else rules
    return [*rules_in(form), *rules_in(shape), *of_meaning, *rules_in(settled)]
