"""Lists in pages. A page goes on behind the last row's key, so that a row which was there when the listing began comes
exactly once, however much is added meanwhile. The cursor says where to go on and in which direction.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework import serializers

from annotations.api.errors import BadRequest
from annotations.api.fields import Strict, Text, WholeInQuery, Word, YesNoInQuery

USUAL = 50
AT_MOST = 1_000
CURSOR = re.compile(r"(after|before)-([0-9a-f]{32})")
ABOUT_PAGES = ("limit", "cursor", "order")


class Cursor(NamedTuple):
    """Go on `after` this id, or (newest first) `before` it."""

    direction: str
    pk: UUID

    @classmethod
    def read(cls, said: str) -> "Cursor":
        found = CURSOR.fullmatch(said)
        if found is None:
            raise serializers.ValidationError("This cursor was not made here: take the one in `next`.")
        return cls(found[1], UUID(found[2]))

    def __str__(self) -> str:
        return f"{self.direction}-{self.pk.hex}"


class CursorField(Text):
    """Where the page before ended, as `next` said it."""

    def to_internal_value(self, said: Any) -> Cursor:  # type: ignore[override]
        return Cursor.read(super().to_internal_value(said))


class Query(Strict):
    """The parameters of a list."""

    limit = WholeInQuery(required=False, min_value=1, max_value=AT_MOST, help_text=f"Rows a page; usually {USUAL}.")
    cursor = CursorField(required=False, allow_blank=False, help_text="From next: where the page before ended.")
    order = Word(["oldest", "newest"], required=False, help_text="Which come first; a cursor keeps its direction.")


class TrashQuery(Query):
    """The parameters of a list of records that have a trash."""

    trashed = YesNoInQuery(required=False, help_text="true lists the trash instead.")


@dataclass(frozen=True)
class Page:
    """Which part of a list is wanted."""

    limit: int
    cursor: Cursor | None
    direction: str

    @classmethod
    def wanted(cls, query: Mapping[str, Any]) -> "Page":
        cursor = query.get("cursor")
        direction = cursor.direction if cursor else "before" if query.get("order") == "newest" else "after"
        return cls(query.get("limit", USUAL), cursor, direction)

    def of(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows of this page, and one more where there is a next page."""
        if self.cursor:
            queryset = queryset.filter(**{"pk__gt" if self.direction == "after" else "pk__lt": self.cursor.pk})
        ordered = queryset.order_by("pk" if self.direction == "after" else "-pk")
        return ordered[: self.limit + 1]


Rows = Callable[["QuerySet[Any]"], Iterable[dict[str, Any]]]


def listing(request: HttpRequest, queryset: "QuerySet[Any]", rows: Rows, query: Mapping[str, Any]) -> dict[str, Any]:
    """`{next, results}` of one page, ordered by id."""
    page = Page.wanted(query)
    results = list(rows(page.of(queryset)))
    following = None
    if len(results) > page.limit:
        del results[page.limit :]
        following = Cursor(page.direction, UUID(results[-1]["id"]))
    return {"next": following and next_address(request, page.limit, cursor=str(following)), "results": results}


def next_address(request: HttpRequest, limit: int, **onward: Any) -> str:
    """The address of the next page, with the filters of this one."""
    kept = {name: value for name, value in request.GET.items() if name not in (*ABOUT_PAGES, *onward)}
    return f"{settings.BASE_URL}{request.path}?{urlencode({**kept, 'limit': limit, **onward})}"


def query_in(request: HttpRequest, known: type[Strict] | None) -> dict[str, Any]:
    """The parameters of an address. Raises BadRequest for an unknown one and for one given twice."""
    names = known().fields if known else {}
    for name, values in request.GET.lists():
        if name not in names:
            raise BadRequest(f"There is no parameter {name!r} here.", name)
        if len(values) > 1:
            raise BadRequest(f"The parameter {name!r} stands here more than once.", name)
        if "\x00" in values[0]:
            raise BadRequest(f"The parameter {name!r} holds a null character, which no record does.", name)
    if known is None:
        return {}
    query = known(data=request.GET.dict())
    query.is_valid(raise_exception=True)
    return dict(query.validated_data)
