"""Saved copies of sources, to look at; their bytes are handed out by the site."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import SavedCopy


@admin.register(SavedCopy)
class SavedCopyAdmin(RecordAdmin):
    list_display = (
        linked("source"), "media_type", "size", "way", "retrieved_at", "differs", linked("project"), linked("author"),
        "trashed",
    )  # fmt: skip
    list_select_related = ("source", "project", "author")
    list_filter = ("way", "differs", "trashed", "project")
    search_fields = ("source__title", "url", "sha256", "file_name")
