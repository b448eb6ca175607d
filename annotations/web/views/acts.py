"""Undo and redo: the last thing that a person did in an article, taken back or done again.

The answer shows the annotation that it was about, or else the one that was open, and paints whatever changed.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.core.errors import WorkbenchError
from annotations.models import Act, Annotation, Article
from annotations.queries.lookups import visible
from annotations.services import acts as services
from annotations.web import inspector
from annotations.web.acts import BAR, bar_context
from annotations.web.arcs import arcs_in
from annotations.web.desk import labels_of, newest_revision, touched
from annotations.web.folds import NONE
from annotations.web.marks import span_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, refusal, region

REGION = "annotations/articles/_turned.html"


@require_safe
def acts(request: WebRequest, pk: UUID) -> HttpResponse:
    """The two buttons as they are now."""
    article = visible(Article, request.user, "project", pk=pk)
    return page(request, BAR, bar_context(request.user, article))


@require_POST
def undo_act(request: WebRequest, pk: UUID) -> HttpResponse:
    return turn(request, pk, services.undo_act)


@require_POST
def redo_act(request: WebRequest, pk: UUID) -> HttpResponse:
    return turn(request, pk, services.redo_act)


def turn(request: WebRequest, pk: UUID, service: Callable[..., Act]) -> HttpResponse:
    article = visible(Article, request.user, "project", pk=pk)

    def on_error(error: WorkbenchError) -> HttpResponse:
        return refusal(request, error)

    return perform_write(
        request, lambda: service(by=request.user, article=article), lambda act: turned(request, article, act), on_error
    )


def turned(request: WebRequest, article: Article, act: Act | None) -> HttpResponse:
    """`act` is None where the same form came a second time and newer acts made the workbench forget it."""
    is_undone = act is not None and act.state == "undone"
    words = (_("Undone: %s") if is_undone else _("Done again: %s")) % (act.words if act else "")
    pks = services.annotations_of(act) if act else []
    shown = annotation_shown(request, article, pks)
    if not request.htmx:
        messages.success(request, words)
        return go(request, inspector.address_of(shown) if shown else reverse("web:article", args=[article.pk]))
    context, triggers = region_of(request, article, pks, shown)
    triggers["undone"] = {"ids": [str(pk) for pk in pks]}
    return region(request, REGION, context | {"words": words}, triggers=triggers)


def annotation_shown(request: WebRequest, article: Article, pks: list[UUID]) -> Annotation | None:
    """The one annotation that the act was about, if it is there; else the one that was open."""
    wanted = [str(pk) for pk in pks[:1]] if len(pks) == 1 else []
    for pk in [*wanted, request.POST.get("annotation", "")]:
        row = inspector.visible_annotation(request.user, pk)
        if row and row.article_id == article.pk:
            return row
    return None


def region_of(
    request: WebRequest, article: Article, pks: list[UUID], shown: Annotation | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What fills the inspector, the gutters beside it, and the events for the page."""
    person, revision = request.user, newest_revision(article)
    told = touched(article, revision, person, pks, shown.pk if shown else None)
    marks = inspector.marks_for(shown, person, is_menu=False) if shown else told["marks"]
    context: dict[str, Any] = {"article": article, "gutters": told["gutters"], "shown": shown}
    context |= bar_context(person, article) | labels_of(article)
    context |= {
        "document_marks": [mark for mark in marks if not mark["segments"]],
        "mark_url": reverse("web:add_annotation", args=[article.pk]),
    }
    triggers = told["triggers"] | {"arcs-changed": {"arcs": arcs_in(article, person)}}
    if shown:
        context |= inspector.annotation_context(person, shown, marks, {}, folds=NONE)
        span = next((span_of(mark) for mark in marks if mark["id"] == str(shown.pk) and mark["segments"]), None)
        triggers |= {"span-changed": span} if span else {}
    return context, triggers
