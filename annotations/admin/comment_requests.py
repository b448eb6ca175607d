"""Requests for comment, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import CommentRequest


@admin.register(CommentRequest)
class CommentRequestAdmin(RecordAdmin):
    list_display = (
        "sent_at", linked("agent"), linked("dispute"), linked("claim"), "channel", "deadline", "outcome",
        linked("author"), "trashed",
    )  # fmt: skip
    list_select_related = ("agent", "dispute", "claim", "author")
    list_filter = ("outcome", "trashed", "project")
    search_fields = ("agent__name", "dispute__question", "claim__text", "channel", "asked", "answer")
