"""Votes on a claim, each reviewer's own; and the words that verdicts are given in, for managers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import WorkbenchError
from annotations.models import Assessment, Claim, Evidence, Project, VerdictScale
from annotations.policies.assessments import may_edit_verdict_scale
from annotations.queries.assessments import scales_of
from annotations.queries.lookups import related_many, visible
from annotations.refusals import status_of
from annotations.services import assessments as services
from annotations.web.assessing import assessing_context, form_of
from annotations.web.fields import filled, version_of
from annotations.web.forms.assessments import AssessmentForm, VerdictScaleForm, VerdictWordForm
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, region

FREE_WORDS = 2


@require_http_methods(["GET", "HEAD", "POST"])
def assessments(request: WebRequest, pk: UUID) -> HttpResponse:
    """The votes on a claim as one may see them; a POST gives one's own."""
    claim = visible(Claim, request.user, "project", pk=pk)
    if request.method != "POST":
        return assessments_page(request, claim)
    mode = request.POST.get("mode", "independent")
    form = form_of(request, claim, mode)

    def perform() -> Assessment:
        return services.add_assessment(by=request.user, claim=claim, mode=mode, **said_in(request, claim, form))

    return voted(request, claim, mode, form, perform)


@require_POST
def edit_assessment(request: WebRequest, pk: UUID) -> HttpResponse:
    """Change one's own vote."""
    row = visible(Assessment, request.user, "claim__project", "scale", pk=pk)
    form = form_of(request, row.claim, row.mode)

    def perform() -> Assessment:
        said = said_in(request, row.claim, form)
        return services.edit_assessment(by=request.user, assessment=row, version=version_of(request), **said)

    return voted(request, row.claim, row.mode, form, perform)


def said_in(request: WebRequest, claim: Claim, form: AssessmentForm) -> dict[str, Any]:
    said = filled(form)
    wanted = said.get("evidence", [])
    said["evidence"] = related_many(Evidence, wanted, person=request.user, project=claim.project, field="evidence")
    return said


def voted(request: WebRequest, claim: Claim, mode: str, form: AssessmentForm, perform: Any) -> HttpResponse:
    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        return assessments_page(request, claim, {mode: form}, error)

    return perform_write(request, perform, lambda _: to_votes(request, claim.pk, gettext("Your vote is in.")), on_error)


def to_votes(request: WebRequest, pk: UUID, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return go(request, reverse("web:assessments", args=[pk]))


def assessments_page(
    request: WebRequest,
    claim: Claim,
    forms: dict[str, AssessmentForm] | None = None,
    error: WorkbenchError | None = None,
) -> HttpResponse:
    context = {
        "section": "project",
        "project": claim.project,
        "claim": claim,
        "modes": assessing_context(claim, request.user, forms or {}),
        "error": error,
    }
    if getattr(request, "htmx", False) and request.method != "POST":
        return region(request, "annotations/assessments/_assessments.html", context)
    return page(request, "annotations/assessments/list.html", context, status_of(error) if error else 200)


@require_POST
def trash_assessment(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Assessment, request.user, pk=pk)
    return perform_write(
        request,
        lambda: services.trash_assessment(by=request.user, assessment=row, version=version_of(request)),
        lambda _: to_votes(request, row.claim_id, gettext("Your vote is taken back.")),
    )


# -- the words that verdicts are given in -----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def verdict_scales(request: WebRequest, slug: str) -> HttpResponse:
    """All versions; a POST changes the newest, or makes the next one once something was judged with it."""
    project = visible(Project, request.user, slug=slug)
    scales = list(scales_of(project))
    newest, posted = scales[0], request.POST if request.method == "POST" else None
    form = VerdictScaleForm(posted, initial={"name": newest.name, "ordered": newest.ordered})
    rows = word_forms(posted, newest)
    is_used = services.is_used(newest)
    context = {
        "section": "project",
        "project": project,
        "scales": scales,
        "form": form,
        "rows": rows,
        "may": may_edit_verdict_scale(request.user, project.pk),
        "is_used": is_used,
    }
    if posted is None:
        return page(request, "annotations/assessments/scales.html", context)

    def perform() -> VerdictScale:
        fields: dict[str, Any] = {"name": newest.name, "ordered": False} | filled(form) | {"verdicts": words_in(rows)}
        if is_used:
            return services.add_verdict_scale(by=request.user, project=project, **fields)
        return services.edit_verdict_scale(by=request.user, scale=newest, version=version_of(request), **fields)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return page(request, "annotations/assessments/scales.html", context | {"error": error}, status_of(error))

    def on_done(scale: VerdictScale) -> HttpResponse:
        words = gettext("Verdicts are given in version %(number)s from now on.") % {"number": scale.number}
        messages.success(request, words)
        return go(request, reverse("web:verdict_scales", args=[slug]))

    return perform_write(request, perform, on_done, on_error)


def word_forms(posted: Any, scale: VerdictScale) -> list[VerdictWordForm]:
    """A form for each word that there is, and some for more."""
    rows = [*scale.verdicts, *({} for _ in range(FREE_WORDS))]
    return [VerdictWordForm(posted, number=number, initial=row) for number, row in enumerate(rows)]


def words_in(rows: list[VerdictWordForm]) -> list[dict[str, Any]]:
    """What was typed, without the words that have no name."""
    return [said for said in map(filled, rows) if said.get("name", "").strip()]
