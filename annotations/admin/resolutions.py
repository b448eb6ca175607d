"""Verdict scales, resolutions, their verdicts and who decided on them, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import Decision, Resolution, Verdict, VerdictCitation, VerdictScale


@admin.register(VerdictScale)
class VerdictScaleAdmin(RecordAdmin):
    list_display = ("name", "number", "ordered", linked("project"), linked("author"), "created_at")
    list_select_related = ("project", "author")
    list_filter = ("ordered", "project")
    search_fields = ("name", "project__name")


@admin.register(Resolution)
class ResolutionAdmin(RecordAdmin):
    list_display = (
        "number", linked("dispute"), linked("claim"), excerpt("rationale"), "as_of", linked("proposer"),
        linked("project"), "created_at",
    )  # fmt: skip
    list_select_related = ("dispute", "claim", "proposer", "project")
    list_filter = ("project",)
    search_fields = ("rationale", "search_log", "dispute__question", "claim__text", "proposer__username")


@admin.register(Verdict)
class VerdictAdmin(RecordAdmin):
    list_display = ("verdict", "confidence", linked("claim"), linked("resolution"))
    list_select_related = ("claim", "resolution")
    list_filter = ("confidence", "project")
    search_fields = ("verdict", "note", "claim__text")
    told_by = "resolution"


@admin.register(VerdictCitation)
class VerdictCitationAdmin(RecordAdmin):
    list_display = ("created_at", linked("verdict.claim"), linked("verdict.resolution"), linked("evidence.source"))
    list_select_related = ("verdict__claim", "verdict__resolution", "evidence__source")
    list_filter = ("project",)
    search_fields = ("verdict__claim__text", "evidence__source__title", "evidence__quote")
    told_by = "verdict.resolution"


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    list_display = (
        "decision", linked("author"), linked("resolution"), linked("resolution.dispute"), linked("resolution.claim"),
        linked("proposer"), "created_at",
    )  # fmt: skip
    list_select_related = ("author", "resolution__dispute", "resolution__claim", "proposer")
    list_filter = ("decision", "project")
    search_fields = ("comment", "author__username", "resolution__dispute__question")
