"""Article text in HTML, exactly: what the browser reads back is what the revision holds, code point for code point.

Offsets are counted over these text nodes by static/annotations/js/offsets.js. The only traps of the HTML parser are the
signs of markup and the carriage return, which it would fold into a line feed.
"""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

CARRIAGE_RETURN = mark_safe("&#13;")  # a constant, never text from outside
# those that are as wide as two of the others
WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
PER_LINE = 72  # what a line of the article takes, about

LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"  # as core/text.py cuts blocks


@register.filter
def article_text(text: str) -> SafeString:
    """One block's text. Line ends at its edges count as text but are not shown: the space between blocks shows them."""
    start, end = _shown(text)
    return format_html("{}{}{}", _line_ends(text[:start]), _exactly(text[start:end]), _line_ends(text[end:]))


@register.filter
def lines_guessed(text: str) -> int:
    """How many lines a block will take, about: the height it has on the page until it is laid out."""
    width = len(text) + (0 if text.isascii() else len(WIDE.findall(text)))
    return max(1, -(-width // PER_LINE)) + text.strip().count("\n")


@register.filter
def exact_text(text: str) -> SafeString:
    """A piece out of a block's middle: every character is shown."""
    return _exactly(text)


def _shown(text: str) -> tuple[int, int]:
    """Where the words of a block begin and end: after the last line end before them, at the first one after them."""
    words_end = len(text.rstrip())
    tail = [at for at in range(words_end, len(text)) if text[at] in LINE_ENDS]
    end = tail[0] if tail else len(text)
    lead = [at for at in range(len(text) - len(text.lstrip())) if at < end and text[at] in LINE_ENDS]
    return (lead[-1] + 1 if lead else 0), end


def _line_ends(text: str) -> SafeString | str:
    return format_html('<span class="eol">{}</span>', _exactly(text)) if text else ""


def _exactly(text: str) -> SafeString:
    return format_html_join(CARRIAGE_RETURN, "{}", ((part,) for part in text.split("\r")))
