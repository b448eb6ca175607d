"""Quantities, to look at: the figures of claims."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Quantity


@admin.register(Quantity)
class QuantityAdmin(RecordAdmin):
    list_display = (
        "measure", "value", "low", "high", "unit", "as_of", "kind", linked("claim"), linked("author"), "trashed",
    )  # fmt: skip
    list_select_related = ("claim", "author")
    list_filter = ("kind", "trashed", "project")
    search_fields = ("measure", "population", "claim__text")
