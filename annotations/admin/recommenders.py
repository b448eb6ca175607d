"""What recommenders learned from one person alone, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import OwnModel


@admin.register(OwnModel)
class OwnModelAdmin(RecordAdmin):
    """When it was trained and how good it was found; what was learned are numbers that nobody reads."""

    list_display = ("__str__", "trained_at", linked("recommender"), linked("author"), linked("project"))
    list_select_related = ("recommender", "author", "project")
    list_filter = ("project",)
    search_fields = ("=author__username", "recommender__name")
    left_out = frozenset({"model"})
