"""Finds again, in another text, what people labelled before: the same words, also where they are written differently.

A text is folded (case, accents and vowel marks, width, Arabic and Persian letter forms, joiners, kinds of digits,
quotation marks and spaces) and the folded text remembers where each of its characters stood, so that what is found has
offsets in the text itself. Source: Unicode NFKC_Casefold, and the usual search folding of Arabic and Persian.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import regex

from annotations.core.recommending import Proposal
from annotations.core.text import cuts_grapheme

LONGEST_PHRASE = 300  # code points: a paragraph that comes again is a copy of the article, and other tools' business
OTHER_SPELLING = 0.9  # of the score, for words that are the same only when folded
LEAST_SCORE = 0.3
_COMMON_WORDS = (
    "a an and are as at be been but by for from had has have he her his i if in is it its not of on or she so than "
    "that the their them then there they this to up was we were what which who will with you "
    "و در به از که این آن را با است برای تا هم یا ما "
    "في من على الى عن ان هذا هذه ما لا او مع كان "
    "і й в у на з до що як це та або за не "
    "的 了 是 在 和 有"
)
COMMON = frozenset(_COMMON_WORDS.split())

# -- folding ----------------------------------------------------------------------------------------------------------

_LETTERS = {
    **dict.fromkeys("أإآٱٲٳا", "ا"),
    **dict.fromkeys("يىئےی", "ی"),
    **dict.fromkeys("كک", "ک"),
    **dict.fromkeys("ةهۀە", "ه"),
    "ؤ": "و",
    **dict.fromkeys("’‘ʼʹ`´＇‛", "'"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−－", "-"),
}
_LETTER_BY_LETTER = regex.compile(r"[\p{Script=Cyrillic}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]")


def _is_accent(character: str) -> bool:
    """Marks that writers leave out at will: Latin accents, Arabic and Hebrew points. Not the vowel signs of India."""
    combining = unicodedata.combining(character)
    return 10 <= combining <= 36 or combining >= 200


class _Table(dict[str, str]):
    """What each character becomes; worked out once a character."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = _folded(character)
        return folded


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    if character in _LETTERS:
        return _LETTERS[character]
    if unicodedata.category(character) == "Cf" or character == "\u0640" or _is_accent(character):
        return ""
    if character.isdigit() and (value := unicodedata.digit(character, -1)) >= 0:
        return str(value)
    if _LETTER_BY_LETTER.match(character):
        return unicodedata.normalize("NFKC", character).casefold()
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(_LETTERS.get(one, one) for one in plain if not _is_accent(one))


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: `starts[i]` and `ends[i]` bound in the text what became character i."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of folded characters [start, end)."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text. A run of white space becomes one space; what vanishes belongs to the character before it."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = ""
    for offset, character in enumerate(text):
        folded = _TABLE[character]
        if not folded or (folded == last == " "):
            if ends and (folded or unicodedata.combining(character) or character == "\u0640"):
                ends[-1] = offset + 1
            continue
        last = folded
        pieces.append(folded)
        starts += [offset] * len(folded)
        ends += [offset + 1] * len(folded)
    return Folded("".join(pieces), starts, ends)


def folded_words(words: str) -> str:
    """A phrase as `fold` makes it, without white space around it; without its places, in half the time."""
    pieces: list[str] = []
    last = ""
    for folded in map(_TABLE.__getitem__, words):
        if folded and not folded == last == " ":
            pieces.append(folded)
            last = folded
    return "".join(pieces).strip()


known_words = lru_cache(maxsize=20_000)(folded_words)  # for single words and letters, which come again and again


# -- what is known ----------------------------------------------------------------------------------------------------


class Labelled(NamedTuple):
    """How often people put one label on one phrase, and how often they said no to it."""

    label_key: str
    times: int
    refused: int = 0


@dataclass(slots=True)
class Phrases:
    """The phrases that people labelled, by their folded words: which labels, which spellings, and how often each
    stands in the texts that they read (`seen`)."""

    labels: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    spellings: dict[str, set[str]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    _lengths: dict[str, list[int]] = field(default_factory=dict)

    def learn(self, quote: str, label_key: str, *, times: int = 1, refused: int = 0) -> None:
        """Take note of one labelled (or refused) phrase. What is too long or too common is left out."""
        words = folded_words(quote)
        if not is_telling(words) or len(quote) > LONGEST_PHRASE:
            return
        counted = self.labels.setdefault(words, {}).setdefault(label_key, [0, 0])
        counted[0] += times
        counted[1] += refused
        if times:
            self.spellings.setdefault(words, set()).add(quote.strip())
        self._lengths = {}

    def read(self, text: str) -> None:
        """Count where the known phrases stand in a text that people worked on, labelled or not."""
        for words, _, _ in self.places(fold(text)):
            self.seen[words] = self.seen.get(words, 0) + 1

    def places(
        self, folded: Folded, is_wanted: Callable[[str], bool] = lambda _: True
    ) -> Iterator[tuple[str, int, int]]:
        """Every known phrase in a folded text as (words, start, end), longest first at each place, overlaps and all."""
        by_first = self._by_first()
        tokens = [found.span() for found in TOKEN.finditer(folded.text)]
        ends = {end for _, end in tokens}
        for start, end in tokens:
            for length in by_first.get(folded.text[start:end], ()):
                at = self._begin(folded.text, start, length)
                for begin in at:
                    words = folded.text[begin : begin + length]
                    if words in self.labels and is_wanted(words) and _is_bounded(words, begin + length, ends):
                        yield words, begin, begin + length

    def _begin(self, text: str, start: int, length: int) -> tuple[int, ...]:
        """Where a phrase whose first word begins at `start` may begin: there, or with the mark before it."""
        return (start - 1, start) if start and text[start - 1] in "\"'([#@$€£" else (start,)

    def _by_first(self) -> dict[str, list[int]]:
        if not self._lengths:
            lengths: dict[str, set[int]] = {}
            for words in self.labels:
                if token := TOKEN.search(words):
                    lengths.setdefault(token[0], set()).add(len(words))
            self._lengths = {first: sorted(known, reverse=True) for first, known in lengths.items()}
        return self._lengths

    def score(self, words: str, label_key: str) -> float:
        """How often this phrase got this label where it stood, careful about what was seen seldom: 1 of 1 is 0.67,
        5 of 5 is 0.86, 1 of 20 is 0.09."""
        times, refused = self.labels[words][label_key]
        return (times + 1) / (max(self.seen.get(words, 0), times) + refused + 2)


# A word; a letter of a script that writes no spaces is one for itself.
TOKEN = regex.compile(
    r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]"
    r"|[\w--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}"
    r"\p{Script=Myanmar}]]+",
    regex.V1,
)


def is_telling(words: str) -> bool:
    """Whether finding these folded words again says anything: not for "the", a single letter, or bare digits."""
    tokens = [found[0] for found in TOKEN.finditer(words)]
    if not tokens or all(token in COMMON or token.isdecimal() for token in tokens):
        return False
    return len(tokens) > 1 or len(tokens[0]) > 2


def _is_bounded(words: str, end: int, ends: set[int]) -> bool:
    """Whether a phrase ends where a word does. One that ends with a mark ends there anyway."""
    return end in ends or not TOKEN.match(words[-1])


# -- finding ----------------------------------------------------------------------------------------------------------


def find_matches(text: str, phrases: Phrases, *, least: float = LEAST_SCORE) -> list[Proposal]:
    """What of a text was labelled elsewhere, in the order of the text. Of one label no two proposals overlap: the
    longer one stands. A phrase that got several labels is proposed with the likeliest."""
    folded = fold(text)
    best = {words: _best_label(words, phrases) for words in phrases.labels}
    taken: dict[str, list[tuple[int, int]]] = {}
    proposals = []
    found = phrases.places(folded, lambda words: best[words][1] >= least)
    for words, start, end in sorted(found, key=lambda place: (place[1] - place[2], place[1])):
        label_key, score = best[words]
        if _overlaps(taken.setdefault(label_key, []), start, end):
            continue
        place = folded.span(start, end)
        if cuts_grapheme(text, place[0]) or cuts_grapheme(text, place[1]):
            continue
        taken[label_key].insert(bisect_left(taken[label_key], (start, end)), (start, end))
        proposals.append(_proposal(text, place, words, label_key, score, phrases))
    return sorted(proposals, key=lambda proposal: proposal.segments)


def _best_label(words: str, phrases: Phrases) -> tuple[str, float]:
    scores = {label: phrases.score(words, label) for label, (times, _) in phrases.labels[words].items() if times}
    best = max(sorted(scores), key=lambda label: scores[label], default="")
    return best, scores.get(best, 0.0)


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (start, end))
    return any(left < end and start < right for left, right in taken[max(0, at - 1) : at + 1])


def _proposal(
    text: str, place: tuple[int, int], words: str, label_key: str, score: float, phrases: Phrases
) -> Proposal:
    is_same = text[slice(*place)] in phrases.spellings[words]
    times, refused = phrases.labels[words][label_key]
    seen = max(phrases.seen.get(words, 0), times) + refused
    why = f"Labelled so {times} of {seen} times before" + ("" if is_same else ", in another spelling")
    return Proposal((place,), label_key, round(score * (1 if is_same else OTHER_SPELLING), 3), why)


def phrases_of(known: Mapping[str, Iterable[Labelled]], texts: Iterable[str]) -> Phrases:
    """The phrases with their labels, and how often they stand in the texts that people read."""
    phrases = Phrases()
    for quote, labelled in known.items():
        for label_key, times, refused in labelled:
            phrases.learn(quote, label_key, times=times, refused=refused)
    for text in texts:
        phrases.read(text)
    return phrases
