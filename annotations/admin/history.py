"""Events, the heads of their chains, and the answers kept for repeated requests, to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from annotations.admin.base import RecordAdmin
from annotations.admin.changes import as_table
from annotations.admin.links import kinds, linked, list_of, subject_of
from annotations.models import Chain, Event, KeptAnswer


class KindFilter(admin.SimpleListFilter):
    """By kind of record. The words come from the models: asking the table for them would read all of it."""

    title = "kind of record"
    parameter_name = "object_kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, kind.replace("_", " ")) for kind in sorted(kinds())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(object_kind=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """The history of an event's page is that of the record it is about."""

    list_display = ("number", "at", "verb", "subject", linked("person"), linked("project"))
    list_select_related = ("person", "project")
    list_filter = (KindFilter, "project")
    search_fields = ("=verb", "=person__username")
    search_help_text = "A verb (label_added), a username, or the whole id of the record it is about"
    found_by_id = ("object_id", "person", "project")

    def columns(self) -> list[str]:
        return ["chain", "number", "at", "person", "verb", "subject", "project", "changes", "hash", "body"]

    def events_of(self, row: Event) -> QuerySet[Event]:
        return Event.objects.about(row.object_kind, row.object_id)

    @admin.display(description="record")
    def subject(self, event: Event) -> str:
        return subject_of(event)

    @admin.display(description="what changed")
    def changes(self, event: Event) -> str:
        return as_table(event)


@admin.register(Chain)
class ChainAdmin(RecordAdmin):
    """One a project, and one of the accounts. The history of a chain's page are all of its events."""

    list_display = ("__str__", "of", "number", "head", "events")
    list_select_related = ("project",)
    list_filter = ("project",)
    search_fields = ("project__name", "project__slug", "=head")
    found_by_id = ("project",)

    def events_of(self, row: Chain) -> QuerySet[Event]:
        return row.events.all()

    @admin.display(description="chain of", ordering="project")
    def of(self, chain: Chain) -> str:
        return str(chain.project or "accounts")

    @admin.display(description="events")
    def events(self, chain: Chain) -> str:
        return format_html('<a href="{}">its events</a>', list_of(Event, chain=chain.pk))


@admin.register(KeptAnswer)
class KeptAnswerAdmin(RecordAdmin):
    """That an answer is kept and for which request; not the answer, which was one person's to read."""

    list_display = ("created_at", "method", "path", "status", linked("person"))
    list_select_related = ("person",)
    list_filter = ("method", "status")
    search_fields = ("path", "=key", "=person__username")
    found_by_id = ("object_id", "person")
    left_out = frozenset({"body", "body_hash", "headers"})

    def events_of(self, row: KeptAnswer) -> QuerySet[Event]:
        return Event.objects.about(row.object_kind, row.object_id)
