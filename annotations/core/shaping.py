"""The shape of a span: cut in two at a place, joined with another, each time as segments in order.

Pure. Segments are [start, end) in code points of one text; whether they fit that text is the business of `anchoring`.
"""

from collections.abc import Sequence

from annotations.core.errors import Invalid
from annotations.core.sentences import say
from annotations.core.text import cuts_grapheme

Segments = list[list[int]]
GAPS = ("keep", "join")


def split_segments(text: str, segments: Sequence[Sequence[int]], at: int) -> tuple[Segments, Segments]:
    """What lies before `at` and what lies behind it. White space at the cut belongs to neither side.

    Raises Invalid under `at` where it stands outside the span, cuts a character, or leaves nothing on one side.
    """
    start, end = segments[0][0], segments[-1][1]
    if not start < at < end:
        words = "A place inside the span is needed: more than {start} and less than {end}, not {at}."
        raise Invalid.field("at", say(words, start=start, end=end, at=at))
    if cuts_grapheme(text, at):
        raise Invalid.field("at", say("Offset {at} would cut a character in two.", at=at))
    before = [[first, min(last, at)] for first, last in segments if first < at]
    behind = [[max(first, at), last] for first, last in segments if last > at]
    before[-1][1] = before[-1][0] + len(text[before[-1][0] : before[-1][1]].rstrip())
    behind[0][0] = behind[0][1] - len(text[behind[0][0] : behind[0][1]].lstrip())
    sides = [[one for one in side if one[0] < one[1]] for side in (before, behind)]
    if not all(sides):
        raise Invalid.field("at", "Nothing but white space would be left on one side of the cut.")
    return sides[0], sides[1]


def merge_segments(first: Sequence[Sequence[int]], second: Sequence[Sequence[int]], gap: str) -> Segments:
    """Both spans as one. `join` takes in what lies between their parts, `keep` leaves the gaps; parts that touch or
    overlap become one either way."""
    parts = sorted([start, end] for start, end in (*first, *second))
    if gap == "join":
        return [[parts[0][0], max(end for _, end in parts)]]
    merged = [parts[0]]
    for start, end in parts[1:]:
        if start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def have_gap(first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]) -> bool:
    """Whether something lies between the parts of the two, so that somebody has to say what becomes of it."""
    return len(merge_segments(first, second, "keep")) > 1
