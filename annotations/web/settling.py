"""The screen on which one claim is settled that no dispute holds: what was proposed and decided, and the form for it.

Every write on it answers with a redirect to it, or with the same screen and the refusal beside the form it concerns.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from annotations.core.errors import WorkbenchError
from annotations.models import Claim, Person, VerdictScale
from annotations.queries.evidence import ledger_of
from annotations.queries.lookups import visible
from annotations.queries.questions import searches_of
from annotations.queries.resolutions import Proposal, proposals_of, settling_moves
from annotations.refusals import status_of
from annotations.web.assessing import assessing_context
from annotations.web.fields import WriteForm
from annotations.web.forms.disputes import SendBackForm, evidence_words
from annotations.web.forms.questions import as_search_log
from annotations.web.forms.resolutions import (
    ApprovalForm,
    DissentForm,
    ResolutionForm,
    VerdictForm,
    initial_verdict,
)
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page


def settling_page(
    request: WebRequest,
    claim: Claim,
    *,
    forms: dict[str, WriteForm] | None = None,
    error: WorkbenchError | None = None,
) -> HttpResponse:
    """The whole screen. `forms` are those that were refused, with what was typed."""
    person = request.user
    proposals = proposals_of(claim, person)
    newest = proposals[0] if proposals else None
    form, verdict = proposal_forms(None, claim, newest, person=person)
    fresh = {
        "propose_resolution": form,
        "verdict": verdict,
        "send_back": SendBackForm(),
        "approve_resolution": ApprovalForm(),
        "dissent_from_resolution": DissentForm(proposal=newest),
    }
    context = {
        "section": "project",
        "project": claim.project,
        "claim": claim,
        "proposal": newest,
        "earlier": proposals[1:],
        "stands": claim.state in ("in_review", "approved", "published"),
        "in_review": claim.state == "in_review",
        "moves": settling_moves(claim, person, newest),
        "forms": fresh | (forms or {}),
        "error": error,
        "ledger": ledger_of([claim.pk], person),
        "modes": assessing_context(claim, person),
    }
    return page(request, "annotations/resolutions/claim.html", context, status_of(error) if error else 200)


def proposal_forms(
    request: WebRequest | None, claim: Claim, newest: Proposal | None, *, person: Person | None = None
) -> tuple[ResolutionForm, VerdictForm]:
    """The form of a proposal and of its one verdict; as they were sent where there is a request."""
    asks = request.user if request else person
    assert asks
    initial = initial_resolution(newest)
    if not initial.get("search_log"):
        initial["search_log"] = as_search_log(searches_of(claim, asks))
    form = ResolutionForm(request.POST if request else None, initial=initial)
    verdict = VerdictForm(
        request.POST if request else None,
        claim=claim,
        name="",
        scale=newest_scale(claim.project_id),
        is_needed=True,
        evidence=evidence_heard([claim.pk], asks).get(claim.pk, []),
        initial=initial_verdict(newest.verdicts[0]) if newest and newest.verdicts else None,
    )
    return form, verdict


def initial_resolution(newest: Proposal | None) -> dict[str, str]:
    """What a proposal starts from: today, and the words of the one before."""
    today = {"as_of": timezone.localdate().isoformat()}
    texts = ("rationale", "search_log", "reopen_if")
    return {name: getattr(newest.resolution, name) for name in texts} | today if newest else today


def evidence_heard(claims: Iterable[UUID], person: Person) -> dict[UUID, list[tuple[str, str]]]:
    """The evidence on each claim as a menu, by claim id. One query."""
    heard: dict[UUID, list[tuple[str, str]]] = {}
    for row in ledger_of(claims, person).evidence:
        heard.setdefault(row.claim_id, []).append((str(row.pk), evidence_words(row)))
    return heard


def newest_scale(project_id: Any) -> VerdictScale:
    """The words that verdicts are given in now."""
    scale: VerdictScale = VerdictScale.objects.active().filter(project_id=project_id).latest("number")
    return scale


def back(request: WebRequest, pk: UUID, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return go(request, reverse("web:propose_claim_resolution", args=[pk]))


def refused(request: WebRequest, claim: Claim, forms: dict[str, WriteForm], error: WorkbenchError) -> HttpResponse:
    as_stored = visible(Claim, request.user, "project", pk=claim.pk)
    return settling_page(request, as_stored, forms=forms, error=error)
