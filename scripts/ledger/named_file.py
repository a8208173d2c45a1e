"""A file that a person names on the command line, read whole or refused in plain words."""

import sys
from pathlib import Path

LARGEST = 200_000_000
"""Bytes. The Consolidated Screening List has about 30 million."""

STDIN = "-"

_WHY = {
    FileNotFoundError: "there is no such file",
    IsADirectoryError: "it is a folder",
    NotADirectoryError: "there is no such file",
    PermissionError: "you have no permission to read it",
}
_BEGINNINGS = {
    b"\x1f\x8b": "it is compressed (gzip): unpack it",
    b"BZh": "it is compressed (bzip2): unpack it",
    b"\xfd7zXZ": "it is compressed (xz): unpack it",
    b"\x28\xb5\x2f\xfd": "it is compressed (Zstandard): unpack it",
    b"\xff\xfe": "it is UTF-16, which Excel calls Unicode text: save it as UTF-8",
    b"\xfe\xff": "it is UTF-16: save it as UTF-8",
    b"PK\x03\x04": "it is a ZIP archive or an Excel workbook: unpack it, or save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "it is an old Excel or Word file: save it as CSV",
    b"%PDF": "it is a PDF: only a text can be read",
}


class UnreadableFile(Exception):  # noqa: N818  it is a state of the file, not of the program
    """A file that cannot be read, or is no text; the message says why, without its name."""


def read(path: str) -> bytes:
    """Give the content of a file, or of stdin for "-"; UnreadableFile where it cannot be had."""
    if not path:
        raise UnreadableFile("the name of the file is empty")
    try:
        if path == STDIN:
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(path).open("rb") as file:
                content = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableFile(_WHY.get(type(error), f"it cannot be read: {error.strerror}")) from None
    return checked(content)


def checked(content: bytes) -> bytes:
    """Give the content back; UnreadableFile where it is too large, compressed, or no text by its first bytes."""
    if len(content) > LARGEST:
        raise UnreadableFile(f"it has more than {LARGEST:,} bytes: is it the right one?")
    for beginning, why in _BEGINNINGS.items():
        if content.startswith(beginning):
            raise UnreadableFile(why)
    return content
