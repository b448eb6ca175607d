"""Dates may be partial, and are read in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.dates import check_date, date_in_words
from annotations.core.errors import Invalid


@given(st.dates())
def test_every_day_month_and_year_of_the_calendar_is_a_date(day):
    whole = day.isoformat()
    for value in (whole, whole[:7], whole[:4]):
        assert check_date(value) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [("2023-11-16", "16 Nov 2023"), ("2024-03-05", "5 Mar 2024"), ("2023-11", "Nov 2023"), ("2023", "2023"), ("", "")],
)
def test_a_date_reads_as_much_as_is_known(value, words):
    assert date_in_words(value) == words


@pytest.mark.parametrize(
    "value",
    [
        "",
        "23",
        "2023-1-6",
        "2023-13",
        "2023-02-29",
        "2023-00",
        "0000",
        "2023-11-16T10:00",
        " 2023",
        "2023-11-",
        "٢٠٢٣",
        "soon",
        "20231116",
        "\ud800",
        "x" * 500,
    ],
)
def test_anything_else_is_refused_in_a_sentence_that_can_be_sent(value):
    with pytest.raises(Invalid) as refused:
        check_date(value, "stated_on")
    assert list(refused.value.errors) == ["stated_on"]
    assert refused.value.message.encode()
    assert len(refused.value.message) < 200


def test_a_leap_day_counts_only_in_its_year():
    assert check_date("2024-02-29") == date(2024, 2, 29).isoformat()
