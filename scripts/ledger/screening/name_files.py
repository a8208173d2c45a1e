"""Names to be screened, from a file: a CSV with a column `name` or with one column, or a text with a name a line."""

import sys
from pathlib import Path

from ledger.errors import ScreenError
from ledger.tables import BrokenRecord, parse

HEADER = "name"
STDIN = "-"


def read_names(path: str) -> list[tuple[str, str]]:
    """Give each name in a file, or in stdin for "-", with its place ("names.csv:2").

    Of a CSV the column `name`, or else the only column; of any other text each line. ScreenError says what keeps
    the file from being read.
    """
    shown = "stdin" if path == STDIN else path
    text = _text(path, shown)
    first = text.partition("\n")[0].rstrip("\r")
    header = [cell.strip().strip('"').casefold() for cell in first.split(",")]
    is_csv = path.casefold().endswith(".csv")
    for delimiter, word in ((";", "semicolons"), ("\t", "tabs")):
        cells = [cell.strip().strip('"').casefold() for cell in first.split(delimiter)]
        if HEADER not in header and len(cells) > 1 and (is_csv or HEADER in cells):
            raise ScreenError(f"{shown}: its columns are parted by {word}; save it as CSV with commas")
    if HEADER not in header and not is_csv:
        return [(f"{shown}:{number}", _unquoted(line)) for number, line in enumerate(text.splitlines(), start=1)]
    try:
        records, lines = parse(text)
    except BrokenRecord as broken:
        raise ScreenError(
            f"{shown}:{broken.line}: it is no CSV ({broken.reason}); close or double the quotes in this row"
        ) from None
    column, width = (header.index(HEADER), len(header)) if HEADER in header else (0, 1)
    rows = [(_whole(record, width), line) for record, line in zip(records, lines, strict=True)]
    if HEADER in header:
        del rows[0]
    elif any(len(record) > 1 for record, _ in rows):
        columns = ", ".join(records[0])
        raise ScreenError(
            f"{shown}: it has several columns ({columns}), and none is `name`; give the column of names that header"
        )
    return [(f"{shown}:{line}", _cell(record, column)) for record, line in rows]


def _text(path: str, shown: str) -> str:
    try:
        content = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        raise ScreenError(f"{shown}: it cannot be read ({error.strerror}); name a file of names") from None
    try:
        return content.decode("utf-8-sig")
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
