"""How every page answers: a page, a region or a redirect; and how every write is performed once and refused in words.

A write is a closure that calls one service and returns the row it changed. The same form sent twice (a double click,
the back button, a retry) is performed once: the second sending finds the row again and gets the same answer.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Literal
from uuid import UUID

from django.apps import apps
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget, trigger_client_event

from annotations.core.errors import NotFound, WorkbenchError
from annotations.refusals import status_of
from annotations.services.write import Answer, Request, once
from annotations.web import acts

NOT_PART_OF_THE_BODY = {"csrfmiddlewaretoken", "idempotency_key"}
LONGEST_KEY = 200
Context = Mapping[str, Any]


class SeeOther(HttpResponseRedirect):
    """After a POST the browser asks for the next page by GET, whatever the method was."""

    status_code = 303


def page(request: HttpRequest, template: str, context: Context | None = None, status: int = 200) -> HttpResponse:
    """A page, or a region where htmx asked and the template is one: templates do not differ, addresses do."""
    return render(request, template, dict(context or {}), status=status)


def region(
    request: HttpRequest,
    template: str,
    context: Context | None = None,
    status: int = 200,
    triggers: Mapping[str, Any] | None = None,
    *,
    told: Literal["receive", "settle"] = "settle",
) -> HttpResponse:
    """A piece of a page for htmx, with the events (name to detail) that the page's own modules listen to, told when the
    piece stands in the page or, with "receive", before it is put there."""
    response = render(request, template, dict(context or {}), status=status)
    for name, detail in (triggers or {}).items():
        trigger_client_event(response, name, detail, after=told)
    return response


def go(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page: 303 for a form, a client redirect for htmx (which would swap the page into the region)."""
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else SeeOther(address)


# -- writes -----------------------------------------------------------------------------------------------------------


def perform_write(
    request: HttpRequest,
    perform: Callable[[], Any],
    on_done: Callable[[Any], HttpResponse],
    on_error: Callable[[WorkbenchError], HttpResponse] | None = None,
) -> HttpResponse:
    """Run `perform` once for this form and answer with `on_done(row)`, or with `on_error(error)` when a rule says no.

    Without `on_error` the refusal is a page of its own, or a toast for htmx. NotFound is always the 404 page.
    """
    done: dict[str, Any] = {}

    def answered() -> Answer:
        row = done["row"] = perform()
        done["act"] = acts.recorded(request)
        return Answer(200, kind=type(row).record_kind(), pk=row.pk)

    try:
        answer = once(request_of(request), answered, lambda kind, pk: row_of(request, kind, pk) is not None)
        row = done["row"] if "row" in done else row_of(request, answer.kind, answer.pk)
    except NotFound:
        raise
    except WorkbenchError as error:
        return acts.with_reason(on_error(error) if on_error else refusal(request, error), error)
    return acts.with_bar(request, acts.with_version(on_done(row), row), done.get("act"), row)


def request_of(request: HttpRequest) -> Request:
    """What makes two sendings of a form the same one: person, address, key and words."""
    key = request.POST.get("idempotency_key", "")[:LONGEST_KEY].replace("\x00", "�")
    return Request(request.user, request.method or "POST", request.path, key, body_hash(request))  # type: ignore[arg-type]


def body_hash(request: HttpRequest) -> str:
    """The hash of what was sent: fields in a stated order, files by their bytes."""
    digest = hashlib.sha256()
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_PART_OF_THE_BODY}
    digest.update(json.dumps(fields, sort_keys=True).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"{name} {file.name} {file.size} ".encode(errors="replace"))
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def row_of(request: HttpRequest, kind: str, pk: UUID | None) -> Any:
    """The row that a kept answer names, if the person may still see it."""
    models: Any = apps.get_app_config("annotations").get_models()
    for model in models:
        if hasattr(model, "record_kind") and model.record_kind() == kind:
            return model._default_manager.visible_to(request.user).filter(pk=pk).first()
    return None


def refusal(request: HttpRequest, error: WorkbenchError) -> HttpResponse:
    """A refusal that has no form to stand beside: a toast for htmx, else a page with a way back."""
    back = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    context = {"error": error, "back": back if is_ours else ""}
    if getattr(request, "htmx", False):
        toast = region(request, "annotations/_toast.html", context, status_of(error))
        return reswap(retarget(toast, "#toasts"), "beforeend")
    return page(request, "annotations/refusal.html", context, status_of(error))
