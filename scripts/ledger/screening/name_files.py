"""Names to be screened, from a file: a CSV with a column `name` or with one column, or a text with a name a line."""

from collections.abc import Iterator
from typing import NamedTuple

from ledger.errors import ScreenError
from ledger.named_file import STDIN, UnreadableFile, read
from ledger.tables import BrokenRecord, parse

HEADER = "name"


class Given(NamedTuple):
    """A name as it was given: its line in the file, or its number among the arguments, and its place in words."""

    row: int
    name: str
    place: str


def read_names(path: str) -> list[Given]:
    """Give each name in a file, or in stdin for "-"; blank lines are passed over.

    Of a CSV the column `name`, or else the only column; of any other text each line. ScreenError says what keeps
    the file from being read.
    """
    shown = "stdin" if path == STDIN else path
    text = _text(path, shown)
    return [Given(row, name, f"{shown}:{row}") for row, name in _names(text, path, shown) if name]


def _names(text: str, path: str, shown: str) -> Iterator[tuple[int, str]]:
    first = text.partition("\n")[0].rstrip("\r")
    header = [cell.strip().strip('"').casefold() for cell in first.split(",")]
    is_csv = path.casefold().endswith(".csv")
    for delimiter, word in ((";", "semicolons"), ("\t", "tabs")):
        cells = [cell.strip().strip('"').casefold() for cell in first.split(delimiter)]
        if HEADER not in header and len(cells) > 1 and (is_csv or HEADER in cells):
            raise ScreenError(f"{shown}: its columns are parted by {word}; save it as CSV with commas")
    if HEADER not in header and not is_csv:
        yield from ((row, _unquoted(line)) for row, line in enumerate(text.splitlines(), start=1))
        return
    try:
        records, lines = parse(text)
    except BrokenRecord as broken:
        raise ScreenError(
            f"{shown}:{broken.line}: it is no CSV ({broken.reason}); close or double the quotes in this row"
        ) from None
    column, width = (header.index(HEADER), len(header)) if HEADER in header else (0, 1)
    rows = [(line, _whole(record, width)) for record, line in zip(records, lines, strict=True)]
    if HEADER in header:
        del rows[0]
    elif any(len(record) > 1 for _, record in rows):
        columns = ", ".join(records[0])
        raise ScreenError(
            f"{shown}: it has several columns ({columns}), and none is `name`; give the column of names that header"
        )
    yield from ((line, _cell(record, column)) for line, record in rows)


def _text(path: str, shown: str) -> str:
    try:
        return read(path).decode("utf-8-sig")
    except UnreadableFile as why:
        raise ScreenError(f"{shown}: {why}; name a text or a CSV with names") from None
    except UnicodeDecodeError:
        raise ScreenError(f"{shown}: it is not UTF-8; save it as UTF-8 (in Excel: “CSV UTF-8”)") from None


def _whole(record: list[str], width: int) -> list[str]:
    """Join what an unquoted comma in a name has parted: "Co., Ltd." goes on with a space."""
    cells: list[str] = []
    for cell in record:
        if cells and cell.startswith(" ") and len(record) > width:
            cells[-1] += f",{cell}"
        else:
            cells.append(cell)
    return cells


def _cell(record: list[str], column: int) -> str:
    return record[column].strip() if column < len(record) else ""


def _unquoted(line: str) -> str:
    line = line.strip()
    if len(line) > 1 and line[0] == line[-1] == '"':
        return line[1:-1].replace('""', '"')
    return line
