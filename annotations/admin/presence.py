"""Who has an article open, to look at. It is overwritten in place and has no events."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Event, Presence


@admin.register(Presence)
class PresenceAdmin(RecordAdmin):
    list_display = ("__str__", linked("person"), linked("article"), linked("project"), "seen_at")
    list_select_related = ("person", "article", "project")
    list_filter = ("project",)
    found_by_id = ("article", "person")
    search_fields = ("=person__username", "article__title")

    def events_of(self, row: Presence) -> QuerySet[Any]:
        return Event.objects.none()
