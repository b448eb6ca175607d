"""Suggestions and recommenders as rows, and which suggestions a person has before them in an article."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet

from annotations.models import Article, Person, Revision, Suggestion
from annotations.queries.rows import IdText, Row, Shape

SUGGESTION = Shape(
    ids=("id", "project", "article", "revision", "recommender", "author", "decided_by", "annotation"),
    plain=("quote", "score", "why", "made_with", "state", "version"),
    json=("segments", "attributes"),
    times=("created_at", "decided_at"),
    also={"label": F("label__key"), "label_id": IdText("label"), "origin": F("recommender__name")},
)
RECOMMENDER = Shape(
    ids=("id", "project", "author"),
    plain=("kind", "name", "enabled", "url", "trashed", "version"),
    json=("options", "measured"),
    times=("created_at", "trained_at"),
)
SHOWN_AT_MOST = 2_000  # on one screen


def suggestion_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Suggestions: `{id, project, article, revision, recommender, origin (its name), label, label_id, segments, quote,
    attributes, score, why, made_with, state: pending, accepted or rejected, decided_by, decided_at, annotation, author,
    version, created_at}`. `author` is who asked for it."""
    return SUGGESTION.rows(queryset)


def recommender_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Recommenders: `{id, project, kind, name, enabled, url, options, measured, trained_at, author, trashed, version,
    created_at}`. What a learned one learned is not shown."""
    return RECOMMENDER.rows(queryset)


def suggestions_in(article: Article, person: Person, state: str = "pending") -> Any:
    """The suggestions of an article that `person` may see. Pending ones are those on the newest text, by recommenders
    that are not in the trash: the others wait for nobody."""
    rows = Suggestion.objects.visible_to(person).filter(article=article, state=state)
    if state != "pending":
        return rows
    newest = Revision.objects.filter(article=article).newest().values("pk")[:1]
    return rows.filter(revision__in=newest, recommender__trashed=False)


def suggestions_before(article: Article, person: Person) -> list[Suggestion]:
    """The pending ones in the order of the text, the surest first at one place. One query."""
    rows = suggestions_in(article, person).select_related("label", "recommender").defer("recommender__model")
    ordered = rows.order_by("start", "end", F("score").desc(nulls_last=True), "id")
    return list(ordered[:SHOWN_AT_MOST])
