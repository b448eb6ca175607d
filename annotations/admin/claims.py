"""Claims and where they are made, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import Claim, ClaimMention


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    list_display = (
        excerpt("text"), "state", "checkability", "layer", linked("owner"), linked("author"), linked("project"),
        "trashed", "created_at",
    )  # fmt: skip
    list_select_related = ("owner", "author", "project")
    list_filter = ("state", "checkability", "layer", "trashed", "project")
    search_fields = ("text", "note", "author__username", "owner__username")


@admin.register(ClaimMention)
class ClaimMentionAdmin(RecordAdmin):
    list_display = (
        "created_at", linked("claim"), linked("annotation"), linked("attribution"), linked("author"), "trashed",
    )  # fmt: skip
    list_select_related = ("claim", "annotation__label", "attribution__agent", "author")
    list_filter = ("trashed", "project")
    search_fields = ("claim__text", "annotation__quote")
