"""Moving a record to the trash and taking it out again: the same answer for every record that has a page of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from annotations.core.sentences import NOUN, Sentence, say, word
from annotations.templatetags.languages import said
from annotations.web.fields import version_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, perform_write


def trashed(request: WebRequest, perform: Callable[[int], Any], address: str, noun: str) -> HttpResponse:
    """To the trash. `perform` takes the version that the form was opened at."""
    told = say("Moved to the trash. The {noun} can be taken out of it on this page.", noun=word(noun, NOUN))
    return _said(request, perform, address, told)


def restored(request: WebRequest, perform: Callable[[int], Any], address: str, noun: str) -> HttpResponse:
    """Out of the trash."""
    return _said(request, perform, address, say("The {noun} is out of the trash.", noun=word(noun, NOUN)))


def _said(request: WebRequest, perform: Callable[[int], Any], address: str, sentence: Sentence) -> HttpResponse:
    def on_done(_: Any) -> HttpResponse:
        messages.success(request, said(sentence))
        return go(request, address)

    return perform_write(request, lambda: perform(version_of(request)), on_done)
