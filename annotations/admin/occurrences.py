"""Bulk changes, to look at: one verb on many annotations, and what each of them was before."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import BulkChange, BulkRow


@admin.register(BulkChange)
class BulkChangeAdmin(RecordAdmin):
    list_display = ("__str__", "verb", linked("label"), linked("article"), linked("author"), "created_at")
    list_select_related = ("label", "article", "author")
    list_filter = ("verb", "project")
    search_fields = ("words", "label__name")


@admin.register(BulkRow)
class BulkRowAdmin(RecordAdmin):
    list_display = ("__str__", linked("bulk_change"), linked("annotation"), "version")
    list_select_related = ("bulk_change__label", "annotation__label")
    list_filter = ("project",)
    search_fields = ("annotation__quote",)
