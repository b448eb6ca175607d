"""Carrying spans from one revision of a text to the next: where each stands now, and how sure that is.

What the two texts share is found once; a span that survives in it keeps its place. Any other is sought by its quote
and by the 32 characters around it, at last by likeness. Nothing here decides: what is not certain is left to a person.
Source: the trial recorded for re-anchoring (thresholds below and in `anchoring`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from annotations.core.anchoring import (
    CONTEXT_CODE_POINTS,
    CONTEXT_FOR_EXACT,
    CONTEXT_FOR_FUZZY,
    FUZZY_ALONE,
    FUZZY_CODE_POINTS,
    FUZZY_WITH_CONTEXT,
    LONG_QUOTE,
    Segment,
    context_likeness,
    find_all,
    quote_of,
)
from annotations.core.differences import UNSPACED, Same, Shared, shared_by
from annotations.core.text import cuts_grapheme, snap_out

EXACT, MOVED, FUZZY, ORPHANED = "exact", "moved", "fuzzy", "orphaned"
STATES = (EXACT, MOVED, FUZZY, ORPHANED)

SURVIVES = 0.6  # of a span's characters: less is another passage
GROWS_BY = 1.8  # and at most so many times as long, so that an insertion does not swallow the page
GROWS_ALSO = 8  # code points, for short spans
LIKE_ENOUGH = 50.0  # of 100: what a surviving span has to have in common with what it was
SHARED_AROUND = 12  # code points shared around a short span on both sides together: it is the same word, not another
CONTEXT_TO_TRUST = 85.0  # of 100: a short quote found elsewhere is itself with this much of its surroundings
RIVAL_NEAR = 12.0  # a second place this near in likeness makes the first one a guess
CANDIDATES_AT_MOST = 200
FAR_FROM_HINT = 10.0  # what the whole length of the text takes off a candidate's score
WINDOW = 3_000  # code points on each side of the hint in which likeness is sought first
WHOLE_TEXT = 60_000  # a longer text is sought for likeness near the hint only
ALIGNED_AT_MOST = 4_000_000_000  # cells of one carrying: a text rewritten whole would else be aligned for an hour

_INSIDE_A_WORD = regex.compile(rf"(?V1)[\w--[{UNSPACED}]]{{2}}")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a span stands in the new text. `score` runs to 1; segments are empty and the score 0 where it is orphaned.

    exact: the same offsets and words. moved: other offsets, the same words, and no doubt. fuzzy: other words, or the
    same words in a place that a person should look at. orphaned: not found.
    """

    state: str
    segments: tuple[Segment, ...]
    quote: str
    score: float


class Found(NamedTuple):
    """One segment in the new text; `score` to 100, `sure` where no person need look."""

    start: int
    end: int
    score: float
    sure: bool


def carry(old: str, new: str, spans: Iterable[Sequence[Segment]]) -> list[Placement]:
    """A placement for each span (its segments in `old`), in their order. A span without segments stays as it is."""
    carrying = _Carrying(old, new, shared_by(old, new))
    return [carrying.place(tuple((start, end) for start, end in segments)) for segments in spans]


@dataclass(slots=True)
class _Carrying:
    """One pair of texts, what they share, and what was sought in the new one already."""

    old: str
    new: str
    shared: Shared
    known: dict[Segment, Found | None] = field(default_factory=dict)
    occurrences: dict[str, list[int]] = field(default_factory=dict)
    cells_left: int = ALIGNED_AT_MOST

    def place(self, segments: tuple[Segment, ...]) -> Placement:
        if not segments:
            return Placement(EXACT, (), "", 1.0)
        found = [self.find(segment) for segment in segments]
        standing = [one for one in found if one is not None]
        if not standing:
            return Placement(ORPHANED, (), "", 0.0)
        placed = _disjoint(standing)
        quote = quote_of(self.new, placed)
        score = sum(one.score for one in standing) / 100 / len(segments)
        is_whole = len(standing) == len(segments) and quote == quote_of(self.old, segments)
        if not (is_whole and all(one.sure for one in standing)):
            return Placement(FUZZY, placed, quote, round(score, 4))
        return Placement(EXACT if placed == segments else MOVED, placed, quote, round(score, 4))

    def find(self, segment: Segment) -> Found | None:
        """One segment: where it survived, else where its words stand, else where something like them does."""
        if segment not in self.known:
            self.known[segment] = self.best(segment)
        return self.known[segment]

    def best(self, segment: Segment) -> Found | None:
        kept = self.kept(segment)
        if kept and kept.sure:
            return kept
        hint = self.shared.moved_to(segment[0])
        elsewhere = self.elsewhere(segment, hint)
        if elsewhere and elsewhere.sure:
            return elsewhere
        return kept or elsewhere or self.resembling(segment, hint)

    # -- what survived in place ---------------------------------------------------------------------------------------

    def kept(self, segment: Segment) -> Found | None:
        start, end = segment
        over = self.shared.stretch_over(start, end)
        if over is not None:
            at = over.new + start - over.old
            return self.whole(segment, at, over)
        parts = self.shared.within(start, end)
        length = end - start
        if sum(part.length for part in parts) < SURVIVES * length:
            return None
        for left, right in self.extents(segment, parts):
            if right - left <= GROWS_BY * length + GROWS_ALSO and (found := self.like(segment, left, right)):
                return found
        return None

    def whole(self, segment: Segment, at: int, over: Same) -> Found | None:
        """A span that stands whole in one shared stretch. A short one needs some of the stretch around it: letters
        alone are shared by any two texts."""
        start, end = segment
        length = end - start
        around = over.length - length
        at_an_edge = start == 0 or end == len(self.old)
        is_known = length >= LONG_QUOTE or around >= SHARED_AROUND or (around and at_an_edge)
        is_known = is_known or self.context(segment, at, at + length) >= CONTEXT_FOR_EXACT or self.old == self.new
        if not is_known:
            return None
        if _cuts(self.new, at, at + length) or not self.words_end_alike(segment, at, at + length):
            return self.like(segment, at, at + length)
        return Found(at, at + length, 100.0, True)

    def extents(self, segment: Segment, parts: list[Same]) -> Iterable[Segment]:
        """The place of the surviving parts, first with what replaced the edges that did not survive."""
        start, end = segment
        left, right = parts[0].new, parts[-1].new + parts[-1].length
        wide_left = self.shared.moved_to(start) if parts[0].old > start else left
        wide_right = right
        if parts[-1].old + parts[-1].length < end:
            following = self.shared.following(end)
            wide_right = len(self.new) if following is None else following.new
        yield min(wide_left, left), max(wide_right, right)
        yield left, right

    def like(self, segment: Segment, left: int, right: int) -> Found | None:
        start, end = snap_out(self.new, left, right)
        start, end = self.to_words(segment, start, end)
        score = fuzz.ratio(self.old[segment[0] : segment[1]], self.new[start:end])
        near = self.context(segment, start, end)
        if score >= FUZZY_ALONE or (score >= LIKE_ENOUGH and near >= CONTEXT_FOR_FUZZY):
            return Found(start, end, score, False)
        return None

    def to_words(self, segment: Segment, start: int, end: int) -> Segment:
        """The place grown to whole words where the span was whole words: a changed ending belongs to its word."""
        if _parts_words(self.old, segment[0]) is False:
            while start > 0 and _parts_words(self.new, start):
                start -= 1
        if _parts_words(self.old, segment[1]) is False:
            while end < len(self.new) and _parts_words(self.new, end):
                end += 1
        return snap_out(self.new, start, end)

    # -- the same words elsewhere -------------------------------------------------------------------------------------

    def elsewhere(self, segment: Segment, hint: int) -> Found | None:
        start, end = segment
        quote, length = self.old[start:end], end - start
        scored = sorted(
            ((self.context(segment, at, at + length), at) for at in self.candidates(quote, hint)),
            key=lambda pair: (pair[0] - self.distance(pair[1], hint), -pair[1]),
            reverse=True,
        )
        if not scored:
            return None
        likeness, at = scored[0]
        one_side = self.one_side_stands(segment, at, at + length)
        if length < LONG_QUOTE and likeness < CONTEXT_FOR_EXACT and not one_side:
            return None
        rival = scored[1][0] if len(scored) > 1 else 0.0
        is_itself = one_side or likeness >= (CONTEXT_FOR_FUZZY if length >= LONG_QUOTE else CONTEXT_TO_TRUST)
        sure = is_itself and likeness - rival >= RIVAL_NEAR and self.words_end_alike(segment, at, at + length)
        return Found(at, at + length, 100.0 if sure else max(likeness, LIKE_ENOUGH), sure)

    def candidates(self, quote: str, hint: int) -> list[int]:
        """Where the words stand, the nearest to the hint."""
        if quote not in self.occurrences:
            places = (at for at in find_all(self.new, quote) if not _cuts(self.new, at, at + len(quote)))
            self.occurrences[quote] = list(places)
        return nsmallest(CANDIDATES_AT_MOST, self.occurrences[quote], key=lambda at: abs(at - hint))

    def distance(self, at: int, hint: int) -> float:
        return FAR_FROM_HINT * abs(at - hint) / max(1, len(self.new))

    # -- something like them ------------------------------------------------------------------------------------------

    def resembling(self, segment: Segment, hint: int) -> Found | None:
        length = segment[1] - segment[0]
        if not 3 < length <= FUZZY_CODE_POINTS:
            return None
        low, high = max(0, hint - WINDOW - length), min(len(self.new), hint + WINDOW + 2 * length)
        found = self.aligned(segment, low, high)
        if found is None and (low, high) != (0, len(self.new)) and len(self.new) <= WHOLE_TEXT:
            found = self.aligned(segment, 0, len(self.new))
        return found

    def aligned(self, segment: Segment, low: int, high: int) -> Found | None:
        quote, passage = self.old[segment[0] : segment[1]], self.new[low:high]
        cells = len(quote) * len(passage)
        if len(passage) < len(quote) or cells > self.cells_left:
            return None
        self.cells_left -= cells
        found = fuzz.partial_ratio_alignment(quote, passage, score_cutoff=FUZZY_WITH_CONTEXT)
        if found is None or found.dest_start == found.dest_end:
            return None
        start, end = snap_out(self.new, low + found.dest_start, low + found.dest_end)
        start, end = self.to_words(segment, start, end)
        score = fuzz.ratio(quote, self.new[start:end])
        near = self.context(segment, start, end) >= CONTEXT_FOR_FUZZY
        return Found(start, end, score, False) if score >= (FUZZY_WITH_CONTEXT if near else FUZZY_ALONE) else None

    # -- measures -----------------------------------------------------------------------------------------------------

    def context(self, segment: Segment, start: int, end: int) -> float:
        """Likeness, 0 to 100, of what stands around a place in the new text to what stood around the segment."""
        prefix = self.old[max(0, segment[0] - CONTEXT_CODE_POINTS) : segment[0]]
        suffix = self.old[segment[1] : segment[1] + CONTEXT_CODE_POINTS]
        return context_likeness(prefix, suffix, self.new, start, end)

    def one_side_stands(self, segment: Segment, start: int, end: int) -> bool:
        """Whether all that stood before, or all that stood behind, still does: the edge of a block that was moved."""
        prefix = self.old[max(0, segment[0] - CONTEXT_CODE_POINTS) : segment[0]]
        suffix = self.old[segment[1] : segment[1] + CONTEXT_CODE_POINTS]
        before = len(prefix) >= LONG_QUOTE and self.new.endswith(prefix, 0, start)
        return before or (len(suffix) >= LONG_QUOTE and self.new.startswith(suffix, end))

    def words_end_alike(self, segment: Segment, start: int, end: int) -> bool:
        """Whether a span that cut no word still cuts none: "he" is not found in "other"."""
        return (_parts_words(self.old, segment[0]) or not _parts_words(self.new, start)) and (
            _parts_words(self.old, segment[1]) or not _parts_words(self.new, end)
        )


def _disjoint(found: Sequence[Found]) -> tuple[Segment, ...]:
    """The places in order; those that overlap become one."""
    places: list[Segment] = []
    for start, end in sorted((one.start, one.end) for one in found):
        if places and start < places[-1][1]:
            places[-1] = (places[-1][0], max(places[-1][1], end))
        else:
            places.append((start, end))
    return tuple(places)


def _parts_words(text: str, offset: int) -> bool:
    """Whether a word goes on over the offset. Where scripts write no spaces, none does."""
    return bool(_INSIDE_A_WORD.fullmatch(text, max(0, offset - 1), offset + 1))


def _cuts(text: str, start: int, end: int) -> bool:
    return cuts_grapheme(text, start) or cuts_grapheme(text, end)
