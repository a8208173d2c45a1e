"""The rows of the tables for a command that changes them: by key, each a dict of its cells."""

from collections.abc import Iterable, Mapping

from ledger.errors import LedgerError
from ledger.layers import bytes as form
from ledger.package import Package
from ledger.replacing import replacing
from ledger.tables import canonical_text

Row = dict[str, str]


def load(package: Package) -> dict[str, dict[str, Row]]:
    """Give each table's rows by key, in the order of the file.

    LedgerError where a file, a row or a key cannot be read: what is not understood is not written back.
    """
    tables, findings = form.load(package)
    faults = [finding for finding in findings if finding.severity == "error"]
    if faults:
        raise LedgerError(f"{faults[0].file} cannot be read whole; run `ledger check` and mend what it names first")
    return {
        name: {
            key: dict(zip(table.columns, row, strict=True)) for key, row in zip(table.keys(), table.rows, strict=True)
        }
        for name, table in tables.items()
    }


def save(package: Package, table: str, rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table as its canonical file; a column that a row lacks is empty."""
    resource = package.resources[table]
    header = list(resource.columns)
    text = canonical_text(resource, header, ([row.get(name, "") for name in header] for row in rows))
    with replacing(package.file(table)) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="")
