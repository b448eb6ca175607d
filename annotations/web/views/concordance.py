"""The concordance: keyword in context over a project's annotations and its text; several relabelled at once; and the
page of what was changed in bulk, with the way back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotations.core.errors import Refused, WorkbenchError
from annotations.core.occurrences import Finder
from annotations.models import Annotation, Article, BulkChange, Label, Person, Project
from annotations.policies.annotations import may_add_annotation, may_change_annotations
from annotations.policies.roles import may_edit
from annotations.queries import concordance as queries
from annotations.queries.lookups import as_uuid, visible
from annotations.queries.occurrences import Cursor, Found, occurrences
from annotations.refusals import status_of
from annotations.services import concordance as services
from annotations.web.desk import swatches
from annotations.web.forms.concordance import (
    SORT_WORDS,
    TEXT_SORT_WORDS,
    attribute_names,
    filters_in,
    versions_in,
)
from annotations.web.forms.occurrences import asked_in, too_long
from annotations.web.lists import kept, known
from annotations.web.named import label_named
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, refusal

LIST = "annotations/concordance/list.html"
FILTERS = ("of", "sort", "label", "author", "article", "words", "note", "attribute", "value")
TEXT_FILTERS = ("of", "sort", "asked", "words", "case", "accents", "whole_words")
HITS_SORTED = 1_000  # of the text: each hit has to be seen before the first can be shown
PEOPLE_OFFERED = 200


@require_safe
def concordance(request: WebRequest, slug: str) -> HttpResponse:
    """`?of=text` looks for words in the text; else annotations are listed."""
    project = visible(Project, request.user, slug=slug)
    if request.GET.get("of") == "text":
        return page(request, "annotations/concordance/text.html", text_context(request, project))
    return annotations_page(request, project)


def annotations_page(request: WebRequest, project: Project, error: WorkbenchError | None = None) -> HttpResponse:
    filters = filters_in(request.GET)
    sort = known(request.GET.get("sort"), SORT_WORDS) or "newest"
    found = queries.lines(project, request.user, filters, sort=sort, after=as_uuid(request.GET.get("after", "")))
    labels = list(Label.objects.filter(project=project, kind="span"))
    article = Article.objects.filter(project=project, pk=filters.article).first() if filters.article else None
    context = {
        "section": "project",
        "project": project,
        "of": "annotations",
        "found": found,
        "filters": filters,
        "article": article,
        "sort": sort,
        "sorts": SORT_WORDS,
        "labels": labels,
        "swatches": {one["id"]: one for one in swatches(labels)},
        "choices": [label for label in labels if not label.retired],
        "authors": authors_in(project, request.user),
        "attributes": attribute_names(labels),
        "kept": kept(request, *FILTERS),
        "sorted_at_most": queries.SORTED_AT_MOST,
        "decision": may_change_annotations(request.user, project.pk),
        "error": error,
    }
    return page(request, LIST, context, status_of(error) if error else 200)


def authors_in(project: Project, person: Person) -> list[Person]:
    """Those whose annotations `person` may see here."""
    seen = Annotation.objects.visible_to(person).active().filter(project=project)
    authors = Person.objects.filter(pk__in=seen.order_by().values("author_id").distinct())
    return list(authors.order_by("username")[:PEOPLE_OFFERED])


def text_context(request: WebRequest, project: Project) -> dict[str, Any]:
    asked = asked_in(request.GET)
    sort = known(request.GET.get("sort"), TEXT_SORT_WORDS) or "article"
    finder = Finder(asked.words, asked.options)
    is_asked = bool(finder) and not too_long(asked.words)
    found = text_lines(request, project, finder, sort) if is_asked else Found([], None, 0)
    return {
        "section": "project",
        "project": project,
        "of": "text",
        "asked": asked._replace(within="project"),
        "found": found,
        "is_asked": is_asked,
        "too_long": too_long(asked.words),
        "sort": sort,
        "sorts": TEXT_SORT_WORDS,
        "hits_sorted": HITS_SORTED,
        "kept": kept(request, *TEXT_FILTERS),
        "labels": Label.objects.filter(project=project, kind="span", retired=False),
        "decision": may_add_annotation(request.user, project.pk),
    }


def text_lines(request: WebRequest, project: Project, finder: Finder, sort: str) -> Found:
    """A page of hits: in the order of the articles by key; else of the first HITS_SORTED, sorted."""
    after = Cursor.read(request.GET.get("after", ""))
    if sort == "article":
        return occurrences(project, request.user, finder, after=after, size=queries.LINES_A_PAGE)
    found = occurrences(project, request.user, finder, size=HITS_SORTED)
    return queries.sorted_hits(found, sort, after, queries.LINES_A_PAGE)


# -- relabelling ------------------------------------------------------------------------------------------------------


@require_POST
def relabel_annotations(request: WebRequest, slug: str) -> HttpResponse:
    """First what would change and what would not, and why; with `confirm` it is done."""
    project = visible(Project, request.user, slug=slug)
    if not request.POST.get("confirm"):
        return relabel_preview(request, project)

    def perform() -> BulkChange:
        return services.relabel_annotations(
            by=request.user,
            project=project,
            versions=versions_in(request.POST.getlist("row")),
            label=label_named(project, request.POST.get("label", "")),
            rest=bool(request.POST.get("rest")),
        )

    return perform_write(
        request,
        perform,
        lambda bulk: go(request, reverse("web:bulk_change", args=[bulk.pk])),
        lambda error: relabel_preview(request, project, error),
    )


def relabel_preview(request: WebRequest, project: Project, error: WorkbenchError | None = None) -> HttpResponse:
    decision = may_change_annotations(request.user, project.pk)
    if not decision:
        return refusal(request, Refused(decision.reason))
    try:
        versions = versions_in(request.POST.getlist("row"))
        label = label_named(project, request.POST.get("label", ""))
    except WorkbenchError as refused:
        return annotations_page(request, project, error or refused)
    found = services.sort_out(request.user, project, versions, label)
    spans = [row for row in found.rows if row.segments]
    contexts = queries.contexts_of([(row.revision_id, row.start or 0, row.end or 0) for row in spans])
    context = {
        "section": "project",
        "project": project,
        "label": label,
        "swatch": swatches([label])[0],
        "lines": [
            {
                "line": queries.line_of(row, context),
                "dropped": [name for name in row.attributes if name not in services.that_fit(label, row)],
            }
            for row, context in zip(spans, contexts, strict=True)
        ],
        "rows": request.POST.getlist("row"),
        "kept_back": found.kept,
        "error": error,
    }
    return page(request, "annotations/concordance/relabel.html", context, status_of(error) if error else 200)


# -- what was changed in bulk -----------------------------------------------------------------------------------------


@require_safe
def bulk_change(request: WebRequest, pk: UUID) -> HttpResponse:
    return bulk_change_page(request, pk)


def bulk_change_page(request: WebRequest, pk: UUID, error: WorkbenchError | None = None) -> HttpResponse:
    row = visible(BulkChange, request.user, "project", "label", "author", "article", "undoes", pk=pk)
    context = {
        "section": "project",
        "project": row.project,
        "bulk": row,
        "swatch": swatches([row.label])[0],
        "shown": queries.bulk_shown(row, request.user),
        "may": may_edit(request.user, row, "a bulk change"),
        "error": error,
    }
    return page(request, "annotations/concordance/bulk_change.html", context, status_of(error) if error else 200)


@require_POST
def undo_bulk_change(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(BulkChange, request.user, "label", pk=pk)

    def perform() -> BulkChange:
        return services.undo_bulk_change(by=request.user, bulk_change=row, rest=bool(request.POST.get("rest")))

    return perform_write(
        request,
        perform,
        lambda bulk: go(request, reverse("web:bulk_change", args=[bulk.pk])),
        lambda error: bulk_change_page(request, pk, error),
    )
