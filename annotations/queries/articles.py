"""Articles and revisions as rows. Texts are read a few at a time: one alone may have millions of characters."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from annotations.models import Revision
from annotations.queries.rows import IdText, Row, Shape, ids_in

TEXTS_AT_ONCE = 1_000_000  # code points in memory at once, or one text where it is longer

ARTICLE = Shape(
    ids=("id", "project", "author"),
    plain=(
        "title", "outlet", "url", "byline", "published_on", "published_basis", "language", "note", "external_id",
        "trashed", "version",
    ),
    times=("created_at",),
    also={
        "revision": IdText(Subquery(Revision.objects.filter(article=OuterRef("pk")).newest().values("pk")[:1])),
    },
)  # fmt: skip
REVISION = Shape(
    ids=("id", "project", "article", "author"),
    plain=("number", "sha256", "code_points", "note"),
    times=("retrieved_at", "created_at"),
)
IN_ARTICLE = Shape(ids=("id",), plain=("number", "sha256", "code_points"))


def article_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Articles without their text: `{id, project, title, outlet, url, byline, published_on, published_basis, language,
    note, external_id, author, trashed, version, created_at, revision: {id, number, sha256, code_points}}`.

    `revision` is the newest one.
    """
    return ARTICLE.rows(queryset, finish=_newest_revisions)


def article_rows_with_text(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """The same, and `text` within `revision`."""
    for row in article_rows(queryset):
        row["revision"]["text"] = texts_of([row["revision"]])[row["revision"]["id"]]
        yield row


def revision_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Revisions: `{id, project, article, number, text, sha256, code_points, note, retrieved_at, author,
    created_at}`."""
    for rows in REVISION.chunks(queryset):
        for few in few_at_once(rows):
            texts = texts_of(few)
            for row in few:
                yield row | {"text": texts[row["id"]]}


def revision_rows_without_text(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Revisions for a list: the same, without `text`."""
    return REVISION.rows(queryset)


def texts_of(revisions: Iterable[Row]) -> dict[str, str]:
    """The texts of these revisions by id, in one query."""
    texts = Revision.objects.filter(pk__in=ids_in(revisions))
    return dict(texts.values_list(IdText("pk"), "text"))


def few_at_once(revisions: Iterable[Row]) -> Iterator[list[Row]]:
    """Revision rows in lists whose texts may be in memory together."""
    few: list[Row] = []
    weight = 0
    for row in revisions:
        if few and weight + row["code_points"] > TEXTS_AT_ONCE:
            yield few
            few, weight = [], 0
        few.append(row)
        weight += row["code_points"]
    if few:
        yield few


def _newest_revisions(articles: list[Row]) -> None:
    wanted = Revision.objects.filter(pk__in=ids_in(articles, "revision"))
    revisions = {row["id"]: row for row in IN_ARTICLE.rows(wanted)}
    for article in articles:
        article["revision"] = revisions.get(article["revision"])
