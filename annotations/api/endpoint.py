"""An address of the API: which action answers which method. Closed unless signed in; all else is in `actions`."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request
from rest_framework.views import APIView

from annotations.api.actions import Action, asking
from annotations.api.errors import Problem
from annotations.api.schema import WorkbenchSchema

View = Callable[..., HttpResponseBase]


class Endpoint(APIView):
    """Made by `address`, never written out."""

    actions: ClassVar[Mapping[str, Action]] = {}
    metadata_class = None
    schema = WorkbenchSchema()

    @property
    def action_asked(self) -> Action | None:
        method = (self.request.method or "").lower()
        return self.actions.get("get" if method == "head" else method)

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        super().initial(request, *args, **named)
        asking(request).remembered_ranks = {}  # several questions to the policies cost one query

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        action = self.action_asked
        return super().perform_content_negotiation(request, force or bool(action and action.any_form))

    def options(self, request: Any, *args: Any, **named: Any) -> Any:
        """Which methods there are stands in Allow, as with every answer."""
        return HttpResponse(status=204)

    def finalize_response(self, request: Request, response: Any, *args: Any, **named: Any) -> Any:
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return super().finalize_response(request, response, *args, **named)


def address(**actions: Action) -> View:
    """The view of one address: `address(get=list_articles, post=add_article)`."""
    names = "".join(action.verb.title().replace("_", "") for action in actions.values())
    methods = {method: answering(action) for method, action in actions.items()}
    view: type[Endpoint] = type(names, (Endpoint,), {**methods, "actions": actions, "__doc__": ""})
    return view.as_view()


def answering(action: Action) -> Callable[..., HttpResponseBase]:
    def handler(self: Endpoint, request: Request, **named: Any) -> HttpResponseBase:
        return action.respond(request, named)

    handler.__name__, handler.__doc__ = action.verb, action.perform.__doc__
    return handler


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Every address under /api that is none: a problem, with a hint where only the last slash is missing."""
    try:
        found = resolve(f"{request.path_info}/")
    except Resolver404:
        return Problem(404)
    missing_slash = found.func is not nothing_here
    return Problem(404, f"Addresses here end with a slash: {request.path}/" if missing_slash else "")
