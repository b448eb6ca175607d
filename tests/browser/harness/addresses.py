"""The names of addresses that the templates use, so that the harness stands without the views behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

NAMES = {
    "queue": "",
    "sign_in": "login/",
    "sign_out": "logout/",
    "project": "projects/<slug>/",
    "disputes": "projects/<slug>/disputes/",
    "export": "projects/<slug>/export/",
    "article": "articles/<pk>/",
}


def nothing(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse()


WEB = [path(address, nothing, name=name) for name, address in NAMES.items()]
urlpatterns = [path("", include((WEB, "web")))]
