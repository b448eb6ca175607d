"""Anchors: what holds a span (segments and quote), how it is checked on every write, where a quote stands in a text.

Segments are (start, end) in code points: zero-based, half-open, sorted, disjoint, non-empty. Two may touch (they are
disjoint all the same); none cuts a grapheme cluster. `locate` finds one quote in one text; carrying spans from revision
to revision is the business of `reanchoring`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from typing import Any

from rapidfuzz import fuzz

from annotations.core.errors import Invalid
from annotations.core.sentences import count, listed, say
from annotations.core.text import check_storable, cuts_grapheme, snap_out

Segment = tuple[int, int]

JOINER = " … "
CONTEXT_CODE_POINTS = 32
SEGMENTS_AT_MOST = 1_000  # an annotation of more pieces is a mistake or an attack
SENTENCES_AT_MOST = 10  # of a refusal; the rest is counted
SHOWN_CODE_POINTS = 400  # of each string when a quote differs
OFFSET_LIMIT = 2**53  # beyond it JavaScript cannot count, and Python will not print a number of 5,000 digits

# ------------------------------------------------------------------------------------------------- checking on a write


def check_segments(text: str, segments: Any, quote: Any) -> tuple[Segment, ...]:
    """The segments as tuples, once they fit `text` and `quote` is exactly what stands there.

    `segments` is what came from outside: a list of [start, end] pairs. Raises Invalid with errors under `segments`
    (shape, order, bounds, a cut character) or under `quote` (not a string, or different: both strings are given).
    """
    pairs = _pairs(segments)
    if wrong := _wrong_places(text, pairs):
        raise _invalid_segments(wrong)
    _check_quote(text, pairs, quote)
    return pairs


def quote_of(text: str, segments: Sequence[Sequence[int]]) -> str:
    """The segments' texts in order, joined by ` … `."""
    return JOINER.join(text[start:end] for start, end in segments)


def context_of(text: str, start: int, end: int) -> tuple[str, str]:
    """Up to 32 code points before `start` and after `end`: prefix and suffix of the span."""
    return text[max(0, start - CONTEXT_CODE_POINTS) : start], text[end : end + CONTEXT_CODE_POINTS]


def _pairs(segments: Any) -> tuple[Segment, ...]:
    if not isinstance(segments, list | tuple):
        raise Invalid.field("segments", "Segments are a list of [start, end] pairs of whole numbers.")
    if not segments:
        raise Invalid.field("segments", "At least one segment [start, end] is needed.")
    if len(segments) > SEGMENTS_AT_MOST:
        raise Invalid.field("segments", say("At most {most:,} segments make one annotation.", most=SEGMENTS_AT_MOST))
    wrong: list[str] = [
        say("Segment {number} is not a pair [start, end] of whole numbers.", number=number)
        for number, pair in enumerate(segments, 1)
        if not _is_pair(pair)
    ]
    if wrong:
        raise _invalid_segments(wrong)
    return tuple((pair[0], pair[1]) for pair in segments)


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list | tuple) and len(pair) == 2 and all(_is_offset(offset) for offset in pair)


def _is_offset(offset: Any) -> bool:
    return isinstance(offset, int) and not isinstance(offset, bool) and abs(offset) < OFFSET_LIMIT


def _wrong_places(text: str, pairs: Sequence[Segment]) -> list[str]:
    wrong: list[str] = []
    for number, (start, end) in enumerate(pairs, 1):
        name = say("Segment {number} {place}", number=number, place=f"[{start}, {end}]")
        if reason := _wrong_place(text, start, end):
            wrong.append(say("{segment} {reason}", segment=name, reason=reason))
        elif number > 1 and start < pairs[number - 2][1]:
            earlier = say("segment {number} {place}", number=number - 1, place="[{}, {}]".format(*pairs[number - 2]))
            order = "{segment} begins before {earlier} ends: they stand in order."
            wrong.append(say(order, segment=name, earlier=earlier))
    return wrong


def _wrong_place(text: str, start: int, end: int) -> str:
    if start < 0:
        return say("begins before the text: offsets count from 0.")
    if start == end:
        return say("is empty: its end must lie after its start.")
    if end < start:
        return say("is reversed: its end must lie after its start.")
    if end > len(text):
        return say("ends outside the text, which has {length} code points.", length=len(text))
    cuts = [str(offset) for offset in (start, end) if cuts_grapheme(text, offset)]
    return say("cuts a character in two at offset {offsets}.", offsets=listed(cuts)) if cuts else ""


def _invalid_segments(wrong: list[str]) -> Invalid:
    shown = wrong[:SENTENCES_AT_MOST]
    if len(wrong) > len(shown):
        shown.append(
            count("{number} more segment is wrong.", "{number} more segments are wrong.", len(wrong) - len(shown))
        )
    return Invalid(shown[0], errors={"segments": shown})


def _check_quote(text: str, pairs: Sequence[Segment], quote: Any) -> None:
    if not isinstance(quote, str):
        raise Invalid.field("quote", "The quote is a string: the marked text exactly as it stands.")
    check_storable(quote, "quote")  # first, so that no refusal below carries what cannot be sent
    stands = quote_of(text, pairs)
    if quote != stands:
        raise Invalid.field("quote", _difference(stands, quote))


def _difference(stands: str, quote: str) -> str:
    shorter = min(len(stands), len(quote))
    at = next((at for at in range(shorter) if stands[at] != quote[at]), shorter)
    return say(
        "The quote is not what stands there. The text reads “{stands}”; the quote sent reads “{sent}”. "
        "They part at character {at}: {here} against {there}.",
        stands=_shown(stands, at),
        sent=_shown(quote, at),
        at=at + 1,
        here=_named(stands, at),
        there=_named(quote, at),
    )


def _shown(words: str, at: int) -> str:
    if len(words) <= SHOWN_CODE_POINTS:
        return words
    start = max(0, min(at - SHOWN_CODE_POINTS // 2, len(words) - SHOWN_CODE_POINTS))
    end = start + SHOWN_CODE_POINTS
    return ("[…]" if start else "") + words[start:end] + ("[…]" if end < len(words) else "")


def _named(words: str, at: int) -> str:
    return f"U+{ord(words[at]):04X}" if at < len(words) else say("its end")


# ------------------------------------------------------------------------------------------- finding a quote in a text

LONG_QUOTE = 24  # code points: an exact quote this long is itself wherever it stands
CONTEXT_FOR_EXACT = 60.0  # of 100: a shorter quote needs this much of its surroundings
FUZZY_ALONE = 85.0  # of 100: similar enough without surroundings
FUZZY_WITH_CONTEXT = 65.0
CONTEXT_FOR_FUZZY = 50.0
DISTANCE_WEIGHT = 10.0  # what the whole length of the text takes off a candidate's score
CANDIDATES_AT_MOST = 1_000  # "the" stands everywhere: only the nearest to the hint are weighed
COMPARED_AT_MOST = 100_000_000  # code points: a long quote of one letter would stand at every place of its own text
FUZZY_CODE_POINTS = 1_000  # longer quotes are sought exactly only: aligning 5,000 takes two seconds


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known of one span: its quote, the text around it where known, and about where it stood."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    hint: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Where an anchor was found: `how` is exact or fuzzy; `score` runs to 100 (context if exact, likeness if fuzzy)."""

    start: int
    end: int
    how: str
    score: float


def find_all(text: str, quote: str) -> Iterator[int]:
    """Where `quote` begins in `text`, every occurrence in order, overlapping ones too; an empty quote: nowhere."""
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def locate(anchor: Anchor, text: str) -> Match | None:
    """Where the anchor's quote stands in `text`; None where nothing is near enough, or several places are equal.

    Exact occurrences are scored by 32 characters of context on each side and the distance from the hint; a long quote
    or enough context accepts the best. An anchor that knows no context is accepted where there is only one occurrence
    or the hint names one. Where there is no exact occurrence, the likeliest passage is taken by fuzzy alignment. No
    match cuts a grapheme cluster.
    Source: the trial recorded for re-anchoring (thresholds above).
    """
    if not anchor.quote:
        return None
    length = len(anchor.quote)
    occurrences = islice(find_all(text, anchor.quote), 1 + COMPARED_AT_MOST // length)
    places = [at for at in occurrences if not _cuts(text, at, at + length)]
    if not places:
        return _locate_fuzzy(anchor, text)
    if not anchor.prefix and not anchor.suffix:
        return _without_context(anchor, places)
    return _by_context(anchor, text, places)


def _by_context(anchor: Anchor, text: str, places: list[int]) -> Match | None:
    length = len(anchor.quote)
    near = nsmallest(CANDIDATES_AT_MOST, places, key=lambda at: abs(at - (anchor.hint or 0)))
    scores = {at: _context(anchor, text, at, at + length) for at in near}
    best = max(sorted(near), key=lambda at: scores[at] - _distance(anchor, text, at))
    if length >= LONG_QUOTE or scores[best] >= CONTEXT_FOR_EXACT:
        return Match(best, best + length, "exact", scores[best])
    return None


def _without_context(anchor: Anchor, places: list[int]) -> Match | None:
    length = len(anchor.quote)
    if len(places) == 1 or anchor.hint in places:
        at = places[0] if len(places) == 1 else anchor.hint or 0
        return Match(at, at + length, "exact", 100.0)
    if anchor.hint is None or length < LONG_QUOTE:
        return None
    at = min(places, key=lambda place: abs(place - (anchor.hint or 0)))
    return Match(at, at + length, "exact", 0.0)


def _locate_fuzzy(anchor: Anchor, text: str) -> Match | None:
    if not len(anchor.quote) <= min(FUZZY_CODE_POINTS, len(text)):
        return None
    found = fuzz.partial_ratio_alignment(anchor.quote, text, score_cutoff=FUZZY_WITH_CONTEXT)
    if found is None or found.dest_start == found.dest_end:
        return None
    start, end = snap_out(text, found.dest_start, found.dest_end)
    score = fuzz.ratio(anchor.quote, text[start:end])  # anew: what was snapped in may be half of the passage
    near = _context(anchor, text, start, end) >= CONTEXT_FOR_FUZZY
    return Match(start, end, "fuzzy", score) if score >= (FUZZY_WITH_CONTEXT if near else FUZZY_ALONE) else None


def _cuts(text: str, start: int, end: int) -> bool:
    return cuts_grapheme(text, start) or cuts_grapheme(text, end)


def _context(anchor: Anchor, text: str, start: int, end: int) -> float:
    prefix, suffix = anchor.prefix[-CONTEXT_CODE_POINTS:], anchor.suffix[:CONTEXT_CODE_POINTS]
    return context_likeness(prefix, suffix, text, start, end)


def context_likeness(prefix: str, suffix: str, text: str, start: int, end: int) -> float:
    """Likeness, 0 to 100, of what stands around [start, end) to a prefix and a suffix, weighed by their lengths."""
    if not prefix and not suffix:
        return 0.0
    before = text[max(0, start - len(prefix)) : start]
    after = text[end : end + len(suffix)]
    likeness = len(prefix) * fuzz.ratio(prefix, before) + len(suffix) * fuzz.ratio(suffix, after)
    return likeness / (len(prefix) + len(suffix))


def _distance(anchor: Anchor, text: str, at: int) -> float:
    return 0.0 if anchor.hint is None else DISTANCE_WEIGHT * abs(at - anchor.hint) / max(1, len(text))
