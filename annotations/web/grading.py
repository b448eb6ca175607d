"""The page of one grade of an agent: correcting it, withdrawing it with a reason, and what happened to it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from annotations.core.errors import WorkbenchError
from annotations.models import AgentRating
from annotations.policies.agents import may_edit_rating
from annotations.queries.history import history_of, told
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.web.forms.agents import CorrectRatingForm, WithdrawRatingForm, initial_rating
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.stale import differences

EVENTS_SHOWN = 10
RATING_ROWS = ("project", "agent", "author")


def rating_page(
    request: WebRequest,
    row: AgentRating,
    form: CorrectRatingForm | None = None,
    withdraw_form: WithdrawRatingForm | None = None,
    error: WorkbenchError | None = None,
) -> HttpResponse:
    form = form or CorrectRatingForm(initial=initial_rating(row))
    context = {
        "section": "project",
        "project": row.project,
        "rating": row,
        "form": form,
        "withdraw_form": withdraw_form or WithdrawRatingForm(),
        "may": may_edit_rating(request.user, row),
        "events": told(history_of("agent_rating", row.pk, request.user)[:EVENTS_SHOWN], request.user),
        "error": error,
        "differences": differences(error, form, initial_rating(row)),
    }
    return page(request, "annotations/agents/rating.html", context, status_of(error) if error else 200)


def rating_written(
    request: WebRequest, row: AgentRating, perform: Callable[[], AgentRating], **forms: Any
) -> HttpResponse:
    """On to the agent's grades; or the grade's page again, with the form that was refused as it was typed."""

    def on_error(error: WorkbenchError) -> HttpResponse:
        for form in forms.values():
            form.refuse(error)
        as_stored = visible(AgentRating, request.user, *RATING_ROWS, pk=row.pk)
        return rating_page(request, as_stored, **forms, error=error)

    address = reverse("web:agent", args=[row.agent_id])
    return perform_write(request, perform, lambda _: go(request, f"{address}#grades"), on_error)
