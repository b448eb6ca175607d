"""Requests for comment, of a dispute and of a claim, and what came of them."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.named import with_records
from annotations.api.records import CLAIM, COMMENT_REQUEST, DISPUTE, PROJECT
from annotations.api.serializers.comment_requests import CommentRequestBody, CommentRequestQuery, OutcomeBody
from annotations.api.views.disputes import as_said
from annotations.models import Agent, Claim, CommentRequest, Dispute, Person, Project
from annotations.queries.comment_requests import overdue
from annotations.services import comment_requests


@lists(COMMENT_REQUEST, find=DISPUTE.find, query=CommentRequestQuery)
def list_comment_requests(person: Person, dispute: Dispute, query: dict[str, Any]) -> Any:
    """Who was asked about a dispute, and what came of it."""
    return wanted(CommentRequest.objects.visible_to(person).filter(dispute=dispute), query)


@lists(COMMENT_REQUEST, find=CLAIM.find, query=CommentRequestQuery)
def list_claim_comment_requests(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """Who was asked about a claim, and what came of it."""
    return wanted(CommentRequest.objects.visible_to(person).filter(claim=claim), query)


@lists(COMMENT_REQUEST, find=PROJECT.find, query=CommentRequestQuery)
def list_project_comment_requests(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """Who was asked in a project, about what, and what came of it."""
    return wanted(CommentRequest.objects.visible_to(person).filter(project=project), query)


def wanted(rows: Any, query: dict[str, Any]) -> Any:
    rows = rows.filter(trashed=query.get("trashed", False))
    if "outcome" in query:
        rows = rows.filter(outcome=query["outcome"])
    if "overdue" in query:
        rows = rows.filter(overdue() if query["overdue"] else ~overdue())
    return rows


@adds(COMMENT_REQUEST, CommentRequestBody, find=DISPUTE.find)
def request_comment(person: Person, dispute: Dispute, fields: dict[str, Any]) -> CommentRequest:
    """Record that a party was asked about a dispute."""
    fields = with_records(fields, person, dispute.project, agent=Agent)
    return comment_requests.request_comment(by=person, about=dispute, **fields)


@adds(COMMENT_REQUEST, CommentRequestBody, find=CLAIM.find)
def request_comment_on_claim(person: Person, claim: Claim, fields: dict[str, Any]) -> CommentRequest:
    """Record that somebody was asked about a claim."""
    fields = with_records(fields, person, claim.project, agent=Agent)
    return comment_requests.request_comment(by=person, about=claim, **fields)


@edits(COMMENT_REQUEST, CommentRequestBody)
def edit_comment_request(
    person: Person, request: CommentRequest, version: int, fields: dict[str, Any]
) -> CommentRequest:
    """Change whom, how, what and until when."""
    fields = with_records(fields, person, request.project, agent=Agent)
    return comment_requests.edit_comment_request(by=person, request=request, version=version, **fields)


@moves(COMMENT_REQUEST, OutcomeBody)
def record_outcome(person: Person, request: CommentRequest, version: int, fields: dict[str, Any]) -> CommentRequest:
    """Say what came of a request, and set the party's cells in the same step."""
    if "position" in fields:
        fields["position"] = as_said(fields["position"], person, request.project)
    return comment_requests.record_outcome(by=person, request=request, version=version, **fields)


@trashes(COMMENT_REQUEST)
def trash_comment_request(person: Person, request: CommentRequest, version: int) -> CommentRequest:
    """Move a request to the trash. The position that came of it stays."""
    return comment_requests.trash_comment_request(by=person, request=request, version=version)


@moves(COMMENT_REQUEST)
def restore_comment_request(person: Person, request: CommentRequest, version: int) -> CommentRequest:
    """Take a request out of the trash."""
    return comment_requests.restore_comment_request(by=person, request=request, version=version)
