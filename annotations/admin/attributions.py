"""Attributions, to look at: who says it, through whom."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Attribution


@admin.register(Attribution)
class AttributionAdmin(RecordAdmin):
    list_display = (
        "__str__", "form", "naming", "basis", linked("agent"), linked("content"), linked("article"), linked("author"),
        "trashed",
    )  # fmt: skip
    list_select_related = ("agent", "content__label", "article", "author")
    list_filter = ("form", "naming", "basis", "access", "terms", "tone", "trashed", "project")
    search_fields = ("speaker_quote", "cue_quote", "note", "agent__name", "article__title")
