"""Annotations as rows: the one shape that every list, every detail and every export of an annotation has."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet

from annotations.core.anchoring import context_of
from annotations.models import Annotation, Revision
from annotations.queries.articles import IN_ARTICLE, few_at_once, texts_of
from annotations.queries.rows import TRASH_STATE, IdText, Row, Shape

ANNOTATION = Shape(
    ids=("id", "project", "article", "revision", "author"),
    plain=("quote", "note", "origin", "score", "version"),
    json=("segments", "attributes"),
    times=("created_at",),
    also={"label": F("label__key"), "label_id": IdText("label"), "state": TRASH_STATE},
)


def annotation_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Annotations: `{id, project, article, revision, segments: [[start, end], ...], quote, label (its key), label_id,
    attributes, note, origin and score (of the suggestion that it was accepted from), author, state: active or trashed,
    version, created_at}`.

    Offsets are code points of the text of `revision`, half-open. A document label has no segments and an empty quote.
    """
    return ANNOTATION.rows(queryset)


def annotation_row(annotation: Annotation) -> Row:
    """The same row made from a record in hand, with its label: what was just written need not be read again."""
    row = {name: str(getattr(annotation, name if name == "id" else f"{name}_id")) for name in ANNOTATION.ids}
    row |= {name: getattr(annotation, name) for name in ANNOTATION.plain + ANNOTATION.json}
    row |= {name: getattr(annotation, name).strftime("%Y-%m-%dT%H:%M:%S.%fZ") for name in ANNOTATION.times}
    label = {"label": annotation.label.key, "label_id": str(annotation.label_id), "state": annotation.state}
    return row | label


def annotation_rows_in_context(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """The same, and `revision_number`, `prefix`, `suffix`: what stands before and after the outer extent."""
    for rows in ANNOTATION.chunks(queryset):
        _add_context(rows)
        yield from rows


def _add_context(rows: list[Row]) -> None:
    by_revision: dict[str, list[Row]] = {}
    for row in rows:
        by_revision.setdefault(row["revision"], []).append(row)
    revisions = IN_ARTICLE.rows(Revision.objects.filter(pk__in=list(by_revision)))
    for few in few_at_once(revisions):
        texts = texts_of(few)
        for revision in few:
            for row in by_revision[revision["id"]]:
                row["revision_number"] = revision["number"]
                row["prefix"], row["suffix"] = _context(texts[revision["id"]], row["segments"])


def _context(text: str, segments: list[list[int]]) -> tuple[str, str]:
    return context_of(text, segments[0][0], segments[-1][1]) if segments else ("", "")
