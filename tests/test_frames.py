"""Tables as typed columns for the rules."""

import datetime
import math

import pandera.pandas as pa
import pytest
from conftest import ROOT
from ledger.frames import AbsentError, Frame, frames, pandera_schema
from ledger.package import Package, Resource
from ledger.tables import Table

TODAY = datetime.date(2026, 11, 22)


def resource(name: str, **types: str) -> Resource:
    """Make a resource with a column for each name and type, the first being its key."""
    fields = [{"name": column, "type": type_} for column, type_ in types.items()]
    return Resource(name, {"path": f"data/{name}.csv"}, {"fields": fields, "primaryKey": [next(iter(types))]})


def table(of: Resource, *rows: list[str]) -> Table:
    return Table(of, list(of.columns), list(rows), range(2, len(rows) + 2))


FIRMS = resource("firms", id="string", size="number", year="year", count="integer", own="boolean", day="date")


@pytest.fixture
def firms() -> Frame:
    rows = ["NA", "1.5", "2018", "3", "true", "2018-04"], ["b", "x", "", "", "", ""]
    rounds = resource("rounds", id="string", firm="string")
    of_firms = table(rounds, ["r1", "NA"], ["r2", ""], ["r3", "nobody"])
    return frames({"firms": table(FIRMS, *rows), "rounds": of_firms}, TODAY)["firms"]


@pytest.mark.parametrize(
    ("type_", "dtype"),
    [
        ("number", "float64"),
        ("integer", "float64"),
        ("year", "float64"),
        ("boolean", "boolean"),
        ("string", "object"),
        ("date", "object"),
        ("any", "object"),
    ],
)
def test_a_type_of_table_schema_is_a_type_of_pandera(type_: str, dtype: str) -> None:
    column = pandera_schema(resource("t", id="string", x=type_), {}).columns["x"]
    assert str(column.dtype) == dtype
    assert column.nullable
    assert not column.required


def test_checks_stand_on_their_columns() -> None:
    check = pa.Check(lambda series: series > 0)
    schema = pandera_schema(FIRMS, {"size": [check]})
    assert schema.columns["size"].checks == [check]
    assert schema.columns["count"].checks == []


def test_every_table_of_the_package_has_a_pandera_schema() -> None:
    for of in Package.open(ROOT).resources.values():
        assert list(pandera_schema(of, {}).columns) == list(of.columns)


def test_typed_keeps_text_and_makes_null_of_what_does_not_convert(firms: Frame) -> None:
    data = firms.typed(FIRMS.columns)
    assert [str(dtype) for dtype in data.dtypes] == [
        "object",
        "float64",
        "float64",
        "float64",
        "boolean",
        "object",
    ]
    assert list(data["id"]) == ["NA", "b"]
    assert list(data["size"].isna()) == [False, True]
    assert list(data["own"].isna()) == [False, True]
    pandera_schema(FIRMS, {}).validate(data, lazy=True)


def test_an_empty_table_is_typed() -> None:
    data = frames({"firms": table(FIRMS)}, TODAY)["firms"].typed(FIRMS.columns)
    assert len(data) == 0
    pandera_schema(FIRMS, {}).validate(data, lazy=True)


@pytest.mark.parametrize("cell", ["NA", "null", "None", "nan", "N/A", "", "-", "#N/A"])
def test_text_stays_text(cell: str) -> None:
    frame = frames({"firms": table(FIRMS, [cell, "", "", "", "", ""])}, TODAY)["firms"]
    assert list(frame.text("id")) == [cell]
    assert list(frame.has("id")) == [cell != ""]


def test_look_up(firms: Frame) -> None:
    rounds = firms.other("rounds")
    assert list(rounds.look_up("firm", "firms.size")) == ["1.5", "", ""]
    assert list(rounds.look_up("firm", "firms.id")) == ["NA", "", ""]


def test_what_is_absent_is_said_so(firms: Frame) -> None:
    with pytest.raises(AbsentError):
        firms.text("colour")
    with pytest.raises(AbsentError):
        firms.number("colour")
    with pytest.raises(AbsentError):
        firms.other("colours")
    with pytest.raises(AbsentError):
        firms.other("rounds").look_up("firm", "firms.colour")
    with pytest.raises(AbsentError):
        firms.other("rounds").look_up("firm", "colours.id")


def test_days(firms: Frame) -> None:
    first, last = firms.first_day("day"), firms.last_day("day")
    assert [first[0], last[0]] == [
        datetime.date(2018, 4, 1).toordinal(),
        datetime.date(2018, 4, 30).toordinal(),
    ]
    assert math.isnan(first[1])


def test_numbers_of_a_text_column(firms: Frame) -> None:
    assert list(firms.number("day").isna()) == [True, True]
    assert list(firms.number("count").isna()) == [False, True]


def test_keys_of_two_columns_are_joined() -> None:
    of = Package.open(ROOT).resources["round_investors"]
    frame = frames({of.name: table(of, ["r", "i", "lead", "", "", ""])}, TODAY)[of.name]
    assert list(frame.keys) == ["r/i"]


def test_items_are_indexed_by_their_row() -> None:
    of = Package.open(ROOT).resources["round_investors"]
    rows = ["r", "i", "lead", "", "", "a;b"], ["r", "j", "lead", "", "", ""], ["r", "k", "lead", "", "", "c"]
    items = frames({of.name: table(of, *rows)}, TODAY)[of.name].items("sources")
    assert list(items.items()) == [(0, "a"), (0, "b"), (2, "c")]


def test_a_frame_knows_its_focus_and_today(firms: Frame) -> None:
    focused = firms.focus("size")
    assert focused.today == TODAY
    assert list(focused.here) == ["1.5", "x"]
    assert len(focused) == 2
