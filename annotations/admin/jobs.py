"""Background work and the workers that do it, to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import Event, Job, Worker


@admin.register(Job)
class JobAdmin(RecordAdmin):
    list_display = (
        "kind", "state", "progress", "total", "attempts", excerpt("problem"), linked("author"), linked("project"),
        "created_at",
    )  # fmt: skip
    list_select_related = ("author", "project")
    list_filter = ("state", "kind", "project")
    search_fields = ("=kind", "problem", "=author__username")


@admin.register(Worker)
class WorkerAdmin(RecordAdmin):
    """Processes come and go without an event: nobody decided anything."""

    list_display = ("name", "started_at", "seen_at")
    found_by_id = ("name",)
    search_fields = ("name",)

    def events_of(self, row: Worker) -> QuerySet[Any]:
        return Event.objects.none()
