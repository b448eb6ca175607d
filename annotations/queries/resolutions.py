"""Verdict scales, resolutions, approvals and dissents: as rows, and as the card on the page of a dispute."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.core.lifecycle import CLAIM_MOVES, why_not
from annotations.core.places import OUTCOME_WORDS, Place, outcome_of
from annotations.core.sentences import say
from annotations.models import Claim, Decision, Dispute, Evidence, Person, Resolution, Verdict, VerdictCitation
from annotations.policies.claims import may_move_claim
from annotations.policies.resolutions import (
    may_approve_resolution,
    may_dissent_from_resolution,
    may_propose_resolution,
)
from annotations.policies.roles import no
from annotations.queries.disputes import MoveSeen
from annotations.queries.rows import IdText, Row, Shape, grouped, ids_in, of_parents

VERDICT_SCALE = Shape(
    ids=("id", "project", "author"),
    plain=("name", "number", "ordered", "trashed", "version"),
    json=("verdicts",),
    times=("created_at",),
)
RESOLUTION = Shape(
    ids=("id", "project", "dispute", "claim", "scale", "proposer", "guidelines"),
    plain=("number", "rationale", "search_log", "as_of", "reopen_if"),
    json=("judged",),
    times=("created_at",),
)
VERDICT = Shape(ids=("id", "resolution", "claim"), plain=("verdict", "confidence", "note"))
APPROVAL = Shape(ids=("id", "project", "resolution", "author"), plain=("comment",), times=("created_at",))
DISSENT = Shape(
    ids=("id", "project", "resolution", "author"),
    json=("verdicts",),
    times=("created_at",),
    also={"reason": F("comment")},
)


def verdict_scale_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Verdict scales: `{id, project, name, number, ordered, verdicts: [{key, name, averitec, definition}], author,
    trashed, version, created_at}`."""
    return VERDICT_SCALE.rows(queryset)


def resolution_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Resolutions: `{id, project, dispute, claim, number, scale, verdicts: {claim id: {verdict, confidence, evidence:
    [id, ...], note}}, rationale, search_log, as_of, reopen_if, judged (a copy of what was judged), proposer,
    guidelines (the version in force), is_standing, created_at}`. Either `dispute` or `claim` is None.

    `is_standing`: its dispute or claim is in review or answered by it, and no later number exists.
    """
    return RESOLUTION.rows(queryset, finish=_verdicts)


def approval_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Approvals, given decisions that are approvals: `{id, project, resolution, author, comment, created_at}`."""
    return APPROVAL.rows(queryset)


def dissent_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Dissents, given decisions that are dissents: `{id, project, resolution, author, reason, verdicts: {claim id:
    verdict key}, created_at}`."""
    return DISSENT.rows(queryset)


def _verdicts(resolutions: list[Row]) -> None:
    verdicts = list(VERDICT.rows(of_parents(Verdict, "resolution", resolutions).order_by("id")))
    citations = of_parents(VerdictCitation, "verdict", verdicts).order_by("id")
    evidence = grouped(citations.values_list(IdText("verdict"), IdText("evidence")))
    standing = Resolution.objects.standing().filter(pk__in=ids_in(resolutions))
    stands = set(standing.values_list(IdText("pk"), flat=True))
    by_resolution: dict[str, Row] = {resolution["id"]: {} for resolution in resolutions}
    for verdict in verdicts:
        verdict["evidence"] = evidence.get(verdict.pop("id"), [])
        by_resolution[verdict.pop("resolution")][verdict.pop("claim")] = verdict
    for resolution in resolutions:
        resolution["verdicts"] = by_resolution[resolution["id"]]
        resolution["is_standing"] = resolution["id"] in stands


# -- on the page of a dispute or a claim ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VerdictSeen:
    """The verdict on one statement, named and worded as it was when it was judged."""

    name: str
    text: str
    place: str
    verdict: Verdict
    words: str
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class DecisionSeen:
    """What one person decided; a dissent with the verdicts they would give: (statement's name, key, words)."""

    decision: Decision
    would_be: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One numbered resolution with what stands on it. `outcome` is what it comes to, in words: a dispute's outcome, or
    the verdict on a claim."""

    resolution: Resolution
    verdicts: list[VerdictSeen]
    approvals: list[DecisionSeen]
    dissents: list[DecisionSeen]
    needed: int
    outcome: str
    is_newest: bool

    @property
    def missing(self) -> int:
        """How many approvals are still needed."""
        return max(0, self.needed - len(self.approvals))


def proposals_of(subject: Dispute | Claim, person: Person) -> list[Proposal]:
    """Every resolution of a dispute or claim that a person may see, the newest first. Five queries, or one for none."""
    cited = VerdictCitation.objects.select_related("evidence__source", "evidence__origin").order_by("id")
    verdicts = Verdict.objects.prefetch_related(Prefetch("citations", cited)).order_by("id")
    decisions = Decision.objects.select_related("author").order_by("id")
    resolutions = (
        Resolution.objects.visible_to(person)
        .filter(**{subject.record_kind(): subject})
        .select_related("proposer", "scale", "guidelines")
        .prefetch_related(Prefetch("verdicts", verdicts), Prefetch("decisions", decisions))
        .order_by("-number")
    )
    return [_proposal(subject, resolution, at == 0) for at, resolution in enumerate(resolutions)]


def _proposal(subject: Dispute | Claim, resolution: Resolution, is_newest: bool) -> Proposal:
    judged = {row["id"]: row for row in resolution.judged["statements"]}
    words, stored = resolution.scale.words, {str(row.claim_id): row for row in resolution.verdicts.all()}
    verdicts = [
        VerdictSeen(
            name_of(row),
            row["text"],
            row["place"],
            stored[pk],
            words.get(stored[pk].verdict, stored[pk].verdict),
            [citation.evidence for citation in stored[pk].citations.all()],
        )
        for pk, row in judged.items()
        if pk in stored
    ]
    seen = [_decision(decision, judged, words) for decision in resolution.decisions.all()]
    return Proposal(
        resolution,
        verdicts,
        [one for one in seen if one.decision.decision == "approval"],
        [one for one in seen if one.decision.decision == "dissent"],
        subject.project.approvals_needed[subject.record_kind()],
        answer_of(subject, resolution, verdicts),
        is_newest,
    )


def answer_of(subject: Dispute | Claim, resolution: Resolution, verdicts: list[VerdictSeen]) -> str:
    if isinstance(subject, Claim):
        return verdicts[0].words if verdicts else ""
    return OUTCOME_WORDS[outcome_of(_classes(resolution, verdicts))]


def name_of(judged: Row) -> str:
    """`S1`; a claim that is judged on its own has no number, and no place among others."""
    return f"S{judged['number']}" if judged["place"] else say("The claim")


def _classes(resolution: Resolution, verdicts: list[VerdictSeen]) -> dict[str, str]:
    """The AVeriTeC class of each verdict on a statement that was in dispute when it was judged."""
    classes = {verdict["key"]: verdict["averitec"] for verdict in resolution.scale.verdicts}
    contested = [one for one in verdicts if one.place == Place.IN_DISPUTE]
    return {one.name: classes.get(one.verdict.verdict, "") for one in contested}


def _decision(decision: Decision, judged: dict[str, Any], words: dict[str, str]) -> DecisionSeen:
    would_be = [
        (name_of(judged[claim]), key, words.get(key, key))
        for claim, key in decision.verdicts.items()
        if claim in judged
    ]
    return DecisionSeen(decision, would_be)


# -- settling a claim on its own --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """The newest resolution of a claim in one line, for the claim's own page."""

    resolution: Resolution
    verdict: str
    confidence: str
    approvals: int
    dissents: int
    stands: bool


def answer_to(claim: Claim, person: Person) -> AnswerSeen | None:
    """One query; None where nobody has proposed an answer yet."""
    decisions = Decision.objects.filter(resolution=OuterRef("pk")).order_by().values("resolution")
    verdicts = Verdict.objects.filter(resolution=OuterRef("pk"))
    row = (
        Resolution.objects.visible_to(person)
        .filter(claim=claim)
        .select_related("proposer", "scale")
        .annotate(
            approvals=counted(decisions.filter(decision="approval")),
            dissents=counted(decisions.filter(decision="dissent")),
            verdict=Subquery(verdicts.values("verdict")[:1]),
            confidence=Subquery(verdicts.values("confidence")[:1]),
        )
        .order_by("-number")
        .first()
    )
    if row is None:
        return None
    words = row.scale.words.get(row.verdict, row.verdict)
    stands = claim.state in ("in_review", "approved", "published")
    return AnswerSeen(row, words, row.confidence, row.approvals, row.dissents, stands)


def counted(rows: "QuerySet[Any]") -> Coalesce:
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


SETTLING = ("propose_resolution", "send_back", "approve_resolution", "dissent_from_resolution")


def settling_moves(claim: Claim, person: Person, newest: Proposal | None) -> dict[str, MoveSeen]:
    """The moves that settle a claim, by verb, allowed or with the reason why not in words. At most one query."""
    allowed = {
        "propose_resolution": may_propose_resolution(person, claim),
        "send_back": may_move_claim(person, claim),
        "approve_resolution": no(""),
        "dissent_from_resolution": no(""),
    }
    if newest is not None:
        allowed["approve_resolution"] = may_approve_resolution(person, newest.resolution)
        allowed["dissent_from_resolution"] = may_dissent_from_resolution(person, newest.resolution)
    reasons = {verb: why_not("claim", verb, claim.state) or not_now(verb, claim, person, newest) for verb in SETTLING}
    return {
        verb: MoveSeen(verb, CLAIM_MOVES[verb].words, no(reasons[verb]) if reasons[verb] else allowed[verb])
        for verb in SETTLING
    }


def not_now(verb: str, claim: Claim, person: Person, newest: Proposal | None) -> str:
    """What stands in the way of a move besides the claim's state; empty for nothing."""
    if verb in ("propose_resolution", "approve_resolution") and (dispute := settled_in(claim)):
        return say("A dispute holds this claim: “{question}”. Settle it there.", question=dispute.question)
    decides = verb in ("approve_resolution", "dissent_from_resolution")
    if decides and newest and any(one.author_id == person.pk for one in newest.resolution.decisions.all()):
        return "You have decided on this resolution already; each person decides once."
    return ""


def settled_in(claim: Claim) -> Dispute | None:
    """The dispute in which a claim is judged, where there is one. One query."""
    disputes = Dispute.objects.active().exclude(outcome="not_a_dispute")
    return disputes.filter(statements__claim=claim, statements__out_of_scope_because="").first()
