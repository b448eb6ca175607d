"""The answer to a dispute: proposed by one person, decided by others, each by name, each once, each on one number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from annotations.core.errors import Clash, IllegalMove, Invalid
from annotations.core.lifecycle import DisputeState, reached_by
from annotations.core.places import Place, outcome_of
from annotations.models import (
    Decision,
    Dispute,
    Evidence,
    Person,
    Resolution,
    Verdict,
    VerdictCitation,
    VerdictScale,
)
from annotations.models.resolutions import CONFIDENCES
from annotations.policies.resolutions import (
    may_approve_resolution,
    may_dissent_from_resolution,
    may_propose_resolution,
)
from annotations.services.disputes import lock
from annotations.services.fields import Checks, same_project
from annotations.services.judged import judged_copy
from annotations.services.write import Change, columns_of, stale, writing


@dataclass(frozen=True, slots=True)
class VerdictSaid:
    """The proposed word on one statement and what it rests on."""

    verdict: str
    confidence: str = ""
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


def propose_resolution(
    *,
    by: Person,
    dispute: Dispute,
    verdicts: Mapping[UUID, VerdictSaid],
    rationale: str,
    search_log: str = "",
    as_of: str = "",
    reopen_if: str = "",
    version: int | None = None,
) -> Resolution:
    """Propose the next numbered answer and put the dispute in review.

    Needs a statement in dispute, a verdict for each such statement, a rationale, and for each verdict evidence on that
    very statement or a search log. Raises Refused, IllegalMove, Invalid, and Stale where `version` is given and old.
    """
    texts = {"rationale": rationale, "search_log": search_log, "as_of": as_of, "reopen_if": reopen_if}
    with writing(by, dispute.project_id) as change:
        change.allow(may_propose_resolution(by, dispute))
        verdicts = held(verdicts)
        dispute = lock(dispute)
        if version is not None and dispute.version != version:
            raise stale(dispute)
        state = reached_by("dispute", "propose_resolution", dispute.state)
        places = dispute.places()
        scale = VerdictScale.objects.filter(project_id=dispute.project_id).latest("number")
        check_proposal(dispute, places, scale, verdicts, texts)
        resolution = Resolution(
            project_id=dispute.project_id,
            dispute=dispute,
            number=next_number(dispute),
            scale=scale,
            proposer=by,
            judged=judged_copy(dispute, places, verdicts),
            **texts,
        )
        return write_proposal(change, dispute, state, resolution, verdicts)


def held(verdicts: Mapping[UUID, VerdictSaid]) -> dict[UUID, VerdictSaid]:
    """The verdicts with their evidence as it is now, which nobody can change or trash before the proposal stands.

    Evidence is held before disputes, here and where it is edited, so that two people never wait for each other.
    """
    ids = {evidence.pk for said in verdicts.values() for evidence in said.evidence}
    rows = Evidence.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").in_bulk() if ids else {}
    return {
        claim_id: replace(said, evidence=tuple(rows[evidence.pk] for evidence in said.evidence))
        for claim_id, said in verdicts.items()
    }


def write_proposal(
    change: Change, dispute: Dispute, state: str, resolution: Resolution, verdicts: Mapping[UUID, VerdictSaid]
) -> Resolution:
    resolution.save(force_insert=True)
    write_verdicts(resolution, verdicts)
    was, will = change.carry(dispute, dispute.version, state=state, state_reason="")
    after = columns_of(resolution) | {"verdicts": as_said(verdicts), "dispute_state": will.get("state", state)}
    after.pop("judged")  # the rows it copies have events of their own
    change.note("resolution_proposed", resolution, before={"dispute_state": was.get("state", state)}, after=after)
    return resolution


def next_number(dispute: Dispute) -> int:
    last = dispute.resolutions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def write_verdicts(resolution: Resolution, verdicts: Mapping[UUID, VerdictSaid]) -> None:
    project_id = resolution.project_id
    rows = {
        claim_id: Verdict(
            project_id=project_id,
            resolution=resolution,
            claim_id=claim_id,
            verdict=said.verdict,
            confidence=said.confidence,
            note=said.note,
        )
        for claim_id, said in verdicts.items()
    }
    Verdict.objects.bulk_create(rows.values())
    VerdictCitation.objects.bulk_create(
        VerdictCitation(project_id=project_id, verdict=rows[claim_id], evidence=evidence)
        for claim_id, said in verdicts.items()
        for evidence in dict.fromkeys(said.evidence)
    )


def as_said(verdicts: Mapping[UUID, VerdictSaid]) -> dict[str, Any]:
    return {
        str(claim_id): {
            "verdict": said.verdict,
            "confidence": said.confidence,
            "note": said.note,
            "evidence": [str(evidence.pk) for evidence in said.evidence],
        }
        for claim_id, said in verdicts.items()
    }


def check_proposal(
    dispute: Dispute,
    places: Mapping[UUID, Place],
    scale: VerdictScale,
    verdicts: Mapping[UUID, VerdictSaid],
    texts: Mapping[str, str],
) -> None:
    """The guards of a proposal, all wrong fields at once. Raises IllegalMove, Invalid."""
    in_dispute = [claim_id for claim_id, place in places.items() if place == Place.IN_DISPUTE]
    if not in_dispute:
        raise IllegalMove("No statement is in dispute yet: one party has to affirm it and another to deny it.")
    checks = Checks()
    for name, value in texts.items():
        checks.date(name, value) if name == "as_of" else checks.text(name, value, required=name == "rationale")
    numbers = dict(dispute.statements.values_list("claim_id", "number"))
    if missing := [numbers[claim_id] for claim_id in in_dispute if claim_id not in verdicts]:
        named = ", ".join(f"S{number}" for number in sorted(missing))
        checks.wrong("verdicts", f"Every statement in dispute needs a verdict; still without one: {named}.")
    for claim_id, said in verdicts.items():
        if claim_id not in numbers:
            checks.wrong("verdicts", "A verdict is on a statement of this dispute.")
        else:
            check_verdict(checks, f"S{numbers[claim_id]}", claim_id, places[claim_id], scale, said, texts["search_log"])
        same_project(dispute.project_id, verdicts=list(said.evidence))
    checks.done()


def check_verdict(
    checks: Checks, name: str, claim_id: UUID, place: Place, scale: VerdictScale, said: VerdictSaid, search_log: Any
) -> None:
    if place == Place.OUT_OF_SCOPE:
        checks.wrong("verdicts", f"{name} is out of scope and is not judged.")
    if said.verdict not in scale.words:
        checks.wrong("verdicts", f"{name}: one of {', '.join(scale.words)}; not “{said.verdict}”.")
    checks.word("verdicts", said.confidence, CONFIDENCES, blank=True)
    checks.text("verdicts", said.note)
    if any(evidence.claim_id != claim_id or evidence.trashed for evidence in said.evidence):
        checks.wrong("verdicts", f"{name}: a verdict rests on evidence on that very statement.")
    if not said.evidence and not str(search_log or "").strip():
        checks.wrong("search_log", f"{name} cites no evidence: cite some, or log where you searched.")


# -- decisions --------------------------------------------------------------------------------------------------------


def approve_resolution(*, by: Person, resolution: Resolution, comment: str = "") -> Decision:
    """Put one's name under a resolution; the last approval needed closes the dispute with its computed outcome.

    Raises Refused (the proposer never), IllegalMove (another number is in review), Clash (decided already).
    """
    checks = Checks()
    checks.text("comment", comment)
    checks.done()
    with writing(by, resolution.project_id) as change:
        change.allow(may_approve_resolution(by, resolution))
        dispute = locked_in_review(resolution, "approve_resolution")
        decision = decided(by, resolution, "approval", comment=comment)
        approvals = resolution.decisions.filter(decision="approval").count()
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        if approvals >= dispute.project.approvals_dispute:
            before, after = change.carry(
                dispute,
                dispute.version,
                state=DisputeState.CLOSED.value,
                outcome=outcome(dispute, resolution),
                state_reason="",
            )
        change.note(
            "resolution_approved", decision, before={"dispute": before}, after=columns_of(decision) | {"dispute": after}
        )
        return decision


def dissent_from_resolution(
    *, by: Person, resolution: Resolution, reason: str, verdicts: Mapping[UUID, str] | None = None
) -> Decision:
    """Put one's name against a resolution, with the verdicts one would give. It neither counts nor blocks, and stays.

    Raises Refused, IllegalMove, Invalid, Clash (decided already).
    """
    checks = Checks()
    checks.text("reason", reason, required=True)
    judged = set(resolution.verdicts.values_list("claim_id", flat=True))
    for claim_id, verdict in (verdicts or {}).items():
        if claim_id not in judged:
            checks.wrong("verdicts", "A dissent is on statements that the resolution judges.")
        if verdict not in resolution.scale.words:
            checks.wrong("verdicts", f"One of {', '.join(resolution.scale.words)}; not “{verdict}”.")
    checks.done()
    would_be = {str(claim_id): verdict for claim_id, verdict in (verdicts or {}).items()}
    with writing(by, resolution.project_id) as change:
        change.allow(may_dissent_from_resolution(by, resolution))
        locked_in_review(resolution, "dissent_from_resolution")
        decision = decided(by, resolution, "dissent", comment=reason, verdicts=would_be)
        change.note("resolution_dissented_from", decision, after=columns_of(decision))
        return decision


def locked_in_review(resolution: Resolution, verb: str) -> Dispute:
    """The dispute, held, if this very number is the one in review. Raises IllegalMove."""
    dispute = lock(resolution.dispute)
    reached_by("dispute", verb, dispute.state)
    if dispute.resolutions.filter(number__gt=resolution.number).exists():
        raise IllegalMove(f"Resolution {resolution.number} was replaced by a later one; decide on that.")
    return dispute


def decided(by: Person, resolution: Resolution, decision: str, **said: Any) -> Decision:
    if resolution.decisions.filter(author=by).exists():
        raise Clash("You have decided on this resolution already.")
    return Decision.objects.create(
        project_id=resolution.project_id,
        resolution=resolution,
        author=by,
        decision=decision,
        proposer_id=resolution.proposer_id,
        **said,
    )


def outcome(dispute: Dispute, resolution: Resolution) -> str:
    """Computed from the verdicts on the statements that are in dispute."""
    words = dict(resolution.verdicts.values_list("claim_id", "verdict"))
    contested = [claim_id for claim_id, place in dispute.places().items() if place == Place.IN_DISPUTE]
    if missing := [claim_id for claim_id in contested if claim_id not in words]:
        raise Invalid.field("verdicts", f"{len(missing)} statements in dispute have no verdict.")
    classes = {verdict["key"]: verdict["averitec"] for verdict in resolution.scale.verdicts}
    return outcome_of({claim_id: classes[words[claim_id]] for claim_id in contested}).value
