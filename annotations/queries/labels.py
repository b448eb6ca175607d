"""Labels as rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from annotations.queries.rows import Row, Shape

LABEL = Shape(
    ids=("id", "project", "parent", "author"),
    plain=("key", "kind", "name", "colour", "shortcut", "description", "order", "retired", "version"),
    json=("attributes",),
    times=("created_at",),
)


def label_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Labels: `{id, project, key, kind, name, colour, shortcut, description, attributes, parent, order, retired,
    author, version, created_at}`."""
    return LABEL.rows(queryset)
