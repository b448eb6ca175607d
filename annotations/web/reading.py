"""A text with its marks as plain elements, none inside another: for print, for readers without highlights.

Where several spans overlap, a piece of text shows the shortest of them and names all.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

from annotations.core.text import Block, blocks
from annotations.web.desk import Mark


class Piece(NamedTuple):
    """A stretch of text under the same marks; `ends` are the marks whose span ends with it."""

    text: str
    marks: list[Mark]
    ends: list[Mark]
    is_line_end: bool

    @property
    def slot(self) -> int:
        return min(self.marks, key=length_of)["slot"]

    @property
    def numbers(self) -> str:
        return ", ".join(str(mark["number"]) for mark in self.marks)


def flat_blocks(text: str, marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """The paragraphs, each as pieces that tile it."""
    spanned = [mark for mark in marks if mark["segments"]]
    bounds = sorted({place for mark in spanned for segment in mark["segments"] for place in segment})
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in spanned:
        for start, end in mark["segments"]:
            opening.setdefault(start, []).append(mark)
            closing.setdefault(end, []).append(mark)
    active: list[Mark] = []
    return [
        {"start": block.start, "pieces": pieces(text, block, bounds, opening, closing, active)}
        for block in blocks(text)
    ]


def pieces(
    text: str,
    block: Block,
    bounds: list[int],
    opening: dict[int, list[Mark]],
    closing: dict[int, list[Mark]],
    active: list[Mark],
) -> list[Piece]:
    """One block cut at every bound in it. `active` carries the marks that reach over from the block before."""
    inner = bounds[bisect_left(bounds, block.start + 1) : bisect_left(bounds, block.end)]
    cuts = sorted({block.start, block.words_start, *inner, block.words_end, block.end})
    found = []
    for left, right in pairwise(cuts):
        active[:] = [mark for mark in active if mark not in closing.get(left, [])]
        active += opening.get(left, [])
        ends = [mark for mark in closing.get(right, []) if mark["segments"][-1][1] == right]
        is_line_end = right <= block.words_start or left >= block.words_end
        found.append(Piece(text[left:right], list(active), ends, is_line_end))
    return found


def length_of(mark: Mark) -> int:
    return sum(end - start for start, end in mark["segments"])
