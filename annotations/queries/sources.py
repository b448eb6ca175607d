"""Sources and origins as rows."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.db.models import QuerySet

from annotations.core.citations import as_bibtex, as_ris, csl_of
from annotations.models import Source
from annotations.queries.rows import Row, Shape

CITATION_COLUMNS = ("kind", "title", "url", "published_on", "citation")

SOURCE = Shape(
    ids=("id", "project", "publisher", "article", "annotation", "author"),
    plain=(
        "kind", "title", "url", "published_on", "published_basis", "level", "interest", "memento_url", "archive_url",
        "watched", "note", "trashed", "version",
    ),
    json=("citation",),
    times=("created_at",),
)  # fmt: skip
ORIGIN = Shape(ids=("id", "project", "author"), plain=("label", "note", "trashed", "version"), times=("created_at",))


def source_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Sources: `{id, project, kind, title, url, publisher (an agent), published_on, published_basis, level, citation,
    interest, memento_url, archive_url, watched, article, annotation, note, author, trashed, version, created_at}`."""
    return SOURCE.rows(queryset)


def origin_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Origins: `{id, project, label, note, author, trashed, version, created_at}`."""
    return ORIGIN.rows(queryset)


BIBTEX, RIS = "application/x-bibtex", "application/x-research-info-systems"
CSL = "application/vnd.citationstyles.csl+json"


def citation_of(source: Source, form: str) -> tuple[bytes, str, str]:
    """The citation of a source in a `form` (bibtex, ris, csl): its bytes, their media type, the ending of a file."""
    columns = {name: getattr(source, name) for name in CITATION_COLUMNS}
    csl = csl_of({**columns, "id": source.pk}, source.publisher.name if source.publisher else "")
    match form:
        case "bibtex":
            return as_bibtex(csl).encode(), f"{BIBTEX}; charset=utf-8", "bib"
        case "ris":
            return as_ris(csl).encode(), f"{RIS}; charset=utf-8", "ris"
    return orjson.dumps([csl], option=orjson.OPT_INDENT_2), CSL, "json"
