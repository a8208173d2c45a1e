"""The first layer: the file as bytes and text, its header, its form, its keys.

Form: RFC 4180 with the Data Package defaults, narrowed to one way of writing so that a change of a row is a change
of one line in git.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from ledger.findings import Finding, find
from ledger.package import Package, Resource
from ledger.rules import Rule
from ledger.tables import LONGEST_CELL, BrokenRecord, Table, canonical_cell, canonical_text, parse

FORMAT = "run `ledger format`, which mends it"

FILE_MISSING = Rule(
    "file-missing",
    "error",
    "Every table of datapackage.json has its file.",
    "there is no such file",
    "restore it from git, or write one with the header {header}",
)
FILE_UNREADABLE = Rule(
    "file-unreadable",
    "error",
    "Every table is a plain file that can be read.",
    "it cannot be read: {reason}",
    "put the table's CSV file in its place",
)
NOT_UTF8 = Rule(
    "not-utf-8",
    "error",
    "A file is UTF-8.",
    "byte {byte} is not UTF-8 here{guess}",
    "save the file as UTF-8 (in Excel: “CSV UTF-8”)",
)
BYTE_ORDER_MARK = Rule(
    "byte-order-mark",
    "error",
    "A file begins with its header, not with a byte order mark.",
    "the file begins with a byte order mark",
    FORMAT,
)
LINE_ENDS = Rule(
    "line-ends",
    "error",
    "Lines end in LF, the last one too.",
    "{wrong}",
    FORMAT,
)
BROKEN_QUOTING = Rule(
    "broken-quoting",
    "error",
    'A quoted cell ends in a quote before a comma or the end of the line, and a quote in it is doubled ("").',
    "the row that begins here cannot be read: {reason}",
    "close or double the quotes in this row",
)
CELL_TOO_LONG = Rule(
    "cell-too-long",
    "error",
    f"No cell has more than {LONGEST_CELL:,} characters.",
    f"the row that begins here has a cell of more than {LONGEST_CELL:,} characters",
    "close the quote that swallows the rows after it, or shorten the cell",
)
FILE_EMPTY = Rule(
    "file-empty",
    "error",
    "A file has at least its header.",
    "the file is empty",
    "restore it from git, or write the header {header}",
)
COLUMN_UNKNOWN = Rule(
    "column-unknown",
    "error",
    "The header names no column that the schema lacks.",
    "the header names {name!r}, which is no column of this table",
    "{hint}",
)
COLUMN_MISSING = Rule(
    "column-missing",
    "error",
    "The header names every column of the schema.",
    "the header lacks {name}",
    "add it, with empty cells where nothing is known",
)
COLUMN_TWICE = Rule(
    "column-twice",
    "error",
    "The header names each column once.",
    "the header names {name} twice",
    "remove one of the two",
)
COLUMN_ORDER = Rule(
    "column-order",
    "error",
    "The columns stand in the order of the schema.",
    "the columns are not in the order of the schema",
    FORMAT,
)
RAGGED_ROW = Rule(
    "ragged-row",
    "error",
    "Every row has as many cells as the header.",
    "the row has {cells} cells and the header {columns}",
    "{hint}",
)
BLANK_ROW = Rule(
    "blank-row",
    "error",
    "No row is blank.",
    "the row is blank",
    FORMAT,
)
KEY_TWICE = Rule(
    "key-twice",
    "error",
    "No two rows of a table have the same key.",
    "the row on line {first} has the same key",
    "remove one of the two rows, or give this one an id of its own",
)
ROW_ORDER = Rule(
    "row-order",
    "error",
    "Rows are sorted by key.",
    "this row comes after {before!r}",
    FORMAT,
)
STRAY_SPACE = Rule(
    "stray-space",
    "error",
    "A cell, and an item of a list, neither begins nor ends with a space.",
    "the cell has spaces at an end",
    FORMAT,
)
NOT_NFC = Rule(
    "not-nfc",
    "error",
    "Text is in Unicode normal form C.",
    "the cell is not in Unicode normal form C",
    FORMAT,
)
LINE_BREAK = Rule(
    "line-break-in-cell",
    "error",
    "No cell holds a line break.",
    "the cell holds a line break",
    "write it on one line",
)
INVISIBLE = Rule(
    "invisible-character",
    "error",
    "No cell holds a control, zero-width or bidirectional character.",
    "the cell holds the invisible character {character}",
    "remove it",
)
FORMULA = Rule(
    "formula-character",
    "error",
    "No cell begins with = + - or @, which spreadsheets run as a formula.",
    "the cell begins with {character!r}, which a spreadsheet would run as a formula",
    "begin it with another character",
)
NOT_CANONICAL = Rule(
    "needless-quotes",
    "error",
    "A cell stands in quotes only where it holds a comma or a quote.",
    "the row is quoted otherwise than `ledger format` would",
    FORMAT,
)

# The words of the csv module.
_BROKEN_BY = {
    "field larger than field limit": CELL_TOO_LONG,
    "new-line character seen in unquoted field": LINE_BREAK,
}
# Control characters but tab, LF and CR, soft hyphen, and the zero-width, bidirectional and other format
# characters that Unicode calls Default_Ignorable_Code_Point or Bidi_Control.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd\U000e0000-\U000e0fff]"
)
_FORMULA = frozenset("=+-@")


MENDED = frozenset(
    rule.id
    for rule in (
        BYTE_ORDER_MARK,
        LINE_ENDS,
        COLUMN_ORDER,
        BLANK_ROW,
        ROW_ORDER,
        STRAY_SPACE,
        NOT_NFC,
        NOT_CANONICAL,
        # `ledger format` does not mend these, but they do not hinder it either.
        LINE_BREAK,
        INVISIBLE,
        FORMULA,
        KEY_TWICE,
    )
)


def read(package: Package) -> Iterator["Reading"]:
    """Read every file, as far as it can be read, one after the other: who keeps none holds one text at a time."""
    for resource in package.resources.values():
        yield Reading(package, resource)


def gather(readings: Iterable["Reading"]) -> tuple[dict[str, Table], list[Finding]]:
    """Give the tables that can be read, and what keeps a file, a row or a key from being read."""
    tables: dict[str, Table] = {}
    findings: list[Finding] = []
    for reading in readings:
        if reading.table is not None:
            tables[reading.resource.name] = reading.table
        findings += reading.findings
    return tables, findings


def forms(readings: Iterable["Reading"]) -> Iterator[Finding]:
    """Give what is wrong with the form of the files that could be read."""
    for reading in readings:
        if reading.table is not None:
            yield from reading.form()


def load(package: Package) -> tuple[dict[str, Table], list[Finding]]:
    """Read every table, whatever its form."""
    return gather(read(package))


def canonical_files(package: Package) -> Iterator[tuple[Path, bytes, bytes | None, list[Finding]]]:
    """Give each file of the package with its content and its canonical content.

    The latter is None, with the findings that say why, where writing it would lose something.
    """
    for reading in read(package):
        yield package.file(reading.resource.name), *reading.canonical()


@dataclass
class Reading:
    """One file as it was read: its table, None where its rows cannot be told apart, and what was found on the way."""

    package: Package
    resource: Resource

    def __post_init__(self) -> None:
        self.findings: list[Finding] = []
        self.content = b""
        self.text = ""
        self.header: list[str] = []
        self.sound_header = False
        self.records: list[list[str]] = []
        self.lines: list[int] = []
        self.table = self._table()

    def found(self, rule: Rule, line: int | None = None, **about: object) -> None:
        """Record a fault; `about` holds column, value, fix and row_id, and else what the phrase names."""
        known = {name: about.pop(name) for name in ("column", "value", "fix", "row_id") if name in about}
        remedied = Rule(rule.id, rule.severity, rule.sentence, rule.phrase, rule.remedy.format_map(about))
        self.findings.append(
            find(
                remedied,
                file=self.resource.path,
                table=self.resource.name,
                line=line,
                seen=about,
                **known,  # type: ignore[arg-type]
            )
        )

    def _table(self) -> Table | None:
        text = self._text()
        if text is None:
            return None
        try:
            records, lines = parse(text)
        except BrokenRecord as broken:
            rule = _BROKEN_BY.get(broken.reason.partition(" (")[0].partition(" -")[0], BROKEN_QUOTING)
            self.found(rule, broken.line, reason=broken.reason)
            return None
        header = [cell.strip() for cell in records[0]] if records else []
        if not any(header):
            self.found(FILE_EMPTY, header=",".join(self.resource.columns))
            return None
        self.text, self.header, self.records, self.lines = text, header, records, lines
        self.sound_header = self._header(header)
        table = self._rows(header, records[1:], lines[1:])
        self._keys(table)
        return table

    def form(self) -> list[Finding]:
        """Compare the text with its canonical form, and look closely only where the two differ."""
        records, text = self.records, self.text
        before, self.findings = self.findings, []
        if self.sound_header:
            sound = [record for record in records[1:] if len(record) == len(self.header)]
            if text != canonical_text(self.resource, self.header, sound) or len(records) < text.count("\n"):
                self._untidy(all_sound=len(sound) == len(records) - 1)
        if any(_INVISIBLE.search(line) for line in text.split("\n") if not _surely_visible(line)):
            self._invisible()
        if _FORMULA & {cell[:1] for record in records for cell in record}:
            self._formula()
        found, self.findings = self.findings, before
        return found

    def _untidy(self, *, all_sound: bool) -> None:
        before = len(self.findings)
        self._line_ends()
        self._untidy_cells()
        self._row_order()
        if len(self.findings) == before and all_sound:
            self._quoting()

    def canonical(self) -> tuple[bytes, bytes | None, list[Finding]]:
        """Give the content of the file, its canonical content if it can have one, and else why not."""
        hindrances = [f for f in self.findings if f.rule not in MENDED]
        if hindrances or not self.header:
            return self.content, None, hindrances
        text = canonical_text(self.resource, self.header, self.records[1:])
        return self.content, text.encode("utf-8"), []

    def _text(self) -> str | None:
        path = self.package.file(self.resource.name)
        try:
            content = self.content = path.read_bytes()
        except FileNotFoundError:
            self.found(FILE_MISSING, header=",".join(self.resource.columns))
            return None
        except OSError as error:
            self.found(FILE_UNREADABLE, reason=error.strerror)
            return None
        line = _overlong_line(content, 4 * LONGEST_CELL * len(self.resource.columns))
        if line is not None:
            self.found(CELL_TOO_LONG, line)
            return None
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.found(NOT_UTF8, line, byte=f"0x{content[error.start]:02X}", guess=_guess(content))
            return None
        if text.startswith("\ufeff"):
            self.found(BYTE_ORDER_MARK, 1)
            text = text[1:]
        return text

    def _header(self, header: list[str]) -> bool:
        """Compare the header with the schema, and say whether it has just the schema's columns."""
        columns = self.resource.columns
        missing = [name for name in columns if name not in header]
        unknown = [name for name in header if name not in columns]
        twice = [name for name, count in Counter(header).items() if count > 1]
        for name in unknown:
            near = process.extractOne(name, missing, score_cutoff=60)
            hint = f"write {near[0]}" if near else f"remove it, or name one of: {', '.join(missing or columns)}"
            self.found(COLUMN_UNKNOWN, 1, column=name or None, name=name, hint=hint, fix=near[0] if near else None)
        for name in missing:
            self.found(COLUMN_MISSING, 1, column=name, name=name)
        for name in twice:
            self.found(COLUMN_TWICE, 1, column=name, name=name)
        if not (missing or unknown or twice) and header != list(columns):
            self.found(COLUMN_ORDER, 1)
        return not (missing or unknown or twice)

    def _rows(self, header: list[str], records: list[list[str]], lines: list[int]) -> Table:
        columns = [name for name in self.resource.columns if name in header]
        positions = [header.index(name) for name in columns]
        straight = positions == list(range(len(header)))
        width = len(header)
        rows: list[list[str]] = []
        kept: list[int] = []
        ragged: set[int] = set()
        for record, line in zip(records, lines, strict=True):
            if not any(record):
                self.found(BLANK_ROW, line)
                continue
            cells = len(record)
            if cells != width:
                hint = (
                    "put a cell that holds a comma in quotes, or remove the extra comma"
                    if cells > width
                    else "add the missing commas"
                )
                self.found(RAGGED_ROW, line, cells=cells, columns=width, hint=hint)
                record = (record + [""] * width)[:width]  # noqa: PLW2901
            row = record if straight else [record[position] for position in positions]
            if not any(row):
                if cells == width:
                    self.found(BLANK_ROW, line)
                continue
            if cells != width:
                ragged.add(len(rows))
            rows.append(row)
            kept.append(line)
        return Table(self.resource, columns, rows, kept, frozenset(ragged))

    def _keys(self, table: Table) -> None:
        if not set(self.resource.primary_key) <= set(table.columns):
            return
        keys = table.keys()
        if len(set(keys)) == len(keys):
            return
        first: dict[str, int] = {}
        for key, line in zip(keys, table.lines, strict=True):
            if key in first:
                self.found(
                    KEY_TWICE,
                    line,
                    column=self.resource.primary_key[0],
                    value=key,
                    row_id=key,
                    first=first[key],
                )
            else:
                first[key] = line

    def _line_ends(self) -> None:
        text = self.text
        in_cells = sum(cell.count("\r") for record in self.records for cell in record) if "\r" in text else 0
        if text.count("\r") > in_cells:
            line = text.count("\n", 0, text.index("\r")) + 1
            wrong = "lines end in CRLF" if "\r\n" in text else "lines end in CR"
            self.found(LINE_ENDS, line, wrong=wrong)
        if not text.endswith(("\n", "\r")):
            self.found(LINE_ENDS, text.count("\n") + 1, wrong="the last line does not end")

    def _untidy_cells(self) -> None:
        for line, column, cell in self._cells(sound=True):
            if "\n" in cell or "\r" in cell:
                self.found(LINE_BREAK, line, column=column, value=cell, fix=" ".join(cell.split()))
            nfc = unicodedata.normalize("NFC", cell)
            if nfc != cell:
                self.found(NOT_NFC, line, column=column, value=cell, fix=nfc)
            tidy = canonical_cell(cell, self.resource.columns.get(column))
            if tidy != nfc:
                self.found(STRAY_SPACE, line, column=column, value=cell, fix=tidy)

    def _row_order(self) -> None:
        header = self.header
        positions = [header.index(name) for name in self.resource.primary_key]
        previous: list[str] = []
        for record, line in zip(self.records[1:], self.lines[1:], strict=True):
            if len(record) != len(header) or not any(record):
                continue
            key = [record[position].strip() for position in positions]
            if key < previous:
                value = "/".join(key)
                self.found(ROW_ORDER, line, column=header[positions[0]], value=value, before="/".join(previous))
            previous = max(key, previous)

    def _quoting(self) -> None:
        physical, named = self.text.split("\n"), False
        for record, line, after in zip(self.records, self.lines, [*self.lines[1:], len(physical)], strict=True):
            needed = any("," in cell or '"' in cell for cell in record)
            if '"' in "".join(physical[line - 1 : after - 1]) and not needed:
                self.found(NOT_CANONICAL, line)
                named = True
        if not named:
            self.found(NOT_CANONICAL, None)

    def _invisible(self) -> None:
        for line, column, cell in self._cells():
            match = _INVISIBLE.search(cell)
            if match:
                character = match.group()
                name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
                fix = _INVISIBLE.sub("", cell)
                self.found(INVISIBLE, line, column=column, value=cell, fix=fix, character=name)

    def _formula(self) -> None:
        for line, column, cell in self._cells():
            field = self.resource.columns.get(column)
            if cell[:1] in _FORMULA and (field is None or field.type == "string"):
                self.found(FORMULA, line, column=column, value=cell, character=cell[0])

    def _cells(self, *, sound: bool = False) -> Iterator[tuple[int, str, str]]:
        """Give line, column and text of each cell; of sound rows only, those that have as many as the header."""
        for record, line in zip(self.records, self.lines, strict=True):
            if sound and len(record) != len(self.header):
                continue
            for column, cell in zip(self.header, record, strict=False):
                yield line, column, cell


def _overlong_line(content: bytes, limit: int) -> int | None:
    """Give the number of the first line of more bytes than a row can have.

    It is found before the text is made, which would hold up to four bytes for each of its characters, and copies.
    """
    if len(content) <= limit:
        return None
    end = b"\n" if b"\n" in content else b"\r"
    start, number = 0, 1
    while (stop := content.find(end, start)) != -1:
        if stop - start > limit:
            return number
        start, number = stop + 1, number + 1
    return number if len(content) - start > limit else None


def _surely_visible(line: str) -> bool:
    # Both are quick, where the search for one of many characters in a long text is not.
    return line.isascii() and line.isprintable()


def _guess(content: bytes) -> str:
    for encoding, name in (("gb18030", "GB18030, a Chinese encoding"), ("cp1252", "Windows-1252")):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return f" (the file may be {name})"
    return ""
