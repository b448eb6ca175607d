"""The answer to a dispute, or to one claim on its own: proposed by one person, decided by others, each by name, each
once, each on one number. The rules are the same; they differ in what there is to judge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from annotations.core.errors import Clash, IllegalMove, Invalid
from annotations.core.lifecycle import ClaimState, DisputeState, reached_by
from annotations.core.places import Place, outcome_of
from annotations.core.sentences import say
from annotations.models import (
    Claim,
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
from annotations.services.claims import move
from annotations.services.disputes import lock
from annotations.services.fields import Checks, same_project
from annotations.services.guidelines import current_guidelines
from annotations.services.judged import judged_copy
from annotations.services.write import Change, columns_of, stale, writing


@dataclass(frozen=True, slots=True)
class VerdictSaid:
    """The proposed word on one statement and what it rests on."""

    verdict: str
    confidence: str = ""
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a resolution judges: the statements' names and places by claim id, and those that need a verdict."""

    names: Mapping[UUID, str]
    places: Mapping[UUID, Place]
    needed: Sequence[UUID]


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
    return proposed(by, dispute, verdicts, texts, version)


def propose_claim_resolution(
    *,
    by: Person,
    claim: Claim,
    verdicts: Mapping[UUID, VerdictSaid],
    rationale: str,
    search_log: str = "",
    as_of: str = "",
    reopen_if: str = "",
    version: int | None = None,
) -> Resolution:
    """Propose the next numbered answer to a claim that no dispute settles, and put the claim in review.

    Its one verdict is on the claim itself. Raises Refused, IllegalMove, Invalid, and Stale where `version` is old.
    """
    texts = {"rationale": rationale, "search_log": search_log, "as_of": as_of, "reopen_if": reopen_if}
    return proposed(by, claim, verdicts, texts, version)


def proposed(
    by: Person,
    subject: Dispute | Claim,
    verdicts: Mapping[UUID, VerdictSaid],
    texts: Mapping[str, str],
    version: int | None,
) -> Resolution:
    with writing(by, subject.project_id) as change:
        change.allow(may_propose_resolution(by, subject))
        verdicts = held(verdicts)
        subject = lock_subject(subject)
        if version is not None and subject.version != version:
            raise stale(subject)
        state = reached_by(kind_of(subject), "propose_resolution", subject.state)
        judged = judged_in(subject)
        scale = VerdictScale.objects.filter(project_id=subject.project_id, trashed=False).latest("number")
        check_proposal(subject, judged, scale, verdicts, texts)
        resolution = Resolution(
            project_id=subject.project_id,
            number=next_number(subject),
            scale=scale,
            proposer=by,
            judged=judged_copy(subject, judged.places, verdicts),
            guidelines=current_guidelines(by=by, project=subject.project),
            **{kind_of(subject): subject},
            **texts,
        )
        return write_proposal(change, subject, state, resolution, verdicts)


def kind_of(subject: Dispute | Claim) -> Literal["dispute", "claim"]:
    return "dispute" if isinstance(subject, Dispute) else "claim"


def lock_subject(subject: Dispute | Claim) -> Dispute | Claim:
    """The dispute or claim as it is now, held until the transaction ends."""
    if isinstance(subject, Dispute):
        return lock(subject)
    rows = Claim.objects.select_for_update(of=("self",), no_key=True).select_related("project")
    claim: Claim = rows.get(pk=subject.pk)
    return claim


def judged_in(subject: Dispute | Claim) -> Judged:
    """Raises IllegalMove where there is nothing to judge, or where it is judged somewhere else."""
    if isinstance(subject, Claim):
        refuse_where_disputed(subject)
        return Judged({subject.pk: "The claim"}, {}, [subject.pk])
    places = subject.places()
    in_dispute = [claim_id for claim_id, place in places.items() if place == Place.IN_DISPUTE]
    if not in_dispute:
        raise IllegalMove("No statement is in dispute yet: one party has to affirm it and another to deny it.")
    numbers = subject.statements.order_by("number").values_list("claim_id", "number")
    return Judged({claim_id: f"S{number}" for claim_id, number in numbers}, places, in_dispute)


def refuse_where_disputed(claim: Claim) -> None:
    """A claim that a dispute judges is settled there, so that it never has two answers. Raises IllegalMove."""
    if claim.trashed:
        raise IllegalMove("This claim is in the trash; restore it before settling it.")
    disputes = Dispute.objects.active().exclude(outcome="not_a_dispute")
    dispute = disputes.filter(statements__claim=claim, statements__out_of_scope_because="").first()
    if dispute is not None:
        raise IllegalMove(say("A dispute holds this claim: “{question}”. Settle it there.", question=dispute.question))


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
    change: Change,
    subject: Dispute | Claim,
    state: str,
    resolution: Resolution,
    verdicts: Mapping[UUID, VerdictSaid],
) -> Resolution:
    resolution.save(force_insert=True)
    write_verdicts(resolution, verdicts)
    was, will = change.carry(subject, subject.version, state=state, state_reason="")
    moved = f"{kind_of(subject)}_state"
    after = columns_of(resolution) | {"verdicts": as_said(verdicts), moved: will.get("state", state)}
    after.pop("judged")  # the rows it copies have events of their own
    change.note("resolution_proposed", resolution, before={moved: was.get("state", state)}, after=after)
    return resolution


def next_number(subject: Dispute | Claim) -> int:
    last = subject.resolutions.order_by("-number").values_list("number", flat=True).first()
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
    subject: Dispute | Claim,
    judged: Judged,
    scale: VerdictScale,
    verdicts: Mapping[UUID, VerdictSaid],
    texts: Mapping[str, str],
) -> None:
    """The guards of a proposal, all wrong fields at once. Raises Invalid."""
    checks = Checks()
    for name, value in texts.items():
        checks.date(name, value) if name == "as_of" else checks.text(name, value, required=name == "rationale")
    needed = {claim_id: name for claim_id, name in judged.names.items() if claim_id in judged.needed}
    if missing := [name for claim_id, name in needed.items() if claim_id not in verdicts]:
        checks.wrong("verdicts", verdicts_missing(subject, missing))
    for claim_id, said in verdicts.items():
        if claim_id not in judged.names:
            checks.wrong("verdicts", f"A verdict is on {ABOUT[kind_of(subject)]}.")
        else:
            check_verdict(checks, judged, claim_id, scale, said, texts["search_log"])
        same_project(subject.project_id, verdicts=list(said.evidence))
    checks.done()


ABOUT = {"dispute": "a statement of this dispute", "claim": "the claim itself"}


def verdicts_missing(subject: Dispute | Claim, missing: list[str]) -> str:
    if isinstance(subject, Claim):
        return "Give a verdict on the claim."
    return f"Every statement in dispute needs a verdict; still without one: {', '.join(missing)}."


def check_verdict(
    checks: Checks, judged: Judged, claim_id: UUID, scale: VerdictScale, said: VerdictSaid, search_log: Any
) -> None:
    name = judged.names[claim_id]
    if judged.places.get(claim_id) == Place.OUT_OF_SCOPE:
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
    """Put one's name under a resolution; the last approval needed closes the dispute with its computed outcome, or
    approves the claim.

    Raises Refused (the proposer never), IllegalMove (another number is in review), Clash (decided already).
    """
    checks = Checks()
    checks.text("comment", comment)
    checks.done()
    with writing(by, resolution.project_id) as change:
        change.allow(may_approve_resolution(by, resolution))
        subject = locked_in_review(resolution, "approve_resolution")
        decision = decided(by, resolution, "approval", comment=comment)
        kind, before, after = kind_of(subject), dict[str, Any](), dict[str, Any]()
        approvals = resolution.decisions.filter(decision="approval").count()
        if approvals >= subject.project.approvals_needed[kind]:
            before, after = change.carry(subject, subject.version, **answered(subject, resolution))
        change.note("resolution_approved", decision, before={kind: before}, after=columns_of(decision) | {kind: after})
        return decision


def answered(subject: Dispute | Claim, resolution: Resolution) -> dict[str, Any]:
    """The columns of a dispute that is closed by its last approval, or of a claim that is approved by it."""
    if isinstance(subject, Claim):
        refuse_where_disputed(subject)
        return {"state": ClaimState.APPROVED.value, "state_reason": ""}
    return {"state": DisputeState.CLOSED.value, "outcome": outcome(subject, resolution), "state_reason": ""}


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


def locked_in_review(resolution: Resolution, verb: str) -> Dispute | Claim:
    """The dispute or claim, held, if this very number is the one in review. Raises IllegalMove."""
    subject = lock_subject(resolution.subject)
    reached_by(kind_of(subject), verb, subject.state)
    if subject.resolutions.filter(number__gt=resolution.number).exists():
        raise IllegalMove(f"Resolution {resolution.number} was replaced by a later one; decide on that.")
    return subject


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


def send_back_claim(*, by: Person, claim: Claim, version: int, comment: str) -> Claim:
    """Send a claim's resolution in review back to work, with a comment. Its approvals count for its number alone."""
    checks = Checks()
    checks.text("comment", comment, required=True)
    checks.done()
    return move(by, claim, version, "send_back", "claim_sent_back", state_reason=comment)
