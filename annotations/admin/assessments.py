"""Assessments and the evidence that they cite, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Assessment, AssessmentCitation


@admin.register(Assessment)
class AssessmentAdmin(RecordAdmin):
    list_display = ("created_at", "mode", "verdict", "confidence", linked("claim"), linked("author"), "trashed")
    list_select_related = ("claim", "author")
    list_filter = ("mode", "confidence", "trashed", "project")
    search_fields = ("verdict", "rationale", "claim__text", "author__username")


@admin.register(AssessmentCitation)
class AssessmentCitationAdmin(RecordAdmin):
    list_display = ("created_at", linked("assessment.claim"), linked("assessment"), linked("evidence.source"))
    list_select_related = ("assessment__claim", "evidence__source")
    list_filter = ("project",)
    search_fields = ("assessment__claim__text", "evidence__source__title")
    told_by = "assessment"
