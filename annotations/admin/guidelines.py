"""Versions of the guidelines, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import GuidelineVersion


@admin.register(GuidelineVersion)
class GuidelineVersionAdmin(RecordAdmin):
    list_display = ("number", linked("project"), excerpt("reason"), linked("author"), "created_at")
    list_select_related = ("project", "author")
    list_filter = ("project",)
    search_fields = ("text", "reason", "author__username")
    told_by = "project"
