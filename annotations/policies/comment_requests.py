"""Who may ask a party for its side, and say what came of it."""

from typing import Any

from annotations.models import CommentRequest, Person
from annotations.policies.roles import Decision, may_add, may_edit


def may_request_comment(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "requests for comment")


def may_edit_comment_request(person: Person, request: CommentRequest) -> Decision:
    return may_edit(person, request, "a request for comment")
