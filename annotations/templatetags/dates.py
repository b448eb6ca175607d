"""Dates as people read them: partial dates in words, and how long ago something was."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext

from annotations.core.dates import date_in_words
from annotations.core.errors import Invalid

register = template.Library()

FORMATS = {1: "Y", 2: "M Y", 3: "j M Y"}  # by how much of the date is known


@register.filter
def partial_date(value: str) -> str:
    """`2023-11` is “Nov 2023”, in the reader's language; what is no date stays as it is. Digits stay 0 to 9."""
    try:
        if not date_in_words(value):
            return ""
    except Invalid:
        return value
    known = [int(part) for part in value.split("-")]
    return date_format(date(*known, *[1] * (3 - len(known))), FORMATS[len(known)])


@register.filter
def ago(at: datetime) -> str:
    """`6 days ago`, `just now`: one unit, since more says no more."""
    if (timezone.now() - at).total_seconds() < 60:
        return gettext("just now")
    return gettext("{time} ago").format(time=timesince(at, depth=1)).replace("\xa0", " ")
