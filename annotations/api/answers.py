"""How a record goes out: its row as `queries` has it, its address, its ETag; and how an address finds its record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from rest_framework import serializers

from annotations.api.conditions import etag_of
from annotations.api.rendering import json_bytes
from annotations.core.errors import NotFound
from annotations.models import Person
from annotations.queries.lookups import visible
from annotations.services.write import Answer

Row = dict[str, Any]
JSON = "application/json"


def everything(queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    return queryset


@dataclass(frozen=True)
class Shown:
    """One kind of record as the API shows it.

    `rows` turns a queryset into rows for a person; `one` does so for a detail answer where that has more. `row` makes
    the row of a record just written without asking the database again, where that pays. `shape` documents a row.
    """

    name: str
    model: type[Model]
    shape: type[serializers.Serializer]
    rows: Callable[["QuerySet[Any]", Person], Iterable[Row]]
    address: str
    key: str = "id"
    one: Callable[["QuerySet[Any]", Person], Iterable[Row]] | None = None
    one_shape: type[serializers.Serializer] | None = None
    row: Callable[[Any], Row] | None = None
    only: Callable[["QuerySet[Any]"], "QuerySet[Any]"] = everything
    joined: tuple[str, ...] = ("project",)
    has_version: bool = True

    @property
    def detail_shape(self) -> type[serializers.Serializer]:
        return self.one_shape or self.shape

    def visible_to(self, person: Person) -> "QuerySet[Any]":
        rows: Any = self.model._default_manager.all()
        return self.only(rows.visible_to(person))

    def find(self, person: Person, **named: Any) -> Any:
        """The record that an address names. Raises NotFound, also for what the person may not see."""
        return visible(self.model, person, *self.joined, **named)

    def read(self, person: Person, **named: Any) -> Row:
        """The one row of a detail answer. Raises NotFound."""
        rows = self.one or self.rows
        for row in rows(self.visible_to(person).filter(**named)[:1], person):
            return row
        raise NotFound("There is nothing here.")

    def written(self, record: Any, person: Person) -> Row:
        """The row of a record that was just written by this person."""
        return self.row(record) if self.row else self.read(person, pk=record.pk)

    def etag(self, row: Mapping[str, Any]) -> dict[str, str]:
        return {"ETag": etag_of(row["version"])} if self.has_version else {}

    def location(self, row: Mapping[str, Any]) -> dict[str, str]:
        """The record's absolute address. It follows BASE_URL, never what the request called the host."""
        path = reverse(f"api:{self.address}", kwargs={"slug" if self.key == "slug" else "pk": row[self.key]})
        return {"Location": settings.BASE_URL + path}


def answer(status: int, record: Any, row: Row, headers: Mapping[str, str]) -> Answer:
    """What is sent, and kept under the request's key. `kind` and `pk` let a replay check that it may still be seen."""
    return Answer(status, json_bytes(row), headers, kind=type(record).record_kind(), pk=record.pk)


def sent(answer: Answer) -> HttpResponse:
    content_type = JSON if answer.body else None
    response = HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers), content_type=content_type)
    if not answer.body:
        del response["Content-Type"]
    return response


def is_visible_to(person: Person) -> Callable[[str, UUID], bool]:
    """Whether a person may still see the record that a kept answer is about."""

    def is_visible(kind: str, pk: UUID) -> bool:
        rows: Any = models_by_kind()[kind]._default_manager.all()
        return bool(rows.visible_to(person).filter(pk=pk).exists())

    return is_visible


def models_by_kind() -> dict[str, type[Model]]:
    known = apps.get_app_config("annotations").get_models()
    return {model.record_kind(): model for model in known if hasattr(model, "record_kind")}
