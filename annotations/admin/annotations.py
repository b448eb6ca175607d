"""Annotations, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import Annotation


@admin.register(Annotation)
class AnnotationAdmin(RecordAdmin):
    list_display = (
        linked("label"), excerpt("quote"), "start", "end", linked("article"), linked("author"), linked("project"),
        "trashed", "created_at",
    )  # fmt: skip
    list_display_links = (list_display[1],)
    list_select_related = ("label", "article", "author", "project")
    list_filter = ("trashed", "project")
    search_fields = ("quote", "note", "label__key", "author__username", "article__title")
