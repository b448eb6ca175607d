"""All occurrences of words, and one label on many places at once."""

from typing import Any

from rest_framework.request import Request

from annotations.api.actions import adds, asking, tells
from annotations.api.errors import BadRequest
from annotations.api.lists import next_address
from annotations.api.named import label_named
from annotations.api.records import ANNOTATION, BULK_CHANGE, PROJECT
from annotations.api.serializers.occurrences import (
    HitsShape,
    OccurrencesBody,
    OccurrencesQuery,
    ProjectOccurrencesBody,
    ProjectOccurrencesQuery,
)
from annotations.core.errors import Invalid, NotFound
from annotations.core.occurrences import Finder, Options
from annotations.models import Annotation, Article, BulkChange, Label, Person, Project
from annotations.queries.lookups import as_uuid
from annotations.queries.occurrences import HITS_A_PAGE, Cursor, Found, Hit, occurrences
from annotations.services import occurrences as services

Query = dict[str, Any]


@tells(HitsShape, find=ANNOTATION.find, query=OccurrencesQuery)
def list_occurrences(person: Person, annotation: Annotation, request: Request, query: Query) -> dict[str, Any]:
    """Where else the words of an annotation stand: in its article, or in the newest texts of the project."""
    words = query.get("words") or annotation.quote
    within = annotation.article if query.get("within", "article") == "article" else None
    return page(person, annotation.project, request, query, words=words, label=annotation.label, article=within)


@adds(BULK_CHANGE, OccurrencesBody, find=ANNOTATION.find)
def label_occurrences(person: Person, annotation: Annotation, fields: dict[str, Any]) -> BulkChange:
    """Label places as an annotation is labelled, or otherwise. Each is checked again; one event."""
    label = label_named(fields["label"], annotation.project) if "label" in fields else annotation.label
    return labelled(person, annotation.project, label, fields, annotation.quote)


@tells(HitsShape, find=PROJECT.find, query=ProjectOccurrencesQuery)
def list_project_occurrences(person: Person, project: Project, request: Request, query: Query) -> dict[str, Any]:
    """Where words stand in the newest texts of a project."""
    article = article_of(person, project, query["article"]) if "article" in query else None
    label = label_named(query["label"], project) if "label" in query else None
    return page(person, project, request, query, words=query["words"], label=label, article=article)


@adds(BULK_CHANGE, ProjectOccurrencesBody, find=PROJECT.find)
def label_project_occurrences(person: Person, project: Project, fields: dict[str, Any]) -> BulkChange:
    """Label places of a project. Each is checked again; one event."""
    return labelled(person, project, label_named(fields["label"], project), fields)


def labelled(person: Person, project: Project, label: Label, fields: dict[str, Any], words: str = "") -> BulkChange:
    hits = [services.Place(as_uuid(hit["revision"]), hit["segments"], hit["quote"]) for hit in fields["hits"]]
    return services.label_occurrences(
        by=person, project=project, label=label, hits=hits, words=words, attributes=fields.get("attributes")
    )


def article_of(person: Person, project: Project, pk: Any) -> Article:
    """An article of the project; an unknown one finds nothing, so it is not found."""
    row = Article.objects.visible_to(person).filter(project=project, pk=pk).first()
    if row is None:
        raise NotFound("There is nothing here.")
    return row


def page(
    person: Person,
    project: Project,
    request: Request,
    query: Query,
    *,
    words: str,
    label: Label | None,
    article: Article | None,
) -> dict[str, Any]:
    finder = Finder(words, options_in(query))
    if not finder:
        raise Invalid.field("words", "There are no words to look for.")
    limit = query.get("limit", HITS_A_PAGE)
    found = occurrences(
        project, asking(request), finder, label=label, article=article, after=cursor_in(query), size=limit
    )
    return as_json(found, found.next and next_address(request._request, limit, cursor=str(found.next)))


def options_in(query: Query) -> Options:
    return Options(**{name: query[name] for name in Options._fields if name in query})


def cursor_in(query: Query) -> Cursor | None:
    if "cursor" not in query:
        return None
    cursor = Cursor.read(query["cursor"])
    if cursor is None:
        raise BadRequest("This cursor was not made here: take the one in `next`.", "cursor")
    return cursor


def as_json(found: Found, following: str | None) -> dict[str, Any]:
    return {"next": following, "results": [hit_row(hit) for hit in found.hits], "looked_through": found.looked}


def hit_row(hit: Hit) -> dict[str, Any]:
    return {
        "article": str(hit.article),
        "title": hit.title,
        "revision": str(hit.revision),
        "segments": hit.segments,
        "quote": hit.quote,
        "before": hit.context.before,
        "after": hit.context.after,
        "labelled_by": hit.labelled_by,
    }
