"""Disputes, the positions in them, and the moves that need no second signature."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import by_id, picked, rows_by_id, with_lists, with_owner, with_records
from annotations.api.records import DISPUTE, POSITION, PROJECT
from annotations.api.serializers.claims import ReasonBody
from annotations.api.serializers.disputes import DisputeBody, DisputeQuery, PositionBody, ReopenBody, SendBackBody
from annotations.models import Agent, Annotation, Claim, Dispute, Evidence, Person, Position, Project
from annotations.services import disputes
from annotations.services.disputes import StanceSaid

COLUMNS = {"state": "state", "outcome": "outcome", "owner": "owner_id"}


@lists(DISPUTE, find=PROJECT.find, query=DisputeQuery)
def list_disputes(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The disputes of a project."""
    by = {column: query[name] for name, column in COLUMNS.items() if name in query}
    return Dispute.objects.visible_to(person).filter(project=project, trashed=query.get("trashed", False), **by)


@adds(DISPUTE, DisputeBody, find=PROJECT.find)
def open_dispute(person: Person, project: Project, fields: dict[str, Any]) -> Dispute:
    """Open a dispute over claims."""
    return disputes.open_dispute(by=person, project=project, **found(fields, person, project))


@edits(DISPUTE, DisputeBody)
def edit_dispute(person: Person, dispute: Dispute, version: int, fields: dict[str, Any]) -> Dispute:
    """Change the question, the statements or their scope. One in review is sent back first."""
    fields = found(fields, person, dispute.project)
    return disputes.edit_dispute(by=person, dispute=dispute, version=version, **fields)


def found(fields: dict[str, Any], person: Person, project: Project) -> dict[str, Any]:
    fields = with_owner(with_lists(fields, person, project, statements=Claim), project)
    if "out_of_scope" in fields:
        fields["out_of_scope"] = by_id(fields["out_of_scope"])
    return fields


@moves(DISPUTE, SendBackBody)
def send_back(person: Person, dispute: Dispute, version: int, fields: dict[str, Any]) -> Dispute:
    """Send the resolution in review back to work."""
    return disputes.send_back(by=person, dispute=dispute, version=version, **fields)


@moves(DISPUTE, ReasonBody)
def dismiss_dispute(person: Person, dispute: Dispute, version: int, fields: dict[str, Any]) -> Dispute:
    """Close an open dispute as not a dispute."""
    return disputes.dismiss_dispute(by=person, dispute=dispute, version=version, **fields)


@moves(DISPUTE, ReopenBody)
def reopen_dispute(person: Person, dispute: Dispute, version: int, fields: dict[str, Any]) -> Dispute:
    """Open a closed dispute again."""
    return disputes.reopen_dispute(by=person, dispute=dispute, version=version, **fields)


# -- positions --------------------------------------------------------------------------------------------------------


@lists(POSITION, find=DISPUTE.find, query=TrashQuery)
def list_positions(person: Person, dispute: Dispute, query: dict[str, Any]) -> Any:
    """The positions in a dispute, superseded ones too."""
    return Position.objects.visible_to(person).filter(dispute=dispute, trashed=query.get("trashed", False))


@adds(POSITION, PositionBody, find=DISPUTE.find)
def add_position(person: Person, dispute: Dispute, fields: dict[str, Any]) -> Position:
    """Record one party's stand, statement by statement."""
    return disputes.add_position(by=person, dispute=dispute, **as_said(fields, person, dispute.project))


@edits(POSITION, PositionBody)
def edit_position(person: Person, position: Position, version: int, fields: dict[str, Any]) -> Position:
    """Change a position."""
    fields = as_said(fields, person, position.project)
    return disputes.edit_position(by=person, position=position, version=version, **fields)


@trashes(POSITION)
def trash_position(person: Person, position: Position, version: int) -> Position:
    """Move a position to the trash."""
    return disputes.trash_position(by=person, position=position, version=version)


@moves(POSITION)
def restore_position(person: Person, position: Position, version: int) -> Position:
    """Take a position out of the trash."""
    return disputes.restore_position(by=person, position=position, version=version)


def as_said(fields: dict[str, Any], person: Person, project: Project) -> dict[str, Any]:
    """The fields of a position with rows for ids, also within its stances."""
    fields = with_records(fields, person, project, agent=Agent, on_behalf_of=Agent)
    if "stances" not in fields:
        return fields
    said = by_id(fields["stances"])
    spans = rows_by_id(Annotation, said.values(), "spans", person=person, project=project, field="stances")
    evidence = rows_by_id(Evidence, said.values(), "evidence", person=person, project=project, field="stances")
    stances = {
        claim_id: StanceSaid(
            stance=one["stance"],
            scope=one.get("scope", ""),
            spans=picked(spans, one.get("spans", ())),
            evidence=picked(evidence, one.get("evidence", ())),
        )
        for claim_id, one in said.items()
    }
    return {**fields, "stances": stances}
