"""Sources and origins as rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from annotations.queries.rows import Row, Shape

SOURCE = Shape(
    ids=("id", "project", "publisher", "author"),
    plain=("kind", "title", "url", "published_on", "published_basis", "level", "note", "trashed", "version"),
    json=("citation",),
    times=("created_at",),
)
ORIGIN = Shape(ids=("id", "project", "author"), plain=("label", "note", "trashed", "version"), times=("created_at",))


def source_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Sources: `{id, project, kind, title, url, publisher (an agent), published_on, published_basis, level, citation,
    note, author, trashed, version, created_at}`."""
    return SOURCE.rows(queryset)


def origin_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Origins: `{id, project, label, note, author, trashed, version, created_at}`."""
    return ORIGIN.rows(queryset)
