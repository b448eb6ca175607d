"""Anchors as rows, revisions with what came along, and the disputes whose quotes changed under them.

A flag is computed from anchors and never stored: a party's quote that waits for a decision in the newest revision.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, QuerySet

from annotations.core.differences import shared_by
from annotations.core.reanchoring import STATES, carry
from annotations.models import Anchor, Annotation, Article, Person, Revision, StanceCitation
from annotations.queries.articles import REVISION, texts_of
from annotations.queries.disputes import dispute_rows
from annotations.queries.rows import IdText, Row, Shape, ids_in

ANCHOR = Shape(
    ids=("id", "project", "annotation", "revision", "from_revision", "decided_by"),
    plain=("state", "quote", "was_quote", "score", "decision", "version"),
    json=("segments", "was_segments"),
    times=("created_at", "decided_at"),
)


def anchor_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Anchors: `{id, project, annotation, revision, from_revision, state, segments, quote, was_segments, was_quote,
    score, decision, decided_by, decided_at, version, created_at}`."""
    return ANCHOR.rows(queryset)


def anchors_in(article: Article, person: Person) -> Any:
    """The anchors of an article's annotations that a person may see."""
    return Anchor.objects.visible_to(person).filter(annotation__article=article)


def to_review(article: Article, person: Person) -> "QuerySet[Any]":
    """Those that wait for a decision in the newest revision, in the order of the old text."""
    rows = anchors_in(article, person).undecided()
    joined: QuerySet[Any] = rows.select_related("annotation__label", "annotation__author", "revision", "from_revision")
    return joined.defer("revision__text", "from_revision__text").order_by("annotation__start", "pk")


def waiting_in(articles: Iterable[UUID], person: Person) -> dict[UUID, int]:
    """How many annotations wait for a decision, by article; articles without any are left out. One query."""
    rows = Anchor.objects.visible_to(person).undecided().filter(annotation__article__in=list(articles))
    return dict(rows.order_by().values_list("annotation__article").annotate(Count("pk")))


# -- revisions --------------------------------------------------------------------------------------------------------


def revision_rows_with_anchors(queryset: "QuerySet[Any]", person: Person) -> Iterator[Row]:
    """Revisions without text, each with `anchors: {exact, moved, fuzzy, orphaned}`: what came along from earlier ones,
    as far as `person` may see it."""

    def counted(rows: list[Row]) -> None:
        counts = anchor_counts(ids_in(rows), person)
        for row in rows:
            row["anchors"] = counts[row["id"]]

    return REVISION.rows(queryset, finish=counted)


def stored_revision_row(revision: Revision) -> Row:
    """The row of a revision that was just stored, with all that came along: `anchors`, and `attributions` by
    {carried, kept}."""
    return next(REVISION.rows(Revision.objects.filter(pk=revision.pk))) | revision.carried


def revision_row_with_text(queryset: "QuerySet[Any]", person: Person) -> Iterator[Row]:
    """The same, and `text`."""
    for row in revision_rows_with_anchors(queryset, person):
        yield row | {"text": texts_of([row])[row["id"]]}


def anchor_counts(revisions: Iterable[Any], person: Person) -> dict[str, dict[str, int]]:
    """How many anchors of each state these revisions have, by id as text. One query."""
    counts = {str(pk): dict.fromkeys(STATES, 0) for pk in revisions}
    rows = Anchor.objects.visible_to(person).filter(revision__in=list(counts)).order_by()
    for pk, state, number in rows.values_list(IdText("revision"), "state").annotate(Count("pk")):
        counts[pk][state] = number
    return counts


class Preview(NamedTuple):
    """What a corrected text would do, before it is stored."""

    anchors: dict[str, int]
    changed: int  # code points of the old text that are not in the new one
    doubtful: list[tuple[Annotation, str, str]]  # with its state and the quote found


DOUBTFUL_SHOWN = 50


def preview_of(article: Article, text: str, person: Person) -> Preview:
    """Carry the annotations that a person may see to a text that is not stored. A query for each revision in use."""
    newest = article.revisions.newest()[:1].get()
    rows = Annotation.objects.visible_to(person).active().filter(article=article).select_related("label", "author")
    counts = dict.fromkeys(STATES, 0)
    doubtful = []
    for pk in dict.fromkeys(rows.order_by("revision_id").values_list("revision_id", flat=True)):
        old = newest.text if pk == newest.pk else Revision.objects.values_list("text", flat=True).get(pk=pk)
        annotations = list(rows.filter(revision_id=pk).order_by("start", "pk"))
        for row, placement in zip(annotations, carry(old, text, [row.segments for row in annotations]), strict=True):
            counts[placement.state] += 1
            if placement.state in ("fuzzy", "orphaned"):
                doubtful.append((row, placement.state, placement.quote))
    same = sum(stretch.length for stretch in shared_by(newest.text, text).stretches)
    return Preview(counts, newest.code_points - same, doubtful[:DOUBTFUL_SHOWN])


# -- as it stood ------------------------------------------------------------------------------------------------------


class Stood(NamedTuple):
    """Where one annotation stood in a revision."""

    annotation: UUID
    segments: list[list[int]]
    quote: str


def places_in(revision: Revision, person: Person) -> list[Stood]:
    """Every annotation that stands or stood in this revision and is not in the trash, with its place there."""
    rows = Annotation.objects.visible_to(person).active().filter(article_id=revision.article_id)
    stands = [Stood(*row) for row in rows.filter(revision=revision).values_list("pk", "segments", "quote")]
    left = (
        Anchor.objects.visible_to(person)
        .filter(from_revision=revision, annotation__trashed=False)
        .exclude(annotation__revision=revision)
        .order_by("pk")
    )
    gone = {row[0]: Stood(*row) for row in left.values_list("annotation", "was_segments", "was_quote")}
    return [*stands, *gone.values()]


# -- disputes ---------------------------------------------------------------------------------------------------------


def flags_of(disputes: Iterable[Any], person: Person) -> dict[str, list[Row]]:
    """By dispute, as text: the quotes of its positions that are other words in the newest revision, or gone from it.

    `{anchor, annotation, article, revision, number, from_revision, from_number, state, was_quote, quote}`. Two queries.
    """
    cited = StanceCitation.objects.filter(
        stance__position__dispute__in=list(disputes), stance__position__trashed=False, annotation__isnull=False
    )
    pairs = set(cited.values_list(IdText("stance__position__dispute"), IdText("annotation")))
    waiting = Anchor.objects.visible_to(person).undecided().filter(annotation__in={pk for _, pk in pairs})
    waiting = waiting.exclude(quote=F("was_quote")).order_by("annotation__start", "pk")
    flags: dict[str, list[Row]] = {}
    for row in FLAG.rows(waiting) if pairs else ():
        for dispute in sorted(dispute for dispute, pk in pairs if pk == row["annotation"]):
            flags.setdefault(dispute, []).append(row)
    return flags


FLAG = Shape(
    ids=("annotation", "revision", "from_revision"),
    plain=("state", "was_quote", "quote"),
    also={
        "anchor": IdText("pk"),
        "article": IdText("annotation__article"),
        "number": F("revision__number"),
        "from_number": F("from_revision__number"),
    },
)


def flagged_dispute_rows(queryset: "QuerySet[Any]", person: Person) -> Iterator[Row]:
    """Disputes as everywhere, and `flags`: see `flags_of`."""
    rows = list(dispute_rows(queryset, person))
    flags = flags_of(ids_in(rows), person)
    for row in rows:
        yield row | {"flags": flags.get(row["id"], [])}
