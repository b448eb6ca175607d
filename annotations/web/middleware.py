"""What every page of the web interface shares on its way in and out.

Ranks are remembered for the length of one request, refusals that a view let through become pages, answers without words
(405) get some, requests that are too large are refused before anything reads them, pages are compressed. Who is not
signed in is sent to sign in and from there to a page, never to the address of a write. Everybody is spoken to in their
language.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request, override

from annotations.core.errors import WorkbenchError
from annotations.web import errors

Respond = Callable[[HttpRequest], HttpResponse]
LARGEST_REQUEST_BYTES = 64 * 1024 * 1024  # several files; one form field may have DATA_UPLOAD_MAX_MEMORY_SIZE


class WebMiddleware:
    """Acts on the addresses of `annotations.web` only; programs and operators have manners of their own."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_too_large(request):
            return errors.too_large(request)
        response = self.get_response(request)
        if not is_web(request):
            return response
        response.headers.setdefault("Cache-Control", "private, no-cache")  # what one reads is for one's own eyes
        if response.status_code == 405 and not response.content:
            return errors.method_not_allowed(request, response.headers.get("Allow", ""))
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """So that many questions to the policies cost one query; and where nothing is written, so that each record is
        not looked for in memberships anew."""
        if request.user.is_authenticated:
            request.user.remembered_ranks = {}
            request.user.remembers_projects = request.method in ("GET", "HEAD") and is_web(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, WorkbenchError) and is_web(request):
            return errors.refused(request, error)
        return None


class CompressPages(GZipMiddleware):
    """A page of HTML is a tenth of its size on the way. Answers with an ETag stay as they are: theirs is a strong one,
    and compression would weaken it. Each page is padded by chance, so that its length tells nothing of its token."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page and "ETag" not in response.headers else response


def is_web(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.namespace == "web"


def is_too_large(request: HttpRequest) -> bool:
    """By what the client says it sends: a server reads no more than that. The API's JSON has a limit of its own."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_json = request.path.startswith(errors.API) and request.content_type != "multipart/form-data"
    return not is_json and length.isdigit() and int(length) > LARGEST_REQUEST_BYTES


class InTheirLanguage:
    """Pages speak the language that the person chose; to a stranger the one of `?language=`, else what their browser
    asks for. Programs are always spoken to in English. The language ends with the request."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_for(request)
        with override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        return response


def language_for(request: HttpRequest) -> str:
    if request.path.startswith(errors.API):
        return settings.LANGUAGE_CODE
    person = request.user
    chosen = person.preferences.get("language") if person.is_authenticated else request.GET.get("language")
    return chosen if chosen in dict(settings.LANGUAGES) else get_language_from_request(request)


class SignInFirst(LoginRequiredMiddleware):
    """A form that was sent after the session ended leads back to the page that it stood on."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        came_from = request.headers.get("referer", "")
        is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
        onward = came_from if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)
        return redirect_to_login(onward, self.get_login_url(view_func))
