"""Recommenders and what they suggest, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import Recommender, Suggestion


@admin.register(Recommender)
class RecommenderAdmin(RecordAdmin):
    """What was learned are numbers that nobody reads."""

    list_display = ("name", "kind", "enabled", "trained_at", "trashed", linked("project"))
    list_select_related = ("project",)
    list_filter = ("kind", "enabled", "trashed", "project")
    search_fields = ("name", "url")
    left_out = frozenset({"model"})


@admin.register(Suggestion)
class SuggestionAdmin(RecordAdmin):
    list_display = (
        excerpt("quote"), linked("label"), "state", "score", linked("recommender"), linked("article"),
        linked("annotation"),
    )  # fmt: skip
    list_select_related = ("label", "recommender", "article", "annotation__label")
    list_filter = ("state", "recommender", "project")
    search_fields = ("quote", "article__title")
