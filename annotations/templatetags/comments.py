"""Comments in HTML: their words with links and names, and the fold that any page puts beside a record.

`{% comments "claim" claim.pk %}` fetches the threads when it is opened. It shows their number where the page's context
has `comment_counts`, by kind and id.
"""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from annotations.core.mentions import Piece, pieces
from annotations.models import Comment

register = template.Library()


@register.filter
def comment_words(comment: Comment) -> SafeString:
    """The words as typed: addresses are links that lend no weight, members who are called are marked, no HTML."""
    names = {mention.person.username.lower() for mention in comment.mentions.all()}
    parts = [piece_as_html(piece) for piece in pieces(comment.text, names)]
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped by format_html


def piece_as_html(piece: Piece) -> SafeString:
    if piece.kind == "link":
        return format_html('<a href="{0}" rel="noopener noreferrer nofollow external">{0}</a>', piece.words)
    if piece.kind == "person":
        return format_html('<b class="called">{}</b>', piece.words)
    return format_html("{}", piece.words)


@register.inclusion_tag("annotations/comments/_fold.html", takes_context=True)
def comments(context: template.Context, kind: str, pk: Any, key: str = "") -> dict[str, Any]:
    """The fold with the threads on one record. `key` opens it from the keyboard."""
    counts = context.get("comment_counts") or {}
    return {
        "kind": kind,
        "pk": pk,
        "key": key,
        "count": counts.get((kind, str(pk)), 0),
        "address": reverse("web:comments", args=[kind, pk]),
    }


@register.inclusion_tag("annotations/comments/_link.html", takes_context=True)
def comment_link(context: template.Context, kind: str, pk: Any) -> dict[str, Any]:
    """A link to the threads on one record, for places too narrow for the fold."""
    return comments(context, kind, pk)
