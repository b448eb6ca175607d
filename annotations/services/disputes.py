"""Disputes: opening one, mapping positions on its statements, and the moves that need no second signature.

Whatever changes statements or positions while a resolution is in review sends the dispute back first; while the dispute
is closed it is refused, so that no answer can be moved under the people who signed it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotations.core.errors import Invalid
from annotations.core.lifecycle import reached_by
from annotations.core.sentences import say
from annotations.models import (
    Agent,
    Annotation,
    Claim,
    Dispute,
    Evidence,
    Person,
    Position,
    Project,
    Stance,
    StanceCitation,
    Statement,
)
from annotations.models.disputes import SCOPES_OF_STANCE, STANCES
from annotations.policies.disputes import (
    may_add_position,
    may_dismiss,
    may_edit_dispute,
    may_edit_position,
    may_open_dispute,
    may_reopen,
    may_send_back,
)
from annotations.policies.roles import Decision
from annotations.services.claims import as_they_are, is_member
from annotations.services.editions import put_under_review
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.standing import free_of_review
from annotations.services.trash import restore, trash
from annotations.services.write import stale, writing

DISPUTE_FIELDS = ("question", "statements", "out_of_scope", "would_settle", "would_not_settle", "owner")
POSITION_FIELDS = ("agent", "stances", "on_behalf_of", "channel", "stated_on", "interest", "sourcing", "note")
REASONS_TO_REOPEN = (
    ("new_evidence", "new evidence"),
    ("statement", "a party's statement"),
    ("changed_text", "a changed text"),
    ("own_error", "our own error"),
)


@dataclass(frozen=True, slots=True)
class StanceSaid:
    """What a party says on one statement, and where that is read."""

    stance: str
    scope: str = ""
    spans: tuple[Annotation, ...] = ()
    evidence: tuple[Evidence, ...] = ()


# -- the dispute ------------------------------------------------------------------------------------------------------


def open_dispute(
    *,
    by: Person,
    project: Project,
    question: str,
    statements: Sequence[Claim],
    out_of_scope: Mapping[UUID, str] | None = None,
    **fields: Any,
) -> Dispute:
    """Open a dispute over claims. Claims in `out_of_scope` are named, with the reason, but not judged.

    Raises Refused, Invalid, IllegalMove.
    """
    only_known(fields, DISPUTE_FIELDS)
    check_dispute({"question": question, **fields}, project)
    reasons = scope_reasons(statements, out_of_scope or {})
    same_project(project.pk, statements=list(statements))
    with writing(by, project.pk) as change:
        change.allow(may_open_dispute(by, project.pk))
        dispute = Dispute(project=project, author=by, question=question, **fields)
        if any(claim.trashed for claim in as_they_are(statements)):
            raise Invalid.field("statements", say("This claim is in the trash."))
        change.add(dispute, "dispute_opened", statements=said_of(statements, reasons))
        write_statements(dispute, statements, reasons)
        return dispute


def edit_dispute(*, by: Person, dispute: Dispute, version: int, **fields: Any) -> Dispute:
    """Change a dispute; `statements` and `out_of_scope` replace the list.

    Raises Refused, Invalid, Stale, IllegalMove.
    """
    only_known(fields, DISPUTE_FIELDS)
    statements, reasons = fields.pop("statements", None), fields.pop("out_of_scope", None)
    check_dispute(fields, dispute.project)
    with writing(by, dispute.project_id) as change:
        change.allow(may_edit_dispute(by, dispute))
        change.check_version(dispute, version)
        was = list(dispute.statements.select_related("claim"))
        will = [row.claim for row in was] if statements is None else list(statements)
        why = {row.claim_id: row.out_of_scope_because for row in was if row.out_of_scope_because}
        why = scope_reasons(will, why if reasons is None and statements is None else reasons or {})
        same_project(dispute.project_id, statements=will)
        children = difference(
            said_of([row.claim for row in was], {r.claim_id: r.out_of_scope_because for r in was}), said_of(will, why)
        )
        if children or fields.get("question", dispute.question) != dispute.question:
            free_of_review(change, by, [dispute.pk], "its question or statements were changed")
            dispute.refresh_from_db()
        change.edit(dispute, dispute.version, "dispute_edited", **children, **fields)
        if children:
            dispute.statements.all().delete()
            write_statements(dispute, will, why)
        return dispute


def difference(was: Any, will: Any) -> dict[str, Any]:
    return {} if was == will else {"before": {"statements": was}, "after": {"statements": will}}


def said_of(claims: Iterable[Claim], reasons: Mapping[UUID, str]) -> list[dict[str, str]]:
    return [{"claim": str(claim.pk), "out_of_scope_because": reasons.get(claim.pk, "")} for claim in claims]


def write_statements(dispute: Dispute, claims: Iterable[Claim], reasons: Mapping[UUID, str]) -> None:
    Statement.objects.bulk_create(
        Statement(
            project_id=dispute.project_id,
            dispute=dispute,
            claim=claim,
            number=number,
            out_of_scope_because=reasons.get(claim.pk, ""),
        )
        for number, claim in enumerate(claims, 1)
    )


def scope_reasons(statements: Sequence[Claim], out_of_scope: Any) -> dict[UUID, str]:
    """The reasons by claim id. Raises Invalid for no statement, one twice, or a reason without its statement."""
    checks = Checks()
    ids = [claim.pk for claim in statements]
    if not ids:
        checks.wrong("statements", "A dispute needs at least one statement: choose a claim.")
    if len(set(ids)) != len(ids):
        checks.wrong("statements", "Each claim once.")
    for claim_id, reason in dict(out_of_scope).items():
        if claim_id not in ids:
            checks.wrong("out_of_scope", "Only a statement of this dispute can be out of scope.")
        checks.text("out_of_scope", reason, required=True)
    checks.done()
    return dict(out_of_scope)


def check_dispute(fields: Mapping[str, Any], project: Project) -> None:
    checks = Checks()
    for name, value in fields.items():
        if name == "owner":
            if value is not None and not is_member(value, project):
                checks.wrong(name, "The owner has to be a member of the project.")
        else:
            checks.text(name, value, required=name == "question")
    checks.done()


# -- positions --------------------------------------------------------------------------------------------------------


def add_position(
    *, by: Person, dispute: Dispute, agent: Agent, stances: Mapping[UUID, StanceSaid], **fields: Any
) -> Position:
    """Record one party's stand, statement by statement. Raises Refused, Invalid, IllegalMove."""
    only_known(fields, POSITION_FIELDS)
    check_position(fields | {"agent": agent}, dispute.project_id)
    check_stances(dispute, stances)
    with writing(by, dispute.project_id) as change:
        change.allow(may_add_position(by, dispute))
        free_of_review(change, by, [dispute.pk], "a position was added")
        position = Position(project_id=dispute.project_id, author=by, dispute=dispute, agent=agent, **fields)
        change.add(position, "position_added", stances=as_said(stances))
        write_stances(position, stances)
        return position


def edit_position(*, by: Person, position: Position, version: int, **fields: Any) -> Position:
    """Change a position; `stances` replaces all of its stances. Raises Refused, Invalid, Stale, IllegalMove."""
    only_known(fields, POSITION_FIELDS)
    stances = fields.pop("stances", None)
    check_position(fields | {"agent": fields.get("agent", position.agent)}, position.project_id)
    if stances is not None:
        check_stances(position.dispute, stances)
    with writing(by, position.project_id) as change:
        change.allow(may_edit_position(by, position))
        change.check_version(position, version)
        free_of_review(change, by, [position.dispute_id], "a position was changed")
        was = stored_stances(position)
        will = was if stances is None else as_said(stances)
        children = {} if was == will else {"before": {"stances": was}, "after": {"stances": will}}
        change.edit(position, version, "position_edited", **children, **fields)
        if children:
            StanceCitation.objects.filter(stance__position=position).delete()
            position.stances.all().delete()
            write_stances(position, stances or {})
        return position


def trash_position(*, by: Person, position: Position, version: int) -> Position:
    """Move a position to the trash. Raises Refused, Stale, IllegalMove."""
    with writing(by, position.project_id) as change:
        change.allow(may_edit_position(by, position))
        change.check_version(position, version)
        free_of_review(change, by, [position.dispute_id], "a position was removed")
        return trash(change, position, version, "position_trashed")


def restore_position(*, by: Person, position: Position, version: int) -> Position:
    """Take a position out of the trash. Raises Refused, Stale, IllegalMove."""
    with writing(by, position.project_id) as change:
        change.allow(may_edit_position(by, position))
        change.check_version(position, version)
        free_of_review(change, by, [position.dispute_id], "a position was restored")
        return restore(change, position, version, "position_restored")


def check_position(fields: Mapping[str, Any], project_id: Any) -> None:
    checks = Checks()
    agent, behalf = fields.get("agent"), fields.get("on_behalf_of")
    if agent is not None and agent == behalf:
        checks.wrong("on_behalf_of", "A party cannot speak on behalf of itself.")
    for name, value in fields.items():
        match name:
            case "stated_on":
                checks.date(name, value)
            case "channel":
                checks.text(name, value, longest=300)
            case "interest" | "sourcing" | "note":
                checks.text(name, value)
    checks.done()
    same_project(project_id, agent=agent, on_behalf_of=behalf)


def check_stances(dispute: Dispute, stances: Mapping[UUID, StanceSaid]) -> None:
    """Every stance is on a statement of the dispute, in known words, with spans and evidence of this project."""
    checks = Checks()
    statements = set(dispute.statements.values_list("claim_id", flat=True))
    if not stances:
        checks.wrong("stances", "Say what the party's stance is on at least one statement.")
    for claim_id, said in stances.items():
        if claim_id not in statements:
            checks.wrong("stances", "A stance is on a statement of this dispute.")
        checks.word("stances", said.stance, STANCES)
        checks.word("stances", said.scope, SCOPES_OF_STANCE, blank=True)
        if any(evidence.claim_id != claim_id for evidence in said.evidence):
            checks.wrong("stances", "The evidence of a stance is evidence on that very statement.")
        same_project(dispute.project_id, stances=[*said.spans, *said.evidence])
    checks.done()


def as_said(stances: Mapping[UUID, StanceSaid]) -> dict[str, Any]:
    """The stances as events and comparisons hold them."""
    return {
        str(claim_id): {
            "stance": said.stance,
            "scope": said.scope,
            "spans": sorted(str(row.pk) for row in said.spans),
            "evidence": sorted(str(row.pk) for row in said.evidence),
        }
        for claim_id, said in stances.items()
    }


def stored_stances(position: Position) -> dict[str, Any]:
    stored: dict[str, Any] = {}
    for row in position.stances.prefetch_related("citations"):
        cited = list(row.citations.all())
        stored[str(row.claim_id)] = {
            "stance": row.stance,
            "scope": row.scope,
            "spans": sorted(str(one.annotation_id) for one in cited if one.annotation_id),
            "evidence": sorted(str(one.evidence_id) for one in cited if one.evidence_id),
        }
    return stored


def write_stances(position: Position, stances: Mapping[UUID, StanceSaid]) -> None:
    project_id = position.project_id
    rows = {
        claim_id: Stance(
            project_id=project_id, position=position, claim_id=claim_id, stance=said.stance, scope=said.scope
        )
        for claim_id, said in stances.items()
    }
    Stance.objects.bulk_create(rows.values())
    cited = [
        StanceCitation(project_id=project_id, stance=rows[claim_id], annotation=span)
        for claim_id, said in stances.items()
        for span in said.spans
    ] + [
        StanceCitation(project_id=project_id, stance=rows[claim_id], evidence=evidence)
        for claim_id, said in stances.items()
        for evidence in said.evidence
    ]
    StanceCitation.objects.bulk_create(cited)


# -- moves ------------------------------------------------------------------------------------------------------------


def move(
    by: Person, dispute: Dispute, version: int, allowed: Decision, verb: str, past: str, reason: str, **columns: Any
) -> Dispute:
    """One move of the table with its reason. Raises Refused, Stale, IllegalMove, Invalid for a reason left out."""
    with writing(by, dispute.project_id) as change:
        change.allow(allowed)
        locked = lock(dispute)
        if locked.version != version:
            raise stale(locked)
        state = reached_by("dispute", verb, locked.state)
        return change.edit(locked, version, past, state=state, state_reason=reason, **columns)


def lock(dispute: Dispute) -> Dispute:
    """The dispute as it is now, held until the transaction ends, so that no two moves can both see the old state."""
    rows = Dispute.objects.select_for_update(of=("self",), no_key=True).select_related("project")
    locked: Dispute = rows.get(pk=dispute.pk)
    return locked


def said_why(field: str, words: Any) -> str:
    checks = Checks()
    checks.text(field, words, required=True)
    checks.done()
    return str(words)


def send_back(*, by: Person, dispute: Dispute, version: int, comment: str) -> Dispute:
    """Send a resolution in review back to work, with a comment. Its approvals count for its number alone."""
    comment = said_why("comment", comment)
    return move(by, dispute, version, may_send_back(by, dispute), "send_back", "dispute_sent_back", comment)


def dismiss_dispute(*, by: Person, dispute: Dispute, version: int, reason: str) -> Dispute:
    """Close an open dispute as not a dispute, with the reason."""
    reason = said_why("reason", reason)
    allowed = may_dismiss(by, dispute)
    return move(by, dispute, version, allowed, "dismiss", "dispute_dismissed", reason, outcome="not_a_dispute")


def reopen_dispute(*, by: Person, dispute: Dispute, version: int, reason: str, what: str) -> Dispute:
    """Open a closed dispute again and say what made it necessary."""
    words = dict(REASONS_TO_REOPEN)
    if what not in words:
        raise Invalid.field("what", f"One of {', '.join(words)}.")
    reason = f"Reopened for {words[what]}: {said_why('reason', reason)}"
    with writing(by, dispute.project_id) as change:
        row = move(by, dispute, version, may_reopen(by, dispute), "reopen", "dispute_reopened", reason, outcome="")
        put_under_review(change, row)
        return row
