"""A claim taken apart for comparing: its words, names, numbers, dates, and what negates or denies in it.

All of it is patterns over the text as it stands; nothing here judges whether a claim is true.
"""

from collections.abc import Container
from dataclasses import dataclass, field, replace
from functools import lru_cache

import regex

from annotations.core.claim_words import Token, is_telling, known_key, stem, tokens
from annotations.core.figures import find_figures
from annotations.core.matches import folded_words, known_words
from annotations.core.oppositions import DENIALS, HEDGES, NEGATIONS, NOT_A_DENIAL, NOT_A_NEGATION, stems_of
from annotations.core.quantities import Figure, Printed, read_figure

# Words that report, and say nothing about what is reported.
REPORTING = stems_of(
    "say said tell told report reported claim claimed claims announce announced state stated statement "
    "according confirm confirmed "
    "spokesman spokesperson spokeswoman official officials source sources add added insist insisted deny "
    "denied allege "
    "alleged dismiss dismissed reject rejected refute refuted pure lies slander baseless fabricated "
    "fabrication false untrue "
    "unfounded call called describe described news agency newspaper story "
    "قال قالت أعلن أعلنت أكد أكدت ذكرت أفاد أفادت زعم نفى نفت مصدر مصادر تقرير تقارير المتحدث أكاذيب باسم "
    "گفت گفتند اعلام اظهار ادعا تکذیب رد گزارش منبع منابع سخنگوی سخنگو دروغ محض بی‌اساس "
    "заявив заявила заявили сказав повідомив повідомила повідомили заперечив заперечила заперечили "
    "спростував речник джерело"
)
_HEAD = regex.compile(
    r"^(?P<speaker>[^,.;:]{2,90}?)\s+(?:has |have |had |also )?(?:said|says|told \w+(?: \w+)?|reported"
    r"|reports|claimed|claims|announced|stated|"
    r"confirmed|insisted|alleged|denied|denies|admitted|argued|warned|acknowledged|wrote|declared)"
    r"(?: on \w+| yesterday)?(?: that|,|:)?\s+"
    r"|^(?:قال|قالت|أعلن|أعلنت|أكد|أكدت|ذكرت|أفادت|أفاد|زعم|زعمت|نفى"
    r"|نفت)\s+(?P<speaker>[^,.،؛:]{2,60}?)\s+(?:أن|إن|بأن|أنه|إنه)\s*"
    r"|^(?P<speaker>[^,.،؛:]{2,60}?)\s+(?:گفت|گفتند|اعلام کرد|اعلام کردند|مدعی شد|گزارش داد|تکذیب کرد|تأکید "
    r"کرد)\s+که\s+"
    r"|^(?P<speaker>[^,.;:]{2,60}?)\s+(?:заявив|заявила|заявили|сказав|сказала|повідомив|повідомила"
    r"|повідомили|заперечив|"
    r"заперечила|заперечили),?\s+(?:що|,)\s+",
    regex.IGNORECASE,
)
_PASSIVE_BY = regex.compile(r"\b(?:was|were|is|are|been|being)\b[^.;]*?\bby\s", regex.IGNORECASE)
_HYPHEN = regex.compile(r"[-'’]")
_TOLD = regex.compile(r"(?:\b(?:was|were|been|being|is|are|not|never|be|had)|n['’]t)$", regex.IGNORECASE)
_OPEN = stems_of(
    "least most nearly almost around roughly approximately estimated fewer exceeding upwards close thousand "
    "million billion"
)


@dataclass(frozen=True, slots=True)
class ClaimSaid:
    """A claim as plain data, for whoever compares. `speakers` are the names of those who make it."""

    text: str
    claim_date: str = ""
    language: str = ""
    layer: str = "so"
    quantities: tuple[Figure, ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a claim. `called` gives stems and keys of names back as written; `content` are the
    stems of what it says, without names, numbers, dates and reporting;
    `negated` the words that are negated, `is_denial` whether it denies a report as a whole."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    called: dict[str, str]
    content: frozenset[str]
    negated: frozenset[str]
    has_negation: bool
    is_denial: bool
    is_hedged: bool
    is_passive: bool
    figures: tuple[Printed, ...]
    dates: frozenset[str]
    speaker: str
    order: tuple[str, ...] = field(default=())
    begins_with: tuple[str, str] = ("", "")  # the first word, where it is taken for a name: its key and its stem

    def beside(self, other: "Reading") -> "Reading":
        """The same, with the capital of its first word no name where the other claim writes that word small."""
        key, word = self.begins_with
        if not key or key in other.names or word not in other.content:
            return self
        names = tuple(name for name in self.names if name != key)
        return replace(self, names=names, content=self.content | {word}, begins_with=("", ""))

    @property
    def everything(self) -> frozenset[str]:
        return self.content | frozenset(self.names)


@lru_cache(maxsize=4_096)
def read_claim(text: str, language: str = "") -> Reading:
    """Take a claim apart. Remembered, since one claim is compared with many."""
    found = find_figures(text)
    figures = tuple(
        read
        for one in found
        if one.kind == "number" and (read := read_figure(text, one.start, one.end, language)) is not None
    )
    dates = frozenset(folded_words(text[one.start : one.end]) for one in found if one.kind == "date")
    taken = [(one.start, one.end) for one in found if one.kind == "date"]
    head = _head_of(text)
    kept = [token for token in tokens(text) if not _inside(token, taken)]
    begins = head.end() if head else 0
    named = _names(kept)
    negations = _negations(text)
    content = [token for token in kept if _says_something(token, named, [span for span, _ in negations])]
    folded = folded_words(text)
    said = [token for token in content if token.start >= begins] or content
    return Reading(
        words=tuple(token.stem for token in kept),
        names=tuple(dict.fromkeys(named[token.start] for token in kept if token.start in named)),
        called={named.get(token.start, token.stem): token.word for token in reversed(kept)},
        content=frozenset(token.stem for token in said),
        negated=_reached(negations, said),
        has_negation=bool(negations),
        is_denial=bool(DENIALS.search(NOT_A_DENIAL.sub(" ", folded))),
        is_hedged=bool(HEDGES.search(folded)),
        is_passive=bool(_PASSIVE_BY.search(text)),
        figures=figures,
        dates=dates,
        speaker=head["speaker"].strip() if head else "",
        begins_with=(named[kept[0].start], kept[0].stem) if kept and kept[0].start in named else ("", ""),
        order=tuple(named.get(token.start, token.stem) for token in kept if is_telling(token)),
    )


def _inside(token: Token, spans: list[tuple[int, int]]) -> bool:
    return any(start < token.end and token.start < end for start, end in spans)


def _says_something(token: Token, named: Container[int], negations: list[tuple[int, int]]) -> bool:
    if token.start in named or token.word[:1].isdigit() or not is_telling(token):
        return False
    return token.stem not in REPORTING and token.stem not in _OPEN and not _inside(token, negations)


def _head_of(text: str) -> "regex.Match[str] | None":
    """The words that credit somebody at the beginning; not `X was told that`, which is what is claimed."""
    head = _HEAD.match(text)
    return None if head is None or _TOLD.search(head["speaker"]) else head


def _names(kept: list[Token]) -> dict[int, str]:
    """Where a name stands: its key. In scripts without capitals no word is told from a name; the first word of a
    sentence is one unless it is a word with which sentences begin."""
    found: dict[int, str] = {}
    for place, token in enumerate(kept):
        last = _HYPHEN.split(token.word)[-1]
        if not (token.word[:1].isupper() or last[:1].isupper()) or not is_telling(token):
            continue
        if place == 0 and token.stem in _COMMON_BEGINNINGS:
            continue
        if key := known_key(token.word):
            found[token.start] = f"~{key}"
    return found


_COMMON_BEGINNINGS = stems_of(
    "people officials police doctors medics rescuers residents witnesses soldiers troops protesters voters "
    "students workers "
    "fighters rebels militants children women reports inflation unemployment exports imports prices talks "
    "negotiations "
    "ceasefire inspectors prosecutors investigators hospitals schools aid oil gas rockets missiles drones "
    "doctors nurses "
    "hundreds thousands dozens several many most some both two three four five six seven eight nine ten "
    "nearly almost about "
    "over under around rain floods snow heavy local national federal state government parliament army "
    "company ministers "
    "hostages prisoners journalists farmers teachers tuition rents wages taxes trains flights passengers "
    "satellite video"
)


def _negations(text: str) -> list[tuple[tuple[int, int], bool]]:
    """Where negations stand in the text, in its own code points, and whether what they negate stands before them, as it
    does where a Persian verb is negated in itself; "not only" and the like are none."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):
        lowered = text
    spared = [found.span() for found in NOT_A_NEGATION.finditer(lowered)]
    found = []
    for match in NEGATIONS.finditer(_same_length(lowered)):
        if any(start <= match.start() < end for start, end in spared):
            continue
        found.append((match.span(), match.group()[0] == "ن"))
    return found


def _same_length(text: str) -> str:
    """Letter by letter as folding has it, where that keeps the length."""
    return "".join(one if len(one) == 1 else letter for letter in text for one in [known_words(letter) or " "])


def _reached(negations: list[tuple[tuple[int, int], bool]], said: list[Token]) -> frozenset[str]:
    """What is negated: the nearest telling word, on the side on which it stands."""
    found: set[str] = set()
    for (start, end), is_behind in negations:
        before = [token.stem for token in said if token.end <= end]
        found |= set(before[-1:] if is_behind else [token.stem for token in said if token.start >= start][:1])
    return frozenset(found)


def measured(reading: Reading, families: frozenset[str]) -> frozenset[str]:
    """The words of a claim that say what is counted."""
    units = (stem(part) for figure in reading.figures for part in figure.unit.split())
    return families & {*reading.words, *units}
