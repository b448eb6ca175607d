"""All occurrences: the same words elsewhere, every hit in its context with a tick, and those that stay ticked labelled.

What the preview showed is what the form sends, and the service checks each of it again. The page of what was done, with
the way back, is in `concordance`.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from annotations.core.errors import Invalid, WorkbenchError
from annotations.core.occurrences import Finder
from annotations.models import Annotation, Article, BulkChange, Label, Project
from annotations.policies.annotations import may_add_annotation
from annotations.queries.lookups import as_uuid, visible
from annotations.queries.occurrences import Cursor, Found, Hit, occurrences
from annotations.refusals import status_of
from annotations.services import occurrences as services
from annotations.web.desk import swatches
from annotations.web.forms.occurrences import Asked, asked_in, place_json, places_in, too_long
from annotations.web.named import label_named
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write

TEMPLATE = "annotations/occurrences/preview.html"
HITS_A_PAGE = 500  # each is a field of the form, and a form takes only so many


@dataclass(frozen=True, slots=True)
class Search:
    """Where one looks and for what: from an annotation, or for any words of a project (then `label` is chosen)."""

    project: Project
    asked: Asked
    address: str
    annotation: Annotation | None = None
    article: Article | None = None
    label: Label | None = None

    @property
    def within(self) -> Article | None:
        return self.article if self.asked.within == "article" else None


@require_http_methods(["GET", "HEAD", "POST"])
def annotation_occurrences(request: WebRequest, pk: UUID) -> HttpResponse:
    """From an annotation: its words, its label."""
    row = visible(Annotation, request.user, "article__project", "label", "author", pk=pk)
    said = request.POST if request.method == "POST" else request.GET
    search = Search(
        project=row.article.project,
        asked=asked_in(said, first_words(row)),
        address=request.path,
        annotation=row,
        article=row.article,
        label=row.label if row.label.kind == "span" and not row.label.retired else None,
    )
    return answered(request, search)


@require_http_methods(["GET", "HEAD", "POST"])
def project_occurrences(request: WebRequest, slug: str) -> HttpResponse:
    """For any words: `?words=`, with `?article=` in one article only, and the label that is chosen on the page."""
    project = visible(Project, request.user, slug=slug)
    said = request.POST if request.method == "POST" else request.GET
    article_id = as_uuid(said.get("article", ""))
    rows = Article.objects.visible_to(request.user).filter(project=project)
    article = rows.filter(pk=article_id).first() if article_id else None
    asked = asked_in(said)
    search = Search(
        project=project,
        asked=asked if article else asked._replace(within="project"),
        address=request.path,
        article=article,
        label=chosen_label(project, said.get("label", "")),
    )
    return answered(request, search)


def first_words(row: Annotation) -> str:
    """What is looked for: the quote, of a span in several parts the first one."""
    if len(row.segments) < 2:
        return row.quote
    length = row.segments[0][1] - row.segments[0][0]
    return row.quote[:length]


def chosen_label(project: Project, said: str) -> Label | None:
    labels = Label.objects.filter(project=project, kind="span", retired=False)
    return next((label for label in labels if said in (label.key, str(label.pk))), None)


def answered(request: WebRequest, search: Search) -> HttpResponse:
    return label_hits(request, search) if request.method == "POST" else preview(request, search)


# -- the preview ------------------------------------------------------------------------------------------------------


def preview(
    request: WebRequest, search: Search, error: WorkbenchError | None = None, ticked: list[str] | None = None
) -> HttpResponse:
    """Every hit of a page with its tick; after a refusal with the ticks as they were sent."""
    finder = Finder(search.asked.words, search.asked.options)
    found = hits_of(request, search, finder)
    labels = list(Label.objects.filter(project=search.project, kind="span", retired=False))
    hits = [shown(hit, ticked) for hit in found.hits]
    context: dict[str, Any] = {
        "section": "project" if search.annotation is None else "queue",
        "project": search.project,
        "search": search,
        "asked": search.asked,
        "hits": hits,
        "ticked_count": sum(hit["is_ticked"] for hit in hits),
        "next": found.next,
        "looked": found.looked,
        "labels": swatches(labels),
        "swatch": next((one for one in swatches(labels) if search.label and one["id"] == str(search.label.pk)), None),
        "decision": may_add_annotation(request.user, search.project.pk),
        "nothing_asked": not finder,
        "too_long": too_long(search.asked.words),
        "error": error,
    }
    return page(request, TEMPLATE, context, status_of(error) if error else 200)


def hits_of(request: WebRequest, search: Search, finder: Finder) -> Found:
    if not finder or too_long(search.asked.words):
        return Found([], None, 0)
    after = Cursor.read(request.GET.get("after", "") or request.POST.get("after", ""))
    return occurrences(
        search.project,
        request.user,
        finder,
        label=search.label,
        article=search.within,
        after=after,
        size=HITS_A_PAGE,
    )


def shown(hit: Hit, ticked: list[str] | None) -> dict[str, Any]:
    value = place_json(hit)
    is_ticked = not hit.labelled_by if ticked is None else value in ticked and not hit.is_mine
    return {"hit": hit, "value": value, "article": hit.article, "title": hit.title, "is_ticked": is_ticked}


# -- labelling --------------------------------------------------------------------------------------------------------


def label_hits(request: WebRequest, search: Search) -> HttpResponse:
    ticked = request.POST.getlist("hit")

    def perform() -> BulkChange:
        if too_long(search.asked.words):
            raise Invalid.field("words", too_long(search.asked.words))
        label = label_named(search.project, request.POST.get("label", "") or (search.label.key if search.label else ""))
        return services.label_occurrences(
            by=request.user,
            project=search.project,
            label=label,
            hits=places_in(ticked),
            words=search.asked.words,
            attributes=attributes_along(request, search, label),
        )

    return perform_write(
        request,
        perform,
        lambda bulk: go(request, reverse("web:bulk_change", args=[bulk.pk])),
        lambda error: preview(request, search, error, ticked),
    )


def attributes_along(request: WebRequest, search: Search, label: Label) -> dict[str, Any]:
    """The attributes of the annotation that one came from, where that was ticked."""
    row = search.annotation
    return dict(row.attributes) if row and label.pk == row.label_id and request.POST.get("attributes") else {}
