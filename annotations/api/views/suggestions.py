"""Suggestions: asked for, listed, and decided on."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from annotations.api.actions import asks, lists, moves
from annotations.api.named import label_named
from annotations.api.records import ARTICLE, SUGGESTION
from annotations.api.rendering import json_bytes
from annotations.api.serializers.suggestions import (
    AcceptBody,
    AcceptedShape,
    AcceptManyBody,
    MadeShape,
    SuggestBody,
    SuggestionQuery,
)
from annotations.core.errors import Invalid
from annotations.models import Article, Person, Recommender, Suggestion
from annotations.queries.lookups import related, related_many
from annotations.queries.suggestions import suggestions_in
from annotations.services import accepting, suggestions
from annotations.services.jobs import start_job
from annotations.services.write import Answer

Fields = dict[str, Any]


@lists(SUGGESTION, find=ARTICLE.find, query=SuggestionQuery)
def list_suggestions(person: Person, article: Article, query: Fields) -> Any:
    """The suggestions of an article: pending ones are those on its newest text."""
    chosen = {"recommender_id": query["recommender"]} if "recommender" in query else {}
    return suggestions_in(article, person, query.get("state", "pending")).filter(**chosen)


@asks(MadeShape, SuggestBody, find=ARTICLE.find)
def make_suggestions(person: Person, article: Article, fields: Fields) -> Callable[[], Answer]:
    """Ask recommenders for suggestions. They are there at once (201), or for a long article when its job is done
    (202)."""
    chosen = recommender_named(person, article, fields)
    if not suggestions.is_small(article):
        return lambda: started(person, article, chosen)
    proposed = suggestions.propose(by=person, article=article, recommender=chosen)

    def store() -> Answer:
        made = suggestions.store_proposed(by=person, article=article, proposed=proposed)
        said = {"made": made, "failed": proposed.failed, "job": None}
        return Answer(201, json_bytes(said), listed("suggestions", article), kind=article.record_kind(), pk=article.pk)

    return store


def listed(name: str, article: Article) -> dict[str, str]:
    return {"Location": settings.BASE_URL + reverse(f"api:{name}", args=[article.pk])}


def recommender_named(person: Person, article: Article, fields: Fields) -> Recommender | None:
    if "recommender" not in fields:
        return None
    row = related(Recommender, fields["recommender"], person=person, project=article.project, field="recommender")
    if not row.enabled:
        raise Invalid.field("recommender", "This recommender is switched off.")
    return row


def started(person: Person, article: Article, chosen: Recommender | None) -> Answer:
    arguments = {"article": str(article.pk)} | ({"recommender": str(chosen.pk)} if chosen else {})
    row = start_job(by=person, project=article.project, kind="suggest", arguments=arguments)
    said = {"made": {}, "failed": {}, "job": str(row.pk)}
    where = settings.BASE_URL + reverse("api:job", args=[row.pk])
    return Answer(202, json_bytes(said), {"Location": where}, kind=row.record_kind(), pk=row.pk)


@asks(AcceptedShape, AcceptManyBody, find=ARTICLE.find)
def accept_suggestions(person: Person, article: Article, fields: Fields) -> Callable[[], Answer]:
    """Accept many at once, each with its own label: all of them, or none where one is no longer as it was seen."""
    said = fields["suggestions"]
    wanted = [one["id"] for one in said]
    rows = related_many(Suggestion, wanted, person=person, project=article.project, field="suggestions")
    chosen = [(row, one["version"]) for row, one in zip(rows, said, strict=True)]

    def store() -> Answer:
        accepting.accept_suggestions(by=person, article=article, chosen=chosen)
        accepted = Suggestion.objects.filter(pk__in=[row.pk for row in rows]).order_by("start", "id")
        made = {"annotations": [str(pk) for pk in accepted.values_list("annotation_id", flat=True)]}
        where = listed("article_annotations", article)
        return Answer(201, json_bytes(made), where, kind=article.record_kind(), pk=article.pk)

    return store


@moves(SUGGESTION, AcceptBody)
def accept_suggestion(person: Person, suggestion: Suggestion, version: int, fields: Fields) -> Suggestion:
    """Make it an annotation of one's own, with its label or another, where it stands or on other segments."""
    if "label" in fields:
        fields["label"] = label_named(fields["label"], suggestion.project)
    return accepting.accept_suggestion(by=person, suggestion=suggestion, version=version, **fields)


@moves(SUGGESTION)
def reject_suggestion(person: Person, suggestion: Suggestion, version: int) -> Suggestion:
    """Say no to it. It is not made again at that place."""
    return accepting.reject_suggestion(by=person, suggestion=suggestion, version=version)


@moves(SUGGESTION)
def reopen_suggestion(person: Person, suggestion: Suggestion, version: int) -> Suggestion:
    """Take the decision back: pending again, and its annotation in the trash."""
    return accepting.reopen_suggestion(by=person, suggestion=suggestion, version=version)
