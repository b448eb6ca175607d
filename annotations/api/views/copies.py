"""Saved copies of sources: uploaded or fetched, listed, handed out byte for byte, looked at."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import FileResponse
from django.urls import reverse

from annotations.api.actions import lists, moves, streams, trashes, uploads
from annotations.api.records import JOB, SAVED_COPY, SOURCE
from annotations.api.rendering import json_bytes
from annotations.api.serializers.copies import CopyQuery, FetchBody, MadeCopyShape
from annotations.core.errors import Invalid
from annotations.models import Person, SavedCopy, Source
from annotations.queries.copies import download_of
from annotations.queries.lookups import visible
from annotations.services import copies
from annotations.services.write import Answer

Fields = dict[str, Any]


@lists(SAVED_COPY, find=SOURCE.find, query=CopyQuery)
def list_copies(person: Person, source: Source, query: Fields) -> Any:
    """The saved copies of a source."""
    said = {"differs": query["differs"]} if "differs" in query else {}
    return SavedCopy.objects.visible_to(person).filter(source=source, trashed=query.get("trashed", False), **said)


@uploads(MadeCopyShape, FetchBody, find=SOURCE.find)
def save_copy(person: Person, source: Source, fields: Fields) -> Callable[[], Answer]:
    """Save a copy: a `file` as multipart/form-data (201), or `{"fetch": true}` for a worker to fetch its address (202,
    with the job)."""
    if "file" not in fields:
        if not fields["fetch"]:
            raise Invalid.field("fetch", "Send a file, or true here.")
        return lambda: started(person, source)
    copies.check_may_save(person, source.project_id)
    file = fields["file"]
    prepared = copies.prepare_copy(
        project=source.project, pieces=file.chunks(), name=file.name or "", declared=file.content_type or ""
    )

    def store() -> Answer:
        copy = copies.save_copy(by=person, source=source, prepared=prepared)
        said = {"copy": str(copy.pk), "job": None, "sha256": copy.sha256, "differs": copy.differs}
        return Answer(201, json_bytes(said), located("saved_copy", copy.pk), kind=copy.record_kind(), pk=copy.pk)

    return store


def started(person: Person, source: Source) -> Answer:
    row = copies.start_fetch(by=person, source=source)
    said = {"copy": None, "job": str(row.pk), "sha256": "", "differs": False}
    return Answer(202, json_bytes(said), located(JOB.address, row.pk), kind=row.record_kind(), pk=row.pk)


def located(address: str, pk: UUID) -> dict[str, str]:
    return {"Location": settings.BASE_URL + reverse(f"api:{address}", args=[pk])}


def find_copy(person: Person, source: UUID, pk: UUID) -> SavedCopy:
    """The copy that the address of a file names."""
    return visible(SavedCopy, person, "project", pk=pk, source_id=source)


@streams(find=find_copy)
def read_copy_file(person: Person, copy: SavedCopy, query: Fields) -> FileResponse:
    """The very bytes of a copy, as an attachment that no browser shows in place."""
    found = download_of(copy)
    return FileResponse(
        found.file, as_attachment=True, filename=found.file_name, content_type=found.content_type, headers=found.headers
    )


@moves(SAVED_COPY)
def acknowledge_copy(person: Person, copy: SavedCopy, version: int) -> SavedCopy:
    """Say that somebody looked at what changed since the copy before."""
    return copies.acknowledge_copy(by=person, copy=copy, version=version)


@trashes(SAVED_COPY)
def trash_copy(person: Person, copy: SavedCopy, version: int) -> SavedCopy:
    """Move a copy to the trash."""
    return copies.trash_copy(by=person, copy=copy, version=version)


@moves(SAVED_COPY)
def restore_copy(person: Person, copy: SavedCopy, version: int) -> SavedCopy:
    """Take a copy out of the trash."""
    return copies.restore_copy(by=person, copy=copy, version=version)
