"""Relations, to look at: labelled arrows between annotations."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Relation


@admin.register(Relation)
class RelationAdmin(RecordAdmin):
    list_display = (
        "__str__", linked("from_annotation"), linked("to_annotation"), linked("article"), linked("author"), "trashed",
    )  # fmt: skip
    list_select_related = ("label", "from_annotation__label", "to_annotation__label", "article", "author")
    list_filter = ("label", "trashed", "project")
    search_fields = ("note", "label__name", "article__title")
