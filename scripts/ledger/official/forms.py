"""Which form a file has: told from what stands in it, never from its name."""

import csv
import io
import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

from ledger.official import codified, extract, military_companies, pages, screening_list, treasury
from ledger.official.entry import Publication, PublicationError

Reader = Callable[[str, str], Publication]

DIFFERENCES = 5
"""Columns that are lacking or unknown, told one by one."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _alone(list_id: str, reader: Callable[[str], Publication]) -> Reader:
    """Make a reader of one list's publications one that can be asked for any list."""

    def read_alone(text: str, wanted: str) -> Publication:
        if wanted != list_id:
            raise PublicationError(f"it is a publication of {list_id}, not of {wanted}")
        return reader(text)

    return read_alone


_CODIFIED = _alone("bis-entity-list", codified.from_xml)
_TREASURY = _alone("treasury-ns-cmic", treasury.from_xml)
_NOTICE = _alone("dod-1260h", military_companies.from_xml)
_PAGES = {
    "uflpa-entity-list": _alone("uflpa-entity-list", pages.uflpa),
    "fcc-covered-list": _alone("fcc-covered-list", pages.fcc),
}
_CSV: tuple[tuple[list[str], Reader], ...] = (
    (screening_list.HEADER, screening_list.from_csv),
    (screening_list.EXTRACT, screening_list.from_csv),
    (codified.EXTRACT, _alone("bis-entity-list", codified.from_csv)),
)


def read(content: bytes, list_id: str) -> Publication:
    """Read a publication of a list.

    PublicationError says in what the content is not as expected: its form, its columns, its end.
    """
    text = _text(content)
    try:
        publication = _reader(text, list_id)(text, list_id)
    except json.JSONDecodeError as error:
        raise PublicationError(f"it breaks off or is damaged at line {error.lineno}: download it again") from None
    except ElementTree.ParseError as error:
        raise PublicationError(f"it breaks off or is damaged ({error}): download it again") from None
    except csv.Error as error:
        raise PublicationError(f"it is no sound CSV ({error}): download it again") from None
    except RecursionError:
        raise PublicationError("it is nested deeper than any publication: is it the right file?") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PublicationError(
            f"it has something else where {_where(error)} is expected: its form has changed"
        ) from error
    if not publication.entries and not publication.alarms:
        raise PublicationError(f"it has no entry of {list_id}: is it the right file?")
    return publication


def _reader(text: str, list_id: str) -> Reader:
    beginning = text.lstrip()[:4000]
    forms = f"docs/lists/{list_id}.md tells the forms that are read"
    if beginning.startswith("{"):
        return extract.from_json if '"entities"' in beginning else screening_list.from_json
    if beginning.startswith("<"):
        if "<sdnList" in beginning:
            return _TREASURY
        if "<html" in beginning.lower():
            if list_id not in _PAGES:
                raise PublicationError(f"it is a web page; {list_id} is read from a file: see docs/lists/{list_id}.md")
            return _PAGES[list_id]
        if "<DIV" in beginning or "<ECFR" in beginning:
            return _CODIFIED
        if "<NOTICE" in beginning:
            return _NOTICE
        raise PublicationError(f"it is XML of a kind that is not known: {forms}")
    return _csv_reader(text, forms)


def _csv_reader(text: str, forms: str) -> Reader:
    header = next(csv.reader(io.StringIO(text)), [])
    known, reader = max(_CSV, key=lambda form: len(set(form[0]) & set(header)))
    if not set(known) & set(header):
        raise PublicationError(f"it is neither JSON, XML, a page nor a CSV of known columns: {forms}")
    if header != known:
        lacking = [f"it lacks {name}" for name in known if name not in header]
        differences = lacking + [f"{name} is not known" for name in header if name not in known]
        told = ", ".join(differences[:DIFFERENCES]) or "their order has changed"
        if len(differences) > DIFFERENCES:
            told += f" and {len(differences) - DIFFERENCES} more: is it another file?"
        raise PublicationError(f"its columns are not as expected: {told}")
    if not text.endswith("\n"):
        raise PublicationError("its last line has no end, so it may break off there: download it again")
    return reader


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PublicationError(f"byte {error.start} of it is not UTF-8: is it a text, and downloaded whole?") from None
    if not text.strip():
        raise PublicationError("it is empty: download it again")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise PublicationError(f"line {line} has a control character (U+{ord(control[0]):04X}): download it again")
    return text


def _where(error: Exception) -> str:
    return f"{error.args[0]!r}" if isinstance(error, KeyError) else str(error)
