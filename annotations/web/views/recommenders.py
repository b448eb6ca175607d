"""Who suggests in a project: the section "Suggestions" of its settings. Managers switch recommenders on and off."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import WorkbenchError
from annotations.models import Job, Person, Project, Recommender
from annotations.models.suggestions import RECOMMENDER_KINDS
from annotations.policies.recommenders import may_change_recommenders, may_train_recommender
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import learning, outside
from annotations.services import recommenders as services
from annotations.services.learning import in_percent, learned_by
from annotations.web.fields import WriteForm, filled, version_of
from annotations.web.forms.recommenders import NewRecommenderForm, RecommenderForm
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write

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
    answered: str = "",
) -> HttpResponse:
    """`at` is the recommender whose form is `form`, or which `answered`; without it `form` is the one for a new one."""
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
            "learned": learned_shown(request.user, row) if row.kind == "learned" else None,
            "answered": answered if row.pk == at else "",
        }
        for row in rows.select_related("project")
    ]
    missing = services.not_made_yet(project)
    context = {
        "section": "project",
        "project": project,
        "rows": shown,
        "missing": [(kind, services.NAMES[kind], KIND_WORDS[kind]) for kind in missing],
        "form": form if form and at is None else NewRecommenderForm(kinds=kinds()),
        "may_change": may_change_recommenders(request.user, project.pk),
        "may_train": may_train_recommender(request.user, project.pk),
    }
    return page(request, "annotations/recommenders/list.html", context, status_of(error) if error else 200)


def learned_shown(person: Person, row: Recommender) -> dict[str, Any]:
    """When it was trained for this person, how good it was found, and by label in percent."""
    trained_at, measured = learned_by(person, row)
    names = dict(services.span_labels(row.project).values_list("key", "name"))
    figures = [(names.get(key, key), in_percent(found), found) for key, found in measured.get("labels", {}).items()]
    whole = [(str(_("all of them")), in_percent(measured["all"]), measured["all"])] if "all" in measured else []
    return {"trained_at": trained_at, "measured": measured, "figures": [*figures, *whole]}


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


# -- training and testing ---------------------------------------------------------------------------------------------


@require_POST
def train_recommender(request: WebRequest, pk: UUID) -> HttpResponse:
    """To the page of the job, which is done already where there was little to learn from."""
    row = visible(Recommender, request.user, "project", pk=pk)

    def on_error(error: WorkbenchError) -> HttpResponse:
        return recommenders_page(request, row.project, at=row.pk, error=error)

    def on_done(job: Job) -> HttpResponse:
        return go(request, reverse("web:job", args=[job.pk]))

    return perform_write(
        request, lambda: learning.train_recommender(by=request.user, recommender=row), on_done, on_error
    )


@require_POST
def test_recommender(request: WebRequest, pk: UUID) -> HttpResponse:
    """The list, with what came of it beside the recommender. Nothing is written."""
    row = visible(Recommender, request.user, "project", pk=pk)
    try:
        answered = outside.test_recommender(by=request.user, recommender=row)
    except WorkbenchError as error:
        return recommenders_page(request, row.project, at=row.pk, error=error)
    return recommenders_page(request, row.project, at=row.pk, answered=answered)
