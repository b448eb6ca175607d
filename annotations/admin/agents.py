"""Agents with the spellings of their names, what tells them apart and their grades, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Agent, AgentDistinction, AgentRating, Alias


@admin.register(Agent)
class AgentAdmin(RecordAdmin):
    list_display = ("name", "kind", "wikidata", linked("project"), linked("author"), "trashed", "created_at")
    list_select_related = ("project", "author")
    list_filter = ("kind", "trashed", "project")
    search_fields = ("name", "aliases__name", "wikidata", "note")


@admin.register(Alias)
class AliasAdmin(RecordAdmin):
    list_display = ("name", "script", linked("agent"), linked("project"))
    list_select_related = ("agent", "project")
    list_filter = ("project",)
    search_fields = ("name", "agent__name")
    told_by = "agent"


@admin.register(AgentDistinction)
class AgentDistinctionAdmin(RecordAdmin):
    list_display = (linked("agent"), linked("other"), "reason", linked("project"), linked("author"), "trashed")
    list_select_related = ("agent", "other", "project", "author")
    list_filter = ("trashed", "project")
    search_fields = ("agent__name", "other__name", "reason")


@admin.register(AgentRating)
class AgentRatingAdmin(RecordAdmin):
    list_display = (
        linked("agent"), "reliability", "topic", "rated_on", linked("project"), linked("author"), "trashed",
    )  # fmt: skip
    list_select_related = ("agent", "project", "author")
    list_filter = ("reliability", "trashed", "project")
    search_fields = ("agent__name", "topic", "reason")
