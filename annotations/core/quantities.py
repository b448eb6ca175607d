"""The numbers inside claims: read as printed, put into series, and compared by the rules for running totals.

Two running totals of one series and origin with a later as-of date are an update, a falling one "revised down"; values
of different periods are compatible; whatever differs in origin or has no date is for a person to compare. Source:
the practice of casualty recording (Every Casualty Counts, Standards).
"""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import regex

from annotations.core.figures import find_figures
from annotations.core.matches import folded_words
from annotations.core.sentences import say

KINDS = ("running_total", "point")
ABOUT = Decimal("0.1")  # how far "about 500" reaches to either side
LARGEST = Decimal(10) ** 15  # SQLite keeps fifteen digits of a number


class Printed(NamedTuple):
    """A number as a text prints it. [start, end) in code points, `modifier` and `unit` in the text's own words."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    modifier: str
    unit: str


class Figure(NamedTuple):
    """A quantity as it is compared. `as_of` or a period, as partial dates; `origin` names the one beginning."""

    series: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    as_of: str = ""
    period_start: str = ""
    period_end: str = ""
    kind: str = "point"
    origin: str = ""
    modifier: str = ""
    unit: str = ""


class Compared(NamedTuple):
    """How the first of two figures stands to the second, why, and whether a total fell."""

    type: str
    kind: str
    reason: str
    is_revised_down: bool = False
    turned: bool = False  # it is the second that updates the first


# -- as printed -------------------------------------------------------------------------------------------------------

_NUMBER = regex.compile(
    r"\d{1,3}(?:[,.'’٬\u00a0\u202f ]\d{3})+(?:[.,٫]\d+)?(?!\d)|\d+(?:[.,٫]\d+)?|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|a hundred)\b",
    regex.IGNORECASE,
)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100,
}  # fmt: skip
_TIMES = {
    10**2: "hundred 百",
    10**3: "thousand هزار ألف آلاف тис. тисяч тисячі тисяча 千",
    10**4: "万 萬",
    10**6: "million mn m میلیون مليون ملايين млн млн. мільйон мільйони мільйонів",
    10**8: "亿 億",
    10**9: "billion bn میلیارد مليار مليارات млрд млрд. мільярд мільярди мільярдів",
    10**12: "trillion تریلیون",
}
_SCALE = {folded_words(word): scale for scale, words in _TIMES.items() for word in words.split()}
_TIMES_BEHIND = regex.compile(
    r"[ \u00a0-]?(?:" + "|".join(sorted(map(regex.escape, _SCALE), key=len, reverse=True)) + r")(?![\p{Latin}])"
)
_BETWEEN = regex.compile(r"\s?(?:[-–—‑~～]|to|and|до|الى|تا|至|و)\s?$")

# What stands before a number, as printed, and which end of it stays open.
_LEAST = (
    "at least|more than|over|upwards of|no fewer than|not less than|exceeding|above"
    "|على الأقل|ما لا يقل عن|لا يقل عن|أكثر من|یفوق|دست کم|دست‌کم|حداقل|بیش از|بیشتر از|щонайменше|понад"
    "|більше|не менше"
    "|至少|超过|超過"
)
_MOST = (
    "up to|at most|no more than|fewer than|less than|under|below|nearly|almost|close to|ما يصل إلى|أقل من"
    "|لا يزيد عن|حداکثر|تا سقف|کمتر از"
    "|نزدیک به|не більше|менше|майже|до|最多|不到|近"
)
_ROUGHLY = (
    "about|around|some|roughly|approximately|an estimated|estimated"
    "|نحو|حوالي|قرابة|ما يقارب|حدود|تقریبا|близько|приблизно|约|約|大约"
)


def _before(words: str) -> "regex.Pattern[str]":
    known = sorted({folded_words(word) for word in words.split("|")}, key=len, reverse=True)
    return regex.compile(rf"(?<!\w)(?:{'|'.join(map(regex.escape, known))})\s*$")


_ENDS = (("least", _before(_LEAST)), ("most", _before(_MOST)), ("roughly", _before(_ROUGHLY)))
BEFORE_AT_MOST = 24  # code points in which a modifier stands
_OTHER_END = regex.compile(r"\b(?:between|from|بین|بين|від) (?P<low>\d[\d,.]*) (?:and|to|و|до) ?$", regex.IGNORECASE)


def printed_figures(text: str, language: str = "") -> list[Printed]:
    """The numbers of a text with a unit or what they count, as printed; bare small numbers are none."""
    return [
        read
        for figure in find_figures(text)
        if figure.kind == "number" and (read := read_figure(text, figure.start, figure.end, language))
    ]


def read_figure(text: str, start: int, end: int, language: str = "") -> Printed | None:
    """What `text[start:end]` says as a number, with the modifier before it; None where it cannot be read."""
    words = text[start:end]
    numbers = [(match, _number(match.group(), language)) for match in _NUMBER.finditer(words)]
    values = [(match, value) for match, value in numbers if value is not None]
    if not values:
        return None
    is_range = len(values) > 1 and bool(_BETWEEN.search(folded_words(words[values[0][0].end() : values[1][0].start()])))
    last = values[1 if is_range else 0][0]
    behind = folded_words(words[last.end() :])
    times = _TIMES_BEHIND.match(behind)
    scale = _SCALE[times.group().strip(" \u00a0-")] if times else 1
    unit = (behind[times.end() :] if times else behind).strip(" \u00a0-") or words[: values[0][0].start()].strip()
    amounts = [value * scale for _, value in values[: 2 if is_range else 1]]
    if max(amounts) >= LARGEST:
        return None
    if is_range:
        low, high = sorted(amounts)
        return Printed(start, end, None, low, high, _modifier(text, start)[0], unit)
    if begun := _OTHER_END.search(text[max(0, start - BEFORE_AT_MOST) : start]):
        low, high = sorted((_number(begun["low"], language) or amounts[0], amounts[0]))
        return Printed(start, end, None, low, high, "", unit)
    modifier, side = _modifier(text, start)
    least = amounts[0] if side == "least" else None
    most = amounts[0] if side == "most" else None
    return Printed(start, end, amounts[0], least, most, modifier, unit)


def _modifier(text: str, start: int) -> tuple[str, str]:
    """The words before a number that leave it open, as printed, and the end that they leave open."""
    before = text[max(0, start - BEFORE_AT_MOST) : start]
    folded = folded_words(before) + " "
    for side, pattern in _ENDS:
        if match := pattern.search(folded):
            return _as_printed(before, match.group()), side
    return "", ""


def _as_printed(before: str, folded: str) -> str:
    """The last words of a text that are `folded` once they are folded."""
    for at in range(len(before) - 1, -1, -1):
        if folded_words(before[at:]).strip() == folded.strip():
            return before[at:].strip()
    return folded.strip()


def _number(printed: str, language: str) -> Decimal | None:
    folded = folded_words(printed)
    if folded in _WORDS:
        return Decimal(_WORDS[folded])
    plain = regex.sub(r"['’٬\u00a0\u202f ]", "", folded).replace("٫", ".")
    plain = _without_separators(plain, language)
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _without_separators(plain: str, language: str) -> str:
    """Of points and commas the last may be the decimal one; before three digits it is one only for a single point in a
    language that writes its decimals so."""
    marks = regex.findall(r"[.,]", plain)
    if not marks:
        return plain
    last = marks[-1]
    whole, _, rest = plain.rpartition(last)
    is_decimal = len(set(marks)) > 1 or len(rest) != 3
    if len(marks) == 1 and len(rest) == 3 and last == ".":
        is_decimal = language.partition("-")[0].lower() in ("", "en", "ar", "fa", "zh", "he")
    if len(marks) > 1 and len(set(marks)) == 1:
        is_decimal = False
    return regex.sub(r"[.,]", "", whole) + ("." if is_decimal else "") + rest


# -- series -----------------------------------------------------------------------------------------------------------


def series_key(measure: str, unit: str, population: str) -> str:
    """Equal for figures that form one series: same measure, unit and population, however they are written."""
    return " | ".join(folded_words(" ".join(words.split())) for words in (measure, unit, population))[:500]


def bounds_of(figure: Figure | Printed) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that a figure says; None where it is open."""
    if figure.low is None and figure.high is None:
        value = figure.value
        reach = abs(value) * ABOUT if value is not None and is_rough(figure.modifier) else Decimal(0)
        return (None, None) if value is None else (value - reach, value + reach)
    return figure.low, figure.high


def is_rough(modifier: str) -> bool:
    return bool(modifier) and bool(_ENDS[2][1].search(folded_words(modifier) + " "))


def can_both_hold(one: Figure | Printed, other: Figure | Printed) -> bool:
    """Whether some number is what both say."""
    (low, high), (other_low, other_high) = bounds_of(one), bounds_of(other)
    return not (
        (high is not None and other_low is not None and high < other_low)
        or (other_high is not None and low is not None and other_high < low)
    )


def middle_of(figure: Figure) -> Decimal | None:
    """The number by which a figure is ordered: its value, the middle of its range, or the end that it has."""
    if figure.value is not None:
        return figure.value
    if figure.low is not None and figure.high is not None:
        return (figure.low + figure.high) / 2
    return figure.low if figure.low is not None else figure.high


def compare_figures(one: Figure, other: Figure) -> Compared | None:
    """How one figure stands to another of its series; None where only a person can tell."""
    if one.series != other.series or one.origin != other.origin or not one.origin:
        return None
    if one.period_start and other.period_start:
        return _compare_periods(one, other)
    if not (one.as_of and other.as_of):
        return None  # an unknown as-of, or a period beside a day
    if one.as_of == other.as_of:
        return _compare_same_day(one, other, say("as of {date}", date=one.as_of))
    if one.kind != "running_total" or other.kind != "running_total":
        return Compared(
            "compatible", "", say("Two values at two times: {one} and {other}.", one=one.as_of, other=other.as_of)
        )
    earlier = earlier_of(one.as_of, other.as_of)
    if not earlier:
        return None  # one date lies within the other: 2023-11 and 2023-11-16
    new, old = (other, one) if earlier == one.as_of else (one, other)
    return _compare_totals(new, old, turned=new is other)


def _compare_periods(one: Figure, other: Figure) -> Compared | None:
    if (one.period_start, one.period_end) == (other.period_start, other.period_end):
        return _compare_same_day(one, other, say("from {start} to {end}", start=one.period_start, end=one.period_end))
    return Compared("compatible", "", say("They count over different periods."))


def _compare_same_day(one: Figure, other: Figure, when: str) -> Compared | None:
    if can_both_hold(one, other):
        return None
    words = say("The same measure {when}, from one origin, with another figure: {one} and {other}.",
                when=when, one=shown(one), other=shown(other))  # fmt: skip
    return Compared("contradicts", "numeric", words)


def _compare_totals(new: Figure, old: Figure, *, turned: bool) -> Compared:
    now, was = middle_of(new), middle_of(old)
    fell = now is not None and was is not None and now < was
    template = (
        "Revised down: {new} as of {new_date}, after {old} as of {old_date}."
        if fell
        else "A later count of the same: {new} as of {new_date}, after {old} as of {old_date}."
    )
    reason = say(template, new=shown(new), new_date=new.as_of, old=shown(old), old_date=old.as_of)
    return Compared("updates", "", reason, is_revised_down=fell, turned=turned)


def earlier_of(one: str, other: str) -> str:
    """The earlier of two partial dates; nothing where one lies within the other."""
    length = min(len(one), len(other))
    if one[:length] == other[:length]:
        return ""
    return min(one, other)


def shown(figure: Figure | Printed) -> str:
    """A figure in few words: `at least 500`, `200 – 300`."""
    if figure.value is None and figure.low is not None and figure.high is not None:
        return " ".join(filter(None, (figure.modifier, f"{plain(figure.low)} – {plain(figure.high)}")))
    number = next((part for part in (figure.value, figure.low, figure.high) if part is not None), None)
    return " ".join(filter(None, (figure.modifier, plain(number))))


def plain(number: Decimal | None) -> str:
    """Digits in groups, without zeros behind the point."""
    if number is None:
        return ""
    words = f"{number:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def revised_down(figures: Iterable[Figure]) -> list[int]:
    """In a series in the order of time: the places of running totals that are lower than the one before them."""
    falling, before = [], None
    for place, figure in enumerate(figures):
        now = middle_of(figure)
        if figure.kind != "running_total" or now is None:
            continue
        if before is not None and now < before:
            falling.append(place)
        before = now
    return falling
