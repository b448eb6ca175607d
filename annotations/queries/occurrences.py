"""Where words stand in the newest texts of a project, a page at a time, each hit in context and with who labelled it.

Articles come newest first, their texts a few at a time: the memory is that of one page, however large the project is.
What counts as the same words is said in `core.occurrences`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery

from annotations.core.occurrences import Context, Finder, in_context
from annotations.models import Annotation, Article, Label, Person, Project, Revision

HITS_A_PAGE = 200
ARTICLES_AT_ONCE = 200
TEXTS_AT_ONCE = 1_000_000  # code points in memory together, or one text where it is longer
LOOKED_THROUGH_AT_MOST = 60_000_000  # code points a page: then the next page goes on from there


class Cursor(NamedTuple):
    """Behind which place the next page goes on: `start` is the first place in the article that was not shown."""

    article: UUID
    start: int

    @classmethod
    def read(cls, said: str) -> "Cursor | None":
        """What an address says; None where it says nothing that was made here."""
        pk, _, start = said.partition("_")
        if not (start.isascii() and start.isdigit() and len(start) < 12):
            return None
        try:
            return cls(UUID(pk), int(start))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.article}_{self.start}"


@dataclass(slots=True)
class Hit:
    """One place. `labelled_by` names who put the label there that is asked about; `is_mine`: the reader did."""

    article: UUID
    title: str
    revision: UUID
    start: int
    end: int
    quote: str
    context: Context
    labelled_by: list[str] = field(default_factory=list)
    is_mine: bool = False

    @property
    def segments(self) -> list[list[int]]:
        return [[self.start, self.end]]


@dataclass(slots=True)
class Found:
    """One page of hits, and where the next one goes on; `looked` counts the articles that were read for it."""

    hits: list[Hit]
    next: Cursor | None
    looked: int


def occurrences(
    project: Project,
    person: Person,
    finder: Finder,
    *,
    label: Label | None = None,
    article: Article | None = None,
    after: Cursor | None = None,
    size: int = HITS_A_PAGE,
) -> Found:
    """One page of the places where the words stand in newest revisions, in one article or in all that are not trashed.

    At most four queries for two hundred articles.
    """
    page = _Page(size)
    for row, text in texts_of(newest(project, article, after), finder):
        page.looked += 1
        begin = after.start if after and row["article"] == after.article else 0
        if not page.take(row, text, finder, begin):
            break
    else:
        page.next = None
    mark_labelled(page.hits, label, person)
    return Found(page.hits, page.next, page.looked)


class _Page:
    """A page as it fills."""

    def __init__(self, size: int) -> None:
        self.size, self.weight, self.looked = size, 0, 0
        self.hits: list[Hit] = []
        self.next: Cursor | None = None

    def take(self, row: dict[str, Any], text: str, finder: Finder, begin: int) -> bool:
        """Take the hits of one text; whether there is room for those of another."""
        if self.weight > LOOKED_THROUGH_AT_MOST:
            self.next = Cursor(row["article"], begin)
            return False
        self.weight += len(text)
        for start, end in finder.spans(text, begin):
            if len(self.hits) == self.size:
                self.next = Cursor(row["article"], start)
                return False
            self.hits.append(
                Hit(
                    row["article"], row["title"], row["revision"], start, end, text[start:end],
                    in_context(text, start, end),
                )
            )  # fmt: skip
        return True


# -- texts ------------------------------------------------------------------------------------------------------------


def newest(project: Project, article: Article | None, after: Cursor | None) -> Iterator[dict[str, Any]]:
    """The newest revision of each article, without its text, the newest articles first, by key."""
    revisions = Revision.objects.filter(article=OuterRef("pk")).newest()
    articles = Article.objects.active().filter(project=project)
    if article is not None:
        articles = articles.filter(pk=article.pk)
    if after is not None:
        articles = articles.filter(pk__lte=after.article)
    rows = articles.order_by("-pk").values(
        "pk", "title", newest=Subquery(revisions.values("pk")[:1]), weight=Subquery(revisions.values("code_points")[:1])
    )
    behind: UUID | None = None
    while few := list((rows.filter(pk__lt=behind) if behind else rows)[:ARTICLES_AT_ONCE]):
        for row in few:
            yield {"article": row["pk"], "title": row["title"], "revision": row["newest"], "weight": row["weight"]}
        behind = few[-1]["pk"]


def texts_of(rows: Iterable[dict[str, Any]], finder: Finder) -> Iterator[tuple[dict[str, Any], str]]:
    """Each revision with its text, a few texts at a time. Those that the database can rule out are not read."""
    for few in few_at_once(rows):
        wanted = Revision.objects.filter(pk__in=[row["revision"] for row in few])
        if finder.must_hold:
            wanted = wanted.filter(text__contains=finder.must_hold)
        texts = dict(wanted.values_list("pk", "text"))
        for row in few:
            yield row, texts.pop(row["revision"], "")


def few_at_once(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    few: list[dict[str, Any]] = []
    weight = 0
    for row in rows:
        if few and (weight + row["weight"] > TEXTS_AT_ONCE or len(few) == ARTICLES_AT_ONCE):
            yield few
            few, weight = [], 0
        few.append(row)
        weight += row["weight"]
    if few:
        yield few


# -- labels -----------------------------------------------------------------------------------------------------------


def mark_labelled(hits: Sequence[Hit], label: Label | None, person: Person) -> None:
    """Say of each hit whose annotation with the label covers it, as far as `person` may see. One query."""
    if label is None or not hits:
        return
    rows = (
        Annotation.objects.visible_to(person)
        .active()
        .filter(label=label, revision__in={hit.revision for hit in hits})
        .filter(start__lte=max(hit.start for hit in hits), end__gte=min(hit.end for hit in hits))
        .select_related("author")
        .only("revision_id", "segments", "author__username", "author__display_name")
        .order_by("revision_id", "start")
    )
    by_revision: dict[UUID, list[Annotation]] = {}
    for row in rows.iterator(chunk_size=1_000):
        by_revision.setdefault(row.revision_id, []).append(row)
    for hit in hits:
        over = [row for row in by_revision.get(hit.revision, ()) if covers(row, hit)]
        hit.labelled_by = sorted({str(row.author) for row in over})
        hit.is_mine = any(row.author_id == person.pk and row.segments == hit.segments for row in over)


def covers(row: Annotation, hit: Hit) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in row.segments)
