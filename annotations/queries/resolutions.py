"""Verdict scales, resolutions, approvals and dissents: as rows, and as the card on the page of a dispute."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from annotations.core.places import OUTCOME_WORDS, Place, outcome_of
from annotations.models import Decision, Dispute, Evidence, Person, Resolution, Verdict, VerdictCitation
from annotations.queries.rows import IdText, Row, Shape, grouped, ids_in, of_parents

VERDICT_SCALE = Shape(
    ids=("id", "project", "author"),
    plain=("name", "number", "ordered", "trashed", "version"),
    json=("verdicts",),
    times=("created_at",),
)
RESOLUTION = Shape(
    ids=("id", "project", "dispute", "scale", "proposer"),
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
    """Resolutions: `{id, project, dispute, number, scale, verdicts: {claim id: {verdict, confidence, evidence: [id,
    ...], note}}, rationale, search_log, as_of, reopen_if, judged (a copy of what was judged), proposer, is_standing,
    created_at}`.

    `is_standing`: its dispute is in review or closed by it, and no later number exists.
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


# -- on a dispute's page ----------------------------------------------------------------------------------------------


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
    """One numbered resolution with what stands on it. `outcome` is what the dispute closes with, in words."""

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


def proposals_of(dispute: Dispute, person: Person) -> list[Proposal]:
    """Every resolution of a dispute that a person may see, the newest first. Four queries, or one for none."""
    cited = VerdictCitation.objects.select_related("evidence__source", "evidence__origin").order_by("id")
    verdicts = Verdict.objects.prefetch_related(Prefetch("citations", cited)).order_by("id")
    decisions = Decision.objects.select_related("author").order_by("id")
    resolutions = (
        Resolution.objects.visible_to(person)
        .filter(dispute=dispute)
        .select_related("proposer", "scale")
        .prefetch_related(Prefetch("verdicts", verdicts), Prefetch("decisions", decisions))
        .order_by("-number")
    )
    return [_proposal(dispute, resolution, at == 0) for at, resolution in enumerate(resolutions)]


def _proposal(dispute: Dispute, resolution: Resolution, is_newest: bool) -> Proposal:
    judged = {row["id"]: row for row in resolution.judged["statements"]}
    words, stored = resolution.scale.words, {str(row.claim_id): row for row in resolution.verdicts.all()}
    verdicts = [
        VerdictSeen(
            f"S{row['number']}",
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
        dispute.project.approvals_dispute,
        OUTCOME_WORDS[outcome_of(_classes(resolution, verdicts))],
        is_newest,
    )


def _classes(resolution: Resolution, verdicts: list[VerdictSeen]) -> dict[str, str]:
    """The AVeriTeC class of each verdict on a statement that was in dispute when it was judged."""
    classes = {verdict["key"]: verdict["averitec"] for verdict in resolution.scale.verdicts}
    contested = [one for one in verdicts if one.place == Place.IN_DISPUTE]
    return {one.name: classes.get(one.verdict.verdict, "") for one in contested}


def _decision(decision: Decision, judged: dict[str, Any], words: dict[str, str]) -> DecisionSeen:
    would_be = [
        (f"S{judged[claim]['number']}", key, words.get(key, key))
        for claim, key in decision.verdicts.items()
        if claim in judged
    ]
    return DecisionSeen(decision, would_be)
