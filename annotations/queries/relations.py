"""Relations as rows, and as what stands beside one annotation."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from annotations.models import Annotation, Article, Person, Relation
from annotations.queries.rows import IdText, Row, Shape

RELATION = Shape(
    ids=("id", "project", "article", "author"),
    plain=("note", "trashed", "version"),
    times=("created_at",),
    also={
        "from": IdText("from_annotation"),
        "to": IdText("to_annotation"),
        "label": F("label__key"),
        "label_id": IdText("label"),
    },
)
WITH_ENDS = Shape(
    ids=RELATION.ids,
    plain=RELATION.plain,
    times=RELATION.times,
    also={
        **RELATION.also,
        "is_loose": Case(
            When(Q(from_annotation__trashed=True) | Q(to_annotation__trashed=True), then=Value(True)),
            default=Value(False),
        ),
    },
)


def relation_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Relations: `{id, project, article, from, to (annotations), label (its key), label_id, note, author, trashed,
    version, created_at}`."""
    return RELATION.rows(queryset)


def relation_rows_with_ends(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """The same, and `is_loose`: whether one of the annotations is in the trash."""
    return WITH_ENDS.rows(queryset)


def in_sight(queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those that are not in the trash, and neither is any of their ends."""
    return queryset.filter(trashed=False, from_annotation__trashed=False, to_annotation__trashed=False)


def relations_in(article: Article, person: Person) -> "QuerySet[Any]":
    """The relations of an article that a person sees there, in the order of drawing."""
    return in_sight(Relation.objects.visible_to(person).filter(article=article)).order_by("id")


def relations_of(annotation: Annotation, person: Person) -> list[Relation]:
    """The relations that lead from or to an annotation, with their ends and labels. One query."""
    touching = Q(from_annotation=annotation) | Q(to_annotation=annotation)
    rows = relations_in(annotation.article, person).filter(touching)
    return list(rows.select_related("label", "from_annotation", "to_annotation", "author"))
