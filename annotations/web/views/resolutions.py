"""Resolutions: one person proposes, with a verdict on each statement; others approve it or dissent, each by name.

Every answer is the screen of the dispute, drawn by `web.docket`, or that on which a claim is settled on its own, drawn
by `web.settling`.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import WorkbenchError
from annotations.core.places import Place
from annotations.models import Claim, Decision, Dispute, Evidence, Project, Resolution
from annotations.queries import disputes as queries
from annotations.queries.lookups import related_many, visible
from annotations.queries.resolutions import Proposal, proposals_of
from annotations.services import resolutions as services
from annotations.web import settling
from annotations.web.docket import JOINED, back, done, form_page, refused
from annotations.web.fields import WriteForm, filled, posted, version_of
from annotations.web.forms.disputes import SendBackForm
from annotations.web.forms.resolutions import ApprovalForm, DissentForm, ResolutionForm, VerdictForm, initial_verdict
from annotations.web.requests import WebRequest
from annotations.web.respond import perform_write


@require_http_methods(["GET", "HEAD", "POST"])
def propose_resolution(request: WebRequest, pk: UUID) -> HttpResponse:
    """The form, which starts from the newest resolution where there is one; and proposing."""
    dispute = visible(Dispute, request.user, *JOINED, pk=pk)
    grid, proposals = queries.grid_of(dispute, request.user), proposals_of(dispute, request.user)
    newest = proposals[0] if proposals else None
    form = ResolutionForm(posted(request), initial=settling.initial_resolution(newest))
    verdicts = verdict_forms(request, dispute, grid, newest)
    context = {
        "section": "disputes",
        "project": dispute.project,
        "dispute": dispute,
        "form": form,
        "verdicts": verdicts,
        "newest": newest,
        "may": queries.possible_moves(dispute, request.user, grid, newest.resolution if newest else None)[
            "propose_resolution"
        ].possible,
    }
    if request.method != "POST":
        return propose_page(request, context, None)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return propose_page(request, context | {"dispute": visible(Dispute, request.user, *JOINED, pk=pk)}, error)

    return perform_write(
        request, lambda: proposed(request, dispute, form, verdicts), lambda row: proposed_done(request, row), on_error
    )


def propose_page(request: WebRequest, context: dict[str, Any], error: WorkbenchError | None) -> HttpResponse:
    context = context | {"error": error}
    return form_page(
        request, "annotations/resolutions/propose.html", "annotations/resolutions/_form.html", context, error
    )


def proposed(request: WebRequest, dispute: Dispute, form: ResolutionForm, verdicts: list[VerdictForm]) -> Resolution:
    said = filled(form)
    judged = verdicts_said(request, dispute.project, verdicts)
    return services.propose_resolution(
        by=request.user, dispute=dispute, version=version_of(request), verdicts=judged, **said
    )


def verdicts_said(request: WebRequest, project: Project, forms: list[VerdictForm]) -> dict[UUID, services.VerdictSaid]:
    """What was typed into these forms, with the evidence it rests on; forms that give no verdict are left out."""
    judged = {one.claim.pk: filled(one) for one in forms}
    ids = list(dict.fromkeys(pk for one in judged.values() for pk in one.get("evidence", [])))
    cited = related_many(Evidence, ids, person=request.user, project=project, field="verdicts")
    evidence = dict(zip(ids, cited, strict=True))
    return {
        claim: services.VerdictSaid(
            one["verdict"],
            one.get("confidence", ""),
            tuple(evidence[pk] for pk in one.get("evidence", [])),
            one.get("note", ""),
        )
        for claim, one in judged.items()
        if one.get("verdict")
    }


def proposed_done(request: WebRequest, resolution: Resolution) -> HttpResponse:
    sentence = gettext("You proposed resolution %(number)s. Now somebody else decides.") % {"number": resolution.number}
    if resolution.claim_id:
        return settling.back(request, resolution.claim_id, sentence)
    return back(request, resolution.subject.pk, sentence)


def verdict_forms(
    request: WebRequest, dispute: Dispute, grid: queries.Grid, newest: Proposal | None
) -> list[VerdictForm]:
    """A form for each statement that may be judged, what is in dispute first, with the evidence on that statement."""
    statements = [row for place, rows in grid.by_place if place != Place.OUT_OF_SCOPE for row in rows]
    heard = settling.evidence_heard([one.claim.pk for one in statements], request.user)
    scale = settling.newest_scale(dispute.project_id)
    before = {seen.verdict.claim_id: initial_verdict(seen) for seen in newest.verdicts} if newest else {}
    return [
        VerdictForm(
            posted(request),
            claim=row.claim,
            name=row.name,
            scale=scale,
            is_needed=row.place == Place.IN_DISPUTE,
            evidence=heard.get(row.claim.pk, []),
            initial=before.get(row.claim.pk),
        )
        for row in statements
    ]


# -- of a claim on its own --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def propose_claim_resolution(request: WebRequest, pk: UUID) -> HttpResponse:
    """The screen on which a claim is settled that no dispute holds; a POST proposes its answer."""
    claim = visible(Claim, request.user, "project", pk=pk)
    if request.method != "POST":
        return settling.settling_page(request, claim)
    form, verdict = settling.proposal_forms(request, claim, None)

    def perform() -> Resolution:
        said = filled(form)
        verdicts = verdicts_said(request, claim.project, [verdict])
        return services.propose_claim_resolution(
            by=request.user, claim=claim, version=version_of(request), verdicts=verdicts, **said
        )

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return settling.refused(request, claim, {"propose_resolution": form, "verdict": verdict}, error)

    return perform_write(request, perform, lambda row: proposed_done(request, row), on_error)


@require_POST
def send_back_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    claim = visible(Claim, request.user, "project", pk=pk)
    form = SendBackForm(request.POST)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return settling.refused(request, claim, {"send_back": form}, error)

    return perform_write(
        request,
        lambda: services.send_back_claim(by=request.user, claim=claim, version=version_of(request), **filled(form)),
        lambda row: settling.back(request, pk, gettext("You sent the resolution back to work.")),
        on_error,
    )


# -- deciding ---------------------------------------------------------------------------------------------------------

JOINED_TO_RESOLUTIONS = ("dispute__project", "claim__project", "scale")


@require_POST
def approve_resolution(request: WebRequest, pk: UUID) -> HttpResponse:
    resolution = visible(Resolution, request.user, *JOINED_TO_RESOLUTIONS, pk=pk)
    form = ApprovalForm(request.POST)

    def perform() -> Decision:
        return services.approve_resolution(by=request.user, resolution=resolution, **filled(form))

    sentence = gettext("You approved resolution %(number)s.") % {"number": resolution.number}
    return decided(request, resolution, "approve_resolution", form, perform, sentence)


@require_POST
def dissent_from_resolution(request: WebRequest, pk: UUID) -> HttpResponse:
    resolution = visible(Resolution, request.user, *JOINED_TO_RESOLUTIONS, pk=pk)
    proposals = proposals_of(resolution.subject, request.user)
    proposal = next(one for one in proposals if one.resolution.pk == resolution.pk)
    form = DissentForm(request.POST, proposal=proposal)

    def perform() -> Decision:
        reason = filled(form)["reason"]
        verdicts = {UUID(claim): word for claim, word in form.would_be.items()}
        return services.dissent_from_resolution(
            by=request.user, resolution=resolution, reason=reason, verdicts=verdicts
        )

    sentence = gettext("Your dissent from resolution %(number)s stands.") % {"number": resolution.number}
    return decided(request, resolution, "dissent_from_resolution", form, perform, sentence)


def decided(
    request: WebRequest,
    resolution: Resolution,
    verb: str,
    form: WriteForm,
    perform: Callable[[], Decision],
    sentence: str,
) -> HttpResponse:
    """Decide, and answer with the screen on which the question stands."""
    subject = resolution.subject
    if isinstance(subject, Dispute):
        dispute = subject
        return perform_write(
            request,
            perform,
            lambda _: done(request, dispute.pk, sentence),
            lambda error: refused(request, dispute, verb, form, error),
        )
    claim = subject

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        return settling.refused(request, claim, {verb: form}, error)

    return perform_write(request, perform, lambda _: settling.back(request, claim.pk, sentence), on_error)
