"""Figures: read as printed, put into series, and compared by the rules for running totals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.quantities import (
    Figure,
    bounds_of,
    can_both_hold,
    compare_figures,
    middle_of,
    plain,
    printed_figures,
    revised_down,
    series_key,
    shown,
)

KEY = series_key("deaths", "people", "Gaza")
DAYS = st.dates().map(str)
NUMBERS = st.integers(0, 10**9).map(Decimal)


def total(value, as_of="", origin="ministry", **more):
    return Figure(KEY, value=Decimal(value), as_of=as_of, origin=origin, kind="running_total", **more)


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "modifier"),
    [
        ("At least 500 people were killed.", 500, 500, None, "At least"),
        ("More than 1,200 homes burned.", 1200, 1200, None, "More than"),
        ("Nearly 1.5 million people fled.", 1_500_000, None, 1_500_000, "Nearly"),
        ("About 12,000 troops crossed.", 12_000, None, None, "About"),
        ("Between 200 and 300 people came.", None, 200, 300, ""),
        ("3 to 5 percent of them voted.", None, 3, 5, ""),
        ("About 40 to 45 people drowned.", None, 40, 45, "About"),
        ("دست‌کم ۵۰۰ نفر کشته شدند.", 500, 500, None, "دست‌کم"),
        ("ما لا يقل عن ٥٠٠ شخص قتلوا.", 500, 500, None, "ما لا يقل عن"),
        ("Щонайменше 1 200 людей прийшли.", 1200, 1200, None, "Щонайменше"),
        ("Five soldiers were killed.", 5, None, None, ""),
        ("It cost up to $3.5 billion.", 3_500_000_000, None, 3_500_000_000, "up to"),
    ],
)
def test_a_figure_is_read_as_it_is_printed(text, value, low, high, modifier):
    (found,) = printed_figures(text)
    assert (found.value, found.low, found.high, found.modifier) == (value, low, high, modifier)
    assert text[found.start : found.end]


def test_a_point_before_three_digits_is_read_by_the_language():
    assert printed_figures("1.200 people came.", "en")[0].value == Decimal("1.200")
    assert printed_figures("1.200 people came.", "de")[0].value == 1200


def test_series_are_the_same_however_they_are_written():
    assert series_key("Deaths ", "PEOPLE", "Gaza  Strip") == series_key("deaths", "people", "gaza strip")
    assert series_key("deaths", "people", "") != series_key("deaths", "", "people")


# -- invariant 8 ------------------------------------------------------------------------------------------------------


def test_a_later_running_total_of_one_origin_updates_the_earlier():
    found = compare_figures(total(1400, "2023-10-12"), total(1300, "2023-10-10"))
    assert (found.type, found.turned, found.is_revised_down) == ("updates", False, False)


def test_a_falling_one_is_flagged_revised_down():
    found = compare_figures(total(1400, "2023-10-12"), total(1200, "2023-11-10"))
    assert (found.type, found.turned, found.is_revised_down) == ("updates", True, True)
    assert found.reason == "Revised down: 1,200 as of 2023-11-10, after 1,400 as of 2023-10-12."


def test_values_of_different_periods_are_compatible():
    one = Figure(KEY, value=Decimal(5), period_start="2023-01", period_end="2023-03", origin="x")
    other = one._replace(period_start="2023-04", period_end="2023-06", value=Decimal(9))
    assert compare_figures(one, other).type == "compatible"


@pytest.mark.parametrize(
    "other",
    [
        total(471, "2023-10-18", origin="another"),  # different origins
        total(471, "2023-10-18", origin=""),  # an origin that nobody knows
        total(471),  # an unknown as-of
        total(471, "2023-10"),  # a month that holds the day
        total(471, "2023-10-18")._replace(series=series_key("injured", "people", "Gaza")),  # another measure
        total(471)._replace(period_start="2023-10", period_end="2023-11"),  # a period beside a day
    ],
)
def test_only_a_person_compares_these(other):
    assert compare_figures(total(500, "2023-10-17"), other) is None
    assert compare_figures(other, total(500, "2023-10-17")) is None


def test_two_figures_of_one_origin_and_day_that_cannot_both_hold_contradict_each_other():
    found = compare_figures(total(500, "2023-10-17"), total(471, "2023-10-17"))
    assert (found.type, found.kind) == ("contradicts", "numeric")
    assert compare_figures(total(500, "2023-10-17", low=Decimal(400)), total(471, "2023-10-17")) is None


@given(NUMBERS, NUMBERS, DAYS, DAYS)
def test_comparing_from_the_other_end_says_the_same(one, other, day, other_day):
    there = compare_figures(total(one, day), total(other, other_day))
    back = compare_figures(total(other, other_day), total(one, day))
    assert (there and there.type) == (back and back.type)
    if there and there.type == "updates":
        assert there.turned != back.turned
        assert there.reason == back.reason
        assert there.is_revised_down == back.is_revised_down


@given(NUMBERS, NUMBERS, DAYS, st.text(max_size=5))
def test_without_one_known_origin_or_a_date_nothing_is_suggested(one, other, day, origin):
    assert compare_figures(total(one, day, origin=""), total(other, day, origin=origin)) is None
    assert compare_figures(total(one, "", origin="x"), total(other, day, origin="x")) is None


@given(st.lists(NUMBERS, max_size=12))
def test_what_fell_is_what_is_below_the_one_before(numbers):
    falling = revised_down(total(number) for number in numbers)
    assert falling == [place for place in range(1, len(numbers)) if numbers[place] < numbers[place - 1]]


@given(NUMBERS, NUMBERS)
def test_a_figure_lies_within_its_own_bounds(one, other):
    low, high = sorted((one, other))
    figure = Figure(KEY, low=low, high=high)
    assert bounds_of(figure) == (low, high)
    assert low <= middle_of(figure) <= high
    assert can_both_hold(figure, Figure(KEY, value=low))


def test_figures_are_shown_in_few_words():
    assert shown(total(1400, modifier="at least")) == "at least 1,400"
    assert shown(Figure(KEY, low=Decimal(200), high=Decimal(300))) == "200 – 300"
    assert shown(Figure(KEY, low=Decimal(200), high=Decimal(300), modifier="about")) == "about 200 – 300"
    assert plain(Decimal("0.500000")) == "0.5"
