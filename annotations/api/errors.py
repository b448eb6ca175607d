"""Every refusal under /api leaves as a problem (RFC 9457): what is wrong in words, and `errors` by field.

The domain's refusals get their status from `annotations.refusals`; what the framework refuses (no such method, no such
media type) is said here in our own words. A refusal never carries the record that it is about.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import Http404, HttpResponse, UnreadablePostError
from django.utils.log import log_response
from rest_framework.exceptions import APIException, ValidationError

from annotations.api.rendering import json_bytes
from annotations.core.errors import Stale, WorkbenchError
from annotations.core.json_text import UnreadableJson
from annotations.refusals import status_of

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 2  # a database that is locked or restarting is usually back by then
TITLES = {
    400: "Not readable",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "No such method here",
    406: "Not in this form",
    413: "Too large",
    415: "Not in this form",
    422: "Not valid",
    428: "A version is needed",
    429: "Too many requests",
    500: "Our error",
    503: "Not available now",
}
DETAILS = {
    401: "Send a token (Authorization: Bearer ...) or sign in.",
    404: "There is nothing here.",
    406: "Answers come as application/json.",
    413: "A request has at most 24 MB.",
    415: "Send the body as application/json.",
    500: "Something went wrong here. It has been logged.",
    503: "The database is busy or away. Nothing was changed; please try again.",
}
logger = logging.getLogger(__name__)


class Problem(HttpResponse):
    """A refusal as RFC 9457 has it."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        title: str = "",
        errors: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        said = {
            "type": "about:blank",
            "title": title or TITLES.get(status, "Not possible"),
            "status": status,
            "detail": detail or DETAILS.get(status, ""),
            "errors": dict(errors or {}),
        }
        super().__init__(json_bytes(said), status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


class BadRequest(APIException):
    """A header, a parameter or a body that cannot be read."""

    status_code = 400

    def __init__(self, detail: str, field: str) -> None:
        super().__init__(detail)
        self.errors = {field: [detail]}


class TooLarge(APIException):
    status_code = 413
    default_detail = DETAILS[413]


class VersionNeeded(APIException):
    """A change without the version that it is based on."""

    status_code = 428

    def __init__(self) -> None:
        super().__init__("Say which version you change: send If-Match with the ETag that came with the record.")
        self.errors = {"If-Match": [str(self.detail)]}


def problem_response(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The framework's exception handler. None lets an unknown error through, which only happens with DEBUG."""
    match error:
        case WorkbenchError():
            return refusal(error)
        case ValidationError():
            errors = by_field(error.detail)
            return Problem(422, " ".join(words[0] for words in errors.values()), errors=errors)
        case APIException():
            return framework_refusal(error)
        case Http404():
            return Problem(404)
        case PermissionDenied():
            return Problem(403, str(error) or "This is not allowed.")
        case RequestDataTooBig():
            return Problem(413)
        case SuspiciousOperation() | UnreadablePostError():
            return Problem(400, "This request cannot be read.")
    return failure(error, context)


def refusal(error: WorkbenchError) -> Problem:
    status = 400 if isinstance(error, UnreadableJson) else status_of(error)
    headers = {"ETag": f'"{error.version}"'} if isinstance(error, Stale) else {}
    errors = error.errors or ({"body": [error.message]} if status == 400 else {})
    return Problem(status, error.message, title=error.title, errors=errors, headers=headers)


def framework_refusal(error: APIException) -> Problem:
    headers = {}
    if scheme := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = scheme
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    own_words = not type(error).__module__.startswith("rest_framework") or error.status_code in (401, 403)
    detail = str(error.detail) if own_words else DETAILS.get(error.status_code, str(error.detail))
    return Problem(error.status_code, detail, errors=getattr(error, "errors", None), headers=headers)


def failure(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """What is our fault: logged in full, told in general. A test that provokes it sees the error itself."""
    request = context["request"]._request
    if isinstance(error, OperationalError):
        logger.warning("The database refused: %s", error, exc_info=error)
        return Problem(503, headers={"Retry-After": str(RETRY_SECONDS)})
    if settings.DEBUG:
        return None
    got_request_exception.send(sender=None, request=request)
    answer = Problem(500)
    log_response("%s: %s", "Internal server error", request.path, exception=error, request=request, response=answer)
    return answer


def by_field(detail: Any) -> dict[str, list[str]]:
    """The framework's nested errors under the body's own fields; what lies deeper is named in the words."""
    if not isinstance(detail, Mapping):
        return {"body": list(sentences(detail))}
    return {
        "body" if name == "non_field_errors" else str(name): list(sentences(inner)) for name, inner in detail.items()
    }


def sentences(detail: Any, path: str = "") -> Iterator[str]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from sentences(inner, f"{path}{name}: ")
    elif isinstance(detail, list | tuple):
        for inner in detail:
            yield from sentences(inner, path)
    else:
        yield f"{path}{detail}"
