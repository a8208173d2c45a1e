"""The database: build/ledger.db, made of the tables and schemas whole, or not at all."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from ledger.errors import BuildError
from ledger.layers import bytes as form
from ledger.layers import catalogue
from ledger.package import Field, Package, Resource
from ledger.progress import tell
from ledger.replacing import replacing
from ledger.search_words import search_words
from ledger.statements import read_statement
from ledger.tables import Table

SQLITE_TYPES = {"integer": "INTEGER", "year": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
"""The SQLite type of each Table Schema type; every other is TEXT. NUMERIC keeps whole amounts whole."""


INDEX_BYTES = 256_000_000
"""Memory for a full-text index while it is made."""


def build(package: Package) -> Path:
    """Build the database of a package and give its path.

    The same files give the same bytes. Raises BuildError where a table cannot be used; the old database stands
    until the new one is done.
    """
    path = package.root / "build" / "ledger.db"
    tables, findings = form.load(package)
    for finding in findings:
        if finding.severity == "error" and (finding.table not in tables or finding.rule in _UNUSABLE):
            raise BuildError(f"{finding.place}: {finding.message}; `ledger check` names every fault")
    try:
        with replacing(path) as temporary, closing(sqlite3.connect(temporary)) as database:
            _fill(database, package, tables)
    except (OSError, sqlite3.Error) as error:
        raise BuildError(
            f"{path} cannot be written: {error}; make room for it, or remove what is in its place"
        ) from None
    return path


def connect(path: Path) -> sqlite3.Connection:
    """Open a database to read from; its rows can be asked by column name."""
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    database.row_factory = sqlite3.Row
    return database


def link_table(resource: Resource, field: Field) -> str:
    """Give the name of the table that holds the items of a list column."""
    return f"{resource.name}_{field.name}"


def views(root: Path) -> dict[str, tuple[str, str]]:
    """Give each view of views/*.sql by name: what it shows, which is the comment it begins with, and its query."""
    found = {}
    for path in sorted((root / "views").glob("*.sql")):
        comment, query = read_statement(path)
        found[path.stem] = (" ".join(comment), query)
    return found


_UNUSABLE = {form.COLUMN_MISSING.id, form.COLUMN_TWICE.id, form.RAGGED_ROW.id, form.KEY_TWICE.id}


def _fill(database: sqlite3.Connection, package: Package, tables: Mapping[str, Table]) -> None:
    # The file is new and takes the old one's place only when whole: no journal is needed to undo anything.
    for pragma in (
        "journal_mode=off",
        "synchronous=off",
        "locking_mode=exclusive",
        "temp_store=memory",
        "foreign_keys=off",
        "cache_size=-400000",
    ):
        database.execute(f"PRAGMA {pragma}")
    database.execute("BEGIN")
    for resource in package.resources.values():
        tell(f"building {resource.name} …")
        database.execute(_create(resource))
        for field in _lists(resource):
            database.execute(_create_links(package, resource, field))
        _insert(database, tables[resource.name])
        for statement in _indexes(resource):
            database.execute(statement)
        if "search" in resource.browse:
            _index_names(database, tables[resource.name])
    tell("checking the keys …")
    _describe_package(database, package)
    _create_views(database, package)
    _check_keys(database, package)
    database.execute("COMMIT")
    database.execute("ANALYZE")
    tell()


def _create_views(database: sqlite3.Connection, package: Package) -> None:
    for name, (_, query) in views(package.root).items():
        try:
            database.execute(f'CREATE VIEW "{name}" AS\n{query}')
        except sqlite3.Error as error:
            raise BuildError(f"views/{name}.sql: {error}; mend the query") from None


def _lists(resource: Resource) -> list[Field]:
    return [field for field in resource.fields if field.items is not None]


def _create(resource: Resource) -> str:
    key = resource.primary_key
    lines = []
    for field in resource.fields:
        line = f'"{field.name}" {SQLITE_TYPES.get(field.type, "TEXT")}'
        if key == (field.name,):
            line += " PRIMARY KEY"
        if field.required:
            line += " NOT NULL"
        lines.append(line + _check(field))
    if len(key) > 1:
        lines.append(f"PRIMARY KEY ({_columns(key)})")
    lines += [
        f'FOREIGN KEY ({_columns(foreign.columns)}) REFERENCES "{foreign.table}" ({_columns(foreign.references)})'
        for foreign in resource.foreign_keys
    ]
    # A search finds rows by rowid; every other table is stored by its key, in whose order the files are.
    return _create_table(resource.name, lines) + ("" if "search" in resource.browse else " WITHOUT ROWID")


def _check(field: Field) -> str:
    """Give the CHECK of a column: affinity alone would let text stand among numbers."""
    if field.type == "boolean":
        return f' CHECK ("{field.name}" IN (0, 1))'
    if field.type in SQLITE_TYPES:
        return f" CHECK (typeof(\"{field.name}\") <> 'text')"
    return ""


def _create_links(package: Package, resource: Resource, field: Field) -> str:
    items = field.items
    assert items is not None
    key = resource.primary_key
    types = {name: SQLITE_TYPES.get(resource.columns[name].type, "TEXT") for name in key}
    lines = [f'"{name}" {types[name]} NOT NULL' for name in key]
    lines += [f'"{items.item}" TEXT NOT NULL', f"PRIMARY KEY ({_columns((*key, items.item))})"]
    lines.append(f'FOREIGN KEY ({_columns(key)}) REFERENCES "{resource.name}" ({_columns(key)})')
    if items.references is not None:
        table, column = items.references
        lines.append(f'FOREIGN KEY ("{items.item}") REFERENCES "{package.resources[table].name}" ("{column}")')
    return _create_table(link_table(resource, field), lines) + " WITHOUT ROWID"


def _create_table(name: str, lines: Iterable[str]) -> str:
    return f'CREATE TABLE "{name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _columns(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _indexes(resource: Resource) -> Iterator[str]:
    """Index every foreign key, of the link tables too, unless the primary key begins with it."""
    keys = dict.fromkeys(key.columns for key in resource.foreign_keys)
    for columns in keys:
        if resource.primary_key[: len(columns)] != columns:
            yield f'CREATE INDEX "{resource.name}.{"+".join(columns)}" ON "{resource.name}" ({_columns(columns)})'
    for field in _lists(resource):
        if field.items is not None and field.items.references is not None:
            name = link_table(resource, field)
            yield f'CREATE INDEX "{name}.{field.items.item}" ON "{name}" ("{field.items.item}")'


def _insert(database: sqlite3.Connection, table: Table) -> None:
    values = ", ".join(
        _value(table.resource.columns[name], f"nullif(?{number}, '')")
        for number, name in enumerate(table.columns, start=1)
    )
    try:
        database.executemany(
            f'INSERT INTO "{table.name}" ({_columns(table.columns)}) VALUES ({values})',  # noqa: S608
            table.rows,
        )
    except sqlite3.IntegrityError as error:
        raise BuildError(
            f"{table.resource.path}: {error}; run `ledger check`, which names the line and what to do"
        ) from None
    for field in _lists(table.resource):
        marks = ", ".join("?" * (len(table.resource.primary_key) + 1))
        database.executemany(
            f'INSERT INTO "{link_table(table.resource, field)}" VALUES ({marks})',  # noqa: S608
            _links(table, field),
        )


def _value(field: Field, cell: str) -> str:
    """Give the SQL expression that makes a cell, NULL if empty, the value of its column; affinity does the numbers."""
    if field.items is not None:
        escaped = f"replace(replace({cell}, '\\', '\\\\'), '\"', '\\\"')"
        return f"""'["' || replace({escaped}, '{field.items.delimiter}', '", "') || '"]'"""
    if field.type == "boolean":
        return f"CASE {cell} WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE {cell} END"
    return cell


def _links(table: Table, field: Field) -> Iterator[tuple[str, ...]]:
    assert field.items is not None
    keys = zip(*(table.cells(name) for name in table.resource.primary_key), strict=True)
    for key, cell in zip(keys, table.cells(field.name), strict=True):
        if cell:
            for item in dict.fromkeys(field.items.split(cell)):
                yield (*key, item)


def _index_names(database: sqlite3.Connection, table: Table) -> None:
    """Make a full-text index of the columns that `browse.search` names, with the words of `search_words`."""
    name = f"{table.name}_fts"
    database.execute(
        f"CREATE VIRTUAL TABLE \"{name}\" USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    # Enough memory to write the index in one piece; by default it is written in many, and merged again and again.
    database.execute(f'INSERT INTO "{name}" ("{name}", rank) VALUES (\'hashsize\', {INDEX_BYTES})')  # noqa: S608
    fields = [table.resource.columns[column] for column in table.resource.browse["search"]]
    columns = [table.cells(field.name) for field in fields]
    database.executemany(
        f'INSERT INTO "{name}" (rowid, words) VALUES (?, ?)',  # noqa: S608
        ((number, search_words(cells)) for number, cells in enumerate(zip(*columns, strict=True), start=1)),
    )


def _describe_package(database: sqlite3.Connection, package: Package) -> None:
    """Put the data dictionary and the catalogue of rules in, as tables that can be asked like any other."""
    database.execute(
        _create_table(
            "data_dictionary",
            [
                '"table" TEXT NOT NULL',
                '"position" INTEGER NOT NULL',
                '"column" TEXT NOT NULL',
                '"type" TEXT NOT NULL',
                '"required" INTEGER NOT NULL',
                '"refers_to" TEXT',
                '"description" TEXT NOT NULL',
                '"example" TEXT',
                '"vocabulary" TEXT',
                'PRIMARY KEY ("table", "column")',
            ],
        )
    )
    database.executemany("INSERT INTO data_dictionary VALUES (?,?,?,?,?,?,?,?,?)", dictionary(package))
    database.execute(
        _create_table(
            "check_rules",
            [f'"{name}" TEXT NOT NULL' for name in ("severity", "sentence", "remedy", "columns")]
            + ['"rule" TEXT PRIMARY KEY'],
        )
    )
    database.executemany(
        "INSERT INTO check_rules (rule, severity, sentence, remedy, columns) VALUES (?,?,?,?,?)",
        [
            (
                rule.id,
                rule.severity,
                rule.sentence,
                re.sub(r"\{\w+\}", "…", rule.remedy),
                json.dumps([f"{table}.{column}" for table, column in rule.targets(package)]),
            )
            for rule in catalogue(package)
        ],
    )


def dictionary(package: Package) -> Iterator[tuple[Any, ...]]:
    """Give a row a column of the package: table, position, column, type, required, refers_to, and so on."""
    for resource in package.resources.values():
        refers = {key.columns[0]: f"{key.table}.{key.references[0]}" for key in resource.foreign_keys}
        for position, field in enumerate(resource.fields, start=1):
            items = field.items
            if items is not None and items.references is not None:
                refers[field.name] = ".".join(items.references)
            yield (
                resource.name,
                position,
                field.name,
                f"list of {field.type}" if items else field.type,
                int(field.required),
                refers.get(field.name),
                field.description,
                field.descriptor.get("example"),
                json.dumps(field.vocabulary, ensure_ascii=False) if field.vocabulary else None,
            )


def _check_keys(database: sqlite3.Connection, package: Package) -> None:
    for table, _, referred, _ in database.execute("PRAGMA foreign_key_check"):
        resource = package.resources.get(table)
        raise BuildError(
            f"{resource.path if resource else table}: a row refers to one that {referred} lacks; run `ledger check`, "
            "which names the line, the column and the nearest id"
        )
