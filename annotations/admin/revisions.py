"""Anchors, to look at: where annotations stand in later revisions, and what was decided about it."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Anchor


@admin.register(Anchor)
class AnchorAdmin(RecordAdmin):
    list_display = ("state", "score", "decision", linked("annotation"), linked("revision"), linked("decided_by"))
    list_select_related = ("annotation__label", "revision__article", "decided_by")
    list_filter = ("state", "decision", "project")
    search_fields = ("quote", "was_quote")
