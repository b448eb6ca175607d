"""Annotations as lines of a concordance: the keyword in its context, filtered, sorted, a page at a time by key.

What a person may not see is in no line. A page goes on behind an annotation, so that nothing is shown twice or passed
over while others work. Lines of plain text come from `occurrences`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Left, Lower

from annotations.core.occurrences import Context, direction_of, in_context, one_line, sort_key
from annotations.models import Annotation, BulkChange, Person, Project, Revision
from annotations.queries.occurrences import TEXTS_AT_ONCE, Cursor, Found, Hit

LINES_A_PAGE = 50
SORTED_AT_MOST = 5_000  # by context: each line has to be seen before the first can be shown
KEY_LENGTH = 80
SORTS = ("newest", "text", "article", "left", "right")


class Filters(NamedTuple):
    """Which annotations; what is empty narrows nothing. `value` is that of the attribute `attribute`."""

    label: UUID | None = None
    author: UUID | None = None
    article: UUID | None = None
    words: str = ""
    note: str = ""
    attribute: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    annotation: Any  # with label, author and article joined
    context: Context


class Lines(NamedTuple):
    """One page. `next` is the annotation behind which the next one goes on; `is_cut`: only the newest were sorted."""

    lines: list[Line]
    next: UUID | None
    is_cut: bool = False


def matching(project: Project, person: Person, filters: Filters) -> "QuerySet[Any]":
    """The annotations with a span that `person` may see and that are as the filters say."""
    rows = Annotation.objects.visible_to(person).active().filter(project=project, start__isnull=False)
    exactly = {name: getattr(filters, name) for name in ("label", "author", "article") if getattr(filters, name)}
    rows = rows.filter(article__trashed=False, **{f"{name}_id": pk for name, pk in exactly.items()})
    if filters.words:
        rows = rows.filter(quote__icontains=filters.words)
    if filters.note:
        rows = rows.filter(note__icontains=filters.note)
    if filters.attribute:
        rows = rows.annotate(value=KeyTextTransform(filters.attribute, "attributes"))
        rows = rows.filter(value__icontains=filters.value) if filters.value else rows.filter(value__isnull=False)
    found: QuerySet[Any] = rows
    return found


def lines(
    project: Project,
    person: Person,
    filters: Filters,
    *,
    sort: str = "newest",
    after: UUID | None = None,
    size: int = LINES_A_PAGE,
) -> Lines:
    """One page of lines. Three queries; sorted by context also one for each million code points of their texts."""
    rows = matching(project, person, filters)
    if sort in ("left", "right"):
        return by_context(rows, sort, after, size)
    seen = Annotation.objects.visible_to(person).filter(project=project)
    last = ordered(seen.filter(pk=after), sort).first() if after else None
    found = list(behind(ordered(rows, sort), sort, last).select_related("label", "author", "article")[: size + 1])
    shown = found[:size]
    contexts = contexts_of([(row.revision_id, row.start, row.end) for row in shown])
    return Lines(
        [line_of(row, context) for row, context in zip(shown, contexts, strict=True)],
        shown[-1].pk if len(found) > size else None,
    )


def ordered(rows: "QuerySet[Any]", sort: str) -> "QuerySet[Any]":
    match sort:
        case "text":
            by_words: QuerySet[Any] = rows.annotate(key=Lower(Left("quote", KEY_LENGTH)))
            return by_words.order_by("key", "pk")
        case "article":
            return rows.order_by("-article_id", "start", "pk")
        case _:
            return rows.order_by("-pk")


def behind(rows: "QuerySet[Any]", sort: str, last: Any) -> "QuerySet[Any]":
    """The rows that come after an annotation, whether or not it still matches; all where there is none such. One that
    the reader may not see is none: where the page begins would tell what it says."""
    if last is None:
        return rows
    match sort:
        case "text":
            return rows.filter(Q(key__gt=last.key) | Q(key=last.key, pk__gt=last.pk))
        case "article":
            here = Q(start__gt=last.start) | Q(start=last.start, pk__gt=last.pk)
            return rows.filter(Q(article_id__lt=last.article_id) | Q(article_id=last.article_id) & here)
        case _:
            return rows.filter(pk__lt=last.pk)


def by_context(rows: "QuerySet[Any]", sort: str, after: UUID | None, size: int) -> Lines:
    """Sorted by what stands beside the keyword: that of the newest SORTED_AT_MOST is read, of them a page is shown."""
    places = list(rows.order_by("-pk").values_list("pk", "revision_id", "start", "end")[: SORTED_AT_MOST + 1])
    is_cut = len(places) > SORTED_AT_MOST
    places = places[:SORTED_AT_MOST]
    contexts = contexts_of([(revision, start, end) for _, revision, start, end in places])
    keyed = sorted((sort_key(context, sort), place[0]) for place, context in zip(places, contexts, strict=True))
    ids = [pk for _, pk in keyed]
    begin = ids.index(after) + 1 if after in ids else 0
    wanted = ids[begin : begin + size]
    found = Annotation.objects.select_related("label", "author", "article").in_bulk(wanted)
    known = {place[0]: context for place, context in zip(places, contexts, strict=True)}
    shown = [line_of(found[pk], known[pk]) for pk in wanted]
    return Lines(shown, wanted[-1] if begin + size < len(ids) else None, is_cut)


def line_of(row: Any, context: Context) -> Line:
    """Of several segments the quote is shown, and not what lies between them."""
    quote = one_line(row.quote)
    return Line(row, context._replace(words=quote, direction=direction_of(quote + context.before)))


def contexts_of(places: Sequence[tuple[UUID, int, int]]) -> list[Context]:
    """Each place (revision, start, end) in its context, in their order; a few texts at a time."""
    by_revision: dict[UUID, list[int]] = {}
    for number, (revision, _, _) in enumerate(places):
        by_revision.setdefault(revision, []).append(number)
    found: dict[int, Context] = {}
    weights = Revision.objects.filter(pk__in=list(by_revision)).values_list("pk", "code_points")
    for few in few_at_once(weights):
        for pk, text in Revision.objects.filter(pk__in=few).values_list("pk", "text"):
            found |= {number: in_context(text, *places[number][1:]) for number in by_revision[pk]}
    return [found[number] for number in range(len(places))]


def few_at_once(weights: Iterable[tuple[UUID, int]]) -> Iterable[list[UUID]]:
    few: list[UUID] = []
    total = 0
    for pk, weight in weights:
        if few and total + weight > TEXTS_AT_ONCE:
            yield few
            few, total = [], 0
        few.append(pk)
        total += weight
    if few:
        yield few


# -- lines of plain text ----------------------------------------------------------------------------------------------


def sorted_hits(found: Found, sort: str, after: Cursor | None, size: int) -> Found:
    """A page of hits in another order than that of the articles, of those that were found."""
    hits = sorted(found.hits, key=lambda hit: (*key_of(hit, sort), hit.article, hit.start))
    cursors = [Cursor(hit.article, hit.start) for hit in hits]
    begin = cursors.index(after) + 1 if after in cursors else 0
    shown: list[Hit] = hits[begin : begin + size]
    return Found(shown, cursors[begin + size - 1] if begin + size < len(hits) else None, found.looked)


def key_of(hit: Hit, sort: str) -> tuple[str, str]:
    """By the words as they stand, those that are alike by what follows; or by one side."""
    if sort == "text":
        return hit.context.words.casefold(), sort_key(hit.context, "right")
    return sort_key(hit.context, sort), ""


# -- bulk changes -----------------------------------------------------------------------------------------------------


class BulkShown(NamedTuple):
    """A bulk change with its first rows, how many there are, and what took it back."""

    bulk_change: BulkChange
    rows: list[Any]
    total: int
    undone_by: BulkChange | None


ROWS_SHOWN = 50


def bulk_shown(bulk_change: BulkChange, person: Person) -> BulkShown:
    """Three queries."""
    seen = Annotation.objects.visible_to(person)
    rows = bulk_change.rows.filter(annotation__in=seen).select_related("annotation__label", "annotation__article")
    undone_by = BulkChange.objects.filter(undoes=bulk_change).select_related("author").first()
    return BulkShown(bulk_change, list(rows.order_by("id")[:ROWS_SHOWN]), rows.count(), undone_by)


def bulk_change_rows(queryset: "QuerySet[Any]") -> Iterable[dict[str, Any]]:
    """Bulk changes: `{id, project, verb, label (its key), words, article, undoes, annotations: [{id, version}, ...],
    author, created_at}`, each with at most a thousand annotations."""
    for bulk in queryset.select_related("label"):
        rows = bulk.rows.order_by("id").values_list("annotation_id", "version")
        yield {
            "id": str(bulk.pk),
            "project": str(bulk.project_id),
            "verb": bulk.verb,
            "label": bulk.label.key,
            "words": bulk.words,
            "article": bulk.article_id and str(bulk.article_id),
            "undoes": bulk.undoes_id and str(bulk.undoes_id),
            "annotations": [{"id": str(pk), "version": version} for pk, version in rows],
            "author": str(bulk.author_id),
            "created_at": bulk.created_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }
