"""A first guess at who says what in a text: around each word of saying its speaker and what is said, clause by clause.

Only to begin with: a person sees every part of a guess, and changes it or takes another, before anything is stored.
Which words say or deny stands in `cue_words`; English, Persian and Arabic have rules for speakers, other languages
those of English, by their capitals.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotations.core.cues import Cue, Sentences, find_cues
from annotations.core.quotations import Quotation, quotations
from annotations.core.text import sentences

Span = tuple[int, int]
Segments = tuple[Span, ...]

# A cue takes its auxiliaries along: "had before that reported", "was told".
_AUXILIARIES = r"had|has|have|was|were|is|are|would|did|does|will"
_BETWEEN = r"been|being|also|further|only|not|never|before|that|earlier|then|already|once|now|since|again|reportedly"
_BEFORE_CUE = re.compile(rf"\b(?:{_AUXILIARIES})(?: (?:{_AUXILIARIES}|{_BETWEEN}))* $", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being)\b.* \w+(?<!ing)$", re.IGNORECASE)
_HAD_IT = re.compile(r"\bha[sd] it\b")
# What credits before its noun: the speaker stands behind it.
_PREPOSITIONAL = re.compile(
    r"(?:according to|in the words of|as quoted by|به گفته|بنا به گفته|به نقل از|به گزارش|بر اساس گزارش|طبق گزارش"
    r"|به ادعای|نقلا عن|بحسب|حسبما|وفقا|حسب قول|على حد قول|على حد تعبير)[یٔ\u200c ]*\Z",
    re.IGNORECASE,
)
_DAYS = (
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August"
    r"|September|October|November|December"
)
_STOPS = re.compile(
    rf"\b(?:and|but|that|as|when|while|because|which|who|on|in|at|after|before|then|so|if|since|to|by|from|with|where"
    rf"|although|though|is|was|were|are|has|had|have|yesterday|today|meanwhile|however|{_DAYS})\b|[,;:—–()\"“”«»\n]",
    re.IGNORECASE,
)
_APPOSITION = re.compile(r"(?:an?|the|who|whose|which|head|leader|spokes\w+|deputy|senior|former)\b", re.IGNORECASE)
_SUBJECT_BEHIND = re.compile(
    r"[\w’'.-]+(?: (?!(?:in|on|at|to|that|after|before|when|as|and|by|with|from)\b)[\w’'.-]+){0,6}"
)
_PERSIAN_STOPS = re.compile(r"(?<!\w)(?:به|در|از|با|برای|روز|که|را|پس|هم|نیز|دیروز|امروز|شنبه)(?!\w)|[،؛:,»«\"\n]")
_ARABIC_STOPS = re.compile(r"(?<!\w)(?:إن|أن|بأن|انه|إنه|أنه|في|من|على|إلى|يوم|لـ\w*)(?!\w)|[،؛:,»«\"\n.]")
_OPENING = re.compile(r"[\s,:،–—-]*(?:(?:that|که|این‌که|اینکه|بأن|أن|إن)\s+)?")
# Nothing here can be cut in two ways (`++`, `*+`): a long word or a wide gap would take for ever otherwise.
_THAT_SOON = re.compile(r"^(?:[^\w’'.-]*+[\w’'.-]++){1,6}? (?:that|که|أن|إن) ")
_CLAUSES = re.compile(
    r"[,;:]\s++(?:and\s++|or\s++|but\s++)?that\s++|(?<!\s)\s++and\s++that\s++|;\s++|؛\s*+"
    r"|(?:[،,]|(?<!\s))\s*+(?:و\s*+)?(?:این‌که|اینکه)\s++|[،,]\s*+(?:و\s*+)?که\s++|[،,]\s*+و(?:أن|إن|بأن|أنه|إنه)\s++"
)
_EDGES = " \t\r\n\xa0,;:،؛–—-"
_STOP_MARKS = ".。۔؟?!…"
LONGEST_SPEAKER = 120  # code points
SEEN_AROUND = 1_000  # on each side of a cue: a sentence that is longer is a list, or no sentence


class SayingGuess(NamedTuple):
    """`cue` with its auxiliaries; `speaker` or None where the text seems to have none; what is said as `contents`."""

    sentence: Span
    cue: Span
    speaker: Span | None
    contents: tuple[Segments, ...]


def sayings_in(text: str, language: str = "") -> list[SayingGuess]:
    """A guess for each cue of a text, in its order; none over another. Offsets are code points."""
    spans = Sentences(list(sentences(text, language.partition("-")[0] or "en")))
    quoted = quotations(text)
    cues = sorted({cue[:2] for cue in [*find_cues(text, language), *_had_it(text)]})
    guesses: list[SayingGuess] = []
    behind = 0
    for cue in cues:
        sentence = spans.at(cue[0])
        if sentence and cue[0] >= behind and not _inside(cue[0], quoted):
            guess = _Reading(text, sentence, cue, quoted, cues).guess(guesses[-1] if guesses else None)
            guesses.append(guess)
            behind = guess.cue[1]
    return guesses


def _had_it(text: str) -> Iterator[Cue]:
    return (Cue(found.start(), found.end(), False, 0.5) for found in _HAD_IT.finditer(text))


def _inside(place: int, quoted: list[Quotation]) -> bool:
    return any(one.start < place < one.end for one in quoted)


class _Reading:
    """One cue in its sentence."""

    def __init__(self, text: str, sentence: Span, cue: Span, quoted: list[Quotation], cues: list[Span]) -> None:
        self.text = text
        self.start, self.end = max(sentence[0], cue[0] - SEEN_AROUND), min(sentence[1], cue[1] + SEEN_AROUND)
        while self.end > self.start and text[self.end - 1] in _STOP_MARKS + " \r\n":
            self.end -= 1
        self.cue = self.widened(cue)
        self.quoted = [one for one in quoted if one.start < self.end and self.start < one.end]
        self.others = [other for other in cues if self.start <= other[0] < self.end and other[0] != cue[0]]
        self.is_before = bool(_PREPOSITIONAL.search(text[slice(*self.cue)]))

    def guess(self, last: SayingGuess | None) -> SayingGuess:
        """`last` is the guess before this one: "called ... and accused ..." has one speaker."""
        goes_on = last and last.sentence[0] == self.start and self.text[: self.cue[0]].rstrip().endswith(" and")
        speaker = last.speaker if last and goes_on else self.speaker()
        return SayingGuess((self.start, self.end), self.cue, speaker, tuple(self.contents(speaker)))

    def widened(self, cue: Span) -> Span:
        found = _BEFORE_CUE.search(self.text[self.start : cue[0]])
        return (self.start + found.start() if found else cue[0], cue[1])

    # -- who -----------------------------------------------------------------------------------------------------------

    def speaker(self) -> Span | None:
        words = self.text[slice(*self.cue)]
        if _PASSIVE.search(words):
            return None
        if self.is_before:
            return self.behind(r"[^,،;؛:.\n]{1,80}")
        if re.match(r"[\u0590-\u08ff]", words):
            return self.of_the_right_to_left()
        return self.before() or self.behind(_SUBJECT_BEHIND.pattern)

    def before(self) -> Span | None:
        """The noun that ends at the cue; over what is set between commas, which goes along where it describes."""
        end = self.stripped_end(self.cue[0])
        if self.text[self.start : self.cue[0]].rstrip().endswith(","):
            comma = self.text.rfind(",", self.start, end)
            if comma < 0:
                return None
            between = self.text[comma + 1 : end].strip()
            found = self.noun_ending_at(comma)
            is_description = _APPOSITION.match(between) and not self.has_cue(comma, end)
            return (found[0], end) if found and is_description else found
        return self.noun_ending_at(end)

    def noun_ending_at(self, end: int) -> Span | None:
        start = max(self.start, end - LONGEST_SPEAKER)
        for stop in _STOPS.finditer(self.text, start, end):
            start = stop.end()
        return self.trimmed(start, end)

    def behind(self, pattern: str) -> Span | None:
        rest = (
            self.cue[1] + len(self.text[self.cue[1] : self.end]) - len(self.text[self.cue[1] : self.end].lstrip(" ‌ی"))
        )
        found = re.compile(pattern).match(self.text, rest, self.end)
        return self.trimmed(*found.span()) if found else None

    def of_the_right_to_left(self) -> Span | None:
        """Persian puts the speaker first and the verb behind, Arabic the verb first."""
        is_persian = bool(re.search(r"[پچژگی]|کرد|گفت", self.text[self.start : self.end]))
        if not is_persian:
            stop = _ARABIC_STOPS.search(self.text, self.cue[1], self.end)
            return self.trimmed(self.cue[1], stop.start() if stop else self.end)
        first = max((one.end for one in self.quoted if one.end <= self.cue[0]), default=self.start)
        words = self.trimmed(first, self.cue[0])
        if words is None:
            return None
        stop = _PERSIAN_STOPS.search(self.text, words[0], words[1])
        return self.trimmed(words[0], stop.start() if stop and stop.start() > words[0] else words[1])

    def has_cue(self, start: int, end: int) -> bool:
        return any(start <= other[0] < end for other in self.others)

    # -- what ----------------------------------------------------------------------------------------------------------

    def contents(self, speaker: Span | None) -> Iterator[Segments]:
        before = [one for one in self.quoted if one.end <= self.cue[0] and one.depth == 0]
        rest = self.rest(speaker)
        behind = before[-1].end if before else 0
        credit = min(self.cue[0], speaker[0]) if speaker and speaker[0] >= behind else self.cue[0]
        if before and self.trimmed(behind, credit) is None:
            yield from (((one.start, one.end),) for one in before)
        elif rest is None:
            words = self.trimmed(self.start, self.first_of(speaker))
            if words is None and speaker:
                words = self.trimmed(speaker[1], self.cue[0])
            yield from [(words,)] if words else []
        else:
            yield from self.clauses(*rest)

    def first_of(self, speaker: Span | None) -> int:
        return min(self.cue[0], speaker[0]) if speaker else self.cue[0]

    def rest(self, speaker: Span | None) -> Span | None:
        """What follows the cue, and the speaker where they stand behind it."""
        start = max(self.cue[1], speaker[1] if speaker else 0)
        behind = _THAT_SOON.match(self.text[start : self.end])
        start += behind.end() if behind and not _CLAUSES.search(behind[0][:-1]) else 0
        opening = _OPENING.match(self.text, start, self.end)
        return self.trimmed(opening.end() if opening else start, self.end)

    def clauses(self, start: int, end: int) -> Iterator[Segments]:
        begin = start
        for found in _CLAUSES.finditer(self.text, start, end):
            if not _inside(found.start(), self.quoted):
                piece = self.trimmed(begin, found.start())
                begin = found.end()
                yield from [(piece,)] if piece and not self.is_aside(*piece) else []
        piece = self.trimmed(begin, end)
        yield from [(piece,)] if piece else []

    def is_aside(self, start: int, end: int) -> bool:
        """`the outlet adds`, between commas: somebody else's saying and not what is said."""
        return self.has_cue(start, end) and self.text.count(" ", start, end) < 5

    # -- edges ---------------------------------------------------------------------------------------------------------

    def trimmed(self, start: int, end: int) -> Span | None:
        while start < end and self.text[start] in _EDGES:
            start += 1
        end = self.stripped_end(end, start)
        return (start, end) if start < end else None

    def stripped_end(self, end: int, start: int = 0) -> int:
        while end > start and self.text[end - 1] in _EDGES:
            end -= 1
        return end
