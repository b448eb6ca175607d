"""Triage: the queue of claims, rating one of them, and what the project ranks them by."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import WorkbenchError
from annotations.models import Claim, Project, TriageCriterion
from annotations.policies.triage import may_add_mark, may_edit_criteria
from annotations.queries.lookups import visible
from annotations.queries.triage import Ranked, Rated, ranked_one
from annotations.refusals import status_of
from annotations.services import triage as services
from annotations.services.triage import Rating
from annotations.web import ranking
from annotations.web.fields import WriteForm, filled, unchanged, version_of
from annotations.web.forms.triage import (
    CriterionForm,
    RatingForm,
    initial_criterion,
    rating_form,
    rating_forms,
    still_as_seen,
)
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write

Forms = list[tuple[TriageCriterion, RatingForm]]


@require_safe
def triage(request: WebRequest, slug: str) -> HttpResponse:
    """What to look at first."""
    return ranking.queue_page(request, visible(Project, request.user, slug=slug))


# -- one claim --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def triage_marks(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: the form in which a claim is rated, a fold of its row. POST: all of its marks at once."""
    claim = visible(Claim, request.user, "project", pk=pk)
    row = ranked_one(pk, request.user)
    if request.method != "POST":
        return rating_page(request, claim, rating_forms(None, row.rated))
    forms = rating_forms(request.POST, row.rated)

    def on_done(_: Claim) -> HttpResponse:
        if ranking.is_asked(request):
            return ranking.shown(request, claim)
        messages.success(request, gettext("Rated."))
        return go(request, reverse("web:claim", args=[pk]))

    def on_error(error: WorkbenchError) -> HttpResponse:
        if ranking.is_asked(request) and request.htmx:
            return ranking.refused(request, claim, error)
        return rating_page(request, claim, up_to_date(forms, ranked_one(pk, request.user).rated), error)

    return perform_write(
        request,
        lambda: services.rate_claim(by=request.user, claim=claim, ratings=ratings_in(row, forms)),
        on_done,
        on_error,
    )


def up_to_date(forms: Forms, rated: list[Rated]) -> Forms:
    """The forms as they were typed; where somebody else rated meanwhile, what stands there now."""
    return [
        (criterion, form if still_as_seen(form, one) else rating_form(None, one))
        for (criterion, form), one in zip(forms, rated, strict=True)
    ]


def ratings_in(row: Ranked, forms: Forms) -> dict[TriageCriterion, Rating]:
    """What was sent, by criterion; a reason that was not sent stays as it is."""
    known = {one.criterion.key: one.mark for one in row.rated}
    ratings = {}
    for criterion, form in forms:
        typed, mark = filled(form), known[criterion.key]
        if "level" in typed:
            reason = typed.get("reason", mark.reason if mark else "")
            ratings[criterion] = Rating(typed["level"], reason, typed["seen"])
    return ratings


def rating_page(
    request: WebRequest,
    claim: Claim,
    forms: Forms,
    error: WorkbenchError | None = None,
) -> HttpResponse:
    context = {
        "section": "project",
        "project": claim.project,
        "claim": claim,
        "forms": forms,
        "queue": ranking.state_asked(request.GET["queue"]) if "queue" in request.GET else "",
        "may_rate": may_add_mark(request.user, claim.project_id),
        "error": error,
    }
    name = "_rating" if request.htmx else "rating"
    return page(request, f"annotations/triage/{name}.html", context, status_of(error) if error else 200)


# -- what claims are ranked by ----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: WebRequest, slug: str) -> HttpResponse:
    """The criteria of a project; a POST sets one up."""
    project = visible(Project, request.user, slug=slug)
    if request.method != "POST":
        return criteria_page(request, project, {})
    form = CriterionForm(request.POST)
    return written(
        request, project, form, "", lambda: services.add_criterion(by=request.user, project=project, **filled(form))
    )


def criteria_page(
    request: WebRequest, project: Project, refused: dict[str, WriteForm], error: WorkbenchError | None = None
) -> HttpResponse:
    """`refused` is the form that was refused, by the id of its criterion, or by nothing for a new one."""
    rows = list(TriageCriterion.objects.filter(project=project))
    shown = [(row, refused.get(str(row.pk)) or criterion_form(row)) for row in rows if not row.trashed]
    context = {
        "section": "project",
        "project": project,
        "criteria": shown,
        "left": [row for row in rows if row.trashed],
        "form": refused.get("") or CriterionForm(initial={"weight": 1}),
        "may": may_edit_criteria(request.user, project.pk),
        "error": error,
    }
    return page(request, "annotations/triage/criteria.html", context, status_of(error) if error else 200)


def criterion_form(row: TriageCriterion, posted: Any = None) -> CriterionForm:
    return CriterionForm(posted, initial=initial_criterion(row), called=f"criterion-{row.pk}")


def written(request: WebRequest, project: Project, form: WriteForm, key: str, perform: Any) -> HttpResponse:
    """Back to the criteria, or the same page with the refused form as it was typed."""

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return criteria_page(request, project, {key: form}, error)

    return perform_write(request, perform, lambda _: to_criteria(request, project), on_error)


def to_criteria(request: WebRequest, project: Project) -> HttpResponse:
    return go(request, reverse("web:criteria", args=[project.slug]))


@require_POST
def take_preset(request: WebRequest, slug: str) -> HttpResponse:
    """The five of FABLE, those that are not there yet."""
    project = visible(Project, request.user, slug=slug)

    def perform() -> Project:
        services.take_preset(by=request.user, project=project)
        return project

    return perform_write(request, perform, lambda _: to_criteria(request, project))


@require_POST
def edit_criterion(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(TriageCriterion, request.user, "project", pk=pk)
    form = criterion_form(row, request.POST)

    def perform() -> TriageCriterion:
        said = unchanged(filled(form), row)
        return services.edit_criterion(by=request.user, criterion=row, version=version_of(request), **said)

    return written(request, row.project, form, str(pk), perform)


@require_POST
def trash_criterion(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(TriageCriterion, request.user, "project", pk=pk)
    return perform_write(
        request,
        lambda: services.trash_criterion(by=request.user, criterion=row, version=version_of(request)),
        lambda _: to_criteria(request, row.project),
    )


@require_POST
def restore_criterion(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(TriageCriterion, request.user, "project", pk=pk)
    return perform_write(
        request,
        lambda: services.restore_criterion(by=request.user, criterion=row, version=version_of(request)),
        lambda _: to_criteria(request, row.project),
    )
