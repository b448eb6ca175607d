"""Small tags of the pages: the hidden fields that every form carries, and words and figures made readable.

`{% write_fields thing %}` gives the CSRF token, a fresh idempotency key and, for a thing that has one, its version.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import template
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from annotations.core.sentences import count
from annotations.templatetags.languages import said

register = template.Library()

AGES = {  # in days: the largest unit of which there are two
    365: ("{number} year ago", "{number} years ago"),
    30: ("{number} month ago", "{number} months ago"),
    7: ("{number} week ago", "{number} weeks ago"),
    1: ("{number} day ago", "{number} days ago"),
}


@register.simple_tag(takes_context=True)
def write_fields(context: template.Context, thing: Any = None) -> str:
    """The hidden inputs of a form that writes; without `thing` it makes something new and has no version."""
    fields = [
        ("csrfmiddlewaretoken", token_of(context["request"])),
        ("idempotency_key", str(uuid4())),
    ]
    version = getattr(thing, "version", None)
    if version is not None:
        fields.append(("version", version))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


def token_of(request: Any) -> str:
    """The CSRF token, masked once for the whole answer: a mask for each form would be most of what a page weighs."""
    if not hasattr(request, "masked_token"):
        request.masked_token = get_token(request)
    return str(request.masked_token)


@register.simple_tag
def chips(marks: Iterable[Mapping[str, Any]]) -> SafeString:
    """The links beside a paragraph to what is marked in it. Not a template: a page may have ten thousand of them."""
    disputed, flag = gettext(", disputed"), mark_safe('<i class="i i-flag" aria-hidden="true"></i>')
    current = mark_safe(' aria-current="true"')
    return format_html_join(
        "",
        '<a class="chip l-{}{}" id="chip-{}" href="?annotation={}#inspector" data-annotation="{}"{}'
        ' aria-label="{}, {}{}: {}">{}{}</a>',
        (
            (
                mark["slot"],
                " long" if mark["number"] > 999 else "",
                *[mark["id"]] * 3,
                current if mark["is_current"] else "",
                mark["number"],
                mark["label_name"],
                disputed if mark["is_disputed"] else "",
                mark["quote"],
                mark["number"],
                flag if mark["is_disputed"] else "",
            )
            for mark in marks
        ),
    )


@register.filter
def words(value: str) -> str:
    """A stored word as people read it: `not_stated` is "not stated"."""
    return str(value).replace("_", " ")


@register.filter
def age(moment: datetime) -> str:
    """How long ago, in one unit: "today", "yesterday", "5 days ago", "3 weeks ago", "2 years ago"."""
    days = (timezone.localdate() - timezone.localdate(moment)).days
    if days < 2:
        return gettext("yesterday") if days == 1 else gettext("today")
    length = next(length for length in AGES if days >= 2 * length)
    return str(said(count(*AGES[length], days // length)))
