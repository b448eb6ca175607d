"""Annotations in their contexts, several relabelled at once, and bulk changes with the way back."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from annotations.api.actions import adds, tells
from annotations.api.lists import next_address
from annotations.api.named import label_named
from annotations.api.records import BULK_CHANGE, PROJECT
from annotations.api.serializers.concordance import ConcordanceQuery, LinesShape, RelabelBody, UndoBody
from annotations.core.errors import Invalid
from annotations.models import BulkChange, Person, Project
from annotations.queries.annotations import annotation_row
from annotations.queries.concordance import LINES_A_PAGE, Filters, Line, lines
from annotations.queries.lookups import as_uuid
from annotations.services import concordance as services


@tells(LinesShape, find=PROJECT.find, query=ConcordanceQuery)
def list_concordance(person: Person, project: Project, request: Request, query: dict[str, Any]) -> dict[str, Any]:
    """The annotations of a project with what stands before and after each."""
    narrowed = {name: query[name] for name in Filters._fields if name in query and name != "label"}
    label = label_named(query["label"], project).pk if "label" in query else None
    limit = query.get("limit", LINES_A_PAGE)
    found = lines(
        project,
        person,
        Filters(label=label, **narrowed),
        sort=query.get("sort", "newest"),
        after=query.get("cursor"),
        size=limit,
    )
    following = found.next and next_address(
        request._request, limit, cursor=str(found.next), sort=query.get("sort", "newest")
    )
    return {"next": following, "results": [line_row(line) for line in found.lines]}


def line_row(line: Line) -> dict[str, Any]:
    context = {"title": line.annotation.article.title, "before": line.context.before, "after": line.context.after}
    return annotation_row(line.annotation) | context


@adds(BULK_CHANGE, RelabelBody, find=PROJECT.find)
def relabel_annotations(person: Person, project: Project, fields: dict[str, Any]) -> BulkChange:
    """Give annotations another label, each at the version that was seen; one event."""
    return services.relabel_annotations(
        by=person,
        project=project,
        versions=versions_in(fields["annotations"]),
        label=label_named(fields["label"], project),
        rest=fields.get("rest", False),
    )


def versions_in(rows: list[dict[str, Any]]) -> dict[UUID, int]:
    versions = {as_uuid(row["id"]): row["version"] for row in rows}
    known = {pk: version for pk, version in versions.items() if pk}
    if len(known) != len(rows):
        raise Invalid.field("annotations", "Each annotation is named once, by its id.")
    return known


@adds(BULK_CHANGE, UndoBody, find=BULK_CHANGE.find)
def undo_bulk_change(person: Person, bulk_change: BulkChange, fields: dict[str, Any]) -> BulkChange:
    """Take a bulk change back; one event."""
    return services.undo_bulk_change(by=person, bulk_change=bulk_change, rest=fields.get("rest", False))
