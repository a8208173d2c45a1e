"""The second layer: types, constraints and keys, by frictionless; the items of lists, by us.

frictionless gets the rows that the first layer read, so that both agree on what a row is, and of a table that
others refer to only the key, so that it is not parsed anew for each of them.
"""

import contextlib
import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from rapidfuzz import process

from ledger.dates import tidy_date
from ledger.errors import PackageError
from ledger.findings import Finding, find
from ledger.package import Field, Package
from ledger.rules import Rule
from ledger.tables import Table

TYPE = Rule(
    "type-error",
    "error",
    "A cell is of the type that its column has.",
    "the cell is no {type}",
    "{hint}",
)
REQUIRED = Rule(
    "required",
    "error",
    "A required cell is not empty.",
    "the cell is empty and must not be",
    "fill it in: {hint}",
)
VOCABULARY = Rule(
    "not-in-vocabulary",
    "error",
    "A cell of a closed vocabulary, and an item of such a list, holds one of its values.",
    "{item!r} is none of the column's values",
    "choose one of: {values}",
)
PATTERN = Rule(
    "pattern",
    "error",
    "A cell has the form that its column has.",
    "the cell does not have the form of {column}",
    "write it like {example}",
)
RANGE = Rule(
    "out-of-range",
    "error",
    "A number is within the bounds of its column.",
    "the number must be {bound}",
    "look the number up in the source again",
)
CONSTRAINT = Rule(
    "constraint-error",
    "error",
    "A cell keeps every other constraint of its column.",
    "{note}",
    "look at the column's constraints in the schema",
)
UNKNOWN_ID = Rule(
    "unknown-id",
    "error",
    "Every id in a key or a list stands in the table it refers to.",
    "{item!r} is no {references}",
    "{hint}",
)
OTHER = Rule(
    "shape-error",
    "error",
    "frictionless finds nothing else amiss with the table.",
    "{note}",
    "mend what it names",
)
EMPTY_ITEM = Rule(
    "empty-item",
    "error",
    "No item of a list is empty.",
    "the list has an empty item",
    "remove the extra {delimiter!r}",
)
ITEM_TWICE = Rule(
    "item-twice",
    "error",
    "A list names each item once.",
    "the list names {item!r} twice",
    "remove one of the two",
)


# Python reads ２０１８, 1_000, INF and 2018-4-9 as well, and so do those who convert with it.
FORMS = {
    "number": re.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?"),
    "integer": re.compile("-?(0|[1-9][0-9]*)"),
    "year": re.compile("[0-9]{4}"),
    "date": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


CHECKED = frozenset(("name", "type", "format", "constraints", "trueValues", "falseValues", "decimalChar", "bareNumber"))
"""The properties of a field that frictionless checks; the others it would only copy, many times over."""

KEYS_OF = "keys-of-"
"""What the name of a resource that holds the keys of a table begins with."""


def findings(package: Package, tables: Mapping[str, Table]) -> Iterator[Finding]:
    """Check the shape of every table that could be read."""
    redirects = _redirects(tables)
    for table in tables.values():
        shape = Shape(package, tables, table, redirects)
        yield from shape.by_frictionless()
        yield from shape.by_forms()
        yield from shape.by_lists()


def _redirects(tables: Mapping[str, Table]) -> dict[tuple[str, str], str]:
    table = tables.get("redirects")
    if table is None or not {"table", "old_id", "new_id"} <= set(table.columns):
        return {}
    columns = (table.cells(name) for name in ("table", "old_id", "new_id"))
    return {(name, old): new for name, old, new in zip(*columns, strict=True)}


class Shape:
    """The shape of one table."""

    def __init__(
        self,
        package: Package,
        tables: Mapping[str, Table],
        table: Table,
        redirects: Mapping[tuple[str, str], str],
    ) -> None:
        self.package = package
        self.tables = tables
        self.table = table
        self.redirects = redirects
        self.keys: list[str] = []

    def by_frictionless(self) -> Iterator[Finding]:
        """Let frictionless check types, constraints and foreign keys, and give what it finds in our words."""
        if not self.table.rows:
            return
        try:
            resource = self._resource()
        except _frictionless().FrictionlessException as fault:
            path = self.package.descriptor_of(self.table.name)
            raise PackageError(f"{path}: {fault}; mend the schema") from None
        with contextlib.closing(resource):
            report = resource.validate(limit_errors=10**9)
        for error in report.tasks[0].errors:
            yield from self._translate(error)

    def by_forms(self) -> Iterator[Finding]:
        """Check that numbers and days are written in plain digits."""
        for name in self.table.columns:
            field = self.table.resource.columns[name]
            form = FORMS.get(field.type)
            if form is None:
                continue
            cells = self.table.cells(name)
            wrong = {cell for cell in set(cells) if cell and not form.fullmatch(cell)}
            for row, cell in enumerate(cells if wrong else ()):
                if cell in wrong and row not in self.table.ragged:
                    hint, fix = _retype(field, cell)
                    yield self._finding(TYPE, row, name, cell, fix=fix, type=field.type, hint=hint)

    def by_lists(self) -> Iterator[Finding]:
        """Check the items of list cells, which no Table Schema reader does."""
        for name in self.table.columns:
            field = self.table.resource.columns[name]
            if field.items is not None:
                yield from self._list(field)

    def _resource(self) -> Any:
        """Give the table as frictionless takes it, in a package with the keys it refers to."""
        # The first layer has found the keys that stand twice, and names both lines.
        schema: dict[str, Any] = {"foreignKeys": [], "missingValues": [""]}
        referring = {column for key in self.table.resource.foreign_keys for column in key.columns}
        judged = [name for name in self.table.columns if name in referring or not self._takes_any_text(name)]
        schema["fields"] = [
            {name: value for name, value in self.table.resource.columns[column].descriptor.items() if name in CHECKED}
            for column in judged
        ]
        resources: list[Any] = []
        for key in self.table.resource.foreign_keys:
            there = self.tables.get(key.table)
            if (
                there is None
                or not set(key.references) <= set(there.columns)
                or not set(key.columns) <= set(self.table.columns)
            ):
                continue
            stub = f"{KEYS_OF}{key.table}"
            if stub not in [resource.name for resource in resources]:
                fields = [{"name": column, "type": "string"} for column in key.references]
                resources.append(_inline(stub, {"fields": fields}, partial(self._named, there, key.references)))
            reference = {"resource": stub, "fields": list(key.references)}
            schema["foreignKeys"].append({"fields": list(key.columns), "reference": reference})
        main = _inline(self.table.name, schema, lambda: _cells(self.table, judged))
        _frictionless().Package(name="check", resources=[main, *resources])
        return main

    def _takes_any_text(self, column: str) -> bool:
        """Say whether no cell of a column can be wrong in shape, so that frictionless need not read it."""
        field = self.table.resource.columns[column]
        return field.type == "string" and not field.constraints and "format" not in field.descriptor

    def _named(self, there: Table, references: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Give those keys of another table that this one names: frictionless would read each of all its rows."""
        named = {
            cells
            for key in self.table.resource.foreign_keys
            if key.table == there.name and set(key.columns) <= set(self.table.columns)
            for cells in _cells(self.table, key.columns)
        }
        return [cells for cells in _cells(there, references) if cells in named]

    def _translate(self, error: Any) -> Iterator[Finding]:
        row = getattr(error, "row_number", None)
        column = getattr(error, "field_name", None)
        if error.type == "foreign-key":
            yield from self._foreign_key(error)
        elif row is not None and row - 2 in self.table.ragged:
            return
        elif error.type == "blank-row":
            # Of the columns that are judged; the first layer leaves out rows that are blank in all.
            for field in self.table.resource.fields:
                if field.required and field.name in self.table.columns:
                    yield self._finding(REQUIRED, error.row_number - 2, field.name, hint=field.description)
        elif row is None or column is None:
            yield self._finding(OTHER, None, note=error.message)
        elif error.type == "type-error":
            field = self.table.resource.columns[column]
            hint, fix = _retype(field, error.cell)
            yield self._finding(TYPE, row - 2, column, error.cell, fix=fix, type=field.type, hint=hint)
        elif error.type == "constraint-error":
            yield self._constraint(error, row - 2, column)
        else:
            yield self._finding(OTHER, row - 2, column, note=error.note)

    def _constraint(self, error: Any, row: int, column: str) -> Finding:
        field = self.table.resource.columns[column]
        constraint = error.note.split('"')[1]
        # frictionless names the cell as it was converted; a person wants it as it stands.
        cell = self.table.rows[row][self.table.columns.index(column)]
        if constraint == "required":
            return self._finding(REQUIRED, row, column, hint=field.description)
        if constraint == "enum":
            return self._vocabulary(field, row, cell, cell)
        if constraint == "pattern":
            example = field.descriptor.get("example")
            fix = tidy_date(cell) if field.kind == "date" else None
            if field.kind in ("currency", "country") and re.fullmatch(field.constraints["pattern"], cell.upper()):
                fix = cell.upper()
            return self._finding(PATTERN, row, column, cell, fix=fix, example=example)
        if constraint in ("minimum", "maximum"):
            word = "at least" if constraint == "minimum" else "at most"
            return self._finding(RANGE, row, column, cell, bound=f"{word} {field.constraints[constraint]}")
        return self._finding(CONSTRAINT, row, column, cell, note=error.note)

    def _foreign_key(self, error: Any) -> Iterator[Finding]:
        row = error.row_number - 2
        if row in self.table.ragged:
            return
        table = error.reference_name.removeprefix(KEYS_OF)
        column = error.field_names[-1]
        yield self._unknown(row, column, error.field_cells[-1], (table, error.reference_field_names[-1]))

    def _list(self, field: Field) -> Iterator[Finding]:
        items = field.items
        assert items is not None
        known = self._known(items.references)
        judged: dict[str, bool] = {}
        for row, cell in enumerate(self.table.cells(field.name)):
            if not cell:
                continue
            if cell not in judged:
                # Most lists recur: a source is cited by many rows.
                parts = items.split(cell)
                judged[cell] = (
                    all(parts)
                    and len(set(parts)) == len(parts)
                    and (known is None or known.issuperset(parts))
                    and (not field.vocabulary or field.vocabulary.keys() >= set(parts))
                )
            if not judged[cell] and row not in self.table.ragged:
                yield from self._items(field, row, cell, known)

    def _known(self, references: tuple[str, str] | None) -> set[str] | None:
        """Give the ids that the items may be, or None where they refer to nothing that could be read."""
        if references is None:
            return None
        table, column = references
        there = self.tables.get(table)
        if there is None or column not in there.columns:
            return None
        return set(there.cells(column))

    def _items(self, field: Field, row: int, cell: str, known: set[str] | None) -> Iterator[Finding]:
        items = field.items
        assert items is not None
        seen: list[str] = []
        for item in items.split(cell):
            others = [part for part in items.split(cell) if part]
            if not item:
                fix = items.delimiter.join(others)
                yield self._finding(EMPTY_ITEM, row, field.name, cell, fix=fix, delimiter=items.delimiter)
            elif item in seen:
                fix = items.delimiter.join(dict.fromkeys(others))
                yield self._finding(ITEM_TWICE, row, field.name, cell, fix=fix, item=item)
            elif field.vocabulary and item not in field.vocabulary:
                yield self._vocabulary(field, row, cell, item)
            elif known is not None and item not in known and items.references is not None:
                yield self._unknown(row, field.name, item, items.references, cell)
            seen.append(item)

    def _vocabulary(self, field: Field, row: int, cell: str, item: str) -> Finding:
        near = _nearest(item, list(field.vocabulary))
        fix = cell.replace(item, near) if near else None
        values = ", ".join(field.vocabulary)
        return self._finding(VOCABULARY, row, field.name, cell, fix=fix, item=item, values=values)

    def _unknown(self, row: int, column: str, item: str, to: tuple[str, str], cell: str | None = None) -> Finding:
        table, references = to
        cell = item if cell is None else cell
        moved = self.redirects.get((table, item))
        near = moved or _nearest(item, self.tables[table].cells(references))
        if moved:
            hint = f"it has moved to {moved!r}"
        elif (table, item) in self.redirects:
            hint = "it was withdrawn; see data/redirects.csv for the reason"
        else:
            path = self.package.resources[table].path
            hint = f"add it to {path}" + (f", or write {near!r} if you mean that" if near else "")
        fix = cell.replace(item, near) if near else None
        return self._finding(UNKNOWN_ID, row, column, cell, fix=fix, item=item, references=references, hint=hint)

    def _finding(
        self,
        rule: Rule,
        row: int | None,
        column: str | None = None,
        value: str = "",
        fix: str | None = None,
        **seen: object,
    ) -> Finding:
        if not self.keys:
            self.keys = self.table.keys()
        remedied = Rule(rule.id, rule.severity, rule.sentence, rule.phrase, rule.remedy.format_map(seen))
        return find(
            remedied,
            file=self.table.resource.path,
            table=self.table.name,
            line=None if row is None else self.table.lines[row],
            column=column,
            value=value,
            row_id="" if row is None else self.keys[row],
            fix=fix,
            seen=seen,
        )


def _frictionless() -> Any:
    return importlib.import_module("frictionless")


def _cells(table: Table, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(table.cells(column) for column in columns), strict=True)


def _inline(name: str, schema: Mapping[str, Any], rows: Callable[[], Any]) -> Any:
    """Make a resource of rows in memory.

    The rows come from a function: of a list, frictionless would copy every cell into its descriptor.
    """

    def data() -> Iterator[list[str]]:
        yield [field["name"] for field in schema["fields"]]
        yield from map(list, rows())

    frictionless = _frictionless()
    return frictionless.Resource(name=name, data=data, schema=frictionless.Schema.from_descriptor(dict(schema)))


def _retype(field: Field, cell: str) -> tuple[str, str | None]:
    """Say how a cell of this type is written, and give it so written where that can be known."""
    if field.type == "boolean":
        fix = cell.lower() if cell.lower() in {"true", "false"} else None
        return "write true or false, or leave it empty", fix
    if field.type == "date":
        return "write a day of the calendar as YYYY-MM-DD", tidy_date(cell)
    if field.type == "year":
        return "write the year in four digits", None
    fix = _plain_number(cell)
    fits = fix is not None and fix != cell and FORMS[field.type].fullmatch(fix)
    return "write a plain number, without separators or units", fix if fits else None


def _plain_number(cell: str) -> str | None:
    try:
        number = Decimal(cell.replace(",", "").replace(" ", "").replace("_", ""))
    except InvalidOperation:
        return None
    return f"{number:f}" if number.is_finite() else None


def _nearest(word: str, words: list[str]) -> str | None:
    match = process.extractOne(word.lower().replace(" ", "-"), words, score_cutoff=80)
    return match[0] if match else None
