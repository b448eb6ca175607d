"""The names of addresses that the templates use, with nothing behind them, so that the harness stands without views.

They are those of the workbench, but for what an id has to look like: the samples are called 1, a1, r1.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from annotations.web.urls import urlpatterns as known

CONVERTER = re.compile(r"<\w+:")


def nothing(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse()


WEB = [path(CONVERTER.sub("<", str(one.pattern)), nothing, name=one.name) for one in known if one.name]
urlpatterns = [path("", include((WEB, "web")))]
