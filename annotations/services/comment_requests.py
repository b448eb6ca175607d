"""Requests for comment: a party was asked for its side, until when, and what came of it.

What came of it can set the party's cells in the same step: silence on every statement that it has not spoken on, or the
answer as a new position. On its own a request changes nothing that is judged, so it stands in every state of a dispute.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from annotations.core.errors import IllegalMove, Invalid
from annotations.models import Agent, Claim, CommentRequest, Dispute, Person, Position
from annotations.models.disputes import REQUEST_OUTCOMES, VOICED
from annotations.policies.comment_requests import may_edit_comment_request, may_request_comment
from annotations.services.disputes import StanceSaid, add_position
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.trash import restore, trash
from annotations.services.write import writing

EDITABLE = ("agent", "channel", "asked", "sent_at", "deadline")
SILENT = ("declined", "no_reply")
POSITION_SAID = ("stances", "stated_on", "channel", "interest", "sourcing", "note", "on_behalf_of")


def request_comment(*, by: Person, about: Dispute | Claim, agent: Agent, **fields: Any) -> CommentRequest:
    """Record that a party was asked about a dispute, or about a claim of its own. Raises Refused, Invalid."""
    only_known(fields, EDITABLE)
    fields = {"sent_at": timezone.now()} | fields | {"agent": agent}
    check_request(fields, about.project_id)
    named = {"dispute": about} if isinstance(about, Dispute) else {"claim": about}
    with writing(by, about.project_id) as change:
        change.allow(may_request_comment(by, about.project_id))
        if about.trashed:
            raise IllegalMove("This is in the trash; restore it before asking anybody about it.")
        request = CommentRequest(project_id=about.project_id, author=by, **named, **fields)
        return change.add(request, "comment_requested")


def edit_comment_request(*, by: Person, request: CommentRequest, version: int, **fields: Any) -> CommentRequest:
    """Change whom, how, what and until when. Raises Refused, Invalid, Stale."""
    only_known(fields, EDITABLE)
    known = {name: getattr(request, name) for name in EDITABLE}
    check_request(known | fields, request.project_id)
    with writing(by, request.project_id) as change:
        change.allow(may_edit_comment_request(by, request))
        if request.position_id and fields.get("agent", request.agent) != request.agent:
            raise Invalid.field("agent", "This party's position rests on the request; ask the other party anew.")
        return change.edit(request, version, "comment_request_edited", **fields)


def record_outcome(
    *,
    by: Person,
    request: CommentRequest,
    version: int,
    outcome: str,
    answer: str = "",
    outcome_at: datetime | None = None,
    fill_cells: bool = False,
    position: Mapping[str, Any] | None = None,
) -> CommentRequest:
    """Say what came of a request. Recording it again is a late answer, or mends a slip.

    With `fill_cells`, silence becomes the party's stance on every statement on which it has not spoken; `position` is
    what it answered with, as `add_position` takes it. Raises Refused, Invalid, Stale, IllegalMove.
    """
    is_awaited = outcome == "awaited"
    outcome_at = None if is_awaited else outcome_at or timezone.now()
    check_outcome(request, outcome, answer, outcome_at, fill_cells=fill_cells, position=position)
    with writing(by, request.project_id) as change:
        change.allow(may_edit_comment_request(by, request))
        change.check_version(request, version)
        taken: dict[str, Any] = {"outcome": outcome, "answer": answer, "outcome_at": outcome_at}
        if fill_cells or position is not None:
            taken["position"] = position_of(by, request, outcome, outcome_at, position)
        return change.edit(request, version, "outcome_recorded", **taken)


def position_of(
    by: Person, request: CommentRequest, outcome: str, at: datetime | None, said: Mapping[str, Any] | None
) -> Position | None:
    """The position that the outcome becomes; none where the party has spoken on every statement."""
    fields = dict(said or {})
    only_known(fields, POSITION_SAID)
    stances: Mapping[UUID, StanceSaid] = fields.pop("stances", {})
    if said is None:
        stances = {claim_id: StanceSaid(outcome) for claim_id in unspoken(request)}
    if not stances:
        return request.position
    day = until(request, at) if outcome == "no_reply" else at
    usual = {"channel": request.channel, "stated_on": timezone.localdate(day).isoformat() if day else ""}
    assert request.dispute
    return add_position(by=by, dispute=request.dispute, agent=request.agent, stances=stances, **(usual | fields))


def until(request: CommentRequest, at: datetime | None) -> datetime | None:
    """Silence is dated by the deadline that passed, else by the day on which it was noted."""
    return request.deadline if request.deadline and at and request.deadline <= at else at


def unspoken(request: CommentRequest) -> list[UUID]:
    """The statements that are judged and on which the party has not spoken. Raises IllegalMove outside a dispute."""
    dispute = request.dispute
    assert dispute
    spoken = {
        row.claim_id
        for row in dispute.current_stances()
        if row.position.agent_id == request.agent_id and row.stance in VOICED
    }
    rows = dispute.statements.filter(out_of_scope_because="").values_list("claim_id", flat=True)
    return [claim_id for claim_id in rows if claim_id not in spoken]


def trash_comment_request(*, by: Person, request: CommentRequest, version: int) -> CommentRequest:
    """Move a request to the trash; the position that came of it stays. Raises Refused, Stale, IllegalMove."""
    with writing(by, request.project_id) as change:
        change.allow(may_edit_comment_request(by, request))
        return trash(change, request, version, "comment_request_trashed")


def restore_comment_request(*, by: Person, request: CommentRequest, version: int) -> CommentRequest:
    """Take a request out of the trash. Raises Refused, Stale, IllegalMove."""
    with writing(by, request.project_id) as change:
        change.allow(may_edit_comment_request(by, request))
        return restore(change, request, version, "comment_request_restored")


def check_request(fields: Mapping[str, Any], project_id: Any) -> None:
    checks = Checks()
    checks.text("channel", fields.get("channel", ""), longest=300)
    checks.text("asked", fields.get("asked", ""))
    sent, deadline = fields.get("sent_at"), fields.get("deadline")
    for name, value in (("sent_at", sent), ("deadline", deadline)):
        if not isinstance(value, datetime | None) or (isinstance(value, datetime) and timezone.is_naive(value)):
            checks.wrong(name, "This has to be a time with its zone.")
    if sent is None:
        checks.wrong("sent_at", "Say when the party was asked.")
    checks.done()
    if deadline and sent and deadline < sent:
        raise Invalid.field("deadline", "The deadline is before the request was sent.")
    same_project(project_id, agent=fields.get("agent"))


def check_outcome(
    request: CommentRequest,
    outcome: Any,
    answer: Any,
    outcome_at: datetime | None,
    *,
    fill_cells: bool,
    position: Mapping[str, Any] | None,
) -> None:
    checks = Checks()
    checks.word("outcome", outcome, REQUEST_OUTCOMES)
    checks.text("answer", answer)
    checks.truth("fill_cells", fill_cells)
    if outcome_at and outcome_at < request.sent_at:
        checks.wrong("outcome_at", "This is before the party was asked.")
    if fill_cells and outcome not in SILENT:
        checks.wrong("fill_cells", "Only silence fills cells by itself; an answer is a position of its own.")
    if position is not None and outcome != "answered":
        checks.wrong("position", "A position comes of an answer.")
    checks.done()
    if (fill_cells or position is not None) and request.dispute is None:
        raise IllegalMove("This request is about a claim outside any dispute; there are no cells to set.")
    if request.trashed:
        raise IllegalMove("This request is in the trash; restore it first.")
