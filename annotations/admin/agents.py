"""Agents and the spellings of their names, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Agent, Alias


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
