"""Triage: criteria, marks, and the queue of claims by their priority."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework.request import Request

from annotations.api.actions import adds, asks, edits, lists, moves, tells, trashes
from annotations.api.errors import BadRequest
from annotations.api.lists import USUAL, TrashQuery, next_address
from annotations.api.named import with_records
from annotations.api.records import CLAIM, CRITERION, MARK, PROJECT
from annotations.api.rendering import json_bytes
from annotations.api.serializers.triage import (
    CriterionBody,
    MarkBody,
    MarkEdit,
    PresetBody,
    PresetShape,
    QueueQuery,
    QueueShape,
)
from annotations.models import Claim, Person, Project, TriageCriterion, TriageMark
from annotations.queries.triage import Place, Ranked, criterion_rows, queue_of
from annotations.services import triage
from annotations.services.write import Answer


@tells(QueueShape, find=PROJECT.find, query=QueueQuery)
def read_queue(person: Person, project: Project, request: Request, query: dict[str, Any]) -> dict[str, Any]:
    """The claims of a project that wait in one state, the most urgent first."""
    after, limit = query.get("after", ""), query.get("limit", USUAL)
    place = Place.read(after)
    if after and place is None:
        raise BadRequest("This place was not made here: take the one in `next`.", "after")
    rows, following = queue_of(project, person, query.get("state", "inbox"), place, limit)
    onward = next_address(request, limit, after=str(following)) if following else None
    return {"next": onward, "results": [row_of(ranked) for ranked in rows]}


def row_of(ranked: Ranked) -> dict[str, Any]:
    marks = [
        {"criterion": one.criterion.key, "level": one.mark.level, "reason": one.mark.reason}
        for one in ranked.rated
        if one.mark
    ]
    claim = ranked.claim
    return {
        "claim": claim.pk, "text": claim.text, "state": claim.state, "priority": ranked.priority, "marks": marks,
    }  # fmt: skip


@lists(CRITERION, find=PROJECT.find, query=TrashQuery)
def list_criteria(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """What the claims of a project are ranked by."""
    rows = TriageCriterion.objects.visible_to(person)
    return rows.filter(project=project, trashed=query.get("trashed", False))


@adds(CRITERION, CriterionBody, find=PROJECT.find)
def add_criterion(person: Person, project: Project, fields: dict[str, Any]) -> TriageCriterion:
    """Set up what claims are ranked by."""
    return triage.add_criterion(by=person, project=project, **fields)


@asks(PresetShape, PresetBody, find=PROJECT.find)
def take_preset(person: Person, project: Project, fields: dict[str, Any]) -> Callable[[], Answer]:
    """Set up the criteria of a preset that the project does not have yet; those that were made."""

    def store() -> Answer:
        made = triage.take_preset(by=person, project=project)
        rows = TriageCriterion.objects.filter(pk__in=[row.pk for row in made]).order_by("order", "id")
        where = {"Location": settings.BASE_URL + reverse("api:criteria", args=[project.slug])}
        said = json_bytes({"results": list(criterion_rows(rows))})
        return Answer(201, said, where, kind=project.record_kind(), pk=project.pk)

    return store


@edits(CRITERION, CriterionBody)
def edit_criterion(person: Person, criterion: TriageCriterion, version: int, fields: dict[str, Any]) -> TriageCriterion:
    """Word or weigh a criterion anew."""
    return triage.edit_criterion(by=person, criterion=criterion, version=version, **fields)


@trashes(CRITERION)
def trash_criterion(person: Person, criterion: TriageCriterion, version: int) -> TriageCriterion:
    """Rank by this no longer; its marks are kept."""
    return triage.trash_criterion(by=person, criterion=criterion, version=version)


@moves(CRITERION)
def restore_criterion(person: Person, criterion: TriageCriterion, version: int) -> TriageCriterion:
    """Rank by this again."""
    return triage.restore_criterion(by=person, criterion=criterion, version=version)


@lists(MARK, find=CLAIM.find, query=TrashQuery)
def list_marks(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """How a claim does under the criteria."""
    return TriageMark.objects.visible_to(person).filter(claim=claim, trashed=query.get("trashed", False))


@adds(MARK, MarkBody, find=CLAIM.find)
def add_triage_mark(person: Person, claim: Claim, fields: dict[str, Any]) -> TriageMark:
    """Say how a claim does under a criterion."""
    fields = with_records(fields, person, claim.project, criterion=TriageCriterion)
    return triage.add_triage_mark(by=person, claim=claim, **fields)


@edits(MARK, MarkEdit)
def edit_triage_mark(person: Person, mark: TriageMark, version: int, fields: dict[str, Any]) -> TriageMark:
    """Another level, or another reason."""
    return triage.edit_triage_mark(by=person, mark=mark, version=version, **fields)


@trashes(MARK)
def trash_triage_mark(person: Person, mark: TriageMark, version: int) -> TriageMark:
    """Take a mark away."""
    return triage.trash_triage_mark(by=person, mark=mark, version=version)


@moves(MARK)
def restore_triage_mark(person: Person, mark: TriageMark, version: int) -> TriageMark:
    """Let a mark count again."""
    return triage.restore_triage_mark(by=person, mark=mark, version=version)
