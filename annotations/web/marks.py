"""Annotations as chips and spans show them. What a person may not see is not among them.

Numbers follow the order of making and never change, so that one can speak of "number 14" and a new mark renumbers
nobody else's. A whole page asks `marks_on`; the answer to a write, and the inspector, ask `marks_around`, whose cost
does not grow with the page.
"""

from bisect import bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Left, RowNumber

from annotations.core.text import Block, blocks
from annotations.models import Annotation, Article, ClaimMention, Dispute, Person, Revision
from annotations.policies.roles import NOBODY, rank_in, works_blind

QUOTE_SHOWN = 160  # code points of a quote in a chip's name: a page with 10,000 long spans has to stay a page
NEAREST = 40  # annotations before and after a place that are offered as speakers, as ends of relations, for merging
COLUMNS = ("segments", "label__colour", "label__name", Left("quote", QUOTE_SHOWN), "label__key", "author_id")


class Mark(TypedDict):
    """One annotation as chips and spans show it. `by` tells two authors apart, and no more."""

    id: str
    number: int
    segments: list[list[int]]
    slot: int
    label_name: str
    quote: str
    is_disputed: bool
    label: str
    by: str


def marks_on(article: Article, revision: Revision, person: Person) -> list[Mark]:
    """All annotations of a revision that `person` may see, in the order of the text. Two queries.

    Those in the trash are counted, so that a number is never given twice.
    """
    rows = visible_on(article, person).order_by("id").values_list("trashed", "revision_id", "pk", *COLUMNS)
    here = [
        (number, *columns)
        for number, (trashed, revision_id, *columns) in enumerate(rows, 1)
        if not trashed and revision_id == revision.pk
    ]
    return in_order(here, disputed_on(article, person))


def marks_around(
    article: Article,
    revision: Revision,
    person: Person,
    starts: Iterable[int],
    also: Iterable[UUID] = (),
    *,
    is_near: bool = True,
) -> list[Mark]:
    """Those of the paragraphs in which these places stand, the nearest around the first of them, the labels of the
    article as a whole, and those named in `also`: as `marks_on` has them. Four queries; two without the nearest."""
    places = sorted(starts)
    wanted = Q(start__isnull=True) | Q(pk__in=list(also))
    for _, block in blocks_at(revision.text, places):
        wanted |= Q(start__gte=block.start, start__lt=block.end)
    if places and is_near:
        wanted |= near(visible_on(article, person).filter(trashed=False, revision=revision), places[0])
    numbered = visible_on(article, person).annotate(number=Window(RowNumber(), order_by=F("id").asc()))
    # One condition that speaks of the number too is applied after the counting; else only what is shown were counted.
    shown = numbered.filter(Q(number__lt=0) | Q(wanted, trashed=False, revision=revision))
    rows = list(shown.values_list("number", "pk", *COLUMNS))
    return in_order(rows, disputed_on(article, person, [row[1] for row in rows]))


def marks_named(article: Article, revision: Revision, person: Person, pks: Iterable[UUID]) -> list[Mark]:
    """These few, and the labels of the article as a whole, each counted by itself. Two queries."""
    seen = visible_on(article, person)
    earlier = seen.filter(id__lte=OuterRef("id")).order_by().values("article").annotate(all=Count("pk")).values("all")
    wanted = seen.filter(Q(start__isnull=True) | Q(pk__in=list(pks)), trashed=False, revision=revision)
    rows = list(wanted.annotate(number=Subquery(earlier)).values_list("number", "pk", *COLUMNS))
    return in_order(rows, disputed_on(article, person, [row[1] for row in rows]))


def mark_of(annotation: Annotation, person: Person) -> Mark:
    """One that was made this moment, of which nothing can be disputed yet. One query."""
    number = visible_on(annotation.article, person).filter(id__lte=annotation.pk).count()
    label, quote = annotation.label, annotation.quote[:QUOTE_SHOWN]
    columns = (annotation.segments, label.colour, label.name, quote, label.key, annotation.author_id)
    return in_order([(number, annotation.pk, *columns)], set())[0]


def near(rows: "QuerySet[Any]", place: int) -> Q:
    """From the NEARESTth annotation before a place to the NEARESTth behind it."""
    before = rows.filter(start__lt=place).order_by("-start").values_list("start", flat=True)[NEAREST - 1 :][:1]
    behind = rows.filter(start__gt=place).order_by("start").values_list("start", flat=True)[NEAREST - 1 :][:1]
    first, last = next(iter(before), None), next(iter(behind), None)
    return Q(start__gte=first or 0) & (Q() if last is None else Q(start__lte=last))


def visible_on(article: Article, person: Person) -> "QuerySet[Any]":
    """Whoever sees the article as a member and does not work blind sees all of it: that row for row would be asked is
    felt with thousands of them."""
    rows = Annotation.objects.filter(article=article)
    sees_all = rank_in(person, article.project_id) != NOBODY and not works_blind(person, article.project)
    return rows if sees_all else rows.visible_to(person)


def in_order(rows: Iterable[tuple[Any, ...]], disputed: set[UUID]) -> list[Mark]:
    marks = [
        Mark(
            id=str(pk), number=number, segments=segments, slot=slot, label_name=name, quote=quote,
            is_disputed=pk in disputed, label=label, by=author_id.hex[-8:],
        )
        for number, pk, segments, slot, name, quote, label, author_id in rows
    ]  # fmt: skip
    return sorted(marks, key=lambda mark: (mark["segments"], mark["number"]))


def disputed_on(article: Article, person: Person, among: list[UUID] | None = None) -> set[UUID]:
    """The annotations whose claim is a statement of a dispute that `person` may see. One query."""
    mentions = ClaimMention.objects.visible_to(person).active().filter(claim__trashed=False)
    mentions = mentions.filter(annotation__article=article)
    if among is not None:
        mentions = mentions.filter(annotation__in=among)
    disputes = Dispute.objects.visible_to(person).active().exclude(outcome="not_a_dispute")
    return set(mentions.filter(claim__statements__dispute__in=disputes).values_list("annotation_id", flat=True))


def span_of(mark: Mark) -> dict[str, Any]:
    """What js/highlights.js paints, in the page and in the events that answer a write."""
    return {
        "id": mark["id"],
        "segments": mark["segments"],
        "slot": mark["slot"],
        "number": mark["number"],
        "flag": mark["is_disputed"],
        "label": mark["label"],
        "by": mark["by"],
    }


# -- chips ------------------------------------------------------------------------------------------------------------


def blocks_with_chips(text: str, marks: Iterable[Mark], focus: UUID | None = None) -> list[dict[str, Any]]:
    """The paragraphs of a text, each with the chips of the annotations that begin in it."""
    return with_chips(text, list(enumerate(blocks(text), 1)), marks, focus)


def gutters_at(text: str, marks: list[Mark], starts: Iterable[int], focus: UUID | None = None) -> list[dict[str, Any]]:
    """The blocks in which these places stand: their gutters go out of band beside the answer to a write. `marks` holds
    at least those of these blocks."""
    return with_chips(text, blocks_at(text, starts), marks, focus)


def blocks_at(text: str, starts: Iterable[int]) -> list[tuple[int, Block]]:
    """The paragraphs that hold these places, each with its number, counted from 1."""
    tiles = blocks(text)  # they tile the text, so a place lies in the last one that begins before it
    held = {bisect_right(tiles, place, key=itemgetter(0)) for place in starts}
    return [(number, tiles[number - 1]) for number in sorted(held) if number]


def with_chips(
    text: str, numbered: list[tuple[int, Block]], marks: Iterable[Mark], focus: UUID | None
) -> list[dict[str, Any]]:
    here = str(focus)
    shown: list[dict[str, Any]] = [
        {"number": number, "start": block.start, "end": block.end, "text": text[block.start : block.end], "chips": []}
        for number, block in numbered
    ]
    at = 0
    for mark in marks:  # in the order of the text, so one walk over the blocks is enough
        while at < len(shown) and mark["segments"] and mark["segments"][0][0] >= shown[at]["end"]:
            at += 1
        if at < len(shown) and mark["segments"] and mark["segments"][0][0] >= shown[at]["start"]:
            is_current = mark["id"] == here
            shown[at]["chips"].append({**mark, "is_current": is_current})
            shown[at]["is_here"] = is_current or shown[at].get("is_here", False)
    return shown
