"""The dispute screen: what it shows, and how every write on a dispute answers, with the screen as it is now.

For htmx the answer is the screen's region, else a redirect; a refusal is the same screen with the reason in words, in
the form that it concerns.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.core.errors import WorkbenchError
from annotations.core.lifecycle import DisputeState
from annotations.core.places import Outcome
from annotations.models import Dispute
from annotations.policies.disputes import may_edit_position
from annotations.queries import disputes as queries
from annotations.queries.agents import grades_of
from annotations.queries.attributions import chains_at
from annotations.queries.evidence import ledger_of
from annotations.queries.history import Told, events_of_dispute, told
from annotations.queries.lookups import visible
from annotations.queries.resolutions import Proposal, proposals_of
from annotations.queries.revisions import flags_of
from annotations.refusals import status_of
from annotations.web.addresses import address_of
from annotations.web.fields import WriteForm
from annotations.web.forms.disputes import DismissForm, ReopenForm, SendBackForm
from annotations.web.forms.resolutions import ApprovalForm, DissentForm
from annotations.web.publication import publication_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, region
from annotations.web.talk import talk_context

EVENTS_ON_A_PAGE = 40
JOINED = ("project", "owner", "author")


def dispute_page(
    request: WebRequest,
    dispute: Dispute,
    *,
    status: int = 200,
    notice: str = "",
    forms: dict[str, WriteForm] | None = None,
) -> HttpResponse:
    """The whole screen, or its region for htmx. `forms` are those that were refused, with what was typed, by verb."""
    context = dispute_context(request, dispute, forms or {}) | {"notice": notice}
    if getattr(request, "htmx", False) and not request.htmx.boosted:
        return region(request, "annotations/disputes/_dispute.html", context, status)
    return page(request, "annotations/disputes/detail.html", context, status)


def dispute_context(request: WebRequest, dispute: Dispute, forms: dict[str, WriteForm]) -> dict[str, Any]:
    person = request.user
    grid = queries.grid_of(dispute, person)
    ledger = ledger_of([row.claim.pk for row in grid.statements], person)
    proposals = proposals_of(dispute, person)
    proposal = proposals[0] if proposals else None
    newest = proposal.resolution if proposal else None
    unheard = [row.name for row in grid.statements if row.claim.pk not in ledger.columns]
    events = events_of_dispute(dispute, person)[: EVENTS_ON_A_PAGE + 1]
    timeline = told(events, person, grid.names | {str(dispute.pk): ""})
    positions = [position for party in grid.parties for position in party.positions]
    changes = queries.possible_changes(dispute, person)
    flags = flags_of([dispute.pk], person).get(str(dispute.pk), [])
    return {
        "section": "disputes",
        "project": dispute.project,
        "dispute": dispute,
        "grid": grid,
        "columns": [row for row in grid.statements if row.claim.pk in ledger.columns],
        "ledger": ledger,
        "grades": grades_of(dispute.project, [row.source for row in ledger.evidence]),
        "chains": chains_at(queries.quoted_in(grid), person),
        "proposal": proposal,
        "earlier": proposals[1:],
        "moves": queries.possible_moves(dispute, person, grid, newest),
        "changes": changes,
        "editable": {one.pk for one in positions if changes["add_position"] and may_edit_position(person, one)},
        "has_superseded": len(positions) > len(grid.parties),
        "stands": dispute.state != DisputeState.OPEN and dispute.outcome != Outcome.NOT_A_DISPUTE,
        "propose_words": _("Propose another resolution") if proposal else _("Propose a resolution"),
        "propose_is_next": dispute.state == DisputeState.OPEN,
        "propose_url": reverse("web:propose_resolution", args=[dispute.pk]),
        "add_position_url": reverse("web:add_position", args=[dispute.pk]),
        "add_evidence_url": reverse("web:add_evidence_to_dispute", args=[dispute.pk]),
        "edit_url": reverse("web:edit_dispute", args=[dispute.pk]),
        "checklist": queries.checklist(dispute, grid, newest, unheard),
        **talk_context(request, dispute, positions, ledger, proposals),
        "timeline": [row._asdict() | {"url": place_of(row)} for row in timeline[:EVENTS_ON_A_PAGE]],
        "has_more_events": len(timeline) > EVENTS_ON_A_PAGE,
        "flags": flags,
        "publication": publication_of(dispute, person),
        "forms": fresh_forms(proposal, has_flags=bool(flags)) | forms,
    }


def place_of(row: Told) -> str:
    """Where on the screen, or beside it, an event's record stands."""
    if row.kind in ("position", "comment_request"):
        return address_of(row.kind, row.pk)
    return "" if row.kind == "dispute" else "#resolution"


def fresh_forms(proposal: Proposal | None, *, has_flags: bool) -> dict[str, WriteForm]:
    return {
        "send_back": SendBackForm(),
        "dismiss": DismissForm(),
        "reopen": ReopenForm(initial={"what": "changed_text"} if has_flags else {}),
        "approve_resolution": ApprovalForm(),
        "dissent_from_resolution": DissentForm(proposal=proposal),
    }


def done(request: WebRequest, pk: UUID, sentence: str) -> HttpResponse:
    """After a move on the screen: its region as it is now with a notice, or the page with the notice as a toast."""
    if not getattr(request, "htmx", False):
        return back(request, pk, sentence)
    response = dispute_page(request, visible(Dispute, request.user, *JOINED, pk=pk), notice=sentence)
    response.headers["HX-Trigger"] = "dispute-changed"
    return response


def back(request: WebRequest, pk: UUID, sentence: str) -> HttpResponse:
    """After a form on a page of its own: on to the screen, with the notice as a toast."""
    messages.success(request, sentence)
    return go(request, reverse("web:dispute", args=[pk]))


def refused(request: WebRequest, dispute: Dispute, verb: str, form: WriteForm, error: WorkbenchError) -> HttpResponse:
    """The same screen, the refusal in words in the form of `verb`, which keeps what was typed."""
    form.is_valid()
    form.refuse(error)
    as_stored = visible(Dispute, request.user, *JOINED, pk=dispute.pk)
    return dispute_page(request, as_stored, status=status_of(error), forms={verb: form})


def form_page(
    request: WebRequest, template: str, part: str, context: dict[str, Any], error: WorkbenchError | None
) -> HttpResponse:
    """A form on a page of its own, or its region for htmx."""
    status = status_of(error) if error else 200
    if getattr(request, "htmx", False):
        return region(request, part, context, status)
    return page(request, template, context, status)
