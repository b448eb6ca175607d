"""Annotations: the quote is compared with the text on every write, so that an offset can never go wrong unseen."""

from typing import Any

from annotations.core.anchoring import check_segments, quote_of
from annotations.core.errors import IllegalMove, Invalid
from annotations.models import Annotation, Article, Label, Person, Revision, StanceCitation
from annotations.policies.annotations import may_add_annotation, may_edit_annotation
from annotations.services.attributes import check_attribute_values
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.standing import free_of_review
from annotations.services.trash import restore, trash
from annotations.services.write import writing

EDITABLE = ("segments", "quote", "label", "attributes", "note")


def add_annotation(
    *,
    by: Person,
    article: Article,
    segments: list[list[int]],
    quote: str,
    label: Label,
    attributes: dict[str, Any] | None = None,
    note: str = "",
    revision: Revision | None = None,
) -> Annotation:
    """Label segments of the article's newest revision, or of `revision`. A document label takes no segments.

    Raises Refused, Invalid by field: `segments` for places, `quote` with both strings, `label`, `attributes`.
    """
    revision = revision or newest_revision(article)
    if revision.article_id != article.pk:
        raise Invalid.field("revision", "There is no such revision of this article.")
    columns = placed(revision.text, segments, quote, label)
    check_words(label, article.project_id, attributes or {}, note)
    with writing(by, article.project_id) as change:
        change.allow(may_add_annotation(by, article.project_id))
        if article.trashed:
            raise IllegalMove("This article is in the trash; restore it before annotating it.")
        annotation = Annotation(
            project_id=article.project_id,
            author=by,
            article=article,
            revision=revision,
            label=label,
            attributes=attributes or {},
            note=note,
            **columns,
        )
        return change.add(annotation, "annotation_added")


def edit_annotation(*, by: Person, annotation: Annotation, version: int, **fields: Any) -> Annotation:
    """Move, relabel or describe an annotation. New segments need their quote. Raises as add_annotation, and Stale."""
    only_known(fields, EDITABLE)
    label = fields.get("label", annotation.label)
    if "segments" in fields or "quote" in fields:
        segments = fields.get("segments", annotation.segments)
        fields |= placed(annotation.revision.text, segments, fields.get("quote", ""), label)
    elif label.kind != annotation.label.kind:
        raise Invalid.field("label", f"A {annotation.label.kind} label is needed here.")
    check_words(label, annotation.project_id, fields.get("attributes", annotation.attributes), fields.get("note", ""))
    with writing(by, annotation.project_id) as change:
        change.allow(may_edit_annotation(by, annotation))
        if "segments" in fields:
            free_of_review(change, by, cited_by(annotation), "a span that a position quotes was moved")
        return change.edit(annotation, version, "annotation_edited", **fields)


def trash_annotation(*, by: Person, annotation: Annotation, version: int) -> Annotation:
    """Move an annotation to the trash; its mentions of claims go out of sight with it and come back with it.

    Raises IllegalMove while a position in a dispute quotes it.
    """
    with writing(by, annotation.project_id) as change:
        change.allow(may_edit_annotation(by, annotation))
        change.check_version(annotation, version)
        if StanceCitation.objects.filter(annotation=annotation, stance__position__trashed=False).exists():
            raise IllegalMove("A position in a dispute quotes this annotation; take it out of the position first.")
        return trash(change, annotation, version, "annotation_trashed")


def restore_annotation(*, by: Person, annotation: Annotation, version: int) -> Annotation:
    """Take an annotation out of the trash."""
    with writing(by, annotation.project_id) as change:
        change.allow(may_edit_annotation(by, annotation))
        return restore(change, annotation, version, "annotation_restored")


def newest_revision(article: Article) -> Revision:
    """The revision that new annotations are made on; already there where the caller fetched both at once."""
    known: Revision | None = getattr(article, "revision", None)
    return known or article.revisions.latest("number")


def placed(text: str, segments: Any, quote: Any, label: Label) -> dict[str, Any]:
    """Checked segments as columns. Raises Invalid."""
    if label.kind == "document":
        if segments or quote:
            raise Invalid.field("segments", "A document label stands for the whole article and takes no segments.")
        return {"segments": [], "start": None, "end": None, "quote": ""}
    checked = check_segments(text, segments, quote)
    return {
        "segments": [[start, end] for start, end in checked],
        "start": checked[0][0],
        "end": checked[-1][1],
        "quote": quote_of(text, checked),
    }


def check_words(label: Label, project_id: Any, attributes: Any, note: Any) -> None:
    same_project(project_id, label=label)
    checks = Checks()
    if label.retired:
        checks.wrong("label", f"The label {label.name} is retired.")
    if label.kind == "relation":
        checks.wrong("label", f"{label.name} labels relations between annotations, not a span.")
    check_attribute_values(checks, label, attributes)
    checks.text("note", note)
    checks.done()


def cited_by(annotation: Annotation) -> list[Any]:
    """The disputes of which a position quotes the annotation."""
    return list(
        StanceCitation.objects.filter(annotation=annotation, stance__position__trashed=False)
        .values_list("stance__position__dispute_id", flat=True)
        .distinct()
    )
