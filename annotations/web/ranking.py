"""The queue of claims by priority: its page, and how a write that was made in it answers: with the row as it is now.

A form of the queue says so in its field `queue`, which holds the state that the queue shows.
"""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse

from annotations.core.errors import WorkbenchError
from annotations.models import Claim, Person, Project
from annotations.policies.claims import may_move_claim
from annotations.policies.triage import may_add_mark, may_edit_criteria
from annotations.queries.claims import possible_moves
from annotations.queries.triage import TO_LOOK_AT, Place, Ranked, queue_of, ranked_one
from annotations.refusals import status_of
from annotations.web.fields import WriteForm
from annotations.web.forms.claims import NEED_A_REASON
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, region

ROW = "annotations/triage/_row.html"


def is_asked(request: WebRequest) -> bool:
    """Whether a form was sent from the queue."""
    return "queue" in request.POST


def state_asked(said: str) -> str:
    return said if said in list(TO_LOOK_AT) else TO_LOOK_AT[0]


def queue_page(request: WebRequest, project: Project) -> HttpResponse:
    """One page of the queue in the state that is asked for, the most urgent first."""
    person, state = request.user, state_asked(request.GET.get("state", ""))
    rows, following = queue_of(project, person, state, Place.read(request.GET.get("after", "")))
    context = {
        "section": "project",
        "project": project,
        "state": state,
        "states": numbers_by_state(project, person),
        "rows": [row_context(person, row, state) for row in rows],
        "following": str(following) if following else "",
        "is_first": "after" not in request.GET,
        "may_move": may_move_claim(person, Claim(project=project)),
        "may_edit_criteria": may_edit_criteria(person, project.pk),
        "criteria": [one.criterion for one in rows[0].rated] if rows else [],
    }
    return page(request, "annotations/triage/queue.html", context)


def numbers_by_state(project: Project, person: Person) -> list[tuple[str, int]]:
    """How many claims wait in each state, in the order of the work. One query."""
    seen = Claim.objects.visible_to(person).active().filter(project=project, state__in=TO_LOOK_AT).order_by()
    numbers = dict(seen.values_list("state").annotate(number=Count("pk")))
    return [(str(state), numbers.get(state, 0)) for state in TO_LOOK_AT]


def row_context(person: Person, row: Ranked, state: str, forms: dict[str, WriteForm] | None = None) -> dict[str, Any]:
    """One claim for triage/_row.html; `forms` are those that were refused, with what was typed."""
    claim = row.claim
    return {
        "row": row,
        "claim": claim,
        "queue": state,
        "stays": claim.state == state,
        "moves": [move for move in possible_moves(claim, person) if move.possible or move.verb in (forms or {})],
        "asks_why": NEED_A_REASON,
        "reason_forms": forms or {},
        "may_rate": may_add_mark(person, claim.project_id),
    }


def shown(request: WebRequest, claim: Claim) -> HttpResponse:
    """After a write: for htmx the row as it is now, else the queue that it was sent from."""
    state = state_asked(request.POST.get("queue", ""))
    if not request.htmx:
        return go(request, f"{reverse('web:triage', args=[claim.project.slug])}?state={state}")
    return region(request, ROW, row_context(request.user, ranked_one(claim.pk, request.user), state))


def refused(
    request: WebRequest, claim: Claim, error: WorkbenchError, forms: dict[str, WriteForm] | None = None
) -> HttpResponse:
    """The row with the refused form open and the reason beside it."""
    state = state_asked(request.POST.get("queue", ""))
    context = row_context(request.user, ranked_one(claim.pk, request.user), state, forms)
    return region(request, ROW, context | {"error": error}, status_of(error))
