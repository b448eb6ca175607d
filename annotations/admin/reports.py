"""Published reports, their editions, corrections and what readers asked for, to look at."""

from typing import ClassVar

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import Correction, CorrectionRequest, Report, ReportEdition


@admin.register(Report)
class ReportAdmin(RecordAdmin):
    list_display = ("title", "slug", "state", linked("dispute"), linked("claim"), linked("project"), "created_at")
    list_select_related = ("dispute", "claim", "project")
    list_filter = ("state", "project")
    search_fields = ("title", "slug")


@admin.register(ReportEdition)
class ReportEditionAdmin(RecordAdmin):
    list_display = ("number", linked("report"), linked("resolution"), linked("author"), "created_at")
    list_select_related = ("report", "resolution", "author")
    list_filter = ("project",)
    search_fields = ("report__title",)
    told_by = "report"


@admin.register(Correction)
class CorrectionAdmin(RecordAdmin):
    list_display = ("kind", linked("report"), excerpt("why"), linked("author"), "created_at")
    list_select_related = ("report", "author")
    list_filter = ("kind", "project")
    search_fields = ("was", "now", "why", "report__title")


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(RecordAdmin):
    """Without the reader's contact, which is for those who answer."""

    left_out: ClassVar[frozenset[str]] = frozenset({"contact"})
    list_display = ("state", linked("report"), excerpt("text"), linked("decided_by"), "created_at")
    list_select_related = ("report", "decided_by")
    list_filter = ("state", "project")
    search_fields = ("text", "report__title")
