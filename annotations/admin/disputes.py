"""Disputes with their statements, positions and stances, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import Dispute, Position, Stance, StanceCitation, Statement


@admin.register(Dispute)
class DisputeAdmin(RecordAdmin):
    list_display = (
        excerpt("question"), "state", "outcome", linked("owner"), linked("author"), linked("project"), "trashed",
        "created_at",
    )  # fmt: skip
    list_select_related = ("owner", "author", "project")
    list_filter = ("state", "outcome", "trashed", "project")
    search_fields = ("question", "would_settle", "would_not_settle", "state_reason", "owner__username")


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    list_display = ("__str__", linked("claim"), linked("dispute"), "out_of_scope_because")
    list_select_related = ("claim", "dispute")
    list_filter = ("project",)
    search_fields = ("claim__text", "dispute__question", "out_of_scope_because")
    told_by = "dispute"


@admin.register(Position)
class PositionAdmin(RecordAdmin):
    list_display = (
        "created_at", linked("agent"), linked("on_behalf_of"), linked("dispute"), "channel", "stated_on",
        linked("author"), "trashed",
    )  # fmt: skip
    list_select_related = ("agent", "on_behalf_of", "dispute", "author")
    list_filter = ("trashed", "project")
    search_fields = ("agent__name", "dispute__question", "channel", "interest", "sourcing", "note")


@admin.register(Stance)
class StanceAdmin(RecordAdmin):
    list_display = ("stance", "scope", linked("claim"), linked("position.agent"), linked("position.dispute"))
    list_select_related = ("claim", "position__agent", "position__dispute")
    list_filter = ("stance", "scope", "project")
    search_fields = ("claim__text", "position__agent__name")
    told_by = "position"


@admin.register(StanceCitation)
class StanceCitationAdmin(RecordAdmin):
    list_display = (
        "created_at",
        "stance_words",
        linked("stance.position.agent"),
        linked("annotation"),
        linked("evidence.source"),
    )
    list_select_related = ("stance__position__agent", "annotation__label", "evidence__source")
    list_filter = ("project", "stance__stance")
    search_fields = ("stance__position__agent__name", "annotation__quote", "evidence__quote")
    told_by = "stance.position"

    @admin.display(description="stance", ordering="stance__stance")
    def stance_words(self, citation: StanceCitation) -> str:
        return citation.stance.get_stance_display()
