"""How claims stand to each other, to look at; and the index by which they find each other, which has no events."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import ClaimRelation, ClaimWord, Event


@admin.register(ClaimRelation)
class ClaimRelationAdmin(RecordAdmin):
    list_display = (
        "type", "kind", linked("from_claim"), linked("to_claim"), "state", "by_machine", linked("author"), "trashed",
    )  # fmt: skip
    list_select_related = ("from_claim", "to_claim", "author")
    list_filter = ("type", "state", "by_machine", "trashed", "project")
    search_fields = ("explanation", "from_claim__text", "to_claim__text")


@admin.register(ClaimWord)
class ClaimWordAdmin(RecordAdmin):
    list_display = ("__str__", linked("claim"))
    list_select_related = ("claim",)
    list_filter = ("claim__project",)
    found_by_id = ("claim",)
    search_fields = ("claim__text",)

    def events_of(self, row: ClaimWord) -> QuerySet[Any]:
        return Event.objects.none()
