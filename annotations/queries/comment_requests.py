"""Requests for comment: as rows, and those about one dispute or claim as a page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from annotations.models import Claim, CommentRequest, Dispute, Person
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
    return [
        RequestSeen(
            row,
            is_overdue=row.outcome == "awaited" and row.deadline is not None and row.deadline < now,
            may_edit=bool(may_edit_comment_request(person, row)),
        )
        for row in rows
    ]
