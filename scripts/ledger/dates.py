"""Dates as precise as their source: YYYY, YYYY-MM or YYYY-MM-DD."""

import datetime
import re
from functools import cache

_PARTS = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LOOSE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|(\d{4})(\d{2})(\d{2})")


@cache
def span(text: str) -> tuple[datetime.date, datetime.date] | None:
    """Give the first and the last day that a date may mean, or None where it is no date of the calendar.

    >>> span("2018-02")
    (datetime.date(2018, 2, 1), datetime.date(2018, 2, 28))
    """
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    try:
        first = datetime.date(year, 1 if month is None else month, 1 if day is None else day)
        if day:
            last = first
        elif month is None or month == 12:
            last = datetime.date(year, 12, 31)
        else:
            last = datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)
    except ValueError:
        return None
    return first, last


def tidy_date(text: str) -> str | None:
    """Give a date that was written another way (2018/4/9, 2018年4月) as ISO 8601, where there is no doubt.

    A date whose day and month could be swapped (04/09/2018) is in doubt.
    """
    match = _LOOSE.fullmatch(text.strip())
    if match is None:
        return None
    parts = [part for part in match.groups() if part]
    date = "-".join([parts[0], *(f"{int(part):02}" for part in parts[1:])])
    return date if span(date) and date != text else None
