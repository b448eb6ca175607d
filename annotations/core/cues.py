"""Attribution: the words by which a text says that somebody said something (said, according to), and quotations.

What counts as a cue stands in `cue_words`, language by language; this module finds them in a text and turns them, with
the quotations, into proposals under the labels that a project chose. A denial is proposed as its sentence, because what
was denied is the point of it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from annotations.core.cue_words import CUE_WORDS, CueWords, languages_of
from annotations.core.matches import Folded, fold
from annotations.core.quotations import Quotation, quotations
from annotations.core.recommending import Proposal
from annotations.core.text import cuts_grapheme, sentences

STRONG, WEAK, DENIED = 0.8, 0.6, 0.6
NEAR_A_QUOTATION = 0.1  # more, where the sentence quotes as well
FEW_WORDS = 3  # quoted words: fewer are as often a title or a word held at arm's length as somebody's own words


class Cue(NamedTuple):
    """[start, end) in code points; `is_denial`; `score` as sure as the word itself is."""

    start: int
    end: int
    is_denial: bool
    score: float


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text, found by place."""

    spans: list[tuple[int, int]]

    def at(self, place: int) -> tuple[int, int] | None:
        number = bisect_left(self.spans, (place + 1, 0)) - 1
        span = self.spans[number] if number >= 0 else None
        return span if span and span[0] <= place < span[1] else None


def find_cues(text: str, language: str = "") -> list[Cue]:
    """The cues of a text, in its order, none over another."""
    folded = fold(text)
    found = [cue for name in languages_of(text, language) for cue in _cues_of(text, folded, CUE_WORDS[name])]
    found.sort(key=lambda cue: (cue.start, cue.start - cue.end, not cue.is_denial))
    kept: list[Cue] = []
    for cue in found:
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return kept


def _cues_of(text: str, folded: Folded, words: CueWords) -> Iterator[Cue]:
    for pattern, is_denial, score in (
        (words.denials, True, DENIED),
        (words.strong, False, STRONG),
        (words.weak, False, WEAK),
    ):
        for found in pattern.finditer(folded.text) if pattern else ():
            start, end = folded.span(*found.span("cue"))
            if not _is_name(text, start, words) and not cuts_grapheme(text, start) and not cuts_grapheme(text, end):
                yield Cue(start, end, is_denial, score)


def _is_name(text: str, start: int, words: CueWords) -> bool:
    """Whether a capital says that this is a name (Edward Said, Said Khatib) and not a word that begins a sentence."""
    if not words.has_capitals or not text[start].isupper():
        return False
    before = text[:start].rstrip()[-1:] if start else ""
    return before not in {"", *'.!?…:;"”’»'} or text[start : start + 5] == "Said "


def find_attributions(text: str, labels: Mapping[str, str], language: str = "") -> list[Proposal]:
    """Proposals for the kinds that `labels` maps to label keys: `cue`, `quotation`, `denial`; others are not sought."""
    quoted = [found for found in quotations(text) if is_speech(text, found)]
    cues = find_cues(text, language)
    spans = Sentences(list(sentences(text, language.partition("-")[0] or "en")))
    proposals: list[Proposal] = []
    if label := labels.get("quotation"):
        proposals += (_quotation(text, one, cues, spans, label) for one in quoted)
    if label := labels.get("cue"):
        proposals += (_cue(text, cue, quoted, spans, label) for cue in cues)
    if label := labels.get("denial"):
        proposals += _denials(text, cues, quoted, spans, label)
    return sorted(proposals, key=lambda proposal: (proposal.segments, proposal.label_key))


def is_speech(text: str, quotation: Quotation) -> bool:
    """Not the ’n’ of rock ’n’ roll, and nothing without a letter in it."""
    inner = text[quotation.inner_start : quotation.inner_end]
    least = 2 if text[quotation.start] in "'’‘" else 1
    return len(inner.strip()) >= least and any(character.isalpha() for character in inner)


# -- proposals --------------------------------------------------------------------------------------------------------


def _quotation(text: str, quotation: Quotation, cues: list[Cue], spans: Sentences, label: str) -> Proposal:
    inner = text[quotation.inner_start : quotation.inner_end]
    is_short = _count_words(inner) < FEW_WORDS
    is_said = _cue_near(quotation, cues, spans)
    score = 0.6 + (0.3 if is_said else 0) - (0.2 if is_short else 0) - (0.1 if quotation.depth else 0)
    why = ["Between quotation marks"]
    why += ["with a word of saying beside it"] if is_said else []
    why += ["only a word or two"] if is_short else []
    why += ["inside another quotation"] if quotation.depth else []
    return Proposal(((quotation.start, quotation.end),), label, round(score, 2), ", ".join(why))


def _cue(text: str, cue: Cue, quoted: list[Quotation], spans: Sentences, label: str) -> Proposal:
    is_near = _quotation_near(cue, quoted, spans)
    kind = "denying" if cue.is_denial else "saying"
    why = f"A word of {kind}" + (", in a sentence that quotes" if is_near else "")
    return Proposal(((cue.start, cue.end),), label, round(min(1.0, cue.score + is_near * NEAR_A_QUOTATION), 2), why)


def _denials(text: str, cues: list[Cue], quoted: list[Quotation], spans: Sentences, label: str) -> Iterator[Proposal]:
    told: set[tuple[int, int]] = set()
    for cue in (one for one in cues if one.is_denial):
        span = spans.at(cue.start)
        if span is None or span in told:
            continue
        told.add(span)
        start, end = _without_stop(text, *span)
        score = cue.score + _quotation_near(cue, quoted, spans) * NEAR_A_QUOTATION
        yield Proposal(((start, end),), label, round(score, 2), f"A sentence with “{text[cue.start : cue.end][:60]}”")


def _without_stop(text: str, start: int, end: int) -> tuple[int, int]:
    """A sentence without its full stop, as people mark it."""
    stop = end
    while stop > start + 1 and text[stop - 1] in ".。۔؟?!…":
        stop -= 1
    return (start, end) if cuts_grapheme(text, stop) else (start, stop)


def _cue_near(quotation: Quotation, cues: list[Cue], spans: Sentences) -> bool:
    """Whether a cue stands in the sentence in which the quotation begins or the one in which it ends, outside of it."""
    start = (spans.at(quotation.start) or (quotation.start, 0))[0]
    end = (spans.at(quotation.end - 1) or (0, quotation.end))[1]
    following = spans.at(quotation.end + 1)  # “Lies!” said Hamdan: the exclamation mark ends a sentence
    if following and following[0] - quotation.end <= 2:
        end = max(end, following[1])
    near = (cue for cue in cues if start <= cue.start < end)
    return any(not quotation.start <= cue.start < quotation.end for cue in near)


def _quotation_near(cue: Cue, quoted: list[Quotation], spans: Sentences) -> bool:
    span = spans.at(cue.start)
    return span is not None and any(one.start < span[1] and span[0] < one.end for one in quoted)


def _count_words(words: str) -> int:
    """Words, or for scripts without spaces about as many as their letters make."""
    unspaced = sum(character >= "\u3040" for character in words)
    return len(words.split()) + unspaced // 2
