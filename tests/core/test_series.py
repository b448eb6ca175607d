"""A series is drawn with whole numbers inside its frame, in the order of time."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.quantities import Figure
from annotations.core.series import HEIGHT, LEFT, WIDTH, draw_series

NUMBERS = st.decimals(-(10**9), 10**9, places=2)
FIGURES = st.builds(
    lambda numbers, day, kind, has_range, origin: Figure(
        "key",
        value=None if has_range else numbers[0],
        low=min(numbers) if has_range else None,
        high=max(numbers) if has_range else None,
        as_of=str(day),
        kind=kind,
        origin=origin,
    ),
    st.tuples(NUMBERS, NUMBERS), st.dates(), st.sampled_from(["point", "running_total"]), st.booleans(),
    st.sampled_from(["", "a", "b"]),
)  # fmt: skip


def figure(value, as_of, **more):
    return Figure("key", value=Decimal(value), as_of=as_of, **more)


def test_fewer_than_two_dates_are_no_drawing():
    assert draw_series([]) is None
    assert draw_series([figure(1, "2023"), figure(2, "")]) is None


def test_later_is_further_right_and_more_is_higher():
    drawing = draw_series([figure(100, "2023-10-01"), figure(400, "2023-10-20")])
    first, second = drawing.marks
    assert first.x < second.x
    assert first.y > second.y
    assert [tick.words for tick in drawing.values] == ["0", "100", "200", "300", "400"]
    assert [tick.words for tick in drawing.times] == ["2023-10-01", "2023-10-20"]


def test_running_totals_of_one_origin_are_joined_and_others_are_not():
    totals = [figure(value, f"2023-10-0{value}", kind="running_total", origin="x") for value in (1, 2, 3)]
    other = figure(9, "2023-10-04", kind="running_total", origin="y")
    assert len(draw_series([*totals, other, figure(5, "2023-10-05")]).lines) == 1


def test_a_period_is_as_wide_as_it_lasts():
    period = Figure("key", value=Decimal(3), period_start="2023-01", period_end="2023-06")
    mark = draw_series([period, figure(5, "2023-12")]).marks[0]
    assert mark.is_period
    assert mark.start < mark.x < mark.end


def test_a_range_has_two_ends_and_an_open_one_a_hollow_point():
    ranged, open_one = draw_series(
        [Figure("key", low=Decimal(1), high=Decimal(9), as_of="2023"), figure(5, "2024", low=Decimal(5))]
    ).marks
    assert ranged.top < ranged.y < ranged.bottom
    assert open_one.is_open
    assert not open_one.has_range


@given(st.lists(FIGURES, min_size=2, max_size=8))
def test_everything_stands_inside_the_frame(figures):
    drawing = draw_series(figures)
    for mark in drawing.marks:
        assert LEFT <= mark.start <= mark.x <= mark.end <= WIDTH
        assert 0 <= mark.top <= mark.y <= mark.bottom <= HEIGHT


def test_words_stand_on_the_side_of_a_point_where_there_is_room():
    """Neither on the numbers at the left nor past the right end."""
    marks = draw_series(
        [figure(31_645_000 + 100 * day, f"2024-03-0{day}", modifier="nearly") for day in (1, 5, 9)]
    ).marks
    assert [mark.anchor for mark in marks] == ["start", "middle", "end"]
