"""Working on one article together: what is new since the page was shown, who else is here, and, where the operator
serves held-open answers, a stream that says when to look."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST, require_safe

from annotations.core.errors import NotFound
from annotations.models import Article
from annotations.queries.lookups import as_uuid, visible
from annotations.queries.presence import newest_number, news, people_here
from annotations.services.presence import note_presence
from annotations.web.arcs import arcs_in
from annotations.web.desk import document_context, newest_revision, pulse_context, touched
from annotations.web.requests import WebRequest
from annotations.web.respond import region

PULSE = "annotations/presence/_pulse.html"
HERE = "annotations/presence/_here.html"
SECONDS_BETWEEN_LOOKS = 2
SECONDS_OF_STREAM = 600  # then the browser asks again, and the server has let go of what it held


@require_safe
def pulse(request: WebRequest, pk: UUID) -> HttpResponse:
    """204 where nothing happened behind `?after=`: one query. Else the gutters and spans that changed, and the number
    up to which the page knows now. `?annotation=` is what the inspector shows: it is told of, never swapped."""
    after = number_in(request, "after")
    request.user.remembers_projects = False  # the usual answer asks one question: there is nothing to remember for
    if newest_number(pk, request.user) <= after:
        return HttpResponse(status=204)
    article = visible(Article, request.user, "project", pk=pk)
    new = news(article, request.user, after)
    revision = newest_revision(article)
    on_page = number_in(request, "revision")
    if on_page != revision.number:  # another text: nothing of it belongs on this page
        return region(request, PULSE, pulse_context(article, new.number, on_page) | {"newer": revision})
    answer = touched(article, revision, request.user, new.annotations)
    shown = as_uuid(request.GET.get("annotation", ""))
    context = pulse_context(article, new.number, on_page) | {
        "gutters": answer["gutters"],
        "changed_by": new.by_others.get(shown) if shown else None,
        "shown": shown,
    }
    if new.has_document_marks:
        context |= document_context(article, answer["marks"], request.user)
    arcs = {"arcs-changed": {"arcs": arcs_in(article, request.user)}} if new.has_relations else {}
    return region(request, PULSE, context, triggers=answer["triggers"] | arcs)


def number_in(request: WebRequest, name: str) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else 0


@require_POST
def presence(request: WebRequest, pk: UUID) -> HttpResponse:
    """Say that one has the article open; the answer names the others who have."""
    article = visible(Article, request.user, "project", pk=pk)
    note_presence(by=request.user, article=article)
    return region(request, HERE, {"article": article, "people": people_here(article, request.user)})


# -- held open --------------------------------------------------------------------------------------------------------


@require_safe
async def stream(request: ASGIRequest, pk: UUID) -> HttpResponse | StreamingHttpResponse:
    """Server-sent events: the newest number, whenever it grows. Has an address only with LIVE_STREAM, and answers only
    behind ASGI: a server with threads would give one of them away for each open page."""
    if not isinstance(request, ASGIRequest):
        raise NotFound("There is nothing here.")
    person: Any = await request.auser()
    person.remembers_projects = False  # it lasts longer than a request: a membership may end meanwhile
    number = await newest(pk, person)
    answer = StreamingHttpResponse(beats(pk, person, number), content_type="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy that gathers would hold the news back
    return answer


async def beats(pk: UUID, person: Any, number: int) -> AsyncIterator[str]:
    yield said(number)
    for _ in range(int(SECONDS_OF_STREAM / SECONDS_BETWEEN_LOOKS)):
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        try:
            now = await newest(pk, person)
        except NotFound:  # no longer a member, or the article is gone: the stream ends without a word
            return
        yield said(now) if now != number else ": still here\n\n"
        number = now


async def newest(pk: UUID, person: Any) -> int:
    return await sync_to_async(newest_number)(pk, person)


def said(number: int) -> str:
    return f"id: {number}\ndata: {number}\n\n"
