"""The figures of a claim: a region of its page; and figures of one measure as a series over time."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import WorkbenchError
from annotations.core.quantities import bounds_of, compare_figures, plain, revised_down
from annotations.core.series import draw_series
from annotations.models import Claim, Origin, Project, Quantity
from annotations.policies.quantities import may_add_quantity, may_edit_quantity
from annotations.queries import quantities as queries
from annotations.queries.lookups import related, visible
from annotations.refusals import status_of
from annotations.services import quantities as services
from annotations.web.fields import filled, unchanged, version_of
from annotations.web.forms.evidence import menu_of
from annotations.web.forms.quantities import QuantityForm, initial_quantity
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, refusal, region

LIST, WHOLE = "annotations/quantities/_quantities.html", "annotations/quantities/quantities.html"


@require_http_methods(["GET", "HEAD", "POST"])
def quantities(request: WebRequest, pk: UUID) -> HttpResponse:
    """The figures of a claim; a POST writes one down."""
    row = visible(Claim, request.user, "project", pk=pk)
    return add_quantity(request, row) if request.method == "POST" else shown(request, row)


def form_for(request: WebRequest, project: Project, data: Any = None, **options: Any) -> QuantityForm:
    return QuantityForm(data, origins=menu_of(Origin, request.user, project, "label"), **options)


def shown(
    request: WebRequest, claim: Claim, form: QuantityForm | None = None, error: WorkbenchError | None = None
) -> HttpResponse:
    """The region for htmx, else a page around it."""
    rows = queries.quantities_of(claim, request.user)
    context = {
        "section": "project",
        "project": claim.project,
        "claim": claim,
        "rows": [row_shown(row) for row in rows],
        "form": form or form_for(request, claim.project),
        "may_add": may_add_quantity(request.user, claim.project_id),
        "error": error,
    }
    status = status_of(error) if error else 200
    return region(request, LIST, context, status) if request.htmx else page(request, WHOLE, context, status)


def row_shown(row: Quantity) -> dict[str, Any]:
    """A figure in words."""
    figure = row.as_figure()
    low, high = (None, None) if row.low is None and row.high is None else bounds_of(figure)
    value = plain(row.value)
    if not value and low is not None and high is not None:  # the range is the figure
        value, low, high = f"{plain(low)} – {plain(high)}", None, None
    return {
        "quantity": row,
        "value": value,
        "low": plain(low),
        "high": plain(high),
        "has_range": low is not None or high is not None,
    }


def add_quantity(request: WebRequest, claim: Claim) -> HttpResponse:
    form = form_for(request, claim.project, request.POST)

    def perform() -> Quantity:
        return services.add_quantity(by=request.user, claim=claim, **said_in(request, form, claim.project))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return shown(request, claim, form, error)

    return perform_write(request, perform, lambda _row: there(request, claim), on_error)


def said_in(request: WebRequest, form: QuantityForm, project: Project) -> dict[str, Any]:
    """The fields for the service. Raises Invalid."""
    said = filled(form)
    if "origin" in said:
        wanted = said["origin"]
        said["origin"] = (
            related(Origin, wanted, person=request.user, project=project, field="origin") if wanted else None
        )
    return said


def there(request: WebRequest, claim: Claim) -> HttpResponse:
    return shown(request, claim) if request.htmx else go(request, reverse("web:quantities", args=[claim.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def quantity(request: WebRequest, pk: UUID) -> HttpResponse:
    """The form of one figure; a POST changes it."""
    row = visible(Quantity, request.user, "claim__project", "origin", pk=pk)
    if request.method != "POST":
        return quantity_page(request, row, form_for(request, row.claim.project, initial=initial_quantity(row)))
    form = form_for(request, row.claim.project, request.POST)

    def perform() -> Quantity:
        said = unchanged(said_in(request, form, row.claim.project), row)
        return services.edit_quantity(by=request.user, quantity=row, version=version_of(request), **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        stored = visible(Quantity, request.user, "claim__project", "origin", pk=pk)
        return quantity_page(request, stored, form, error)

    return perform_write(
        request, perform, lambda _row: go(request, reverse("web:quantities", args=[row.claim_id])), on_error
    )


def quantity_page(
    request: WebRequest, row: Quantity, form: QuantityForm, error: WorkbenchError | None = None
) -> HttpResponse:
    context = {
        "section": "project",
        "project": row.claim.project,
        "claim": row.claim,
        "quantity": row,
        "form": form,
        "may_edit": may_edit_quantity(request.user, row),
        "error": error,
    }
    return page(request, "annotations/quantities/detail.html", context, status_of(error) if error else 200)


@require_POST
def trash_quantity(request: WebRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, services.trash_quantity)


@require_POST
def restore_quantity(request: WebRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, services.restore_quantity)


def moved(request: WebRequest, pk: UUID, service: Callable[..., Quantity]) -> HttpResponse:
    row = visible(Quantity, request.user, "claim__project", pk=pk)
    return perform_write(
        request,
        lambda: service(by=request.user, quantity=row, version=version_of(request)),
        lambda _row: go(request, reverse("web:quantity", args=[pk])),
        lambda error: refusal(request, error),
    )


# -- series -----------------------------------------------------------------------------------------------------------


@require_safe
def series_list(request: WebRequest, slug: str) -> HttpResponse:
    """The measures of a project of which there are figures, those with the most of them first."""
    project = visible(Project, request.user, slug=slug)
    rows = queries.series_in(project, request.user)
    context = {"section": "project", "project": project, "rows": rows, "most": queries.SERIES_SHOWN}
    return page(request, "annotations/quantities/series_list.html", context)


@require_safe
def series(request: WebRequest, pk: UUID) -> HttpResponse:
    """All figures of the series to which one belongs, drawn over time, and the same as a table."""
    row = visible(Quantity, request.user, "claim__project", pk=pk)
    rows = queries.series_of(row, request.user)
    figures = [one.as_figure() for one in rows]
    falling = set(revised_down(figures))
    context = {
        "section": "project",
        "project": row.claim.project,
        "first": row,
        "drawing": draw_series(figures),
        "rows": [
            row_shown(one) | {"compared": compared_with_the_one_before(figures, place), "fell": place in falling}
            for place, one in enumerate(rows)
        ],
    }
    return page(request, "annotations/quantities/series.html", context)


def compared_with_the_one_before(figures: list[Any], place: int) -> str:
    """What the rules say of a figure and the last one of its origin before it; empty where a person has to compare."""
    for before in reversed(figures[:place]):
        if before.origin and before.origin == figures[place].origin:
            found = compare_figures(figures[place], before)
            return found.reason if found else ""
    return ""
