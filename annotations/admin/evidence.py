"""Evidence, sets of it and confidential notes, to look at. What a note says is for the desk, and not shown here."""

from typing import ClassVar

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import ConfidentialNote, Evidence, EvidenceSet


@admin.register(Evidence)
class EvidenceAdmin(RecordAdmin):
    list_display = (
        "created_at", linked("source"), "stance", linked("claim"), "ground", linked("origin"), linked("author"),
        "trashed",
    )  # fmt: skip
    list_select_related = ("source", "claim", "origin", "author")
    list_filter = ("stance", "ground", "quote_found", "trashed", "project")
    search_fields = ("quote", "locator", "note", "source__title", "claim__text")


@admin.register(EvidenceSet)
class EvidenceSetAdmin(RecordAdmin):
    list_display = ("created_at", "stance", linked("claim"), linked("author"), "trashed")
    list_select_related = ("claim", "author")
    list_filter = ("stance", "trashed", "project")
    search_fields = ("note", "claim__text")


@admin.register(ConfidentialNote)
class ConfidentialNoteAdmin(RecordAdmin):
    list_display = ("created_at", linked("evidence"), linked("source"), linked("author"), "trashed")
    list_select_related = ("evidence", "source", "author")
    list_filter = ("trashed", "project")
    search_fields = ("author__username", "project__name")
    left_out: ClassVar[frozenset[str]] = frozenset({"text"})
