"""Who suggests in a project: the section "Suggestions" of its settings. Managers switch recommenders on and off."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import WorkbenchError
from annotations.models import Project, Recommender
from annotations.models.suggestions import RECOMMENDER_KINDS
from annotations.policies.recommenders import may_change_recommenders
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import recommenders as services
from annotations.web.fields import WriteForm, filled, version_of
from annotations.web.forms.recommenders import NewRecommenderForm, RecommenderForm
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.suggesting import not_made_yet

KIND_WORDS = {
    "matches": _("Labelled before: the same words, also in another spelling"),
    "cues": _("Sayings and quotations"),
    "numbers": _("Numbers and dates"),
    "learned": _("Learned from this project’s annotations"),
    "http": _("A model outside, by HTTP"),
    "label_studio": _("A Label Studio backend"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def recommenders(request: WebRequest, slug: str) -> HttpResponse:
    """GET: all of them, each with its form. POST: add_recommender."""
    project = visible(Project, request.user, slug=slug)
    return add_recommender(request, project) if request.method == "POST" else recommenders_page(request, project)


def recommenders_page(
    request: WebRequest,
    project: Project,
    form: WriteForm | None = None,
    at: UUID | None = None,
    error: WorkbenchError | None = None,
) -> HttpResponse:
    """`at` is the recommender whose form is `form`; without it `form` is the one for a new recommender."""
    labels = [(label.key, label.name) for label in services.span_labels(project)]
    rows = Recommender.objects.active().filter(project=project).defer("model").order_by("id")
    shown = [
        {
            "recommender": row,
            "kind": KIND_WORDS.get(row.kind, row.get_kind_display()),
            "form": form
            if form and row.pk == at
            else RecommenderForm(recommender=row, labels=labels, initial=RecommenderForm.initial_of(row)),
            "error": error if row.pk == at else None,
        }
        for row in rows
    ]
    missing = not_made_yet(project)
    context = {
        "section": "project",
        "project": project,
        "rows": shown,
        "missing": [(kind, services.NAMES[kind], KIND_WORDS[kind]) for kind in missing],
        "form": form if form and at is None else NewRecommenderForm(kinds=kinds()),
        "may_change": may_change_recommenders(request.user, project.pk),
    }
    return page(request, "annotations/recommenders/list.html", context, status_of(error) if error else 200)


def kinds() -> list[tuple[str, str]]:
    """The kinds that can be run here, in words."""
    return [(kind, str(KIND_WORDS[kind])) for kind, _words in RECOMMENDER_KINDS if kind in services.RUNNERS]


def add_recommender(request: WebRequest, project: Project) -> HttpResponse:
    form = NewRecommenderForm(request.POST, kinds=kinds())

    def perform() -> Recommender:
        return services.add_recommender(by=request.user, project=project, **filled(form))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return recommenders_page(request, project, form, error=error)

    return perform_write(request, perform, lambda _row: go(request, here(project)), on_error)


def here(project: Project) -> str:
    return reverse("web:recommenders", args=[project.slug])


@require_POST
def edit_recommender(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Recommender, request.user, "project", pk=pk)
    labels = [(label.key, label.name) for label in services.span_labels(row.project)]
    form = RecommenderForm(request.POST, recommender=row, labels=labels)

    def perform() -> Recommender:
        return services.edit_recommender(
            by=request.user, recommender=row, version=version_of(request), **form.changes()
        )

    return written(request, row, perform, form)


@require_POST
def trash_recommender(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Recommender, request.user, "project", pk=pk)
    return written(
        request,
        row,
        lambda: services.trash_recommender(by=request.user, recommender=row, version=version_of(request)),
    )


@require_POST
def restore_recommender(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Recommender, request.user, "project", pk=pk)
    return written(
        request,
        row,
        lambda: services.restore_recommender(by=request.user, recommender=row, version=version_of(request)),
    )


def written(request: WebRequest, row: Recommender, perform: Any, form: WriteForm | None = None) -> HttpResponse:
    """Back to the list, or the list with the reason at the recommender."""

    def on_error(error: WorkbenchError) -> HttpResponse:
        if form:
            form.refuse(error)
        return recommenders_page(request, row.project, form, row.pk, error)

    return perform_write(request, perform, lambda _row: go(request, here(row.project)), on_error)
