"""Annotations."""

from typing import Any
from uuid import UUID

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.answers import Shown
from annotations.api.named import label_named, with_records
from annotations.api.records import ANNOTATION, ARTICLE, PROJECT
from annotations.api.serializers.annotations import (
    AnnotationBody,
    AnnotationEdit,
    AnnotationQuery,
    MergeBody,
    ProjectAnnotationQuery,
    SplitBody,
    SplitShape,
)
from annotations.core.errors import Invalid, NotFound
from annotations.models import Annotation, Article, Person, Project, Revision
from annotations.queries.annotations import annotation_row
from annotations.queries.lookups import as_uuid
from annotations.services import annotations

SPLIT = Shown(
    "annotation",
    Annotation,
    SplitShape,
    ANNOTATION.rows,
    "annotation",
    row=lambda first: annotation_row(first) | {"second": annotation_row(first.second)},
    joined=ANNOTATION.joined,
)


def newest_revision(person: Person, pk: UUID) -> Revision:
    """The newest revision of the article that an address names, with article and project: one query for all three."""
    revisions = Revision.objects.visible_to(person).filter(article_id=pk).newest()
    revision = revisions.select_related("article", "project").first()
    if revision is None:
        raise NotFound("There is nothing here.")
    return revision


@lists(ANNOTATION, find=ARTICLE.find, query=AnnotationQuery)
def list_article_annotations(person: Person, article: Article, query: dict[str, Any]) -> Any:
    """The annotations of an article."""
    return Annotation.objects.visible_to(person).filter(article=article, **filters(query, article.project))


@lists(ANNOTATION, find=PROJECT.find, query=ProjectAnnotationQuery)
def list_annotations(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The annotations of a project, by label, author, state or article."""
    return Annotation.objects.visible_to(person).filter(project=project, **filters(query, project))


def filters(query: dict[str, Any], project: Project) -> dict[str, Any]:
    columns = {"trashed": query.get("state") == "trashed"}
    columns |= {f"{name}_id": query[name] for name in ("author", "article") if name in query}
    return columns | ({"label": label_named(query["label"], project)} if "label" in query else {})


@adds(ANNOTATION, AnnotationBody, find=newest_revision)
def add_annotation(person: Person, revision: Revision, fields: dict[str, Any]) -> Annotation:
    """Label segments of an article. The quote is compared with the text."""
    article = revision.article
    label = label_named(fields.pop("label"), revision.project)
    revision = revision_named(fields.pop("revision", revision.pk), revision)
    fields = {"segments": [], "quote": "", **fields}
    return annotations.add_annotation(by=person, article=article, revision=revision, label=label, **fields)


def revision_named(said: Any, newest: Revision) -> Revision:
    """The revision of this article that a body names."""
    pk = as_uuid(said)
    if pk == newest.pk:
        return newest
    revision = Revision.objects.filter(pk=pk, article_id=newest.article_id).first() if pk else None
    if revision is None:
        raise Invalid.field("revision", "There is no such revision of this article.")
    return revision


@edits(ANNOTATION, AnnotationEdit)
def edit_annotation(person: Person, annotation: Annotation, version: int, fields: dict[str, Any]) -> Annotation:
    """Move, relabel or describe an annotation."""
    if "label" in fields:
        fields["label"] = label_named(fields["label"], annotation.project)
    return annotations.edit_annotation(by=person, annotation=annotation, version=version, **fields)


@trashes(ANNOTATION)
def trash_annotation(person: Person, annotation: Annotation, version: int) -> Annotation:
    """Move an annotation to the trash."""
    return annotations.trash_annotation(by=person, annotation=annotation, version=version)


@moves(ANNOTATION)
def restore_annotation(person: Person, annotation: Annotation, version: int) -> Annotation:
    """Take an annotation out of the trash."""
    return annotations.restore_annotation(by=person, annotation=annotation, version=version)


@moves(SPLIT, SplitBody)
def split_annotation(person: Person, annotation: Annotation, version: int, fields: dict[str, Any]) -> Annotation:
    """Cut an annotation in two. The first half keeps the id, the note, claims, sayings and relations."""
    first, second = annotations.split_annotation(by=person, annotation=annotation, version=version, **fields)
    first.second = second  # type: ignore[attr-defined]
    return first


@moves(ANNOTATION, MergeBody)
def merge_annotations(person: Person, annotation: Annotation, version: int, fields: dict[str, Any]) -> Annotation:
    """Take another annotation into this one. Its claims, sayings and relations come along; it goes to the trash."""
    other = with_records({"with": fields.pop("with")}, person, annotation.project, **{"with": Annotation})["with"]
    if "label" in fields:
        fields["label"] = label_named(fields["label"], annotation.project)
    return annotations.merge_annotations(by=person, annotation=annotation, version=version, other=other, **fields)
