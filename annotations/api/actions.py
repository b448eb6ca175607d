"""What can be done at an address: read, list, tell, stream, add, edit, trash, move. What holds for all of a kind is
done here once: unknown parameters, the record that the address names, its version, the body, the key, the answer.

A view function has the name of the service that it calls. The decorators below turn it into an `Action`, `urls` puts
actions under addresses, and `schema` describes them. Order of refusal: 400, 404, 428, 422, then what the service says.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.http.multipartparser import MultiPartParserError
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request

from annotations.api.answers import JSON, Row, Shown, answer, is_visible_to, sent
from annotations.api.conditions import version_in
from annotations.api.errors import BadRequest
from annotations.api.fields import Strict
from annotations.api.lists import Query, listing, query_in
from annotations.api.rendering import json_bytes
from annotations.core.errors import Invalid
from annotations.models import Person
from annotations.services import write

KEY = re.compile(r"[\x21-\x7e]{1,200}")
Find = Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing to do: `perform` does it, on the record that `find` finds for the address."""

    perform: Callable[..., Any]
    find: Find | None = None
    shown: Shown | None = None
    shape: type[serializers.Serializer] | None = None
    body: type[Strict] | None = None
    query: type[Strict] | None = None
    other_media_types: tuple[str, ...] = ()

    status: ClassVar[int] = 200
    takes_key: ClassVar[bool] = False
    needs_version: ClassVar[bool] = False
    any_form: ClassVar[bool] = False

    @property
    def verb(self) -> str:
        return self.perform.__name__

    def respond(self, request: Request, named: dict[str, Any]) -> HttpResponse | StreamingHttpResponse:
        raise NotImplementedError

    def found(self, request: Request, named: dict[str, Any]) -> list[Any]:
        """What the address names, as the first arguments of `perform`: the person, then the record if there is one."""
        person = asking(request)
        return [person, self.find(person, **named)] if self.find else [person]


class Read(Action):
    """GET of one record: its row and its ETag. With a `query`, `perform` gives another form that it asks for."""

    def respond(self, request: Request, named: dict[str, Any]) -> HttpResponse:
        if query := query_in(request, self.query):
            other: HttpResponse = self.perform(*self.found(request, named), query)
            return other
        assert self.shown
        row = self.shown.read(asking(request), **named)
        return HttpResponse(json_bytes(row), content_type=JSON, headers=self.shown.etag(row))


class List(Action):
    """GET of a list: `perform` says which rows, in no order."""

    def respond(self, request: Request, named: dict[str, Any]) -> HttpResponse:
        query = query_in(request, self.query)
        found = self.found(request, named)
        assert self.shown
        shown = self.shown
        queryset = self.perform(*found, query)
        page = listing(request, queryset, lambda rows: shown.rows(rows, asking(request)), query)
        return HttpResponse(json_bytes(page), content_type=JSON)


class Tell(Action):
    """GET of something computed: `perform` gives it as JSON has it."""

    def respond(self, request: Request, named: dict[str, Any]) -> HttpResponse:
        query = query_in(request, self.query)
        arguments = [*self.found(request, named), *([request, query] if self.query else [])]
        return HttpResponse(json_bytes(self.perform(*arguments)), content_type=JSON)


class Stream(Action):
    """GET of something long, in a form that a parameter names: `perform` gives the response."""

    any_form = True

    def respond(self, request: Request, named: dict[str, Any]) -> StreamingHttpResponse:
        query = query_in(request, self.query)
        response: StreamingHttpResponse = self.perform(*self.found(request, named), query)
        return response


class Write(Action):
    """A change: once for its key, on the version that it names, answered with the record as it is then."""

    def respond(self, request: Request, named: dict[str, Any]) -> HttpResponse:
        query_in(request, None)
        said = body_in(request)
        arguments = self.found(request, named)
        if self.needs_version:
            arguments.append(version_in(request))
        if fields := self.fields_in(said):
            arguments += fields
        asked = request_of(request, self.takes_key)
        done = write.once(asked, lambda: self.written(request, arguments), is_visible_to(asking(request)))
        return sent(done)

    def fields_in(self, said: Any) -> list[dict[str, Any]]:
        """The body's fields as the last argument; none for an action that takes no body."""
        checked = (self.body or Strict)(data=said, partial=isinstance(self, Edit))
        checked.is_valid(raise_exception=True)
        return [dict(checked.validated_data)] if self.body else []

    def written(self, request: Request, arguments: list[Any]) -> write.Answer:
        record = self.perform(*arguments)
        assert self.shown
        row = self.shown.written(record, asking(request))
        return answer(self.status, record, row, self.headers(row))

    def headers(self, row: Row) -> dict[str, str]:
        assert self.shown
        return self.shown.etag(row)


class Add(Write):
    """POST to a list: 201 with the new record's address."""

    status = 201
    takes_key = True

    def headers(self, row: Row) -> dict[str, str]:
        assert self.shown
        return self.shown.etag(row) | self.shown.location(row)


class Start(Add):
    """POST of a verb that takes its time: 202 with the address of the job that does it."""

    status = 202


class Ask(Write):
    """POST of something that takes its time: `perform` works it out before anything is stored, and gives what stores
    it and answers."""

    status = 201
    takes_key = True

    def respond(self, request: Request, named: dict[str, Any]) -> HttpResponse:
        query_in(request, None)
        said = body_in(request)
        arguments = [*self.found(request, named), *self.fields_in(said)]
        store = self.perform(*arguments)
        return sent(write.once(request_of(request, self.takes_key), store, is_visible_to(asking(request))))


class Upload(Ask):
    """POST of a `file` as multipart/form-data, or of JSON that asks for the same by other means."""

    def respond(self, request: Request, named: dict[str, Any]) -> HttpResponse:
        if request.content_type.partition(";")[0].strip().lower() != "multipart/form-data":
            return super().respond(request, named)
        query_in(request, None)
        found, file = self.found(request, named), file_in(request)
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        key = key_in(request)
        asked = write.Request(asking(request), str(request.method), request.path, key, digest.hexdigest())
        store = self.perform(*found, {"file": file})
        return sent(write.once(asked, store, is_visible_to(asking(request))))


class Edit(Write):
    """PATCH: only the fields that are named change."""

    needs_version = True


class Move(Write):
    """POST of a verb that the address names."""

    takes_key = True
    needs_version = True


class Trash(Write):
    """DELETE: 204 with the ETag that `restore/` takes."""

    status = 204
    needs_version = True

    def written(self, request: Request, arguments: list[Any]) -> write.Answer:
        record = self.perform(*arguments)
        assert self.shown
        return write.Answer(204, headers=self.shown.etag({"version": record.version}))


# -- decorators -------------------------------------------------------------------------------------------------------

Decorator = Callable[[Callable[..., Any]], Action]


def reads(shown: Shown) -> Action:
    """One record. There is nothing to perform."""

    def read(*_: Any) -> None:
        return None

    read.__name__, read.__doc__ = f"read_{shown.name}", f"One {shown.name}."
    return Read(perform=read, shown=shown)


def reads_as(shown: Shown, query: type[Strict], *media_types: str) -> Decorator:
    """One record, or with a parameter (person, record, query) -> the response, in one of these media types"""
    return lambda perform: Read(
        perform=perform, shown=shown, find=shown.find, query=query, other_media_types=media_types
    )


def lists(shown: Shown, *, find: Find | None = None, query: type[Strict] = Query) -> Decorator:
    """(person, record, query) -> queryset"""
    return lambda perform: List(perform=perform, shown=shown, find=find, query=query)


def adds(shown: Shown, body: type[Strict], *, find: Find | None = None) -> Decorator:
    """(person, record, fields) -> the new record"""
    return lambda perform: Add(perform=perform, shown=shown, find=find, body=body)


def starts(shown: Shown, *, find: Find, body: type[Strict] | None = None) -> Decorator:
    """(person, record, fields if there is a body) -> the job"""
    return lambda perform: Start(perform=perform, shown=shown, find=find, body=body)


def edits(shown: Shown, body: type[Strict]) -> Decorator:
    """(person, record, version, fields) -> the record"""
    return lambda perform: Edit(perform=perform, shown=shown, find=shown.find, body=body)


def trashes(shown: Shown) -> Decorator:
    """(person, record, version) -> the record"""
    return lambda perform: Trash(perform=perform, shown=shown, find=shown.find)


def moves(shown: Shown, body: type[Strict] | None = None, *, find: Find | None = None) -> Decorator:
    """(person, record, version, fields if there is a body) -> the record; with `find`, another than it answers with"""
    return lambda perform: Move(perform=perform, shown=shown, find=find or shown.find, body=body)


def asks(shape: type[serializers.Serializer], body: type[Strict], *, find: Find) -> Decorator:
    """(person, record, fields) -> what stores it and gives the answer"""
    return lambda perform: Ask(perform=perform, shape=shape, find=find, body=body)


def uploads(shape: type[serializers.Serializer], body: type[Strict], *, find: Find) -> Decorator:
    """(person, record, fields: `file`, or those of the body) -> what stores it and gives the answer"""
    return lambda perform: Upload(perform=perform, shape=shape, find=find, body=body)


def tells(
    shape: type[serializers.Serializer], *, find: Find | None = None, query: type[Strict] | None = None
) -> Decorator:
    """(person, record if there is one, request and query if there is one) -> JSON"""
    return lambda perform: Tell(perform=perform, shape=shape, find=find, query=query)


def streams(*, find: Find, query: type[Strict] | None = None) -> Decorator:
    """(person, record, query) -> response"""
    return lambda perform: Stream(perform=perform, find=find, query=query)


# -- what a request says ----------------------------------------------------------------------------------------------


def asking(request: Request) -> Person:
    """Who asks. No action is reached without somebody signed in."""
    return cast(Person, request.user)


def body_in(request: Request) -> Any:
    """The body as JSON. Raises 415, 413, 400."""
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        # A body without its length reads as an empty one here, and would be lost in silence.
        raise BadRequest("Send the body with its length (Content-Length), not in chunks.", "Transfer-Encoding")
    if request.META.get("CONTENT_LENGTH") not in (None, "", "0") and not is_json(request.content_type):
        raise UnsupportedMediaType(request.content_type)
    _ = request._request.body  # kept, because the key's hash is over these very bytes
    return {} if isinstance(request.data, QueryDict) else request.data  # an empty form is an empty body


def file_in(request: Request) -> UploadedFile:
    """The one file of a form. Raises 400, 422."""
    form = request._request
    try:
        strange = [*form.POST, *(name for name in form.FILES if name != "file")]
        files = form.FILES.getlist("file")
    except MultiPartParserError as error:
        raise BadRequest("This form cannot be read.", "body") from error
    if strange:
        raise Invalid.field(strange[0], "There is no such field here.")
    if len(files) != 1:
        raise Invalid.field("file", "One file at a time.")
    file: UploadedFile = files[0]
    return file


def is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == JSON


def key_in(request: Request) -> str:
    """The idempotency key of a request, or nothing. Raises 400."""
    key = str(request.headers.get("Idempotency-Key", ""))
    if key and not KEY.fullmatch(key):
        raise BadRequest("An idempotency key is 1 to 200 visible ASCII characters.", "Idempotency-Key")
    return key


def request_of(request: Request, takes_key: bool) -> write.Request:
    """What makes two requests the same one."""
    key = key_in(request) if takes_key else ""
    digest = hashlib.sha256(request.content_type.encode() + b"\0" + request._request.body)
    return write.Request(asking(request), str(request.method), request.path, key, digest.hexdigest())
