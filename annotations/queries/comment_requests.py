"""Requests for comment: as rows, those about one dispute or claim as a page shows them, and the list of a project."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from annotations.models import Claim, CommentRequest, Dispute, Person, Project
from annotations.policies.comment_requests import may_edit_comment_request
from annotations.queries.rows import Row, Shape

COMMENT_REQUEST = Shape(
    ids=("id", "project", "dispute", "claim", "agent", "position", "author"),
    plain=("channel", "asked", "outcome", "answer", "trashed", "version"),
    times=("sent_at", "deadline", "outcome_at", "created_at"),
)


def comment_request_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Requests for comment: `{id, project, dispute or claim, agent, channel, asked, sent_at, deadline, outcome,
    outcome_at, answer, position, author, trashed, version, created_at}`. The outcome is awaited, answered, declined or
    no_reply."""
    return COMMENT_REQUEST.rows(queryset)


STATES = ("open", "overdue", "due", "answered")  # open: nothing came of it yet; answered: something did, silence too


def in_state(state: str, now: datetime | None = None) -> Q:
    """The requests of one tab of the project's list; all for another word."""
    now = now or timezone.now()
    match state:
        case "open":
            return Q(outcome="awaited")
        case "overdue":
            return overdue(now)
        case "due":
            return Q(outcome="awaited", deadline__gte=now)
        case "answered":
            return ~Q(outcome="awaited")
    return Q()


def requests_in(project: Project, person: Person) -> "QuerySet[Any]":
    """The requests of a project that `person` may see, in no order."""
    return CommentRequest.objects.visible_to(person).active().filter(project=project)


def request_counts(project: Project, person: Person) -> dict[str, int]:
    """How many requests each tab holds; `all` is all of them. One query."""
    now = timezone.now()
    counted = {state: Count("pk", filter=in_state(state, now)) for state in STATES}
    return requests_in(project, person).order_by().aggregate(all=Count("pk"), **counted)


def requests_listed(project: Project, person: Person, state: str, start: int, size: int) -> "list[RequestSeen]":
    """A stretch of one tab: what is awaited by its deadline, the nearest first; what was answered, the latest first.
    One query."""
    now = timezone.now()
    rows = requests_in(project, person).filter(in_state(state, now))
    order = ("-outcome_at", "-id") if state == "answered" else (F("deadline").asc(nulls_last=True), "sent_at", "id")
    joined = rows.select_related("agent", "author", "dispute", "claim")
    return [as_seen(row, person, now) for row in joined.order_by(*order)[start : start + size]]


def as_seen(row: CommentRequest, person: Person, now: datetime) -> "RequestSeen":
    return RequestSeen(
        row,
        is_overdue=row.outcome == "awaited" and row.deadline is not None and row.deadline < now,
        may_edit=bool(may_edit_comment_request(person, row)),
    )


def overdue(now: datetime | None = None) -> Q:
    """Still awaited behind their deadline."""
    return Q(outcome="awaited", deadline__lt=now or timezone.now())


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """One request on a page: whether an answer is overdue, and whether this person may say what came of it."""

    request: CommentRequest
    is_overdue: bool
    may_edit: bool


def requests_about(about: Dispute | Claim, person: Person) -> list[RequestSeen]:
    """The requests about a dispute or a claim that `person` may see, the oldest first. One query."""
    now = timezone.now()
    rows = (
        about.comment_requests.visible_to(person).active().select_related("agent", "author").order_by("sent_at", "id")
    )
    return [as_seen(row, person, now) for row in rows]
