"""The schemas: every column explained, every example true, every reference to something that exists."""

import os
import re
from pathlib import Path
from typing import Any

import frictionless
import pytest
from conftest import ROOT, Tiny
from ledger.package import Field, Package, Resource

PACKAGE = Package.open(ROOT)
COLUMNS = [
    pytest.param(resource, field, id=f"{resource.name}.{field.name}")
    for resource in PACKAGE.resources.values()
    for field in resource.fields
]
TYPES = {"string", "number", "integer", "boolean", "date", "year"}
"""The types that readers of version 1 know, as far as we need them."""


def of_every_column(test: Any) -> Any:
    return pytest.mark.parametrize(("resource", "field"), COLUMNS)(test)


@of_every_column
def test_a_column_is_described(resource: Resource, field: Field) -> None:
    assert re.fullmatch("[a-z][a-z0-9_]*", field.name)
    assert field.description.endswith(".")
    assert field.descriptor["example"]
    assert field.type in TYPES
    assert field.kind in {"", "date", "currency", "country", "url"}, resource.name


@of_every_column
def test_an_example_is_a_cell_of_its_column(resource: Resource, field: Field) -> None:
    example = field.descriptor["example"]
    plain = frictionless.Schema.from_descriptor({"fields": [dict(field.descriptor)], "missingValues": [""]})
    report = frictionless.Resource(data=[[field.name], [example]], schema=plain).validate()
    assert report.flatten(["note"]) == []
    items = field.items.split(example) if field.items else [example]
    assert not field.vocabulary or set(items) <= set(field.vocabulary), resource.name


@of_every_column
def test_a_vocabulary_is_described_value_by_value(resource: Resource, field: Field) -> None:
    enum = field.constraints.get("enum")
    assert field.items is not None or list(enum or []) == list(field.vocabulary), resource.name
    assert field.items is None or enum is None
    for value, description in field.vocabulary.items():
        # A value is a slug, or the name of a column.
        assert re.fullmatch("[a-z0-9]+([-_][a-z0-9]+)*", value)
        assert description


@of_every_column
def test_a_list_refers_to_a_column(resource: Resource, field: Field) -> None:
    if field.items is None:
        return
    assert field.items.delimiter == ";"
    assert field.items.item, resource.name
    if field.items.references is not None:
        table, column = field.items.references
        assert PACKAGE.resources[table].primary_key == (column,)


@pytest.mark.parametrize("resource", PACKAGE.resources.values(), ids=PACKAGE.resources)
def test_keys_name_columns(resource: Resource) -> None:
    assert resource.primary_key
    assert list(resource.columns)[: len(resource.primary_key)] == list(resource.primary_key)
    for name in resource.primary_key:
        assert resource.columns[name].required
    for key in resource.foreign_keys:
        assert set(key.columns) <= set(resource.columns)
        assert PACKAGE.resources[key.table].primary_key == key.references


@pytest.mark.parametrize("resource", PACKAGE.resources.values(), ids=PACKAGE.resources)
def test_browse_names_columns(resource: Resource) -> None:
    names = [name for value in resource.browse.values() for name in (value if isinstance(value, list) else [value])]
    assert set(names) <= set(resource.columns)


def test_examples_satisfy_the_rules_of_meaning(tiny: Tiny) -> None:
    kept = ("lei", "listings", "website", "wikidata_id", "founded", "country", "name", "name_zh")
    of = {name: PACKAGE.resources["companies"].columns[name].descriptor["example"] for name in kept}
    tiny.put("companies", f"company_id,{','.join(of)}\notter-robots,{','.join(of.values())}")
    assert tiny.findings() == []


def validate(root: Path) -> Any:
    here = Path.cwd()
    os.chdir(root)
    try:
        return frictionless.validate("datapackage.json")
    finally:
        os.chdir(here)


def test_the_repository_is_a_valid_data_package() -> None:
    assert validate(ROOT).flatten(["rowNumber", "fieldName", "message"]) == []


def test_the_tiny_package_is_a_valid_data_package(tiny: Tiny) -> None:
    assert validate(tiny.root).flatten(["rowNumber", "fieldName", "message"]) == []


def test_what_is_wrong_is_not_valid(tiny: Tiny) -> None:
    tiny.put("rounds", "round_id,company_id\nheron-chips-series-a-2020,nobody")
    assert not validate(tiny.root).valid


def test_every_schema_and_module_of_rules_belongs_to_a_table() -> None:
    schemas = {path.stem for path in (ROOT / "schemas").glob("*.json")}
    assert schemas == set(PACKAGE.resources)
    assert {path.stem for path in (ROOT / "schemas").glob("*.py")} <= schemas | {"every_table"}


def test_each_exchange_has_a_ticker_of_its_form() -> None:
    for exchange in PACKAGE.resources["companies"].columns["listings"].descriptor["exchanges"].values():
        assert re.fullmatch(exchange["ticker"], exchange["example"]), exchange["title"]
