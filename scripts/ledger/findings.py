"""Findings: what a check found, where, and what to do; as text, JSON or GitHub annotations."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ledger.rules import Rule, Severity

LONGEST_VALUE = 80
LONGEST_FIX = 500
"""Characters that are shown of a value, and of a corrected text: more would not be read."""


@dataclass(frozen=True)
class Finding:
    """One fault: the file, the physical line (1 is the header's), the column, and what is wrong there."""

    file: str
    line: int | None
    column: str | None
    rule: str
    severity: Severity
    value: str
    message: str
    fix: str | None
    table: str
    row_id: str

    @property
    def place(self) -> str:
        """Give `file:line:column`, as far as they are known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


def find(
    rule: Rule,
    *,
    file: str,
    table: str = "",
    line: int | None = None,
    column: str | None = None,
    value: str = "",
    row_id: str = "",
    fix: str | None = None,
    seen: Mapping[str, object] | None = None,
) -> Finding:
    """Make a finding of a rule; `seen` fills the names in the rule's phrase."""
    value = _short(value)
    names = {name: _short(item) if isinstance(item, str) else item for name, item in (seen or {}).items()}
    message = f"{rule.phrase.format_map({'value': value, 'column': column, **names})}; {rule.remedy}"
    if fix is not None and len(fix) > LONGEST_FIX:
        fix = None
    return Finding(file, line, column, rule.id, rule.severity, value, message, fix, table, row_id)


def order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file, line and column, each once."""
    return sorted(dict.fromkeys(findings), key=lambda f: (f.file, f.line or 0, f.column or "", f.rule, f.message))


def as_text(findings: Iterable[Finding]) -> Iterator[str]:
    """Give a line a finding: place, severity, value, message, rule, and the corrected text where it is known."""
    for f in findings:
        said = f.message.startswith(repr(f.value))
        value = f"'{plain(f.value)}' " if f.value and not said else ""
        fix = f" → {plain(f.fix)}" if f.fix is not None else ""
        yield f"{f.place}: {f.severity}: {value}{plain(f.message)} [{f.rule}]{fix}"


def as_json(findings: Iterable[Finding]) -> Iterator[str]:
    """Give a JSON array of objects with file, line, column, rule, severity, value, message and fix."""
    names = ("file", "line", "column", "rule", "severity", "value", "message", "fix")
    objects = [json.dumps({name: getattr(f, name) for name in names}, ensure_ascii=False) for f in findings]
    yield "[" + ",\n ".join(objects) + "]"


def as_github(findings: Iterable[Finding]) -> Iterator[str]:
    """Give a GitHub workflow command a finding, which GitHub shows at the line of a pull request."""
    for f in findings:
        line = f",line={f.line}" if f.line is not None else ""
        fix = f" → {f.fix}" if f.fix is not None else ""
        where = f"{f.column}: " if f.column else ""
        value = f"{f.value!r} " if f.value else ""
        text = _escape(f"{where}{value}{f.message}{fix}", "%\r\n")
        file = _escape(f.file, "%\r\n:,")
        yield f"::{f.severity} file={file}{line},title={f.rule}::{text}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def plain(text: str) -> str:
    """Show invisible and bidirectional characters by their escapes, so that a text stays on its line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _escape(text: str, characters: str) -> str:
    # https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts escapes in this order
    for character in characters:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
