"""Who may open disputes, map positions, and move a dispute on."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Dispute, Person, Position
from annotations.policies.roles import Decision, may_add, may_edit, needs


def may_open_dispute(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "annotator", say("Opening a dispute"))


def may_edit_dispute(person: Person, dispute: Dispute) -> Decision:
    return may_edit(person, dispute, "a dispute")


def may_add_position(person: Person, dispute: Dispute) -> Decision:
    return may_add(person, dispute.project_id, "positions")


def may_edit_position(person: Person, position: Position) -> Decision:
    return may_edit(person, position, "a position")


def may_send_back(person: Person, dispute: Dispute) -> Decision:
    return needs(person, dispute.project_id, "adjudicator", say("Sending a dispute back"))


def may_dismiss(person: Person, dispute: Dispute) -> Decision:
    return needs(person, dispute.project_id, "adjudicator", say("Dismissing a dispute"))


def may_reopen(person: Person, dispute: Dispute) -> Decision:
    return needs(person, dispute.project_id, "adjudicator", say("Reopening a dispute"))
