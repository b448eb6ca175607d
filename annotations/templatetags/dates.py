"""Dates as people read them: partial dates in words, and how long ago something was."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.timesince import timesince

from annotations.core.dates import date_in_words
from annotations.core.errors import Invalid

register = template.Library()


@register.filter
def partial_date(value: str) -> str:
    """`2023-11` is “Nov 2023”; what is no date stays as it is."""
    try:
        return date_in_words(value)
    except Invalid:
        return value


@register.filter
def ago(at: datetime) -> str:
    """`6 days ago`, `just now`: one unit, since more says no more."""
    if (timezone.now() - at).total_seconds() < 60:
        return "just now"
    return f"{timesince(at, depth=1)} ago".replace("\xa0", " ")
