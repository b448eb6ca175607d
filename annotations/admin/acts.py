"""What people can still undo, to look at: a convenience of each of them, no history."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Act, Event


@admin.register(Act)
class ActAdmin(RecordAdmin):
    """The steps hold words of articles and notes; their history is that of the records that they name."""

    list_display = ("words", "verb", "state", linked("article"), linked("author"), "created_at")
    list_select_related = ("article", "author")
    list_filter = ("state", "project")
    search_fields = ("words", "=author__username")
    left_out = frozenset({"steps"})

    def events_of(self, row: Act) -> QuerySet[Any]:
        return Event.objects.none()
