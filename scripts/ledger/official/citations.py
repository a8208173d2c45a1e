"""Citations of the Federal Register as the lists write them."""

import re
from datetime import date

from ledger.official.entry import Citation

# 84 FR 54004, 10/9/19. · 76 FR 67059 No. 210 · 80FR 69852 · 77 FR 58006 (no. 182)
_CITATION = re.compile(
    r"\b(\d{2,3})\s*FR\s*(\d{1,6})\b(?:\s*\(?\bno\.\s*\d+\)?)?[,;]?(?:\s*\(?(\d{1,2}/\d{1,2}/\d{2,4})\)?)?", re.I
)
_BETWEEN = re.compile(r"[\s.,;]|\band\b", re.I)


def citations(text: str) -> tuple[tuple[Citation, ...], str]:
    """Give the citations of a text in order, and what of the text is none.

    >>> citations("83 FR 37427, 8/1/18. 85 FR 34497, 6/5/20")[0][1]
    Citation(page='85 FR 34497', published_on='2020-06-05')
    """
    found, rest = [], [_CITATION.sub(" ", text)]
    for match in _CITATION.finditer(text):
        day = _iso(match[3] or "")
        found.append(Citation(f"{int(match[1])} FR {int(match[2])}", day))
        if match[3] and not day:
            rest.append(match[3])
    return tuple(found), " ".join(_BETWEEN.sub(" ", " ".join(rest)).split())


def unread(rest: str) -> list[str]:
    """Give the alarm for what stands among citations and is none."""
    return [f"a citation that cannot be read: {rest!r}"] if rest else []


def _iso(text: str) -> str:
    """Give a date of the United States (month/day/year) in ISO 8601, "" where there is no such day."""
    month, day, year = (int(part) for part in text.split("/")) if text else (0, 0, 0)
    if year < 100:
        year += 2000 if year < 90 else 1900
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
