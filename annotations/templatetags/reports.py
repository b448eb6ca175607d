"""Tags of published reports: structured data in the page, kinds of corrections in words, figures of a drawing.

`{{ reviews|ld_json }}` gives a data block, which no browser runs: the content policy has nothing to say about it.
"""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

register = template.Library()

# What could end the block or begin another one, as JSON writes it otherwise: the same words to whoever reads the JSON.
ESCAPED = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
KINDS = {
    "correction": _("Correction"),
    "clarification": _("Clarification"),
    "update": _("Update"),
    "retraction": _("Retraction"),
}
GROUNDS = {
    "document": _("a document"),
    "first_hand": _("first hand"),
    "relayed_account": _("a relayed account"),
    "bare_assertion": _("asserts only: adds to no count"),
}
ASKED = {
    "awaited": _("An answer is awaited."),
    "answered": _("It answered."),
    "declined": _("It declined to comment."),
    "no_reply": _("It gave no reply."),
}


@register.filter
def ld_json(records: Any) -> str:
    """Records of schema.org as a script element that holds data and nothing to run."""
    written = json.dumps(records, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(written))  # noqa: S308 - escaped above


@register.filter
def correction_kind(kind: str) -> str:
    return str(KINDS.get(kind, kind))


@register.filter
def ground(word: str) -> str:
    return str(GROUNDS.get(word, word))


@register.filter
def asked_outcome(word: str) -> str:
    return str(ASKED.get(word, word))


@register.filter
def figure(number: float) -> str:
    """A length as SVG writes it, whatever the reader's language makes of decimal points."""
    return f"{number:g}"
