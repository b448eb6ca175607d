"""The article as one works on it: blocks with their chips, spans to paint, labels; and the queue beside it.

What a person may not see is in none of them. Numbers of annotations follow the order of making and never change, so
that one can speak of "number 14" and a new mark renumbers nobody else's. The inspector is the business of `inspector`.
"""

from collections.abc import Iterable
from typing import Any, TypedDict
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from annotations.core.sentences import say
from annotations.models import Article, Label, Person, Revision
from annotations.policies.annotations import may_add_annotation
from annotations.policies.articles import may_edit_article
from annotations.policies.roles import RANKS, no, rank_in
from annotations.queries.presence import newest_number
from annotations.queries.revisions import waiting_in
from annotations.web import acts
from annotations.web.arcs import arcs_in
from annotations.web.marks import (
    Mark,
    blocks_with_chips,
    gutters_at,
    marks_around,
    marks_on,
    span_of,
    visible_on,
)
from annotations.web.queue import queue_rows
from annotations.web.suggesting import suggestions_context

QUEUE_SHOWN = 40


def newest_revision(article: Article) -> Revision:
    """The text that is worked on. Every article has one: they are stored together."""
    return article.revisions.newest()[:1].get()


def desk_context(person: Person, article: Article, revision: Revision, focus: UUID | None = None) -> dict[str, Any]:
    """What the annotate screen shows, but for the inspector. Eight queries."""
    number = newest_number(article.pk, person)  # before anything else is read, so that nothing falls in between
    marks = marks_on(article, revision, person)
    return {
        "section": "queue",
        "project": article.project,
        "article": article,
        "revision": revision,
        **labels_of(article),
        "blocks": blocks_with_chips(revision.text, marks, focus),
        "document_marks": [mark for mark in marks if not mark["segments"]],
        "spans": [span_of(mark) for mark in marks if mark["segments"]],
        "marks": marks,
        "arcs": arcs_in(article, person),
        "queue": queue_rows(person, article.project, current=article.pk)[:QUEUE_SHOWN],
        **revisions_of(article, revision, person),
        "is_blind": article.project.blind and rank_in(person, article.project_id) == RANKS["annotator"],
        "decision_may_edit": may_edit_article(person, article),
        "mark_url": reverse("web:add_annotation", args=[article.pk]),
        **acts.bar_context(person, article),
        **pulse_context(article, number, revision.number),
        **suggestions_context(person, article),
    }


def revisions_of(article: Article, revision: Revision, person: Person) -> dict[str, Any]:
    """The revisions to choose from, how many annotations wait in the newest, and whether one may mark in this one."""
    revisions = list(article.revisions.newest().defer("text"))
    decision = may_add_annotation(person, article.project_id)
    if decision and revisions[0].pk != revision.pk:
        words = "This is revision {number}, an earlier text. New marks are made on revision {newest}."
        decision = no(say(words, number=revision.number, newest=revisions[0].number))
    waiting = waiting_in([article.pk], person).get(article.pk, 0) if len(revisions) > 1 else 0
    return {"revisions": revisions, "waiting": waiting, "decision_may_annotate": decision}


# -- after a write ----------------------------------------------------------------------------------------------------


class Touched(TypedDict):
    """What a write that touched several annotations tells the page: see `touched`."""

    gutters: list[dict[str, Any]]
    triggers: dict[str, Any]
    marks: list[Mark]


def touched(
    article: Article, revision: Revision, person: Person, pks: Iterable[UUID], focus: UUID | None = None
) -> Touched:
    """After a write that made, changed or took away several annotations: the `gutters` for the region's context, and
    the `triggers` with the event "spans-changed" {changed: spans, removed: ids} for the page. Five queries.

    A chip that its annotation left behind in another paragraph is taken away by the page itself.
    """
    wanted = {str(pk) for pk in pks}
    places = visible_on(article, person).filter(pk__in=list(wanted), revision=revision, start__isnull=False)
    marks = marks_around(article, revision, person, places.values_list("start", flat=True))
    changed = [mark for mark in marks if mark["id"] in wanted]
    starts = [mark["segments"][0][0] for mark in changed if mark["segments"]]
    removed = sorted(wanted - {mark["id"] for mark in changed})
    return Touched(
        gutters=gutters_at(revision.text, marks, starts, focus),
        triggers={"spans-changed": {"changed": [span_of(m) for m in changed if m["segments"]], "removed": removed}},
        marks=marks,
    )


def pulse_context(article: Article, number: int, revision: int) -> dict[str, Any]:
    """What presence/_pulse.html needs to ask what happened behind `number`."""
    return {
        "article": article,
        "pulse_number": number,
        "pulse_revision": revision,
        "stream_url": reverse("web:stream", args=[article.pk]) if settings.LIVE_STREAM else "",
    }


def document_context(article: Article, marks: list[Mark], person: Person) -> dict[str, Any]:
    """The labels of the article as a whole, and what may be done with them."""
    return {
        "has_document_marks": True,
        "document_labels": labels_of(article)["document_labels"],
        "document_marks": [mark for mark in marks if not mark["segments"]],
        "decision_may_annotate": may_add_annotation(person, article.project_id),
        "mark_url": reverse("web:add_annotation", args=[article.pk]),
    }


# -- labels -----------------------------------------------------------------------------------------------------------


def labels_of(article: Article) -> dict[str, list[dict[str, Any]]]:
    """The labels in use as swatches: `labels` for spans, `document_labels` for the article as a whole,
    `relation_labels` for arrows between annotations. One query."""
    rows = list(Label.objects.filter(project_id=article.project_id, retired=False))
    return {
        "labels": swatches(row for row in rows if row.kind == "span"),
        "document_labels": swatches(row for row in rows if row.kind == "document"),
        "relation_labels": swatches(row for row in rows if row.kind == "relation"),
    }


def swatches(labels: Iterable[Label]) -> list[dict[str, Any]]:
    """Labels with the two letters by which those of one colour are told apart."""
    taken: set[str] = set()
    shown = []
    for label in labels:
        code = next((pair for pair in pairs_of(label.name) if pair not in taken), label.name[:2].upper())
        taken.add(code)
        shown.append(
            {
                "id": str(label.pk),
                "key": label.key,
                "name": label.name,
                "slot": label.colour,
                "shortcut": label.shortcut,
                "code": code,
                "description": label.description,
            }
        )
    return shown


def pairs_of(name: str) -> Iterable[str]:
    """`CL`, then `CA`, `CI` ... for "Claim": the first letter with each of those behind it."""
    letters = [letter for letter in name.upper() if letter.isalnum()]
    return (letters[0] + letter for letter in letters[1:]) if letters else ()
