"""Reasons that a machine gave and that are stored in English, recognised again, so that a page can say them in its
reader's language.

A relation between claims is suggested with a sentence of `comparisons` or `quantities`. It is stored as that sentence,
for exports and histories; what was stored before, or what a person wrote, is told apart by its very words.
"""

import re
from collections.abc import Iterable
from functools import cache
from string import Formatter

from annotations.core.sentences import Sentence, listed, say

REASONS = (
    "One denies what the other says: {shared}.",
    "One says that somebody said what the other says.",
    "One denies what the other reports: {shared}.",
    "The same event, and one says that it is not so: {shared}.",
    "Otherwise alike, with opposite words: {one} and {other}.",
    "The same words with the roles reversed: {one} and {other}.",
    "Same event, same date, other figure: {one} and {other}.",
    "Same event, other figure, other date, revised down: {new} after {old}.",
    "Same event, other figure, other date: {new} after {old}.",
    "The same event on another date: {one} and {other}.",
    "One says as certain what the other says may be.",
    "The same words.",
    "Nearly the same words: {shared}.",
    "Two values at two times: {one} and {other}.",
    "They count over different periods.",
    "The same measure {when}, from one origin, with another figure: {one} and {other}.",
    "Revised down: {new} as of {new_date}, after {old} as of {old_date}.",
    "A later count of the same: {new} as of {new_date}, after {old} as of {old_date}.",
)
INSIDE = ("as of {date}", "from {start} to {end}")  # what fills a gap of those


def reason_said(words: str) -> str:
    """A stored reason as the Sentence that it was; anything else as it is."""
    return _recognised(words, REASONS) or words


def _recognised(words: str, templates: Iterable[str]) -> Sentence | None:
    for template in templates:
        if found := _pattern(template).fullmatch(words):
            return say(template, **{name: _filling(value) for name, value in found.groupdict().items()})
    return None


def _filling(value: str) -> str:
    return _recognised(value, INSIDE) or (listed(value.split(", ")) if ", " in value else value)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = (re.escape(text) + (f"(?P<{name}>.+?)" if name else "") for text, name, *_ in Formatter().parse(template))
    return re.compile("".join(parts), re.DOTALL)
