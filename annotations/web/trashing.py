"""Moving a record to the trash and taking it out again: the same answer for every record that has a page of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from annotations.web.fields import version_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, perform_write


def trashed(request: WebRequest, perform: Callable[[int], Any], address: str, noun: str) -> HttpResponse:
    """To the trash. `perform` takes the version that the form was opened at."""
    return _said(request, perform, address, f"Moved to the trash. The {noun} can be taken out of it on this page.")


def restored(request: WebRequest, perform: Callable[[int], Any], address: str, noun: str) -> HttpResponse:
    """Out of the trash."""
    return _said(request, perform, address, f"The {noun} is out of the trash.")


def _said(request: WebRequest, perform: Callable[[int], Any], address: str, sentence: str) -> HttpResponse:
    def on_done(_: Any) -> HttpResponse:
        messages.success(request, sentence)
        return go(request, address)

    return perform_write(request, lambda: perform(version_of(request)), on_done)
