"""Partial dates: `YYYY[-MM[-DD]]`, as much of a date as is known, and how they read in words.

Their basis (printed, inferred, external) is a field of its own beside them.
"""

import re
from datetime import date

from annotations.core.errors import Invalid
from annotations.core.sentences import say

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BASES = ("printed", "inferred", "external")

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def check_date(value: str, field: str = "published_on") -> str:
    """`value` as it came, if it is a year, a month or a day of the calendar. Raises Invalid under `field`."""
    parts = _parts(value)
    if parts is None:
        raise Invalid.field(
            field, say("{value} is not a date: write 2023, 2023-11 or 2023-11-16.", value=repr(value[:40]))
        )
    year, month, day = parts
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise Invalid.field(field, say("“{value}” is not in the calendar.", value=value)) from None
    return value


def date_in_words(value: str) -> str:
    """`16 Nov 2023`, `Nov 2023` or `2023`; an empty date stays empty. Raises Invalid for what is no date."""
    if not value:
        return ""
    year, month, day = _parts(check_date(value)) or (0, None, None)
    words = [str(day)] if day else []
    words += [MONTHS[month - 1]] if month else []
    return " ".join([*words, f"{year:04d}"])


def is_certainly_after(later: str, earlier: str) -> bool:
    """Whether a partial date lies after another whatever their missing months and days are."""
    length = min(len(later), len(earlier))
    return bool(length) and later[:length] > earlier[:length]


def _parts(value: str) -> tuple[int, int | None, int | None] | None:
    found = _PARTIAL.fullmatch(value)
    if found is None:
        return None
    year, month, day = found.groups()
    return int(year), int(month) if month is not None else None, int(day) if day is not None else None
