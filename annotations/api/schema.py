"""OpenAPI 3.1 from the actions themselves: what a schema says of an address is what `actions` does there."""

from functools import cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from annotations.api.actions import Action, Ask, Edit, List, Read, Stream, Tell, Trash, Write
from annotations.api.errors import MEDIA_TYPE, TITLES, Problem
from annotations.api.fields import Strict
from annotations.api.rendering import json_bytes
from annotations.api.shapes import ProblemShape
from annotations.queries.exports import FORMATS

SCHEMA_TYPE = "application/vnd.oai.openapi+json"
ALWAYS = (400, 401, 406)
OF_WRITES = (403, 409, 413, 415, 422)
OF_VERSIONS = (412, 428)
STREAMED = sorted({module.MEDIA_TYPE.partition(";")[0] for module in FORMATS.values()})
ONE_AT_A_TIME = Lock()  # the generator keeps what it is looking at in the views, which all threads share
CONFLICTS = {409: "Not possible now", 412: "Changed by someone else"}


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "annotations.api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "A token, as `manage.py create_token` prints it."}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "annotations.api.authentication.SessionWithCsrf"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        words = "The session of the site. A change also needs its CSRF token in X-CSRFToken."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": words}


class WorkbenchSchema(AutoSchema):
    """Describes one action."""

    @property
    def action(self) -> Action:
        view: Any = self.view
        action: Action = view.actions[self.method.lower()]
        return action

    def get_operation_id(self) -> str:
        return self.action.verb

    def get_summary(self) -> str:
        return self.action.verb.replace("_", " ").capitalize()

    def get_description(self) -> str:  # type: ignore[override]
        return " ".join((self.action.perform.__doc__ or "").split())

    def get_tags(self) -> list[str]:
        return [noun_of(self.action)]

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        return type(serializer).__name__.removesuffix("Shape")

    def get_request_serializer(self) -> Any:
        if not isinstance(self.action, Write) or self.action.body is None:
            return None
        return self.action.body(partial=isinstance(self.action, Edit))

    def get_response_serializers(self) -> Any:
        problems = {
            (status, MEDIA_TYPE): OpenApiResponse(ProblemShape, CONFLICTS.get(status) or TITLES[status])
            for status in statuses_of(self.action)
        }
        return {**answers_of(self.action), **problems}

    def get_override_parameters(self) -> list[Any]:
        return [*([self.action.query] if self.action.query else []), *headers_of(self.action)]

    def _postprocess_serializer_schema(self, schema: Any, serializer: Any, direction: Any) -> Any:
        schema = super()._postprocess_serializer_schema(schema, serializer, direction)
        return {**schema, "additionalProperties": False} if isinstance(serializer, Strict) else schema


def noun_of(action: Action) -> str:
    if action.shown:
        return str(action.shown.model._meta.verbose_name_plural)
    return action.perform.__module__.rpartition(".")[2]


def statuses_of(action: Action) -> list[int]:
    """The refusals that an action may answer with."""
    statuses = {*ALWAYS}
    if action.find or isinstance(action, Read | Write):
        statuses |= {404}
    if action.query:
        statuses |= {422} if isinstance(action, List) else {403, 422}
    if isinstance(action, Write):
        statuses |= {*OF_WRITES}
    if action.needs_version or (action.body and "version" in action.body().fields):
        statuses |= {*OF_VERSIONS}
    return sorted(statuses)


def answers_of(action: Action) -> dict[Any, Any]:
    match action:
        case Trash():
            return {204: OpenApiResponse(None, "In the trash; the ETag is the one that restoring takes")}
        case List(shown=shown) if shown:
            return {200: OpenApiResponse(page_of(shown.shape), "One page")}
        case Tell(shape=shape):
            return {200: OpenApiResponse(shape, "As it is now")}
        case Ask(shape=shape):
            return {201: OpenApiResponse(shape, "Done"), 202: OpenApiResponse(shape, "A job does it")}
        case Read(shown=shown, other_media_types=others) if shown and others:
            record = {200: OpenApiResponse(shown.detail_shape, "The record as it is now")}
            return record | {(200, other): OpenApiResponse(OpenApiTypes.ANY, "In another form") for other in others}
        case Stream():
            return {(200, *STREAMED): OpenApiResponse(OpenApiTypes.STR, "The file")}
    assert action.shown
    return {action.status: OpenApiResponse(action.shown.detail_shape, "The record as it is now")}


@cache
def page_of(shape: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """One page of a list of such rows."""
    fields = {
        "next": serializers.URLField(allow_null=True, help_text="The next page, or null on the last one."),
        "results": shape(many=True),
        "__doc__": "",
    }
    return type(f"{shape.__name__.removesuffix('Shape')}Page", (serializers.Serializer,), fields)


def headers_of(action: Action) -> list[OpenApiParameter]:
    """Headers that go in, and those that come out."""
    found = []
    if action.needs_version:
        found.append(header("If-Match", 'The ETag of the version that is changed, like "3".', required=True))
    if action.takes_key:
        found.append(header("Idempotency-Key", "The same key and body again give the same answer again, for 30 days."))
    if action.shown and action.shown.has_version and not isinstance(action, List):
        found.append(header("ETag", "The record's version.", response=[action.status]))
    if isinstance(action, Ask):
        found.append(header("Location", "Where what came of it is listed, or the job.", response=[201, 202]))
    elif action.status in (201, 202):
        found.append(header("Location", "The new record's address.", response=[action.status]))
    return found


def header(name: str, words: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=words, **options)


@cache
def whole_schema() -> Any:
    """The schema of the whole API. It depends on the code alone, so it is made once."""
    with ONE_AT_A_TIME:
        return tidy(SchemaGenerator().get_schema(request=None, public=True))


def tidy(part: Any) -> Any:
    """Without the marks that the generator leaves for steps that are not taken here."""
    if isinstance(part, dict):
        return {name: tidy(inner) for name, inner in part.items() if name != "x-spec-enum-id"}
    return [tidy(inner) for inner in part] if isinstance(part, list) else part


@login_not_required
def api_schema(request: HttpRequest) -> HttpResponse:
    """GET /api/schema/. Open to everybody: it says what the code says."""
    if request.method not in ("GET", "HEAD"):
        return Problem(405, "The schema can be read, nothing else.", headers={"Allow": "GET, HEAD"})
    return HttpResponse(json_bytes(whole_schema()), content_type=SCHEMA_TYPE)
