"""Saved copies of sources: uploaded, or fetched from their address by a worker; kept byte for byte under their hash.

Bytes are stored and read before a transaction begins, since both take their time: `prepare_copy` does it and changes
nothing that anybody sees. What can be read in them is found out by a process of its own (`core.readable`).
"""

import hashlib
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import orjson
from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from annotations.core.errors import IllegalMove, Invalid, NotFound, Refused, WorkbenchError
from annotations.core.media import HEAD_BYTES, charset_in, media_type_of
from annotations.core.sentences import say
from annotations.core.text import check_storable
from annotations.models import Agent, Job, Person, Project, SavedCopy, Source
from annotations.models.copies import path_of
from annotations.policies.copies import may_acknowledge_copy, may_edit_copy, may_save_copy
from annotations.policies.roles import Decision
from annotations.services.agents import add_agent
from annotations.services.evidence import check_quotes_again
from annotations.services.fetching import fetch
from annotations.services.jobs import Running, job, queue_job, start_job
from annotations.services.sources import edit_source
from annotations.services.standing import refuse_while_cited
from annotations.services.trash import restore, trash
from annotations.services.write import writing

log = logging.getLogger(__name__)

PIECE_BYTES = 1024 * 1024
SECONDS_TO_READ = 25.0
ROOT = Path(__file__).resolve().parents[2]  # where the package stands that the reading process imports
FETCHING = "copy_fetch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file that is stored under its hash already, and what can be read in it; not yet a record."""

    sha256: str
    size: int
    media_type: str
    file_name: str = ""
    url: str = ""
    text: str = ""
    title: str = ""
    published_on: str = ""
    publisher: str = ""


# -- bytes ------------------------------------------------------------------------------------------------------------


def prepare_copy(
    *, project: Project, pieces: Iterable[bytes], name: str = "", declared: str = "", url: str = ""
) -> Prepared:
    """Store bytes under their hash, streamed and at once, and read what can be read in them. Raises Invalid."""
    name = file_name(name)
    folder = path_of(project.pk, "")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as file:
        try:
            head, sha256, size = written(pieces, file)
            media_type = media_type_of(head, declared, name)
            place = path_of(project.pk, sha256)
            place.parent.mkdir(exist_ok=True)
            os.replace(file.name, place)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return Prepared(
        sha256=sha256, size=size, media_type=media_type, file_name=name, url=url, **read_in(place, media_type, head)
    )


def written(pieces: Iterable[bytes], file: Any) -> tuple[bytes, str, int]:
    """(the beginning, the hash, the size) of what was written, on the disk for good. Raises Invalid for too much."""
    digest, size, head = hashlib.sha256(), 0, b""
    for piece in pieces:
        size += len(piece)
        if size > settings.COPY_LARGEST_BYTES:
            most = settings.COPY_LARGEST_BYTES // 1024 // 1024
            raise Invalid.field("file", say("A saved copy has at most {most} MB.", most=most))
        if len(head) < HEAD_BYTES:
            head = (head + piece)[:HEAD_BYTES]
        digest.update(piece)
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())
    return head, digest.hexdigest(), size


def pieces_of(file: BinaryIO) -> Iterable[bytes]:
    file.seek(0)
    while piece := file.read(PIECE_BYTES):
        yield piece


def file_name(name: str) -> str:
    """The last part of a name as it was sent, for people to recognise and for nothing else. Raises Invalid."""
    check_storable(name)
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:255]


def read_in(place: Path, media_type: str, head: bytes) -> dict[str, str]:
    """What can be read in the bytes, by a process with little memory and time; nothing where it comes to no end."""
    if media_type.partition("/")[0] in ("image", "audio", "video"):
        return {}
    command = [sys.executable, "-m", "annotations.core.readable", media_type, charset_in(head)]
    try:
        with place.open("rb") as content:
            done = subprocess.run(  # noqa: S603 - our own module; a media type of our list
                command, stdin=content, capture_output=True, timeout=SECONDS_TO_READ, cwd=ROOT, env=environment()
            )
        found: dict[str, str] = orjson.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, OSError, orjson.JSONDecodeError):
        found = {}
    if not found:
        log.info("nothing could be read in %s (%s)", place.name, media_type)
    return found


def environment() -> dict[str, str]:
    """What the reading process may know of ours: no key, no password, no address of a database."""
    return {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}


# -- records ----------------------------------------------------------------------------------------------------------


def save_copy(*, by: Person, source: Source, prepared: Prepared, way: str = "upload") -> SavedCopy:
    """Record the bytes as a copy of a source. `differs` where they read otherwise than the newest one before.

    Raises Refused, IllegalMove.
    """
    with writing(by, source.project_id) as change:
        change.allow(may_save_copy(by, source.project_id))
        if source.trashed:
            raise IllegalMove("This source is in the trash; restore it first.")
        change.alone()  # of two copies at one moment, the second is compared with the first
        before = newest_copy(source)
        copy = SavedCopy(
            project=source.project, author=by, source=source, way=way, sha256=prepared.sha256, size=prepared.size,
            media_type=prepared.media_type, file_name=prepared.file_name, url=prepared.url, text=prepared.text,
            title=prepared.title, published_on=prepared.published_on, publisher_name=prepared.publisher,
            retrieved_at=timezone.now(), differs=before is not None and is_other(before, prepared),
        )  # fmt: skip
        change.add(copy, "copy_saved")
        check_quotes_again(change, copy)
        return copy


def newest_copy(source: Source) -> SavedCopy | None:
    copy: SavedCopy | None = SavedCopy.objects.active().filter(source=source).newest_first().first()
    return copy


def is_other(before: SavedCopy, prepared: Prepared) -> bool:
    """Whether a copy says something else: by its text where both have one, since a page has other bytes every time."""
    if before.text and prepared.text:
        return before.text != prepared.text
    return before.sha256 != prepared.sha256


def acknowledge_copy(*, by: Person, copy: SavedCopy, version: int) -> SavedCopy:
    """Say that somebody looked at what changed. Raises Refused, Stale; IllegalMove where nothing waits for that."""
    with writing(by, copy.project_id) as change:
        change.allow(may_acknowledge_copy(by, copy.project_id))
        change.check_version(copy, version)
        if not copy.differs or copy.acknowledged_at:
            raise IllegalMove("Nothing in this copy waits for somebody to look at it.")
        return change.edit(copy, version, "copy_acknowledged", acknowledged_at=timezone.now(), acknowledged_by=by)


def trash_copy(*, by: Person, copy: SavedCopy, version: int) -> SavedCopy:
    """Move a copy to the trash; its bytes stay. Raises IllegalMove while a standing resolution cites it."""
    with writing(by, copy.project_id) as change:
        change.allow(may_edit_copy(by, copy))
        refuse_while_cited(evidence__copy=copy)
        return trash(change, copy, version, "copy_trashed")


def restore_copy(*, by: Person, copy: SavedCopy, version: int) -> SavedCopy:
    """Take a copy out of the trash."""
    with writing(by, copy.project_id) as change:
        change.allow(may_edit_copy(by, copy))
        return restore(change, copy, version, "copy_restored")


def fill_source(*, by: Person, copy: SavedCopy, version: int) -> Source:
    """Take over what the page says of itself into what the source does not say yet: publisher, date, and a title where
    the address stood in its place. `version` is the source's. Raises Refused, Stale; IllegalMove for nothing new."""
    source = copy.source
    fields: dict[str, Any] = {}
    if copy.published_on and not source.published_on:
        fields |= {"published_on": copy.published_on, "published_basis": "printed"}
    if copy.title and source.title in ("", source.url):
        fields["title"] = copy.title
    with writing(by, source.project_id):
        if copy.publisher_name and source.publisher is None:
            fields["publisher"] = outlet_called(by, source.project, copy.publisher_name)
        if not fields:
            raise IllegalMove("The source says all of this already.")
        return edit_source(by=by, source=source, version=version, **fields)


def name_source(*, by: Person, copy: SavedCopy) -> None:
    """What the page says of itself goes into a source whose title is its address still, without anybody asking. Where
    that may not be changed any more, it stays for a person to decide."""
    if copy.source.title == copy.source.url:
        with suppress(WorkbenchError):
            fill_source(by=by, copy=copy, version=copy.source.version)


def outlet_called(by: Person, project: Project, name: str) -> Agent:
    """The one agent of this name, or a new outlet; the oldest where several have it."""
    known = Agent.objects.active().filter(Q(name__iexact=name) | Q(aliases__name__iexact=name), project=project)
    return known.order_by("pk").first() or add_agent(by=by, project=project, kind="outlet", name=name)


# -- fetching, in a worker --------------------------------------------------------------------------------------------


def may_fetch(by: Person, project: Project, arguments: Any) -> Decision:
    return may_save_copy(by, project.pk)


@job(FETCHING, title="Saving a copy of a page", may=may_fetch, cost=lambda project, arguments: 1)
def fetch_copy(running: Running) -> dict[str, Any]:
    """Fetch the address of a source and record what came, unless it is byte for byte what was saved last."""
    found: Source | None = Source.objects.active().visible_to(running.by).filter(pk=running.arguments["source"]).first()
    if found is None:
        raise NotFound("The source is not there any more.")
    source = found
    running.sign(0, 2)
    with tempfile.TemporaryFile() as file:
        fetched = fetch(source.url, file, sign=running.sign)
        running.sign(1, 2)
        name = fetched.url.partition("?")[0].rpartition("/")[2]
        prepared = prepare_copy(
            project=source.project, pieces=pieces_of(file), name=name, declared=fetched.media_type, url=fetched.url
        )
    before = newest_copy(source)
    if before and before.sha256 == prepared.sha256:
        return {
            "source": str(source.pk),
            "copy": str(before.pk),
            "outcome": "The page is what it was: nothing changed.",
        }
    running.hold()
    copy = save_copy(by=running.by, source=source, prepared=prepared, way="fetch")
    name_source(by=running.by, copy=copy)
    outcome = "The page changed since the copy before." if copy.differs else "A copy is saved."
    return {"source": str(source.pk), "copy": str(copy.pk), "outcome": outcome, "bytes": copy.size}


def start_fetch(*, by: Person, source: Source) -> Job:
    """Ask a worker to save a copy of a source's page. Raises Refused; Invalid for a source without an address."""
    if not source.url:
        raise Invalid.field("fetch", "This source has no address to fetch; upload a copy of it.")
    return start_job(by=by, project=source.project, kind=FETCHING, arguments={"source": str(source.pk)})


def fetch_watched() -> int:
    """Ask a worker for a new copy of every watched source whose last look is WATCH_HOURS ago; how many those were.

    In the name of whoever added the source; what they may no longer do is passed over.
    """
    since = timezone.now() - timedelta(hours=settings.WATCH_HOURS)
    watched = Source.objects.active().filter(watched=True).exclude(url="")
    watched = watched.annotate(last=Max("copies__retrieved_at")).filter(Q(last=None) | Q(last__lte=since))
    looked = Job.objects.filter(kind=FETCHING, created_at__gt=since).values_list("arguments", flat=True)
    asked = {arguments.get("source") for arguments in looked}
    return sum(
        looked_at_again(source)
        for source in watched.select_related("author", "project").order_by("pk")
        if str(source.pk) not in asked
    )


def looked_at_again(source: Source) -> bool:
    try:
        queue_job(by=source.author, project=source.project, kind=FETCHING, arguments={"source": str(source.pk)})
    except WorkbenchError as error:
        log.warning("source %s is watched and not fetched: %s", source.pk, error.message)
        return False
    return True


def check_may_save(by: Person, project_id: UUID) -> None:
    """Before bytes are stored and read at all. Raises Refused."""
    if not (decision := may_save_copy(by, project_id)):
        raise Refused(decision.reason)
