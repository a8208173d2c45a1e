"""Dates as precise as their source."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.dates import span, tidy_date

SPANS = {
    "2018": ("2018-01-01", "2018-12-31"),
    "2018-01": ("2018-01-01", "2018-01-31"),
    "2018-02": ("2018-02-01", "2018-02-28"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "1900-02": ("1900-02-01", "1900-02-28"),
    "2000-02": ("2000-02-01", "2000-02-29"),
    "2018-12": ("2018-12-01", "2018-12-31"),
    "9999-12": ("9999-12-01", "9999-12-31"),
    "2018-04-09": ("2018-04-09", "2018-04-09"),
    "2020-02-29": ("2020-02-29", "2020-02-29"),
}

NO_DATES = """
2018-13 2018-00 2018-04-00 2018-02-29 2018-02-30 2018-04-31 1900-02-29 0000 0000-01 2018-4 2018-04-9 2018-4-09 201 20180
2018- 2018-04- -2018 2018/04/09 2018.04 20180409 2018-04-09T00:00 ２０１８ ２０１８-04 ٢٠١٨
""".split()


@pytest.mark.parametrize(("text", "days"), SPANS.items())
def test_span(text: str, days: tuple[str, str]) -> None:
    assert span(text) == tuple(datetime.date.fromisoformat(day) for day in days)


@pytest.mark.parametrize("text", [*NO_DATES, "", " 2018", "2018\n", "2018-04-09\n"])
def test_no_span(text: str) -> None:
    assert span(text) is None


@given(st.dates())
def test_a_day_lies_in_its_month_and_year(day: datetime.date) -> None:
    text = day.isoformat()
    assert span(text) == (day, day)
    for part in (text[:4], text[:7]):
        days = span(part)
        assert days is not None
        assert days[0] <= day <= days[1]


TIDY = {
    "2018/4/9": "2018-04-09",
    "2018/04/09": "2018-04-09",
    "2018.4.9": "2018-04-09",
    "2018-4-9": "2018-04-09",
    "2018-4": "2018-04",
    "2018年4月9日": "2018-04-09",
    "2018年4月": "2018-04",
    "2018年04月09": "2018-04-09",
    "20180409": "2018-04-09",
    " 2018/4 ": "2018-04",
}

DOUBTFUL = [
    "04/09/2018",
    "9.4.2018",
    "April 2018",
    "2018",
    "2018-04",
    "2018-04-09",
    "2018/13/1",
    "2018/2/30",
    "201804",
    "",
]


@pytest.mark.parametrize(("text", "date"), TIDY.items())
def test_tidy_date(text: str, date: str) -> None:
    assert tidy_date(text) == date


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_date_in_doubt_stays(text: str) -> None:
    assert tidy_date(text) is None
