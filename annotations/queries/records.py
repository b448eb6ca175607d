"""Which records a project has, kind by kind, in the order of an export, as one person may see them.

How a record looks as a row is said by its noun's own module; the words of the kinds stand in `core.records`.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from annotations import models
from annotations.models import Event, Membership, Person, Project
from annotations.queries.agents import agent_rating_rows, agent_rows, alias_rows, distinction_rows
from annotations.queries.annotations import annotation_rows
from annotations.queries.articles import article_rows, revision_rows
from annotations.queries.assessments import assessment_rows
from annotations.queries.attributions import attribution_rows
from annotations.queries.claims import claim_rows, mention_rows
from annotations.queries.comment_requests import comment_request_rows
from annotations.queries.comments import comment_rows
from annotations.queries.comparisons import claim_relation_rows
from annotations.queries.copies import saved_copy_rows
from annotations.queries.disputes import dispute_rows, position_rows
from annotations.queries.evidence import evidence_rows, evidence_set_rows
from annotations.queries.guidelines import guideline_version_rows
from annotations.queries.history import event_rows
from annotations.queries.labels import label_rows
from annotations.queries.people import person_rows
from annotations.queries.projects import membership_rows, project_rows
from annotations.queries.quantities import quantity_rows
from annotations.queries.questions import question_rows, search_rows
from annotations.queries.relations import relation_rows
from annotations.queries.reports import correction_rows, report_edition_rows, report_rows
from annotations.queries.resolutions import approval_rows, dissent_rows, resolution_rows, verdict_scale_rows
from annotations.queries.revisions import anchor_rows
from annotations.queries.rows import Row
from annotations.queries.sources import origin_rows, source_rows
from annotations.queries.triage import criterion_rows, mark_rows

Records = Any  # a queryset of any model
RowFunction = Callable[[Records], Iterator[Row]]


def people_of(project: Project) -> Records:
    """Everybody whom a row of the project can name: members, former ones too, and whoever else changed something."""
    members = Membership.objects.filter(project=project).values("person_id")
    return Person.objects.filter(Q(pk__in=members) | Q(pk__in=list(actors_in(project)))).order_by("id")


def actors_in(project: Project) -> Iterator[UUID]:
    """Each person of the project's events once, by one short look into the index for each: there are few of them, and
    to ask for distinct values would read every event before the first byte of an export."""
    events = Event.objects.filter(project=project).order_by("person_id").values_list("person_id", flat=True)
    actor = events.filter(person__isnull=False).first()
    while actor is not None:
        yield actor
        actor = events.filter(person_id__gt=actor).first()


def itself(project: Project) -> Records:
    return Project.objects.filter(pk=project.pk)


def events_of(project: Project) -> Records:
    return Event.objects.filter(chain__project=project).order_by("number")


def rows_of(model: type[Model], **narrowed: Any) -> Callable[[Project], Records]:
    """The records of a project in one table, by id."""
    return lambda project: model._default_manager.filter(project=project, **narrowed).order_by("id")


class Kind(NamedTuple):
    records: Callable[[Project], Records]
    rows: RowFunction


KINDS = {
    "person": Kind(people_of, person_rows),
    "project": Kind(itself, project_rows),
    "membership": Kind(rows_of(models.Membership), membership_rows),
    "label": Kind(rows_of(models.Label), label_rows),
    "guideline_version": Kind(rows_of(models.GuidelineVersion), guideline_version_rows),
    "article": Kind(rows_of(models.Article), article_rows),
    "revision": Kind(rows_of(models.Revision), revision_rows),
    "annotation": Kind(rows_of(models.Annotation), annotation_rows),
    "anchor": Kind(rows_of(models.Anchor), anchor_rows),
    "relation": Kind(rows_of(models.Relation), relation_rows),
    "agent": Kind(rows_of(models.Agent), agent_rows),
    "alias": Kind(rows_of(models.Alias), alias_rows),
    "agent_distinction": Kind(rows_of(models.AgentDistinction), distinction_rows),
    "claim": Kind(rows_of(models.Claim), claim_rows),
    "mention": Kind(rows_of(models.ClaimMention), mention_rows),
    "attribution": Kind(rows_of(models.Attribution), attribution_rows),
    "quantity": Kind(rows_of(models.Quantity), quantity_rows),
    "claim_relation": Kind(rows_of(models.ClaimRelation), claim_relation_rows),
    "triage_criterion": Kind(rows_of(models.TriageCriterion), criterion_rows),
    "triage_mark": Kind(rows_of(models.TriageMark), mark_rows),
    "origin": Kind(rows_of(models.Origin), origin_rows),
    "source": Kind(rows_of(models.Source), source_rows),
    "saved_copy": Kind(rows_of(models.SavedCopy), saved_copy_rows),
    "agent_rating": Kind(rows_of(models.AgentRating), agent_rating_rows),
    "evidence": Kind(rows_of(models.Evidence), evidence_rows),
    "evidence_set": Kind(rows_of(models.EvidenceSet), evidence_set_rows),
    "question": Kind(rows_of(models.Question), question_rows),
    "search": Kind(rows_of(models.Search), search_rows),
    "verdict_scale": Kind(rows_of(models.VerdictScale), verdict_scale_rows),
    "assessment": Kind(rows_of(models.Assessment), assessment_rows),
    "dispute": Kind(rows_of(models.Dispute), dispute_rows),
    "position": Kind(rows_of(models.Position), position_rows),
    "resolution": Kind(rows_of(models.Resolution), resolution_rows),
    "approval": Kind(rows_of(models.Decision, decision="approval"), approval_rows),
    "dissent": Kind(rows_of(models.Decision, decision="dissent"), dissent_rows),
    "report": Kind(rows_of(models.Report), report_rows),
    "report_edition": Kind(rows_of(models.ReportEdition), report_edition_rows),
    "correction": Kind(rows_of(models.Correction), correction_rows),
    "comment_request": Kind(rows_of(models.CommentRequest), comment_request_rows),
    "comment": Kind(rows_of(models.Comment), comment_rows),
    "event": Kind(events_of, event_rows),
}


def records_of(kind: str, project: Project, person: Person | None) -> "QuerySet[Any]":
    """The records of one kind that `person` may see, in the order of an export; all of them for None.

    People have no visibility of their own: whoever may read the project may know who is named in it.
    """
    records = KINDS[kind].records(project)
    seen: QuerySet[Any] = records if person is None or kind == "person" else records.visible_to(person)
    return seen


def record_rows(kind: str, project: Project, person: Person | None) -> Iterator[Row]:
    """The same as rows."""
    shown = KINDS[kind].rows
    rows = partial(shown, person=person) if shown in (claim_rows, dispute_rows) else shown
    return rows(records_of(kind, project, person))
