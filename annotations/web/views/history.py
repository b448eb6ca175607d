"""What happened to one record, and in a whole project. Who may not see a record sees no history of it either."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from annotations import models
from annotations.core.errors import NotFound
from annotations.models import Decision, Event, Project
from annotations.queries.history import Told, history_of, told
from annotations.queries.lookups import visible
from annotations.web.addresses import PAGES, address_of
from annotations.web.requests import WebRequest
from annotations.web.respond import page

EVENTS_A_PAGE = 50
OF_A_PROJECT = (
    models.Agent,
    models.AgentRating,
    models.Annotation,
    models.Article,
    models.Assessment,
    models.Attribution,
    models.Claim,
    models.ClaimMention,
    models.ClaimRelation,
    models.Comment,
    models.CommentRequest,
    models.ConfidentialNote,
    models.Dispute,
    models.Evidence,
    models.EvidenceSet,
    models.GuidelineVersion,
    models.Label,
    models.Membership,
    models.Origin,
    models.Position,
    models.Quantity,
    models.Question,
    models.Relation,
    models.Report,
    models.Resolution,
    models.Revision,
    models.SavedCopy,
    models.Search,
    models.Source,
    models.TriageCriterion,
    models.TriageMark,
    models.VerdictScale,
)
KINDS: dict[str, Any] = {model.record_kind(): model for model in OF_A_PROJECT}


@require_safe
def history(request: WebRequest, kind: str, pk: UUID) -> HttpResponse:
    """The events of one record, the newest first."""
    row = record_of(request, kind, pk)
    events = history_of(kind, pk, request.user)
    rows, next_before = events_page(request, events, {str(pk): ""})
    context = {
        "section": "project",
        "project": row if kind == "project" else row.project,
        "kind": kind,
        "row": row,
        "address": address_of(kind, pk) if kind in PAGES else "",
        "rows": rows,
        "next_before": next_before,
    }
    return page(request, "annotations/history/record.html", context)


def record_of(request: WebRequest, kind: str, pk: UUID) -> Any:
    """The record, in the trash or not. Raises NotFound for one that is not visible, and for a word that is no kind."""
    if kind == "project":
        return visible(Project, request.user, pk=pk)
    if kind in ("approval", "dissent"):
        return visible(Decision, request.user, "project", pk=pk, decision=kind)
    if kind not in KINDS:
        raise NotFound("There is nothing here.")
    return visible(KINDS[kind], request.user, "project", pk=pk)


@require_safe
def project_history(request: WebRequest, slug: str) -> HttpResponse:
    """Everything that happened in a project, the newest first."""
    project = visible(Project, request.user, slug=slug)
    events = Event.objects.visible_to(request.user).filter(project=project).select_related("person").order_by("-number")
    rows, next_before = events_page(request, events)
    context = {"section": "project", "project": project, "rows": rows, "next_before": next_before}
    return page(request, "annotations/history/project.html", context)


def events_page(
    request: WebRequest, events: Any, known: dict[str, str] | None = None
) -> tuple[list[dict[str, Any]], int | None]:
    """The events before `?before=<number>` in words, and the number before which the next page begins."""
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        events = events.filter(number__lt=int(before))
    found = list(events[: EVENTS_A_PAGE + 1])
    shown = told(found[:EVENTS_A_PAGE], request.user, known)
    return [row._asdict() if known else linked(row) for row in shown], shown[-1].number if len(
        found
    ) > EVENTS_A_PAGE else None


def linked(row: Told) -> dict[str, Any]:
    return row._asdict() | {"url": address_of(row.kind, row.pk)}
