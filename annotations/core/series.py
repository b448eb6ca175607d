"""A series of figures over time as plain geometry: where each point, range and word stands. A template makes it SVG.

Time runs from left to right in every script. What is open at one end is drawn as a hollow point; running totals of one
origin are joined by a line; a period is as wide as it lasts. Figures without a date are not drawn: the table has them.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from annotations.core.pictures import width_of
from annotations.core.quantities import Figure, bounds_of, middle_of, plain, shown

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 84, 24, 24, 32
LETTER = 12.0  # the size of the words beside a point
TICKS = 4
LABELLED_AT_MOST = 16  # points that have their number beside them: more would stand on each other


class Mark(NamedTuple):
    """A figure as drawn: its point, the ends of its range (equal where it has none) and of its period."""

    x: int
    y: int
    top: int
    bottom: int
    start: int
    end: int
    words: str
    is_open: bool
    has_label: bool
    place: int

    @property
    def has_range(self) -> bool:
        return self.top != self.bottom

    @property
    def is_period(self) -> bool:
        return self.start != self.end

    @property
    def anchor(self) -> str:
        """On which side of the point its words stand: neither on the numbers at the left nor past the right end."""
        half = width_of(self.words, LETTER) / 2
        return "start" if self.x - half < LEFT else "end" if self.x + half > WIDTH else "middle"


class Tick(NamedTuple):
    at: int
    words: str


class Drawing(NamedTuple):
    """Whole numbers of a drawing that is WIDTH by HEIGHT. `lines` are the points of polylines."""

    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    values: tuple[Tick, ...]
    times: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - BOTTOM


class Scale(NamedTuple):
    """From numbers to places; `low` is drawn at `begin`, `high` at `end`."""

    low: float
    high: float
    begin: int
    end: int

    def at(self, number: float) -> int:
        whole = self.high - self.low
        share = (number - self.low) / whole if whole else 0.5
        return round(self.begin + share * (self.end - self.begin))


def day_of(words: str, *, last: bool = False) -> int | None:
    """A partial date as a day that is counted: the first of its month or year, or the last."""
    if not words:
        return None
    parts = [int(part) for part in words.split("-")]
    year, month, day = (*parts, *((12, 28) if last else (1, 1))[len(parts) - 1 :])[:3]
    return date(year, month, day).toordinal()


def span_of(figure: Figure) -> tuple[int, int] | None:
    """The days that a figure is about; None for one without a date."""
    if figure.as_of and (day := day_of(figure.as_of)) is not None:
        return day, day
    start, end = day_of(figure.period_start), day_of(figure.period_end, last=True)
    return None if start is None or end is None else (start, end)


def draw_series(figures: Sequence[Figure]) -> Drawing | None:
    """The drawing of figures in the order of time; None where fewer than two of them have a date."""
    dated = [(place, figure, span) for place, figure in enumerate(figures) if (span := span_of(figure))]
    if len(dated) < 2:
        return None
    days = [day for _, _, span in dated for day in span]
    ticks = nice_values([number for _, figure, _ in dated for number in numbers_of(figure)])
    across = Scale(min(days), max(days), LEFT + 16, WIDTH - RIGHT - 16)
    up = Scale(ticks[0], ticks[-1], HEIGHT - BOTTOM, TOP)
    has_labels = len(dated) <= LABELLED_AT_MOST
    marks = [mark_of(figure, span, across, up, has_labels, place) for place, figure, span in dated]
    return Drawing(
        marks=tuple(marks),
        lines=tuple(lines_through(dated, marks)),
        values=tuple(Tick(up.at(number), plain(Decimal(str(number)))) for number in ticks),
        times=tuple(times_of(dated, across)),
    )


def numbers_of(figure: Figure) -> list[float]:
    return [float(number) for number in (*bounds_of(figure), middle_of(figure)) if number is not None]


def mark_of(figure: Figure, span: tuple[int, int], across: Scale, up: Scale, has_label: bool, place: int) -> Mark:
    middle = up.at(float(middle_of(figure) or 0))
    low, high = bounds_of(figure)
    bottom, top = (middle if end is None else up.at(float(end)) for end in (low, high))
    start, end = across.at(span[0]), across.at(span[1])
    is_open = (low is None) != (high is None)
    return Mark((start + end) // 2, middle, top, bottom, start, end, shown(figure), is_open, has_label, place)


def lines_through(dated: Sequence[tuple[int, Figure, tuple[int, int]]], marks: Sequence[Mark]) -> list[str]:
    """One line for each origin that has running totals at several times."""
    by_origin: dict[str, list[Mark]] = {}
    for (_, figure, _), mark in zip(dated, marks, strict=True):
        if figure.kind == "running_total" and not mark.is_period:
            by_origin.setdefault(figure.origin, []).append(mark)
    joined = (group for origin, group in by_origin.items() if origin and len(group) > 1)
    return [" ".join(f"{mark.x},{mark.y}" for mark in group) for group in joined]


def times_of(dated: Sequence[tuple[int, Figure, tuple[int, int]]], across: Scale) -> list[Tick]:
    """The first and the last day in words, and one between them where there is room."""
    words = {across.at(span[0]): figure.as_of or figure.period_start for _, figure, span in dated}
    words |= {across.at(span[1]): figure.as_of or figure.period_end for _, figure, span in dated}
    places = sorted(words)
    middle = min(places, key=lambda at: abs(at - (places[0] + places[-1]) / 2))
    kept = [places[0], places[-1]]
    if middle - places[0] > 110 and places[-1] - middle > 110:
        kept.insert(1, middle)
    return [Tick(at, words[at]) for at in kept]


def nice_values(numbers: Sequence[float]) -> list[float]:
    """Round numbers that hold all of these between the first and the last of them; from nought where that is near."""
    low, high = min(numbers), max(numbers)
    if low >= 0 and low < high * 0.7:
        low = 0.0
    step = nice_step((high - low) / TICKS or abs(high) / TICKS or 1.0)
    first, last = low // step, -(-high // step)
    if first == last:
        last += 1
    return [round((first + number) * step, 6) for number in range(int(last - first) + 1)]


def nice_step(rough: float) -> float:
    """1, 2 or 5 times a power of ten, not below `rough`."""
    power = 10.0 ** (len(str(int(rough))) - 1) if rough >= 1 else 10.0 ** -len(f"{1 / rough:.0f}")
    return next((times * power for times in (1, 2, 5, 10, 20, 50, 100) if times * power >= rough), rough)
