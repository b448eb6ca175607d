"""People as records name them: an id and a display name, nothing else of the account."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from annotations.queries.rows import Row, Shape

PERSON = Shape(ids=("id",), plain=("display_name",))


def person_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """People: `{id, display_name}`."""
    return PERSON.rows(queryset)
