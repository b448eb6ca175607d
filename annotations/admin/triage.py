"""Triage: what claims are ranked by, and how they do, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import TriageCriterion, TriageMark


@admin.register(TriageCriterion)
class TriageCriterionAdmin(RecordAdmin):
    list_display = ("name", "key", "weight", "order", linked("author"), linked("project"), "trashed", "created_at")
    list_select_related = ("author", "project")
    list_filter = ("trashed", "project")
    search_fields = ("name", "key", "question")


@admin.register(TriageMark)
class TriageMarkAdmin(RecordAdmin):
    list_display = (
        "created_at", linked("claim"), linked("criterion"), "level", excerpt("reason"), linked("author"), "trashed",
    )  # fmt: skip
    list_select_related = ("claim", "criterion", "author")
    list_filter = ("level", "trashed", "project")
    search_fields = ("claim__text", "criterion__name", "reason")
