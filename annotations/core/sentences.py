"""Sentences that still know how they were made, so that a page can say them in its reader's language.

Every one is a plain English string for whoever only reads it (API, log, history). Beside its words it keeps the
sentence with gaps and what fills them; `templatetags.languages` looks up the former and fills in the latter.
"""

from collections.abc import Iterable
from typing import Any

FIELD = "name of a field"  # the contexts under which the catalogues know single words
VALUE = "value"
VERB = "what happened"
NOUN = "noun"  # of a kind of record
STATE = "state"
MOVE = "move"
ROLE = "role"


class Sentence(str):
    """English words, and how to say them anew: `template` (`many` for a plural) filled with `values`, or `parts`."""

    template: str
    many: str
    context: str
    values: dict[str, Any]
    parts: list[str]

    def __new__(
        cls,
        words: str,
        template: str = "",
        *,
        many: str = "",
        context: str = "",
        values: dict[str, Any] | None = None,
        parts: Iterable[str] = (),
    ) -> "Sentence":
        made = super().__new__(cls, words)
        made.template, made.many, made.context = template, many, context
        made.values, made.parts = values or {}, list(parts)
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, Any]]:
        """So that a copy is a Sentence too."""
        return (str(self), self.template), {
            "many": self.many, "context": self.context, "values": self.values, "parts": self.parts,
        }  # fmt: skip


def say(template: str, /, **values: Any) -> Sentence:
    """`say("At most {longest:,} characters.", longest=500)`. Values that are Sentences are translated with it."""
    return Sentence(template.format_map(values), template, values=values)


def count(one: str, many: str, number: int, /, **values: Any) -> Sentence:
    """`count("{number} origin", "{number} origins", 2)`: each language has plural forms of its own."""
    values |= {"number": number}
    return Sentence((one if number == 1 else many).format_map(values), one, many=many, values=values)


def word(words: str, context: str = VALUE) -> Sentence:
    """One word of the vocabulary: of a stored value, or the name of a field."""
    return Sentence(words, words, context=context)


def either(parts: Iterable[str]) -> Sentence | str:
    """One of several: `in the inbox or parked`."""
    first, *rest = parts
    return either([say("{one} or {other}", one=first, other=rest[0]), *rest[1:]]) if rest else first


def listed(parts: Iterable[str]) -> Sentence:
    """Several after each other, as a list in a sentence."""
    kept = [part for part in parts if part]
    return Sentence(", ".join(kept), parts=kept)
