"""Suggestions: asked for, stepped through on the annotate screen, accepted, rejected; and the list of them, for many at
once and for people without JavaScript.

A decision answers with a few words for the screen's bar, the gutters that changed, and the events for the page.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import annotations.tasks  # noqa: F401 - so that long articles find their kind of work
from annotations.core.errors import Invalid, WorkbenchError
from annotations.models import Article, Job, Suggestion
from annotations.queries.lookups import as_uuid, related_many, visible
from annotations.refusals import status_of
from annotations.services import accepting
from annotations.services import suggestions as services
from annotations.services.jobs import start_job
from annotations.web.desk import newest_revision, touched
from annotations.web.fields import json_in, version_of
from annotations.web.named import label_named
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, refusal, region
from annotations.web.suggesting import asked_words, job_words, list_context, suggestions_context

ROWS = ("article__project", "revision", "label", "recommender", "annotation")
BAR, LIST, SAID = (f"annotations/suggestions/{name}.html" for name in ("_found", "_list", "_said"))


@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: the list, or for the screen's bar what is pending now. POST: ask for suggestions."""
    article = visible(Article, request.user, "project", pk=pk)
    if request.method == "POST":
        return make_suggestions(request, article)
    if request.htmx and request.htmx.target == "suggestions-found":
        return region(request, BAR, suggestions_context(request.user, article, **job_asked(request)))
    return list_page(request, article)


def job_asked(request: WebRequest) -> dict[str, Any]:
    found = as_uuid(request.GET.get("job", ""))
    job = Job.objects.visible_to(request.user).filter(pk=found).first() if found else None
    return job_words(job) if job else {}


# -- asking -----------------------------------------------------------------------------------------------------------


def make_suggestions(request: WebRequest, article: Article) -> HttpResponse:
    """What takes time is done before the write begins, so that nobody else waits for it."""
    is_small = services.is_small(article)
    kept: dict[str, Any] = {}

    def perform() -> Article | Job:
        if not is_small:
            arguments = {"article": str(article.pk)}
            return start_job(by=request.user, project=article.project, kind="suggest", arguments=arguments)
        if "error" in kept:
            raise kept["error"]
        kept["made"] = services.store_proposed(by=request.user, article=article, proposed=kept["proposed"])
        return article

    try:
        if is_small:
            kept["proposed"] = services.propose(by=request.user, article=article)
    except WorkbenchError as error:
        kept["error"] = error
    return perform_write(request, perform, lambda row: asked(request, article, row, kept), on_refused(request))


def asked(request: WebRequest, article: Article, row: Article | Job, kept: dict[str, Any]) -> HttpResponse:
    if not request.htmx:
        return go(request, reverse("web:suggestions", args=[article.pk]))
    if isinstance(row, Job):
        row.refresh_from_db()
        said = job_words(row)
    else:
        proposed = kept["proposed"]
        recommenders = [one for one, _found in proposed.found]
        said = asked_words(request.user, article, kept.get("made", {}), proposed.failed, recommenders)
    return region(request, BAR, suggestions_context(request.user, article, was_asked=True, **said))


# -- deciding ---------------------------------------------------------------------------------------------------------


def found(request: WebRequest, pk: UUID) -> Suggestion:
    return visible(Suggestion, request.user, *ROWS, pk=pk)


@require_POST
def accept_suggestion(request: WebRequest, pk: UUID) -> HttpResponse:
    """As it is, or with another `label`, or on other `segments` with their `quote`, both as JSON."""
    row = found(request, pk)

    def perform() -> Suggestion:
        sent = request.POST
        other: dict[str, Any] = {}
        if sent.get("label"):
            other["label"] = label_named(row.article.project, sent["label"])
        if sent.get("segments"):
            other |= {"segments": json_in(request, "segments", []), "quote": json_in(request, "quote", "")}
        return accepting.accept_suggestion(by=request.user, suggestion=row, version=version_of(request), **other)

    return decided(request, row, perform)


@require_POST
def reject_suggestion(request: WebRequest, pk: UUID) -> HttpResponse:
    row = found(request, pk)
    return decided(
        request,
        row,
        lambda: accepting.reject_suggestion(by=request.user, suggestion=row, version=version_of(request)),
    )


@require_POST
def reopen_suggestion(request: WebRequest, pk: UUID) -> HttpResponse:
    row = found(request, pk)
    return decided(
        request,
        row,
        lambda: accepting.reopen_suggestion(by=request.user, suggestion=row, version=version_of(request)),
    )


def decided(request: WebRequest, row: Suggestion, perform: Any) -> HttpResponse:
    def on_done(_row: Suggestion) -> HttpResponse:
        now = found(request, row.pk)
        if not request.htmx:
            return go(request, back_to(request, now))
        told = touched(now.article, now.revision, request.user, [now.annotation_id] if now.annotation_id else [])
        triggers = {**told["triggers"], "suggestion-decided": {"id": str(now.pk), "state": now.state}}
        return region(request, SAID, {"suggestion": now, "gutters": told["gutters"]}, triggers=triggers)

    return perform_write(request, perform, on_done, on_refused(request, row))


def back_to(request: WebRequest, row: Suggestion) -> str:
    """Without JavaScript: the list, on which one goes on."""
    return reverse("web:suggestions", args=[row.article_id])


def on_refused(request: WebRequest, row: Suggestion | None = None) -> Any:
    """In words in the bar; what is pending now is asked for again, since somebody may have been first."""

    def refused(error: WorkbenchError) -> HttpResponse:
        if not request.htmx:
            return refusal(request, error)
        triggers = {"suggestions-old": {"id": str(row.pk) if row else ""}}
        return region(request, SAID, {"error": error}, status_of(error), triggers=triggers)

    return refused


# -- many at once -----------------------------------------------------------------------------------------------------


def list_page(request: WebRequest, article: Article, error: WorkbenchError | None = None) -> HttpResponse:
    revision = newest_revision(article)
    asked = request.POST if request.method == "POST" else request.GET
    context = list_context(request.user, article, revision, asked.get("recommender", ""), least_in(asked))
    context |= {"error": error, "in_dialog": bool(request.htmx)}
    status = status_of(error) if error else 200
    if request.htmx:
        return region(request, LIST, context, status)
    return page(request, "annotations/suggestions/list.html", context, status)


def least_in(asked: Any) -> float:
    """The score, in per cent, below which nothing is listed; 0 for what is no such number."""
    said = asked.get("least", "")
    return int(said) / 100 if said.isascii() and said.isdigit() and len(said) < 4 else 0.0


@require_POST
def accept_suggestions(request: WebRequest, pk: UUID) -> HttpResponse:
    """Those that were ticked: `suggestion` is `id:version`, once for each."""
    article = visible(Article, request.user, "project", pk=pk)
    ticked = [value.partition(":") for value in request.POST.getlist("suggestion")]
    accepted: list[Suggestion] = []

    def perform() -> Article:
        pks = [found_id for found_id, _colon, _version in ticked]
        if len(set(pks)) != len(pks) or not all(as_version(version) for _pk, _colon, version in ticked):
            raise Invalid.field("suggestions", _("Load the list again, then tick."))
        rows = related_many(Suggestion, pks, person=request.user, project=article.project, field="suggestions")
        accepted.extend(rows)
        chosen = [(row, as_version(version)) for row, (_pk, _colon, version) in zip(rows, ticked, strict=True)]
        return accepting.accept_suggestions(by=request.user, article=article, chosen=chosen)

    return perform_write(
        request,
        perform,
        lambda _article: many_accepted(request, article, [row.pk for row in accepted]),
        lambda error: list_page(request, article, error),
    )


def as_version(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def many_accepted(request: WebRequest, article: Article, pks: list[UUID]) -> HttpResponse:
    if not request.htmx:
        return go(request, reverse("web:article", args=[article.pk]))
    made = Suggestion.objects.filter(pk__in=pks, annotation__isnull=False).values_list("annotation_id", flat=True)
    told = touched(article, newest_revision(article), request.user, [pk for pk in made if pk])
    context = {"gutters": told["gutters"], "accepted": len(pks)}
    triggers = {**told["triggers"], "suggestions-old": {"id": "", "accepted": len(pks)}}
    return region(request, SAID, context, triggers=triggers)
