"""The pages for what went wrong, each with a sentence and a way on; wired as handlers in `workbench.urls`.

They carry nothing of the record that was asked for. Programs that ask for an unknown address under /api/ get a problem
document instead; everything else there is the business of the API.
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from annotations.core.errors import NotFound, WorkbenchError
from annotations.web.respond import refusal

API = "/api/"


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return told(
        request, 400, gettext("Not understood"), gettext("The request could not be read, so nothing was changed.")
    )


def too_large(request: HttpRequest) -> HttpResponse:
    sentence = gettext(
        "This is too large to be sent at once: 24 MB of form, 64 MB of files. The command import_articles takes more."
    )
    return told(request, 413, gettext("Too large"), sentence)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return told(request, 403, gettext("Not allowed"), gettext("You may not do this here."))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return told(request, 404, gettext("Not found"), gettext("There is nothing here, or nothing that you may see."))


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's check against forged requests said no; nearly always a page that was open across a sign-in."""
    sentence = gettext(
        "This page is from an earlier sign-in, so nothing was changed. Go back, load it again, and send it again."
    )
    return told(request, 403, gettext("Please send it again"), sentence)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    sentence = gettext("This address takes a form; it is not a page to open.")
    response = told(request, 405, gettext("Not a page"), sentence)
    response.headers["Allow"] = allowed
    return response


def refused(request: HttpRequest, error: WorkbenchError) -> HttpResponse:
    """A refusal that a view did not catch itself."""
    if isinstance(error, NotFound):
        return not_found(request)
    return refusal(request, error)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither database nor session: either may be what broke."""
    if request.path.startswith(API):
        return problem(500, "Server error", "Something went wrong on our side. Nothing was changed.")
    return HttpResponseServerError(render_to_string("500.html"))


def told(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """One page for all: status, title, sentence. Handlers of Django's come before or after the session, so the page
    asks for no more than there is."""
    if request.path.startswith(API):
        return problem(status, title, sentence)
    if request.headers.get("HX-Request"):
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    context = {"status": status, "title": title, "sentence": sentence}
    return render(request, "annotations/told.html", context, status=status)


def problem(status: int, title: str, detail: str) -> HttpResponse:
    body = {"title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")
