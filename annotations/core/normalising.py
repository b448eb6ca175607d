"""What makes a claim hard to check as it is worded: it does not stand alone, or it asks two things at once.

Soft: a person may know better, so nothing here refuses. Words of English only; a claim in another language is taken as
it is. Source of the rules: the normalisation of AVeriTeC (names for pronouns, dates for "yesterday", the speaker only
where the saying is what is checked).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotations.core.sentences import Sentence, say

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SPAN_OF_TIME = rf"(?:night|week|weekend|month|year|decade|spring|summer|autumn|winter|{_WEEKDAY})"
PRONOUN = re.compile(
    r"\b(he|she|they|him|her|hers|them|his|their|theirs|we|our|ours|you|your)\b"
    r"|\bI\b|^(?:it|its|this|that|these|those|there)\b",
    re.IGNORECASE,
)
_SMALL_I = re.compile(r"^i$")
RELATIVE = re.compile(
    rf"\b(yesterday|today|tonight|tomorrow|now|nowadays|currently|recently|lately|so far|ago"
    rf"|(?:last|next|this|past|coming) {_SPAN_OF_TIME}s?|earlier this {_SPAN_OF_TIME})\b",
    re.IGNORECASE,
)
ON_A_WEEKDAY = re.compile(rf"\b(on {_WEEKDAY})\b(?!,? (?:the )?\d)", re.IGNORECASE)
SAYING = re.compile(
    r"\b(said|says|say|told(?= (?:\w+ ){1,3}that\b)|claimed|claims|announced|stated|states|alleged|allegedly"
    r"|reportedly|denied|denies|according to|confirmed|confirms|insisted|insists|warned|warns|declared|declares"
    r"|quoted as)\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"[.!?][”\"’')]?\s+(?=[A-Z“\"])")
ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Sgt|Lt|No|vs|Jr|Sr|Prof|Sen|Rep|Gov|Capt|Maj)\.\s*$")
OPENING = re.compile(
    r"^(The|A|An|In|At|On|No|Some|Many|Most|More|Several|About|Nearly|Over|There|All|Two|Three|Four|Five)\b"
)


class Doubt(NamedTuple):
    """The words in question, where there are some, and what to ask oneself about them."""

    words: str
    sentence: Sentence


def doubts_about(text: str, layer: str = "so") -> list[Doubt]:
    """What a reader would stumble over, the plainest first; nothing for a claim that stands alone."""
    return list(_doubts(text.strip(), layer)) if text.strip() else []


def _doubts(text: str, layer: str) -> Iterator[Doubt]:
    if found := _pronoun_in(text):
        yield Doubt(
            found, say("“{words}”: who or what is meant? Use the name, so that the claim stands alone.", words=found)
        )
    if found := _first(RELATIVE, text) or _first(ON_A_WEEKDAY, text):
        yield Doubt(found, say("“{words}”: on which day? Write the date.", words=found))
    saying = _first(SAYING, text)
    if layer == "so" and saying:
        words = "“{words}”: this asks whether it is so. Leave the speaker out, or ask whether they said it."
        yield Doubt(saying, say(words, words=saying))
    if layer == "said" and not saying:
        yield Doubt("", say("This asks whether they said it: name who said it, and that they did."))
    if text.endswith("?"):
        yield Doubt("?", say("A question is neither true nor false: write down what somebody claims."))
    elif _sentences(text) > 1:
        yield Doubt("", say("Several sentences: make a claim of each, so that each gets its own answer."))


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(0) if found else ""


def _pronoun_in(text: str) -> str:
    found = (match.group(0) for match in PRONOUN.finditer(text))
    return next((word for word in found if not _SMALL_I.match(word)), "")


def _sentences(text: str) -> int:
    ends = [match for match in SEVERAL.finditer(text) if not ABBREVIATED.search(text[: match.start() + 1])]
    return len(ends) + 1


def sentence_of_saying(speaker: str, words: str, number: int | None = None, *, is_quoted: bool) -> str:
    """The claim that `speaker` said `words`; in quotation marks where the words are theirs and no claim of its own."""
    who = speaker.strip() or (f"{number} people who are not named" if number else "Somebody who is not named")
    if is_quoted:
        return f"{who} said: “{words.strip()}”"
    told = OPENING.sub(lambda match: match.group(0).lower(), words.strip())
    return f"{who} said that {told}"
