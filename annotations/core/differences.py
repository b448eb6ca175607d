"""What two texts have in common: the stretches that stand in both, in order, as code point offsets.

The measure is Indel (insert and delete only), over characters while that is cheap, then over words, then over lines
with the pieces between equal lines compared again. What was moved elsewhere is not found here: see `reanchoring`.
Source: the trial recorded for re-anchoring (limits below).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import regex
from rapidfuzz.distance import Indel

CELLS_OF_CHARACTERS = 400_000_000  # 20,000 by 20,000: 80 ms; beyond it the memory grows with the square
CELLS_OF_WORDS = 900_000_000  # 30,000 words on each side, some 150,000 characters
CELLS_OF_LINES = 900_000_000

# Where no space stands between words, a character is the word.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_RUN = rf"(?:(?=[\w--[{UNSPACED}]])\X)+"
_WORDS = regex.compile(rf"(?V1){_RUN}(?:[.,'’]{_RUN})*|\X")
_LINES = regex.compile(r"[^\n\r.!?。！？؟۔।]*+[\n\r.!?。！？؟۔।]++\s*+|[^\n\r.!?。！？؟۔।]++")


class Same(NamedTuple):
    """One stretch that stands in both texts: old[old:old + length] == new[new:new + length]."""

    old: int
    new: int
    length: int


class Shared:
    """The stretches that two texts share, in the order of both, and where a place of the old text went."""

    __slots__ = ("_starts", "stretches")

    def __init__(self, stretches: Sequence[Same]) -> None:
        self.stretches = _joined(stretches)
        self._starts = [same.old for same in self.stretches]

    def within(self, start: int, end: int) -> list[Same]:
        """The parts of [start, end) of the old text that stand in the new one."""
        found = []
        for at in range(max(0, bisect_right(self._starts, start) - 1), len(self.stretches)):
            same = self.stretches[at]
            if same.old >= end:
                break
            left, right = max(start, same.old), min(end, same.old + same.length)
            if left < right:
                found.append(Same(left, same.new + left - same.old, right - left))
        return found

    def moved_to(self, offset: int) -> int:
        """About where an offset of the old text lies in the new one: with the nearest shared stretch before it."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return 0
        same = self.stretches[at]
        return same.new + min(offset - same.old, same.length)

    def following(self, offset: int) -> Same | None:
        """The first shared stretch that begins at or holds an offset of the old text, cut to begin there."""
        at = max(0, bisect_right(self._starts, offset) - 1)
        for same in islice(self.stretches, at, None):
            skipped = max(0, offset - same.old)
            if skipped < same.length:
                return Same(same.old + skipped, same.new + skipped, same.length - skipped)
        return None

    def stretch_over(self, start: int, end: int) -> Same | None:
        """The one shared stretch that holds all of [start, end) of the old text, or None."""
        at = bisect_right(self._starts, start) - 1
        if at < 0:
            return None
        same = self.stretches[at]
        return same if end <= same.old + same.length else None


def shared_by(old: str, new: str) -> Shared:
    """What the two texts share."""
    return Shared(list(_same(old, new)))


def _same(old: str, new: str) -> Iterator[Same]:
    head = shared_prefix(old, new)
    tail = shared_suffix(old[head:], new[head:])
    if head:
        yield Same(0, 0, head)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if middle_old and middle_new:
        for at_old, at_new, length in _same_inside(middle_old, middle_new):
            yield Same(head + at_old, head + at_new, length)
    if tail:
        yield Same(len(old) - tail, len(new) - tail, tail)


def _same_inside(old: str, new: str) -> Iterator[Same]:
    if len(old) * len(new) <= CELLS_OF_CHARACTERS:
        yield from (Same(o, n, length) for o, n, length in _equal(old, new))
        return
    old_words, new_words = words_of(old), words_of(new)
    if len(old_words) * len(new_words) <= CELLS_OF_WORDS:
        yield from _in_characters(old_words, new_words)
        return
    yield from _by_lines(lines_of(old), lines_of(new))


def _by_lines(old: list[str], new: list[str]) -> Iterator[Same]:
    """Equal lines, and what is shared by the lines between them. Texts that have no lines share nothing here."""
    equal = list(_equal(old, new)) if len(old) * len(new) <= CELLS_OF_LINES else []
    if not equal:
        return
    old_starts, new_starts = _starts(old), _starts(new)
    at_old = at_new = 0
    for o, n, length in [*equal, (len(old), len(new), 0)]:
        before = "".join(old[at_old:o]), "".join(new[at_new:n])
        if before[0] and before[1]:
            for same in _same_inside(*before):
                yield Same(old_starts[at_old] + same.old, new_starts[at_new] + same.new, same.length)
        if length:
            size = old_starts[o + length] - old_starts[o]
            yield Same(old_starts[o], new_starts[n], size)
        at_old, at_new = o + length, n + length


def _in_characters(old: list[str], new: list[str]) -> Iterator[Same]:
    old_starts, new_starts = _starts(old), _starts(new)
    for o, n, length in _equal(old, new):
        yield Same(old_starts[o], new_starts[n], old_starts[o + length] - old_starts[o])


def _equal(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int, int, int]]:
    """(place in old, place in new, length) of every run of equal elements."""
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            yield code.src_start, code.dest_start, code.src_end - code.src_start


def words_of(text: str) -> list[str]:
    """The text cut into words, spaces and single marks; joined, they are the text again. None cuts a character."""
    return _WORDS.findall(text)


def lines_of(text: str) -> list[str]:
    """The text cut behind line ends and sentence ends; joined, they are the text again."""
    return _LINES.findall(text)


def _starts(parts: Sequence[str]) -> list[int]:
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts


def _joined(stretches: Sequence[Same]) -> list[Same]:
    """Stretches that go on into one another as one."""
    joined: list[Same] = []
    for same in stretches:
        last = joined[-1] if joined else None
        if last and last.old + last.length == same.old and last.new + last.length == same.new:
            joined[-1] = Same(last.old, last.new, last.length + same.length)
        else:
            joined.append(same)
    return joined


def shared_prefix(one: str, other: str) -> int:
    """How many characters two texts begin with alike. Compares slices, so five million take milliseconds."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def shared_suffix(one: str, other: str) -> int:
    """How many characters two texts end with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
