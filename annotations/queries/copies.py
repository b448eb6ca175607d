"""Saved copies as rows; what changed between two of them; sources that have none; pages that changed unseen."""

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from annotations.core.errors import NotFound
from annotations.core.media import ENDINGS
from annotations.models import Evidence, Person, Project, SavedCopy, Source
from annotations.queries.rows import Row, Shape

SHOWN = 20
SAVED_COPY = Shape(
    ids=("id", "project", "source", "author", "acknowledged_by"),
    plain=(
        "way", "sha256", "media_type", "size", "file_name", "url", "title", "published_on", "publisher_name", "text",
        "differs", "trashed", "version",
    ),
    times=("retrieved_at", "acknowledged_at", "created_at"),
)  # fmt: skip


def saved_copy_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Saved copies: `{id, project, source, way, sha256, media_type, size, file_name, url, retrieved_at, title,
    published_on, publisher_name, text, differs, acknowledged_at, acknowledged_by, author, trashed, version,
    created_at}`."""
    return SAVED_COPY.rows(queryset)


def copies_of(source: Source, person: Person) -> list[SavedCopy]:
    """The copies of a source without their texts, the newest first."""
    rows = SavedCopy.objects.visible_to(person).active().filter(source=source)
    return list(rows.select_related("author", "acknowledged_by").defer("text").newest_first()[:SHOWN])


def copy_before(copy: SavedCopy, person: Person) -> SavedCopy | None:
    """The copy of the same source before this one."""
    rows = SavedCopy.objects.visible_to(person).active().filter(source_id=copy.source_id, pk__lt=copy.pk)
    before: SavedCopy | None = rows.newest_first().first()
    return before


def with_debts(sources: Any) -> Any:
    """Sources with `is_saved`, whether there is a copy, and `is_changed`, whether a change of it waits to be seen."""
    copies = SavedCopy.objects.active().filter(source=OuterRef("pk"))
    return sources.annotate(is_saved=Exists(copies), is_changed=Exists(copies.unseen_changes()))


def changed_pages(person: Person, project: Project | None = None) -> list[Source]:
    """The sources, of a project or of all of one's own, whose page changed and nobody looked; `is_cited` where evidence
    rests on one. The cited ones first."""
    copies = SavedCopy.objects.visible_to(person).unseen_changes()
    copies = copies.filter(project=project) if project else copies
    cited = Evidence.objects.visible_to(person).active().filter(source=OuterRef("pk"))
    rows = Source.objects.visible_to(person).active().filter(pk__in=copies.values("source_id"))
    rows = rows.annotate(is_cited=Exists(cited)).select_related("project")
    return list(rows.order_by("-is_cited", "-pk")[:SHOWN])


# -- the bytes --------------------------------------------------------------------------------------------------------

# What a browser would run as a page it gets as bytes of no kind; nothing is shown in place, whatever it is.
OPENED_AS_PAGES = frozenset({"text/html", "application/xhtml+xml", "application/xml"})
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Download(NamedTuple):
    """A copy's bytes as they are handed out: always an attachment, with these headers."""

    file: BinaryIO
    file_name: str
    content_type: str
    headers: dict[str, str]


def download_of(copy: SavedCopy) -> Download:
    """The stored bytes. Raises NotFound where the file is gone."""
    try:
        file = copy.path.open("rb")
    except OSError:
        raise NotFound(
            "The bytes of this copy are not where they were stored. Ask the operator for a backup."
        ) from None
    name = f"copy-{copy.retrieved_at:%Y%m%d-%H%M}-{copy.sha256[:8]}.{ENDINGS.get(copy.media_type, 'bin')}"
    kind = "application/octet-stream" if copy.media_type in OPENED_AS_PAGES else copy.media_type
    return Download(file, name, kind, {**SAFE_HEADERS, "Content-Length": str(copy.size)})
