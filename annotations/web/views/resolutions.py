"""Resolutions: one person proposes, with a verdict on each statement; others approve it or dissent, each by name.

Every answer is the dispute's screen; it is drawn by `web.docket`.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import WorkbenchError
from annotations.core.places import Place
from annotations.models import Decision, Dispute, Evidence, Resolution, VerdictScale
from annotations.queries import disputes as queries
from annotations.queries.evidence import ledger_of
from annotations.queries.lookups import related_many, visible
from annotations.queries.resolutions import Proposal, proposals_of
from annotations.services import resolutions as services
from annotations.web.docket import JOINED, back, done, form_page, refused
from annotations.web.fields import filled, version_of
from annotations.web.forms.disputes import evidence_words
from annotations.web.forms.resolutions import ApprovalForm, DissentForm, ResolutionForm, VerdictForm
from annotations.web.requests import WebRequest
from annotations.web.respond import perform_write


@require_http_methods(["GET", "HEAD", "POST"])
def propose_resolution(request: WebRequest, pk: UUID) -> HttpResponse:
    """The form, which starts from the newest resolution where there is one; and proposing."""
    dispute = visible(Dispute, request.user, *JOINED, pk=pk)
    grid, proposals = queries.grid_of(dispute, request.user), proposals_of(dispute, request.user)
    newest = proposals[0] if proposals else None
    form = ResolutionForm(request.POST or None, initial=initial_resolution(newest, timezone.localdate()))
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
    judged = {one.claim.pk: filled(one) for one in verdicts}
    ids = list(dict.fromkeys(pk for one in judged.values() for pk in one.get("evidence", [])))
    cited = related_many(Evidence, ids, person=request.user, project=dispute.project, field="verdicts")
    evidence = dict(zip(ids, cited, strict=True))
    return services.propose_resolution(
        by=request.user,
        dispute=dispute,
        version=version_of(request),
        verdicts={
            claim: services.VerdictSaid(
                one["verdict"],
                one.get("confidence", ""),
                tuple(evidence[pk] for pk in one.get("evidence", [])),
                one.get("note", ""),
            )
            for claim, one in judged.items()
            if one.get("verdict")
        },
        **said,
    )


def proposed_done(request: WebRequest, resolution: Resolution) -> HttpResponse:
    sentence = f"You proposed resolution {resolution.number}. Now somebody else decides."
    return back(request, resolution.dispute_id, sentence)


def initial_resolution(newest: Proposal | None, today: date) -> dict[str, str]:
    if newest is None:
        return {"as_of": today.isoformat()}
    texts = ("rationale", "search_log", "reopen_if")
    return {name: getattr(newest.resolution, name) for name in texts} | {"as_of": today.isoformat()}


def verdict_forms(
    request: WebRequest, dispute: Dispute, grid: queries.Grid, newest: Proposal | None
) -> list[VerdictForm]:
    """A form for each statement that may be judged, what is in dispute first, with the evidence on that statement."""
    statements = [row for place, _, rows in grid.by_place if place != Place.OUT_OF_SCOPE for row in rows]
    scale = VerdictScale.objects.filter(project_id=dispute.project_id).latest("number")
    heard: dict[UUID, list[tuple[str, str]]] = {}
    for row in ledger_of([one.claim.pk for one in statements], request.user).evidence:
        heard.setdefault(row.claim_id, []).append((str(row.pk), evidence_words(row)))
    before = {seen.verdict.claim_id: initial_verdict(seen) for seen in newest.verdicts} if newest else {}
    return [
        VerdictForm(
            request.POST or None,
            claim=row.claim,
            name=row.name,
            scale=scale,
            is_needed=row.place == Place.IN_DISPUTE,
            evidence=heard.get(row.claim.pk, []),
            initial=before.get(row.claim.pk),
        )
        for row in statements
    ]


def initial_verdict(seen: Any) -> dict[str, Any]:
    verdict = seen.verdict
    return {
        "verdict": verdict.verdict,
        "confidence": verdict.confidence,
        "note": verdict.note,
        "evidence": [str(evidence.pk) for evidence in seen.evidence],
    }


# -- deciding ---------------------------------------------------------------------------------------------------------


@require_POST
def approve_resolution(request: WebRequest, pk: UUID) -> HttpResponse:
    resolution = visible(Resolution, request.user, "dispute__project", pk=pk)
    form = ApprovalForm(request.POST)

    def perform() -> Decision:
        return services.approve_resolution(by=request.user, resolution=resolution, **filled(form))

    return perform_write(
        request,
        perform,
        lambda row: done(request, resolution.dispute_id, f"You approved resolution {resolution.number}."),
        lambda error: refused(request, resolution.dispute, "approve_resolution", form, error),
    )


@require_POST
def dissent_from_resolution(request: WebRequest, pk: UUID) -> HttpResponse:
    resolution = visible(Resolution, request.user, "dispute__project", pk=pk)
    proposals = proposals_of(resolution.dispute, request.user)
    proposal = next(one for one in proposals if one.resolution.pk == resolution.pk)
    form = DissentForm(request.POST, proposal=proposal)

    def perform() -> Decision:
        reason = filled(form)["reason"]
        verdicts = {UUID(claim): word for claim, word in form.would_be.items()}
        return services.dissent_from_resolution(
            by=request.user, resolution=resolution, reason=reason, verdicts=verdicts
        )

    return perform_write(
        request,
        perform,
        lambda row: done(request, resolution.dispute_id, f"Your dissent from resolution {resolution.number} stands."),
        lambda error: refused(request, resolution.dispute, "dissent_from_resolution", form, error),
    )
