"""Two texts side by side, as people read them: paragraph by paragraph, and word by word where a paragraph changed.

Long stretches that are the same are folded and can be unfolded. Every character of both texts is in the answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from annotations.core.differences import CELLS_OF_LINES, CELLS_OF_WORDS, shared_by, words_of
from annotations.core.text import blocks

SAME, CHANGED, GONE, NEW, FOLDED, ENDS = "same", "changed", "gone", "new", "folded", "line ends"
PAIRED_AT_MOST = 2_500  # pairs of paragraphs weighed against each other; beyond, they are paired in their order
ALIKE = 40.0  # of 100: less, and one paragraph went and another came
SHOWN_AROUND = 1  # paragraphs that stay unfolded beside a change
LONG_SAME = 700  # code points of one stretch inside a changed paragraph, beyond which its middle is folded
EDGE = 160


class Piece(NamedTuple):
    """A stretch of one side: same, gone, new, or folded (the same, and long)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph: of the left, of the right, or of both. `kind` is same, changed, gone, new, or line ends where
    nothing else differs. A folded row holds the rows that are folded into it."""

    kind: str
    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    rows: tuple["Row", ...] = field(default=())


def compare(old: str, new: str) -> list[Row]:
    """The paragraphs of both texts in order, unchanged runs folded."""
    return list(_folded(list(_rows(_paragraphs(old), _paragraphs(new)))))


def _paragraphs(text: str) -> list[str]:
    return [text[block.start : block.end] for block in blocks(text)]


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    for tag, left, right in _runs(old, new):
        if tag == SAME:
            yield from (Row(SAME, (Piece(SAME, text),), (Piece(SAME, text),)) for text in left)
        else:
            yield from _replaced(left, right)


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Runs of equal paragraphs, and what stands between them on each side."""
    if len(old) * len(new) > CELLS_OF_LINES:
        yield CHANGED, old, new
        return
    at_old = at_new = 0
    equal = [code for code in Indel.opcodes(old, new) if code.tag == "equal"]
    for code in equal:
        if at_old < code.src_start or at_new < code.dest_start:
            yield CHANGED, old[at_old : code.src_start], new[at_new : code.dest_start]
        yield SAME, old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        at_old, at_new = code.src_end, code.dest_end
    if at_old < len(old) or at_new < len(new):
        yield CHANGED, old[at_old:], new[at_new:]


def _replaced(old: list[str], new: list[str]) -> Iterator[Row]:
    at_old = at_new = 0
    for left, right in [*_pairs(old, new), (len(old), len(new))]:
        yield from (Row(GONE, left=(Piece(GONE, text),)) for text in old[at_old:left])
        yield from (Row(NEW, right=(Piece(NEW, text),)) for text in new[at_new:right])
        if left < len(old) and right < len(new):
            yield _changed(old[left], new[right])
        at_old, at_new = left + 1, right + 1


def _pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Which paragraph became which, in the order of both: the pairs that are most alike in all."""
    if not old or not new:
        return []
    if len(old) * len(new) > PAIRED_AT_MOST:
        return list(zip(range(len(old)), range(len(new)), strict=False))
    likeness = [[fuzz.ratio(one, other, score_cutoff=ALIKE) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for left in range(len(old) - 1, -1, -1):
        for right in range(len(new) - 1, -1, -1):
            paired = best[left + 1][right + 1] + likeness[left][right]
            best[left][right] = max(best[left + 1][right], best[left][right + 1], paired)
    pairs, left, right = [], 0, 0
    while left < len(old) and right < len(new):
        if likeness[left][right] and best[left][right] == best[left + 1][right + 1] + likeness[left][right]:
            pairs.append((left, right))
            left, right = left + 1, right + 1
        elif best[left][right] == best[left + 1][right]:
            left += 1
        else:
            right += 1
    return pairs


# -- one paragraph ----------------------------------------------------------------------------------------------------


def _changed(old: str, new: str) -> Row:
    if old.rstrip() == new.rstrip() and old != new:
        return Row(ENDS, (Piece(SAME, old),), (Piece(SAME, new),))
    left, right = _by_words(old, new)
    return Row(CHANGED, tuple(_shortened(left)), tuple(_shortened(right)))


def _by_words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    left: list[Piece] = []
    right: list[Piece] = []
    at_old = at_new = 0
    for start_old, start_new, length in [*_shared(old, new), (len(old), len(new), 0)]:
        _add(left, GONE, old[at_old:start_old])
        _add(right, NEW, new[at_new:start_new])
        _add(left, SAME, old[start_old : start_old + length])
        _add(right, SAME, new[start_new : start_new + length])
        at_old, at_new = start_old + length, start_new + length
    return left, right


def _shared(old: str, new: str) -> list[tuple[int, int, int]]:
    """(place in old, place in new, length) of what is the same, in whole words where the paragraph is not endless.

    White space alone between two changes is part of the change.
    """
    old_words, new_words = words_of(old), words_of(new)
    if len(old_words) * len(new_words) > CELLS_OF_WORDS:
        return [tuple(same) for same in shared_by(old, new).stretches]  # type: ignore[misc]
    old_starts, new_starts = _starts(old_words), _starts(new_words)
    found = []
    for code in Indel.opcodes(old_words, new_words):
        start, end = old_starts[code.src_start], old_starts[code.src_end]
        at_an_end = start == 0 or end == len(old)
        if code.tag == "equal" and (at_an_end or not old[start:end].isspace()):
            found.append((start, new_starts[code.dest_start], end - start))
    return found


def _starts(parts: Sequence[str]) -> list[int]:
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts


def _add(pieces: list[Piece], kind: str, text: str) -> None:
    if not text:
        return
    if pieces and pieces[-1].kind == kind:
        pieces[-1] = Piece(kind, pieces[-1].text + text)
    else:
        pieces.append(Piece(kind, text))


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces, a long one that is the same with its middle folded."""
    for piece in pieces:
        if piece.kind != SAME or len(piece.text) <= LONG_SAME:
            yield piece
            continue
        yield Piece(SAME, piece.text[:EDGE])
        yield Piece(FOLDED, piece.text[EDGE:-EDGE])
        yield Piece(SAME, piece.text[-EDGE:])


# -- folding ----------------------------------------------------------------------------------------------------------


def _folded(rows: list[Row]) -> Iterator[Row]:
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and rows[end].kind == SAME:
            end += 1
        if end == at:
            yield rows[at]
            at += 1
            continue
        first = at if at == 0 else at + SHOWN_AROUND
        last = end if end == len(rows) else end - SHOWN_AROUND
        if last - first < 2:
            yield from rows[at:end]
        else:
            yield from rows[at:first]
            yield Row(FOLDED, rows=tuple(rows[first:last]))
            yield from rows[last:end]
        at = end
