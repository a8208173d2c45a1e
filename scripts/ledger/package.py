"""The data package: datapackage.json and the Table Schemas it names, read once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ledger.errors import PackageError


@dataclass(frozen=True)
class Items:
    """How a list stands in a cell: its delimiter, and what its items refer to or are called."""

    delimiter: str
    references: tuple[str, str] | None
    item: str

    @classmethod
    def of(cls, descriptor: Mapping[str, Any]) -> "Items":
        """Read the property `list` of a field."""
        table, _, column = descriptor.get("references", "").partition(".")
        return cls(
            delimiter=descriptor["delimiter"],
            references=(table, column) if table else None,
            item=descriptor.get("item", column),
        )

    def split(self, cell: str) -> list[str]:
        """Give the items of a cell; an empty cell has none."""
        return cell.split(self.delimiter) if cell else []


@dataclass(frozen=True)
class Field:
    """A column, as its field descriptor in schemas/<table>.json says."""

    descriptor: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of the column."""
        return str(self.descriptor["name"])

    @property
    def type(self) -> str:
        """The Table Schema type of the column."""
        return str(self.descriptor.get("type", "string"))

    @property
    def description(self) -> str:
        """What the column means."""
        return str(self.descriptor.get("description", ""))

    @property
    def constraints(self) -> Mapping[str, Any]:
        """The constraints that frictionless checks."""
        constraints: Mapping[str, Any] = self.descriptor.get("constraints", {})
        return constraints

    @property
    def required(self) -> bool:
        """Whether no cell may be empty."""
        return bool(self.constraints.get("required"))

    @property
    def vocabulary(self) -> Mapping[str, str]:
        """The values of a closed vocabulary with their descriptions; of a list, those of its items."""
        vocabulary: Mapping[str, str] = self.descriptor.get("enumLabels", {})
        return vocabulary

    @property
    def kind(self) -> str:
        """What rules that hold in several tables know it by: date, currency, country, url or nothing."""
        return str(self.descriptor.get("kind", ""))

    @property
    def currency(self) -> str:
        """The column that says in which currency it is, where it is an amount."""
        return str(self.descriptor.get("currency", ""))

    @cached_property
    def items(self) -> Items | None:
        """How its list is written, where a cell holds a list."""
        descriptor = self.descriptor.get("list")
        return Items.of(descriptor) if descriptor else None


@dataclass(frozen=True)
class ForeignKey:
    """The columns here whose values must stand in columns there."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Resource:
    """A table of the package: its file, its title, and its schema."""

    name: str
    descriptor: Mapping[str, Any]
    schema: Mapping[str, Any]

    @property
    def path(self) -> str:
        """The file, relative to the package's folder."""
        return str(self.descriptor["path"])

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The columns in order."""
        return tuple(Field(descriptor) for descriptor in self.schema["fields"])

    @cached_property
    def columns(self) -> dict[str, Field]:
        """The columns by name, in order."""
        return {field.name: field for field in self.fields}

    @cached_property
    def primary_key(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        return _names(self.schema.get("primaryKey", []))

    @cached_property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        """The foreign keys; one whose resource is "" refers to this table."""
        return tuple(
            ForeignKey(
                _names(key["fields"]),
                key["reference"].get("resource") or self.name,
                _names(key["reference"]["fields"]),
            )
            for key in self.schema.get("foreignKeys", [])
        )

    @property
    def browse(self) -> Mapping[str, Any]:
        """How Datasette shows the table: label, facets, sort, sort_desc, search."""
        browse: Mapping[str, Any] = self.schema.get("browse", {})
        return browse


@dataclass(frozen=True)
class Package:
    """A folder with datapackage.json in it."""

    root: Path
    descriptor: Mapping[str, Any]
    resources: Mapping[str, Resource]

    @classmethod
    def open(cls, root: Path) -> "Package":
        """Read the descriptor and every schema; PackageError says which of them cannot be used, and why."""
        path = root / "datapackage.json"
        descriptor = _read(path, {"resources": list})
        resources: dict[str, Resource] = {}
        for resource in descriptor["resources"]:
            if not isinstance(resource, dict) or not all(
                isinstance(resource.get(name), str) for name in ("name", "path", "schema")
            ):
                raise PackageError(f"{path}: every resource needs a name, a path and a schema, each a text")
            if resource["name"] in resources:
                raise PackageError(f"{path}: two resources have the name {resource['name']!r}; rename one")
            if Path(resource["path"]).is_absolute() or ".." in Path(resource["path"]).parts:
                raise PackageError(f"{path}: the path {resource['path']!r} leads out of the package; move the file in")
            schema = _read(root / resource["schema"], {"fields": list})
            resources[resource["name"]] = Resource(resource["name"], resource, schema)
        package = cls(root, descriptor, resources)
        for resource in resources.values():
            for fault in _faults(resource, resources):
                raise PackageError(f"{package.descriptor_of(resource.name)}: {fault}; restore the file from git")
        return package

    def descriptor_of(self, table: str) -> Path:
        """Give the file of a table's schema."""
        return self.root / str(self.resources[table].descriptor["schema"])

    def file(self, table: str) -> Path:
        """Give the file of a table."""
        return self.root / self.resources[table].path


TYPES = ("string", "number", "integer", "boolean", "date", "year")
"""The Table Schema types that the ledger uses; readers of version 1 know them all."""


def _faults(resource: Resource, resources: Mapping[str, Resource]) -> Iterator[str]:
    """Say what of a schema the program cannot work with, the deepest fault first."""
    yield from _faults_of_fields(resource)
    key = resource.schema.get("primaryKey")
    if not isinstance(key, str | list) or not key or not set(_names(key)) <= resource.columns.keys():
        yield "primaryKey names no columns, or some that the table lacks"
    if not isinstance(resource.browse, dict):
        yield "browse is no object"
    yield from _faults_of_keys(resource, resources)
    for field in resource.fields:
        if field.items is not None and field.items.references is not None:
            table, column = field.items.references
            if table not in resources or column not in resources[table].columns:
                yield f"the list of {field.name} refers to {table}.{column}, which is not there"


def _faults_of_fields(resource: Resource) -> Iterator[str]:
    for field in resource.schema["fields"]:
        if not isinstance(field, dict) or not isinstance(field.get("name"), str):
            yield "every field needs a name"
            continue
        if field.get("type", "string") not in TYPES:
            yield f"the type of {field['name']} is none of {', '.join(TYPES)}"
        objects = [name for name in ("constraints", "enumLabels", "list") if not isinstance(field.get(name, {}), dict)]
        if objects:
            yield f"{objects[0]} of {field['name']} is no object"
        elif "list" in field and not (isinstance(field["list"].get("delimiter"), str) and field["list"]["delimiter"]):
            yield f"the list of {field['name']} has no delimiter"
        elif not all(isinstance(field.get("constraints", {}).get(name, 0), int) for name in ("minimum", "maximum")):
            yield f"the minimum or maximum of {field['name']} is no whole number"
    if len(resource.columns) < len(resource.schema["fields"]):
        yield "two fields have the same name"


def _faults_of_keys(resource: Resource, resources: Mapping[str, Resource]) -> Iterator[str]:
    for foreign in resource.schema.get("foreignKeys", []):
        reference = foreign.get("reference") if isinstance(foreign, dict) else None
        if not isinstance(reference, dict) or not foreign.get("fields") or not reference.get("fields"):
            yield "a foreign key lacks its fields or its reference"
            continue
        there = resources.get(reference.get("resource") or resource.name)
        columns = set(there.columns) if there else set()
        here = set(_names(foreign["fields"]))
        if not here <= resource.columns.keys() or not set(_names(reference["fields"])) <= columns:
            yield "a foreign key names a table or column that is not there"


def _names(names: str | list[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _read(path: Path, needs: Mapping[str, type]) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackageError(
            f"{path}: there is no such file; name the ledger's folder with --root, or restore the file from git"
        ) from None
    except OSError as error:
        raise PackageError(f"{path}: it cannot be read ({error.strerror}); make it a readable file") from None
    except UnicodeDecodeError:
        raise PackageError(f"{path}: it is not UTF-8; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise PackageError(f"{path}:{error.lineno}: it is not JSON: {error.msg}; mend that line") from None
    for name, kind in needs.items():
        if not isinstance(content, dict) or not isinstance(content.get(name), kind):
            raise PackageError(f"{path}: it has no {name!r}; restore the file from git")
    return dict(content)
