"""Evidence, to look at: what one source says about one claim."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Evidence


@admin.register(Evidence)
class EvidenceAdmin(RecordAdmin):
    list_display = (
        "created_at", linked("source"), "stance", linked("claim"), "ground", linked("origin"), linked("author"),
        "trashed",
    )  # fmt: skip
    list_select_related = ("source", "claim", "origin", "author")
    list_filter = ("stance", "ground", "trashed", "project")
    search_fields = ("quote", "locator", "note", "source__title", "claim__text")
