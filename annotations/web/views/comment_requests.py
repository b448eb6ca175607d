"""Requests for comment: asking a party about a dispute or a claim, and saying what came of it.

What came of it can set the party's cells in the same form: silence by a tick, an answer statement by statement.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import Invalid, WorkbenchError
from annotations.models import Agent, Claim, CommentRequest, Dispute, Project
from annotations.policies.comment_requests import may_edit_comment_request
from annotations.queries.comment_requests import request_counts, requests_listed
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import comment_requests as services
from annotations.web.addresses import address_of
from annotations.web.asking import requests_context
from annotations.web.fields import filled, posted, unchanged, version_of
from annotations.web.forms.comment_requests import (
    OutcomeForm,
    RequestForm,
    as_typed,
    initial_outcome,
    initial_request,
)
from annotations.web.forms.disputes import StanceForm
from annotations.web.forms.evidence import agent_names
from annotations.web.lists import first_row, known
from annotations.web.named import agent_named
from annotations.web.positions import stance_forms, stances_said
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, region
from annotations.web.stale import differences

JOINED = ("project", "agent", "author", "dispute__project", "claim", "position")


@require_http_methods(["GET", "HEAD", "POST"])
def request_comment(request: WebRequest, pk: UUID) -> HttpResponse:
    return ask_about(request, visible(Dispute, request.user, "project", pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def request_comment_on_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    return ask_about(request, visible(Claim, request.user, "project", pk=pk))


def ask_about(request: WebRequest, about: Dispute | Claim) -> HttpResponse:
    """The form, with the party that the address names (`?agent=<name>`); and asking. For htmx the list of requests."""
    project = about.project
    if request.htmx:
        return region(request, "annotations/comment_requests/_list.html", requests_context(request, about))
    initial = {"agent": request.GET.get("agent", "")[:200], "sent_at": as_typed(timezone.now(), project)}
    form = RequestForm(posted(request), project=project, initial=initial)
    if request.method != "POST":
        return ask_page(request, about, form)

    def perform() -> CommentRequest:
        typed = asked_in(request, project, form)
        return services.request_comment(by=request.user, about=about, **typed)

    def on_done(row: CommentRequest) -> HttpResponse:
        messages.success(request, gettext("You noted that %(who)s was asked.") % {"who": row.agent})
        return go(request, page_of(row))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        return ask_page(request, about, form, status_of(error))

    return perform_write(request, perform, on_done, on_error)


def asked_in(request: WebRequest, project: Project, form: RequestForm, stored: Agent | None = None) -> dict[str, Any]:
    """What the form says, for the service; a party that is new becomes an agent. Raises Invalid."""
    typed = filled(form)
    kind, name = typed.pop("agent_kind", ""), typed.pop("agent", "")
    if typed.get("sent_at", "") is None:
        typed.pop("sent_at")
    if stored is not None and stored.name == name:
        return typed | {"agent": stored}
    agent = agent_named(request.user, project, name, kind=kind, field="agent")
    if agent is None:
        raise Invalid.field("agent", "Name the party that was asked.")
    return typed | {"agent": agent}


def ask_page(request: WebRequest, about: Dispute | Claim, form: RequestForm, status: int = 200) -> HttpResponse:
    kind = type(about).record_kind()
    context = {
        "section": "disputes" if kind == "dispute" else "project",
        "project": about.project,
        "about": about,
        "back": address_of(kind, about.pk),
        "form": form,
        "agents": agent_names(request.user, about.project),
        **requests_context(request, about),
    }
    return page(request, "annotations/comment_requests/new.html", context, status)


def page_of(row: CommentRequest) -> str:
    """The dispute's list of requests, or the claim's."""
    kind = "dispute" if row.dispute_id else "claim"
    return f"{address_of(kind, row.dispute_id or row.claim_id)}#requests"


# -- all of a project -------------------------------------------------------------------------------------------------

TABS = (
    ("open", _("Open")),
    ("overdue", _("Overdue")),
    ("due", _("Due")),
    ("answered", _("Answered, declined or silent")),
    ("all", _("All")),
)
ROWS_A_PAGE = 50


@require_safe
def comment_requests(request: WebRequest, slug: str) -> HttpResponse:
    """Who was asked in a project: `?state=` overdue, due, answered or all; those that are open where none is said."""
    project = visible(Project, request.user, slug=slug)
    state, start = known(request.GET.get("state"), TABS) or "open", first_row(request)
    rows = requests_listed(project, request.user, state, start, ROWS_A_PAGE + 1)
    counts = request_counts(project, request.user)
    context = {
        "section": "disputes",
        "project": project,
        "tabs": [(name, words, counts[name]) for name, words in TABS],
        "state": state,
        "rows": rows[:ROWS_A_PAGE],
        "next_start": start + ROWS_A_PAGE if len(rows) > ROWS_A_PAGE else None,
        "previous_start": max(0, start - ROWS_A_PAGE) if start else None,
    }
    return page(request, "annotations/comment_requests/project.html", context)


# -- one request ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def comment_request(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: one request, and the form for what came of it. POST: edit_comment_request."""
    row = visible(CommentRequest, request.user, *JOINED, pk=pk)
    if request.method != "POST":
        return request_page(request, row)
    form = RequestForm(request.POST, project=row.project, initial=initial_request(row))

    def perform() -> CommentRequest:
        typed = unchanged(asked_in(request, row.project, form, row.agent), row)
        return services.edit_comment_request(by=request.user, request=row, version=version_of(request), **typed)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        as_stored = visible(CommentRequest, request.user, *JOINED, pk=pk)
        return request_page(request, as_stored, form=form, error=error)

    return perform_write(request, perform, lambda changed: go(request, address_of("comment_request", pk)), on_error)


@require_POST
def record_outcome(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(CommentRequest, request.user, *JOINED, pk=pk)
    form = outcome_form(row, request.POST)
    stances = stances_of(request, row)

    def perform() -> CommentRequest:
        typed = outcome_in(request, row, form, stances)
        return services.record_outcome(by=request.user, request=row, version=version_of(request), **typed)

    def on_done(changed: CommentRequest) -> HttpResponse:
        messages.success(request, gettext("You recorded what came of asking %(who)s.") % {"who": changed.agent})
        return go(request, page_of(changed))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        as_stored = visible(CommentRequest, request.user, *JOINED, pk=pk)
        return request_page(request, as_stored, outcome=form, stances=stances, error=error)

    return perform_write(request, perform, on_done, on_error)


def outcome_form(row: CommentRequest, typed: Any = None) -> OutcomeForm:
    has_cells = row.dispute_id is not None
    return OutcomeForm(typed, project=row.project, has_cells=has_cells, initial=initial_outcome(row))


def stances_of(request: WebRequest, row: CommentRequest) -> list[StanceForm]:
    return stance_forms(request, row.dispute) if row.dispute else []


def outcome_in(
    request: WebRequest, row: CommentRequest, form: OutcomeForm, stances: list[StanceForm]
) -> dict[str, Any]:
    """What the forms say, for the service: an answer's stances become a position, and the tick is for silence alone."""
    typed = filled(form)
    outcome = typed["outcome"]
    fills = bool(typed.pop("fill_cells", False)) and outcome in services.SILENT
    heard = {one.claim.pk: filled(one) for one in stances} if outcome == "answered" else {}
    said = stances_said(request.user, row.project, heard, "")
    return typed | {"fill_cells": fills, "position": {"stances": said} if said else None}


def request_page(
    request: WebRequest,
    row: CommentRequest,
    *,
    form: RequestForm | None = None,
    outcome: OutcomeForm | None = None,
    stances: list[StanceForm] | None = None,
    error: WorkbenchError | None = None,
) -> HttpResponse:
    form = form or RequestForm(project=row.project, initial=initial_request(row))
    is_over = row.outcome == "awaited" and row.deadline is not None and row.deadline < timezone.now()
    context = {
        "section": "disputes" if row.dispute_id else "project",
        "project": row.project,
        "row": row,
        "about": row.dispute or row.claim,
        "back": page_of(row),
        "is_overdue": is_over,
        "form": form,
        "outcome_form": outcome or outcome_form(row),
        "stances": stances if stances is not None else stances_of(request, row),
        "agents": agent_names(request.user, row.project),
        "may_edit": may_edit_comment_request(request.user, row),
        "differences": differences(error, form, initial_request(row)),
    }
    return page(request, "annotations/comment_requests/page.html", context, status_of(error) if error else 200)


def moved(request: WebRequest, pk: UUID, service: Callable[..., CommentRequest]) -> HttpResponse:
    row = visible(CommentRequest, request.user, *JOINED, pk=pk)
    return perform_write(
        request,
        lambda: service(by=request.user, request=row, version=version_of(request)),
        lambda changed: go(request, address_of("comment_request", pk)),
    )


@require_POST
def trash_comment_request(request: WebRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, services.trash_comment_request)


@require_POST
def restore_comment_request(request: WebRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, services.restore_comment_request)
