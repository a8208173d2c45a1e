"""Tables as typed columns, for rules: text, numbers and days, each converted once and whole.

pandera's own `from_frictionless_schema` makes strings of dates and loses foreign keys, so the little that is needed
is derived here from the Table Schema.
"""

import datetime
from collections.abc import Callable, Container, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from ledger.dates import span
from ledger.package import Resource
from ledger.tables import Table

DTYPES = {"number": "float64", "integer": "float64", "year": "float64", "boolean": "boolean"}
"""The pandas type of each Table Schema type; every other is text (object), with "" where nothing stands."""

T = TypeVar("T")

TRUTH = {"true": True, "false": False}


class AbsentError(Exception):
    """A rule asked for a table or column that could not be read, which is a finding already."""


def pandera_schema(
    resource: Resource, checks: Mapping[str, list[pa.Check]], only: Container[str] | None = None
) -> pa.DataFrameSchema:
    """Derive the pandera schema of a table: a column for each field (of `only`), of its type, with these checks on it.

    Columns are not required and cells may be null: the lower layers speak of those. Foreign keys are theirs too.
    """
    return pa.DataFrameSchema(
        {
            field.name: pa.Column(
                DTYPES.get(field.type, "object"),
                checks=checks.get(field.name, []),
                nullable=True,
                required=False,
            )
            for field in resource.fields
            if only is None or field.name in only
        },
        name=resource.name,
    )


class Frame:
    """A table for a rule to judge, focused on one column.

    Each series has a value a row, in the order of the file.
    """

    def __init__(
        self,
        table: Table,
        frames: Mapping[str, "Frame"],
        today: datetime.date,
        names: frozenset[str],
        *,
        column: str = "",
        cache: dict[tuple[str, str], Any] | None = None,
    ) -> None:
        self.table = table
        self.frames = frames
        self.today = today
        self.names = names
        self.column = column
        self._cache: dict[tuple[str, str], Any] = {} if cache is None else cache

    def __len__(self) -> int:
        return len(self.table.rows)

    def focus(self, column: str) -> "Frame":
        """Give the same table focused on another column."""
        return Frame(self.table, self.frames, self.today, self.names, column=column, cache=self._cache)

    def other(self, name: str) -> "Frame":
        """Give another table; AbsentError where it could not be read, or not every row of it."""
        if name not in self.frames or self.frames[name].table.ragged:
            raise AbsentError(name)
        return self.frames[name]

    @property
    def keyed(self) -> frozenset[str]:
        """The names of the tables whose keys could be read."""
        return frozenset(name for name, frame in self.frames.items() if frame.table.has_keys)

    @property
    def resource(self) -> Resource:
        """The table's schema."""
        return self.table.resource

    def typed(self, columns: Iterable[str]) -> pd.DataFrame:
        """Convert columns: numbers to float64, booleans to boolean, all else stays text.

        A cell that does not convert becomes null, so that the rules which need it keep silent; it has its finding.
        """
        data: dict[str, Any] = {}
        for name in columns:
            dtype = DTYPES.get(self.resource.columns[name].type)
            if dtype == "float64":
                data[name] = self.number(name)
            elif dtype == "boolean":
                data[name] = self.text(name).map(TRUTH).astype("boolean")
            else:
                data[name] = self.text(name)
        return pd.DataFrame(data)

    @cached_property
    def here(self) -> "pd.Series[Any]":
        """The text of the column in focus."""
        return self.text(self.column)

    @property
    def keys(self) -> "pd.Series[Any]":
        """The key of each row, parts joined by '/'."""
        if not self.table.has_keys:
            raise AbsentError(f"{self.table.name}: its key")
        return self._once("keys", "", lambda: pd.Series(self.table.keys(), dtype="object"))

    def text(self, column: str) -> "pd.Series[Any]":
        """Give a column as it stands in the file; "" is an empty cell."""
        self._need(column)
        return self._once("text", column, lambda: pd.Series(self.table.cells(column), dtype="object"))

    def has(self, column: str) -> "pd.Series[bool]":
        """Say where a column is not empty."""
        return self.text(column) != ""

    def number(self, column: str) -> "pd.Series[float]":
        """Give a column as numbers, NaN where it holds none."""
        return self._once("number", column, lambda: _per_value(self.text(column), _number))

    def first_day(self, column: str) -> "pd.Series[float]":
        """Give the first day that a date may mean, as a proleptic Gregorian ordinal; NaN where there is none."""
        return self._once("first", column, lambda: _per_value(self.text(column), lambda cell: _day(cell, 0)))

    def last_day(self, column: str) -> "pd.Series[float]":
        """Give the last day that a date may mean, as a proleptic Gregorian ordinal; NaN where there is none."""
        return self._once("last", column, lambda: _per_value(self.text(column), lambda cell: _day(cell, 1)))

    def items(self, column: str) -> "pd.Series[Any]":
        """Give the items of a list column, one a row, indexed by the position of the row they stand in."""
        items = self.resource.columns[column].items
        delimiter = items.delimiter if items else ";"
        return self._once("items", column, lambda: _explode(self.text(column), delimiter))

    def by_key(self, column: str) -> dict[str, str]:
        """Give the text of a column by the key of its row."""
        return self._once("by-key", column, lambda: dict(zip(self.keys, self.text(column), strict=True)))

    def look_up(self, column: str, there: str) -> "pd.Series[Any]":
        """Follow a column to a row of another table and give the text of `there` ("table.column") in it.

        Gives "" where the id is empty or unknown.
        """
        table, _, wanted = there.partition(".")
        values = self.other(table).by_key(wanted)
        return self._once("look-up", f"{column} {there}", lambda: self.text(column).map(values).fillna(""))

    def stands(self, ids: str, tables: str = "table") -> "pd.Series[bool]":
        """Say where the id in one column is the key of a row of the table that another column names."""
        found = pd.Series(False, index=self.text(ids).index)
        for name in set(self.text(tables)) & self.keyed:
            found |= (self.text(tables) == name) & self.text(ids).isin(set(self.frames[name].keys))
        return found

    def per_value(self, column: str, function: Callable[[str], Any]) -> "pd.Series[Any]":
        """Give a function of each cell, computed once for each different cell."""
        return _per_value(self.text(column), function, dtype="object")

    def _need(self, column: str) -> None:
        if column not in self.table.columns:
            raise AbsentError(f"{self.table.name}.{column}")

    def _once(self, what: str, column: str, make: Callable[[], T]) -> T:
        if (what, column) not in self._cache:
            self._cache[what, column] = make()
        value: T = self._cache[what, column]
        return value


def frames(
    tables: Mapping[str, Table], today: datetime.date | None = None, names: Iterable[str] = ()
) -> dict[str, Frame]:
    """Give a frame for each table, each knowing the others; `names` are those of all tables, readable or not."""
    made: dict[str, Frame] = {}
    known = frozenset(names) | tables.keys()
    for name, table in tables.items():
        made[name] = Frame(table, made, today or datetime.date.today(), known)
    return made


def holds(lists: "pd.Series[Any]", items: "pd.Series[Any]") -> "pd.Series[bool]":
    """Say of each list, written with semicolons, whether the item beside it is one of its items."""
    return pd.Series(
        [item in cell.split(";") for cell, item in zip(lists, items, strict=True)], lists.index, dtype=bool
    )


def first_of(keys: "pd.Series[Any]", groups: Iterable[Any]) -> "pd.Series[Any]":
    """Give for each row the key of the first row of its group; `groups` has one for each row."""
    firsts: dict[Any, Any] = {}
    return pd.Series([firsts.setdefault(group, key) for group, key in zip(groups, keys, strict=True)], keys.index)


def told_by(asked: pd.DataFrame, told: pd.DataFrame, *, strictly: bool = False) -> pd.DataFrame:
    """Give for each row of `asked` the last that `told` has of its company by its day; NaN where it has nothing.

    Both have the columns company and day. `strictly` leaves out what is told on the very day.
    """
    left, right = (table.sort_values("day", kind="stable") for table in (asked.reset_index(), told))
    found = pd.merge_asof(left, right, on="day", by="company", allow_exact_matches=not strictly)
    return found.set_index("index")


def _per_value(cells: "pd.Series[Any]", function: Callable[[str], Any], dtype: str = "float64") -> "pd.Series[Any]":
    codes, values = pd.factorize(cells)
    results = np.array([function(value) for value in values], dtype=dtype)
    if not len(results):
        return pd.Series([], dtype=dtype)
    return pd.Series(results[codes])


def _explode(cells: "pd.Series[Any]", delimiter: str) -> "pd.Series[Any]":
    cells = cells[cells != ""]
    return cells.str.split(delimiter).explode()


def _number(cell: str) -> float:
    try:
        return float(cell) if cell and "_" not in cell else np.nan
    except ValueError:
        return np.nan


def _day(cell: str, end: int) -> float:
    days = span(cell)
    return days[end].toordinal() if days else np.nan
