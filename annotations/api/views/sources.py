"""Sources, and the origins that several of them go back to."""

from typing import Any

from django.http import HttpResponse

from annotations.api.actions import adds, edits, lists, moves, reads_as, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import with_records
from annotations.api.records import ORIGIN, PROJECT, SOURCE
from annotations.api.serializers.sources import CitationQuery, OriginBody, SourceBody, SourceQuery
from annotations.models import Agent, Annotation, Article, Origin, Person, Project, Source
from annotations.queries.copies import with_debts
from annotations.queries.sources import BIBTEX, CSL, RIS, citation_of
from annotations.services import sources

NAMED = {"publisher": Agent, "article": Article, "annotation": Annotation}


@lists(SOURCE, find=PROJECT.find, query=SourceQuery)
def list_sources(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The sources of a project."""
    columns = {"kind": "kind", "publisher": "publisher_id", "article": "article_id"}
    by = {column: query[name] for name, column in columns.items() if name in query}
    rows = Source.objects.visible_to(person).filter(project=project, trashed=query.get("trashed", False), **by)
    debts = {"saved": "is_saved", "changed": "is_changed"}
    owed = {column: query[name] for name, column in debts.items() if name in query}
    return rows.filter(pk__in=with_debts(Source.objects.filter(project=project)).filter(**owed)) if owed else rows


@reads_as(SOURCE, CitationQuery, BIBTEX, RIS, CSL)
def read_source(person: Person, source: Source, query: dict[str, Any]) -> HttpResponse:
    """One source; with `?citation=` its citation in BibTeX, RIS or CSL-JSON."""
    words, content_type, _ = citation_of(source, query["citation"])
    return HttpResponse(words, content_type=content_type)


@adds(SOURCE, SourceBody, find=PROJECT.find)
def add_source(person: Person, project: Project, fields: dict[str, Any]) -> Source:
    """Add a document or statement."""
    return sources.add_source(by=person, project=project, **with_records(fields, person, project, **NAMED))


@edits(SOURCE, SourceBody)
def edit_source(person: Person, source: Source, version: int, fields: dict[str, Any]) -> Source:
    """Change what is known about a source."""
    fields = with_records(fields, person, source.project, **NAMED)
    return sources.edit_source(by=person, source=source, version=version, **fields)


@trashes(SOURCE)
def trash_source(person: Person, source: Source, version: int) -> Source:
    """Move a source to the trash."""
    return sources.trash_source(by=person, source=source, version=version)


@moves(SOURCE)
def restore_source(person: Person, source: Source, version: int) -> Source:
    """Take a source out of the trash."""
    return sources.restore_source(by=person, source=source, version=version)


@lists(ORIGIN, find=PROJECT.find, query=TrashQuery)
def list_origins(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The origins of a project."""
    return Origin.objects.visible_to(person).filter(project=project, trashed=query.get("trashed", False))


@adds(ORIGIN, OriginBody, find=PROJECT.find)
def add_origin(person: Person, project: Project, fields: dict[str, Any]) -> Origin:
    """Name a beginning that documents go back to."""
    return sources.add_origin(by=person, project=project, **fields)


@edits(ORIGIN, OriginBody)
def edit_origin(person: Person, origin: Origin, version: int, fields: dict[str, Any]) -> Origin:
    """Rename or describe an origin."""
    return sources.edit_origin(by=person, origin=origin, version=version, **fields)


@trashes(ORIGIN)
def trash_origin(person: Person, origin: Origin, version: int) -> Origin:
    """Move an origin to the trash."""
    return sources.trash_origin(by=person, origin=origin, version=version)


@moves(ORIGIN)
def restore_origin(person: Person, origin: Origin, version: int) -> Origin:
    """Take an origin out of the trash."""
    return sources.restore_origin(by=person, origin=origin, version=version)
