"""Words of the domain in the reader's language.

The domain speaks English and knows no catalogue. What it says as a `Sentence` is looked up by its template and
filled in again; fixed sentences are looked up as they are; the words of stored values have the context "value".
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from django.utils.translation import gettext_lazy as _

from annotations.core.reasons import reason_said
from annotations.core.sentences import VALUE, Sentence

register = template.Library()

YOU_ARE = {
    "viewer": _("You are a viewer"),
    "annotator": _("You are an annotator"),
    "adjudicator": _("You are an adjudicator"),
    "manager": _("You are a manager"),
}
COMMAS = {"ar": "، ", "fa": "، "}


@register.filter
def said(words: Any) -> Any:
    """A Sentence in the reader's language; anything else, such as a name, as it is."""
    if not isinstance(words, Sentence):
        return words
    if words.parts:
        return comma().join(str(said(part)) for part in words.parts)
    return looked_up(words).format_map({name: in_gap(value) for name, value in words.values.items()})


@register.filter
def translated(words: Any) -> Any:
    """A Sentence, or a fixed sentence of the domain: a refusal, a reason. Not for what people wrote."""
    if isinstance(words, Sentence) or not isinstance(words, str) or not words:
        return said(words)
    return gettext(words)


@register.filter
def reason(words: str) -> Any:
    """A reason that a machine gave and that is stored in English; one that somebody reworded stays as it is."""
    return said(reason_said(words))


@register.filter
def value(stored: Any) -> str:
    """A stored word as people read it: `not_stated` is "not stated"."""
    words = str(stored).replace("_", " ")
    return pgettext(VALUE, words) if words else ""


@register.filter
def values(stored: Iterable[Any]) -> list[str]:
    return [value(one) for one in stored]


@register.filter
def each_said(parts: Iterable[Any]) -> list[Any]:
    return [said(part) for part in parts]


@register.filter
def you_are(role: str) -> str:
    return str(YOU_ARE.get(role, role))


@register.filter
def listing(parts: Iterable[Any]) -> str:
    """Several words after each other, with the comma of the language."""
    return comma().join(str(part) for part in parts)


@register.simple_tag
def comma() -> str:
    return COMMAS.get((get_language() or "")[:2], ", ")


def looked_up(words: Sentence) -> str:
    number = words.values.get("number", 0)
    match bool(words.many), bool(words.context):
        case True, True:
            return npgettext(words.context, words.template, words.many, number)
        case True, False:
            return ngettext(words.template, words.many, number)
        case False, True:
            return pgettext(words.context, words.template)
        case _:
            return gettext(words.template) if words.template else str(words)


def in_gap(filling: Any) -> Any:
    if isinstance(filling, list | tuple):
        return comma().join(str(said(part)) for part in filling)
    return said(filling)
