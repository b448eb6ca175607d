"""Articles: the annotate screen, the reading view, what is known about an article, and bringing new ones in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import WorkbenchError
from annotations.models import Annotation, Article, Project
from annotations.policies.articles import may_add_article, may_edit_article
from annotations.policies.sources import may_add_source
from annotations.queries.history import history_of, told
from annotations.queries.lookups import as_uuid, visible
from annotations.refusals import status_of
from annotations.services import articles as services
from annotations.web import inspector
from annotations.web.desk import desk_context, labels_of, newest_revision
from annotations.web.fields import filled, unchanged, version_of
from annotations.web.forms.articles import AboutForm, ArticleForm
from annotations.web.lists import first_row
from annotations.web.marks import marks_on
from annotations.web.queue import ROWS_A_PAGE, TABS, queue_rows, tab_counts
from annotations.web.reading import reading_context
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.revising import picker
from annotations.web.stale import differences

ANNOTATE = "annotations/articles/annotate.html"
KEYS = "annotations/articles/_cheat_sheet_keys.html"


@require_http_methods(["GET", "HEAD", "POST"])
def article(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: the annotate screen, or for htmx the region of `?annotation=` or all keys. POST: edit_article."""
    if request.method == "POST":
        return edit_article(request, pk)
    row = visible(Article, request.user, "project", pk=pk)
    if request.htmx and request.GET.get("part") == "keys":
        return page(request, KEYS, labels_of(row) | {"project": row.project})
    chosen = inspector.visible_annotation(request.user, request.GET.get("annotation", ""))
    if chosen is not None and chosen.article_id == row.pk:
        if request.htmx:
            return inspector.opened(request, chosen)
        return page(request, ANNOTATE, inspector.focused_desk(request.user, chosen) | undoing(request, row))
    context = desk_context(request.user, row, newest_revision(row))
    return page(request, ANNOTATE, context | {"annotation": None} | undoing(request, row))


def undoing(request: WebRequest, row: Article) -> dict[str, Any]:
    """After a move to the trash without htmx: the annotation that can be brought back."""
    gone = as_uuid(request.GET.get("trashed", ""))
    if not gone:
        return {}
    rows = Annotation.objects.visible_to(request.user).filter(pk=gone, article=row, trashed=True)
    return {"trashed": rows.select_related("label").first()}


@require_safe
def read_article(request: WebRequest, pk: UUID) -> HttpResponse:
    """The text with its marks as elements: for print, for a browser without highlights, for reading in peace."""
    row = visible(Article, request.user, "project", pk=pk)
    revision = newest_revision(row)
    marks = marks_on(row, revision, request.user)
    context = picker(row, request.user) | reading_context(row, revision, marks, request.user)
    return page(request, "annotations/articles/read.html", context)


# -- what is known about it -------------------------------------------------------------------------------------------


@require_safe
def about_article(request: WebRequest, pk: UUID) -> HttpResponse:
    return about_page(request, visible(Article, request.user, "project", pk=pk))


def about_page(
    request: WebRequest, row: Article, form: AboutForm | None = None, error: WorkbenchError | None = None
) -> HttpResponse:
    form = form or AboutForm(initial=AboutForm.initial_of(row))
    context = {
        "section": "queue",
        "project": row.project,
        "article": row,
        "form": form,
        "differences": differences(error, form, AboutForm.initial_of(row)),
        "revisions": row.revisions.newest().defer("text").select_related("author"),
        "may_edit": may_edit_article(request.user, row),
        "may_use": may_add_source(request.user, row.project_id),
        "events": told(history_of("article", row.pk, request.user)[:10], request.user),
    }
    return page(request, "annotations/articles/about.html", context, status_of(error) if error else 200)


def edit_article(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Article, request.user, "project", pk=pk)
    form = AboutForm(request.POST)

    def perform() -> Article:
        return services.edit_article(
            by=request.user, article=row, version=version_of(request), **unchanged(filled(form), row)
        )

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return about_page(request, visible(Article, request.user, "project", pk=pk), form, error)

    return perform_write(request, perform, lambda _: go(request, reverse("web:article", args=[pk])), on_error)


@require_POST
def trash_article(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Article, request.user, "project", pk=pk)
    return perform_write(
        request,
        lambda: services.trash_article(by=request.user, article=row, version=version_of(request)),
        lambda _: go(request, reverse("web:about_article", args=[pk])),
    )


@require_POST
def restore_article(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Article, request.user, "project", pk=pk)
    return perform_write(
        request,
        lambda: services.restore_article(by=request.user, article=row, version=version_of(request)),
        lambda _: go(request, reverse("web:article", args=[pk])),
    )


# -- bringing articles in ---------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def articles(request: WebRequest, slug: str) -> HttpResponse:
    """GET: all articles of a project, and where one may, the form for a new one. POST: add_article."""
    project = visible(Project, request.user, slug=slug)
    return add_article(request, project) if request.method == "POST" else articles_page(request, project)


def articles_page(
    request: WebRequest, project: Project, form: ArticleForm | None = None, status: int = 200, **also: Any
) -> HttpResponse:
    tab = request.GET.get("tab", "all")
    start = first_row(request)
    context = {
        "section": "project",
        "project": project,
        "tabs": TABS,
        "tab": tab if tab in dict(TABS) else "all",
        "counts": tab_counts(request.user, project),
        "rows": queue_rows(request.user, project, tab=tab, start=start),
        "start": start,
        "next_start": start + ROWS_A_PAGE,
        "previous_start": max(0, start - ROWS_A_PAGE),
        "form": form or ArticleForm(),
        "may_add": may_add_article(request.user, project.pk),
    }
    return page(request, "annotations/articles/list.html", context | also, status)


def add_article(request: WebRequest, project: Project) -> HttpResponse:
    form = ArticleForm(request.POST)

    def perform() -> Article:
        return services.add_article(by=request.user, project=project, **filled(form))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return articles_page(request, project, form, status_of(error))

    return perform_write(request, perform, lambda row: go(request, reverse("web:article", args=[row.pk])), on_error)
