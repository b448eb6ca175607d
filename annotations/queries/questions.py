"""Questions with their answers, and searches: as rows, and as the page of a claim shows them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from annotations.models import Answer, Claim, Person, Question, Search
from annotations.queries.rows import IdText, Row, Shape, of_parents

QUESTION = Shape(ids=("id", "project", "claim", "author"), plain=("text", "trashed", "version"), times=("created_at",))
SEARCH = Shape(
    ids=("id", "project", "claim", "author"),
    plain=("place", "query", "searched_on", "found", "trashed", "version"),
    times=("created_at",),
)
ANSWER = Shape(ids=("question",), plain=("type", "text", "explanation"), also={"evidence": IdText("evidence")})


def question_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Questions: `{id, project, claim, text, answers: [{type, text, explanation, evidence}], author, trashed, version,
    created_at}`. The shape is AVeriTeC's."""
    return QUESTION.rows(queryset, finish=_answers)


def search_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Searches: `{id, project, claim, place, query, searched_on, found, author, trashed, version, created_at}`."""
    return SEARCH.rows(queryset)


def _answers(questions: list[Row]) -> None:
    by_question: dict[str, list[Row]] = {row["id"]: [] for row in questions}
    for answer in ANSWER.rows(of_parents(Answer, "question", questions).order_by("id")):
        by_question[answer.pop("question")].append(answer)
    for row in questions:
        row["answers"] = by_question[row["id"]]


# -- on pages ---------------------------------------------------------------------------------------------------------


def questions_of(claim: Claim, person: Person) -> list[Question]:
    """The questions on a claim with their answers, in the order in which they were asked. At most two queries."""
    rows = Question.objects.visible_to(person).active().filter(claim=claim).select_related("author")
    return list(rows.prefetch_related("answers__evidence__source").order_by("id"))


def searches_of(claim: Claim, person: Person, *, taken_away: bool = False) -> list[Search]:
    """The searches that were logged for a claim, or those that were taken out of the log, the oldest first. One
    query."""
    rows = Search.objects.visible_to(person).filter(claim=claim, trashed=taken_away).select_related("author")
    return list(rows.order_by("searched_on", "id"))
