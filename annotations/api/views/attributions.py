"""Attributions: who says it, through whom."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import with_records
from annotations.api.records import ARTICLE, ATTRIBUTION
from annotations.api.serializers.attributions import AttributionBody, AttributionEdit
from annotations.api.views.annotations import newest_revision, revision_named
from annotations.models import Agent, Annotation, Article, Attribution, Evidence, Person, Project, Revision
from annotations.services import attributions


@lists(ATTRIBUTION, find=ARTICLE.find, query=TrashQuery)
def list_attributions(person: Person, article: Article, query: dict[str, Any]) -> Any:
    """The attributions of an article."""
    return Attribution.objects.visible_to(person).filter(article=article, trashed=query.get("trashed", False))


@adds(ATTRIBUTION, AttributionBody, find=newest_revision)
def add_attribution(person: Person, revision: Revision, fields: dict[str, Any]) -> Attribution:
    """Record who says something in an article."""
    article = revision.article
    fields = found(fields, person, revision.project)
    if "revision" in fields or fields.get("content") is None:
        fields["revision"] = revision_named(fields.get("revision", revision.pk), revision)
    return attributions.add_attribution(by=person, article=article, **fields)


@edits(ATTRIBUTION, AttributionEdit)
def edit_attribution(person: Person, attribution: Attribution, version: int, fields: dict[str, Any]) -> Attribution:
    """Change who says it."""
    fields = found(fields, person, attribution.project)
    return attributions.edit_attribution(by=person, attribution=attribution, version=version, **fields)


def found(fields: dict[str, Any], person: Person, project: Project) -> dict[str, Any]:
    return with_records(
        fields,
        person,
        project,
        content=Annotation,
        agent=Agent,
        recipient=Agent,
        parent=Attribution,
        evidence=Evidence,
    )


@trashes(ATTRIBUTION)
def trash_attribution(person: Person, attribution: Attribution, version: int) -> Attribution:
    """Move an attribution to the trash."""
    return attributions.trash_attribution(by=person, attribution=attribution, version=version)


@moves(ATTRIBUTION)
def restore_attribution(person: Person, attribution: Attribution, version: int) -> Attribution:
    """Take an attribution out of the trash."""
    return attributions.restore_attribution(by=person, attribution=attribution, version=version)
