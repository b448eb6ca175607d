"""Triage: criteria and marks as rows, and the claims of a project in the order in which they are to be looked at.

In a blind project an annotator sees no priority, which others' marks are part of: their own claims come as they were
made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from annotations.core.lifecycle import ClaimState
from annotations.core.triage import PLAIN
from annotations.models import Claim, Person, Project, TriageCriterion, TriageMark
from annotations.policies.roles import works_blind
from annotations.queries.lookups import as_uuid
from annotations.queries.rows import Row, Shape

CRITERION = Shape(
    ids=("id", "project", "author"),
    plain=("key", "name", "question", "weight", "order", "trashed", "version"),
    times=("created_at",),
)
MARK = Shape(
    ids=("id", "project", "claim", "criterion", "author"),
    plain=("level", "reason", "trashed", "version"),
    times=("created_at",),
)
TO_LOOK_AT = (ClaimState.INBOX, ClaimState.IN_WORK, ClaimState.PARKED)
CLAIMS_A_PAGE = 25


def criterion_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Criteria: `{id, project, key, name, question, weight, order, author, trashed, version, created_at}`."""
    return CRITERION.rows(queryset)


def mark_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Marks: `{id, project, claim, criterion, level, reason, author, trashed, version, created_at}`."""
    return MARK.rows(queryset)


def criteria_of(project: Project) -> list[TriageCriterion]:
    """What claims are ranked by, in the project's order; the plain one, not stored yet, where nothing is set up."""
    known = list(TriageCriterion.objects.active().filter(project=project))
    return known or [TriageCriterion(project=project, order=0, **PLAIN._asdict())]


# -- the queue --------------------------------------------------------------------------------------------------------


class Rated(NamedTuple):
    """One criterion, and the mark that a claim has under it."""

    criterion: TriageCriterion
    mark: TriageMark | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One claim of the queue; no `priority` where the reader is blind to it."""

    claim: Claim
    priority: int | None
    rated: list[Rated]


class Place(NamedTuple):
    """Where a page of the queue ended: behind this priority and this claim."""

    priority: int
    pk: UUID

    @classmethod
    def read(cls, said: str) -> "Place | None":
        """None for anything else than what `str` of a place says."""
        priority, _, pk = said.partition("-")
        found = as_uuid(pk)
        if found is None or not (priority.isascii() and priority.isdigit() and len(priority) < 7):
            return None
        return cls(int(priority), found)

    def __str__(self) -> str:
        return f"{self.priority}-{self.pk.hex}"


def queue_of(
    project: Project, person: Person, state: str, after: Place | None = None, size: int = CLAIMS_A_PAGE
) -> tuple[list[Ranked], Place | None]:
    """The claims in one state, the most urgent first and of those the oldest; and where the next page begins.

    Three queries. A page goes on behind its last claim, whatever is taken from the queue meanwhile.
    """
    blind = works_blind(person, project)
    rows = Claim.objects.visible_to(person).active().filter(project=project, state=state)
    if after and not blind:
        rows = rows.filter(Q(priority__lt=after.priority) | Q(priority=after.priority, pk__gt=after.pk))
    elif after:
        rows = rows.filter(pk__gt=after.pk)
    ordered = rows.order_by("pk") if blind else rows.order_by(F("priority").desc(), "pk")
    found = list(with_marks(ordered, person)[: size + 1])
    criteria = criteria_of(project)
    shown = [ranked(claim, criteria, blind=blind) for claim in found[:size]]
    last = found[size - 1] if len(found) > size else None
    return shown, Place(0 if blind else last.priority, last.pk) if last else None


def with_marks(claims: Any, person: Person) -> Any:
    """Claims for the queue: joined with their owner, and with the marks that `person` may see."""
    marks = TriageMark.objects.visible_to(person).active().select_related("author")
    return claims.select_related("owner", "claimant").prefetch_related(
        Prefetch("triage_marks", marks, to_attr="seen_marks")
    )


def ranked(claim: Any, criteria: list[TriageCriterion], *, blind: bool) -> Ranked:
    marks = {mark.criterion_id: mark for mark in claim.seen_marks}
    return Ranked(claim, None if blind else claim.priority, [Rated(one, marks.get(one.pk)) for one in criteria])


def ranked_one(pk: UUID, person: Person) -> Ranked:
    """One claim as the queue shows it. Three queries. Raises DoesNotExist for what `person` may not see."""
    claim = with_marks(Claim.objects.visible_to(person).select_related("project"), person).get(pk=pk)
    return ranked(claim, criteria_of(claim.project), blind=works_blind(person, claim.project))
