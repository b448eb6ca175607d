"""Sources and the origins they go back to, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Origin, Source


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = (
        "title", "kind", "level", linked("publisher"), "published_on", linked("project"), linked("author"), "trashed",
    )  # fmt: skip
    list_select_related = ("publisher", "project", "author")
    list_filter = ("kind", "level", "trashed", "project")
    search_fields = ("title", "url", "publisher__name", "note")


@admin.register(Origin)
class OriginAdmin(RecordAdmin):
    list_display = ("label", linked("project"), linked("author"), "trashed", "created_at")
    list_select_related = ("project", "author")
    list_filter = ("trashed", "project")
    search_fields = ("label", "note")
