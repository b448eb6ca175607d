"""A project as a file: every record that a person may see, streamed from one snapshot, the same bytes at every door.

Exporting writes nothing. Which records there are is said by `queries.records`, how a format writes them by
`core.formats`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from django.conf import settings

from annotations.core.errors import Invalid, Refused
from annotations.core.formats import jsonl, web_annotation
from annotations.core.formats.report import LossReport
from annotations.core.records import RECORD_KINDS
from annotations.models import Person, Project
from annotations.policies.projects import may_export
from annotations.queries.annotations import annotation_rows_in_context
from annotations.queries.articles import revision_rows_without_text
from annotations.queries.labels import label_rows
from annotations.queries.people import person_rows
from annotations.queries.projects import project_rows
from annotations.queries.records import RowFunction, record_rows, records_of
from annotations.queries.relations import relation_rows_with_ends
from annotations.queries.rows import Row
from annotations.queries.snapshot import snapshot

FORMATS = {module.NAME: module for module in (jsonl, web_annotation)}
FORMAT_NAMES = tuple(FORMATS)

# What the W3C format reads beside the annotations, to name people, labels and texts in them.
READ_FOR_WEB_ANNOTATION: dict[str, RowFunction] = {
    "person": person_rows,
    "project": project_rows,
    "label": label_rows,
    "revision": revision_rows_without_text,
    "annotation": annotation_rows_in_context,
    "relation": relation_rows_with_ends,
}
NOTHING_SAID: Row = {}


@dataclass(frozen=True, slots=True)
class Export:
    """`chunks` are the file's bytes; `report` is whole once they are exhausted."""

    media_type: str
    file_name: str
    chunks: Iterator[bytes]
    report: LossReport


def export(project: Project, person: Person | None, format: str) -> Export:
    """A project in one of FORMAT_NAMES, as `person` may see it; None, which commands pass, sees everything.

    Nothing is read before the first chunk is asked for. Raises Refused, and Invalid for another format.
    """
    if format not in FORMATS:
        raise Invalid.field("format", f"One of {', '.join(FORMATS)}; not “{format}”.")
    if person is not None and not (decision := may_export(person, project)):
        raise Refused(decision.reason)
    module: Any = FORMATS[format]
    report = LossReport(format)
    chunks = _chunks(project, person, format, report)
    return Export(module.MEDIA_TYPE, f"{project.slug}.{module.EXTENSION}", chunks, report)


def export_report(project: Project, person: Person | None, format: str) -> dict[str, Any]:
    """What an export carries and what not: `{format, records: {kind: {written, lost, reasons}}}`. Raises as export."""
    exported = export(project, person, format)
    for _ in exported.chunks:
        pass
    return exported.report.as_json()


def _chunks(project: Project, person: Person | None, format: str, report: LossReport) -> Iterator[bytes]:
    with snapshot():
        if format == web_annotation.NAME:
            rows = _rows_around_annotations(project, person)
            yield from web_annotation.write(rows, report, base_url=settings.BASE_URL, project=project.slug)
        else:
            yield from jsonl.write(_all_rows(project, person), report)


def _all_rows(project: Project, person: Person | None) -> Iterator[tuple[str, Row]]:
    for kind in RECORD_KINDS:
        for row in record_rows(kind, project, person):
            yield kind, row


def _rows_around_annotations(project: Project, person: Person | None) -> Iterator[tuple[str, Row]]:
    """Annotations and what they name. All other records are counted and not read, since none of them is carried."""
    for kind in RECORD_KINDS:
        records = records_of(kind, project, person)
        rows = READ_FOR_WEB_ANNOTATION.get(kind, _counted)
        for row in rows(records):
            yield kind, row


def _counted(records: Any) -> Iterator[Row]:
    return repeat(NOTHING_SAID, records.count())
