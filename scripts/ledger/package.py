"""The data package: datapackage.json and the Table Schemas it names, read once."""

import json
from collections.abc import Mapping
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
        descriptor = _read(root / "datapackage.json", {"resources": list})
        resources = {}
        for resource in descriptor["resources"]:
            if not isinstance(resource, dict) or not {"name", "path", "schema"} <= resource.keys():
                raise PackageError(f"{root / 'datapackage.json'}: every resource needs a name, a path and a schema")
            schema = _read(root / resource["schema"], {"fields": list})
            if not all(isinstance(field, dict) and "name" in field for field in schema["fields"]):
                raise PackageError(f"{root / resource['schema']}: every field needs a name")
            resources[resource["name"]] = Resource(resource["name"], resource, schema)
        return cls(root, descriptor, resources)

    def file(self, table: str) -> Path:
        """Give the file of a table."""
        return self.root / self.resources[table].path


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
