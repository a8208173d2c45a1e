"""Tables as text: the CSV files read whole, each cell as it stands, each row with its physical line."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from ledger.package import Field, Resource

LONGEST_CELL = 100_000
"""Characters. The csv module refuses a longer cell; no fact is that long, an unclosed quote is."""


@dataclass
class Table:
    """The rows of a table as they stand in its file, under the columns that both file and schema know.

    `rows` have a cell for each of `columns`, in the schema's order; `lines` gives the physical line on which each
    row begins. `ragged` holds the positions of rows that had too few or too many cells: only their first cells
    can be trusted, so no rule judges them, but their keys are known to other tables.
    """

    resource: Resource
    columns: list[str]
    rows: list[list[str]]
    lines: Sequence[int]
    ragged: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.resource.name

    @property
    def has_keys(self) -> bool:
        """Whether the header names every column of the key."""
        return set(self.resource.primary_key) <= set(self.columns)

    def cells(self, column: str) -> list[str]:
        """Give the cells of a column, a row each."""
        position = self.columns.index(column)
        return [row[position] for row in self.rows]

    def keys(self) -> list[str]:
        """Give the key of each row, the parts of a key of several columns joined by '/'; "" where a part is missing."""
        names = self.resource.primary_key
        if not self.has_keys:
            return [""] * len(self.rows)
        if len(names) == 1:
            return self.cells(names[0])
        return ["/".join(parts) for parts in zip(*(self.cells(name) for name in names), strict=True)]


class BrokenRecord(Exception):  # noqa: N818  it is a state of the file, not of the program
    """CSV text that cannot be split into records: where the record begins, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def parse(text: str) -> tuple[list[list[str]], list[int]]:
    """Split CSV text into records, and give the physical line on which each begins, the first being 1.

    Lines end in LF, CRLF or CR. Raises BrokenRecord where the quoting is broken or a cell is longer than
    `LONGEST_CELL`.
    """
    if "\n" not in text:
        text = text.replace("\r", "\n")
    csv.field_size_limit(LONGEST_CELL)
    # Not io.StringIO: it would hold four bytes a character.
    reader = csv.reader((line + "\n" for line in text.split("\n")), strict=True)
    records, lines = [], []
    line = 1
    try:
        for record in reader:
            records.append(record)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise BrokenRecord(line, str(error)) from None
    if records and not records[-1]:
        # What stands after the last line end is no line.
        del records[-1], lines[-1]
    return records, lines


def canonical_cell(cell: str, field: Field | None = None) -> str:
    """Give a cell as it stands in a canonical file: NFC, and no spaces around it or around the items of a list."""
    cell = unicodedata.normalize("NFC", cell.strip())
    if field is None or field.items is None:
        return cell
    return field.items.delimiter.join(item.strip() for item in field.items.split(cell))


def canonical_text(resource: Resource, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table as its canonical file has it.

    UTF-8 without byte order mark, LF, minimal quoting, the schema's columns in the schema's order, rows sorted by
    key, blank rows left out. `header` holds every column of the schema, in any order.
    """
    names = list(resource.columns)
    positions = [header.index(name) for name in names]
    in_order = positions == list(range(len(header)))
    lists = [(index, field) for index, field in enumerate(resource.fields) if field.items is not None]
    strip = str.strip
    tidy = []
    for row in filter(any, rows):
        cells = list(map(strip, row if in_order else [row[position] for position in positions]))
        for index, field in lists:
            # Only a space can be untidy in a list, and most lists are of ids, which have none.
            if " " in cells[index] or "\t" in cells[index] or not cells[index].isascii():
                cells[index] = canonical_cell(cells[index], field)
        tidy.append(cells)
    text = _written(resource, tidy)
    if not unicodedata.is_normalized("NFC", text):
        text = _written(resource, [[canonical_cell(cell) for cell in cells] for cells in tidy])
    return text


def _written(resource: Resource, rows: list[list[str]]) -> str:
    names = list(resource.columns)
    rows.sort(key=itemgetter(*(names.index(name) for name in resource.primary_key)))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(names)
    writer.writerows(filter(any, rows))
    return out.getvalue()
