"""The one seam of every write: one transaction, the policy asked first, versions compared, events chained, keys kept.

A service opens `writing(by, project)` and says what it changes through the `Change` it gets. Units of work nest by
joining: the outermost one owns the transaction and writes the events, so that the head of the chain is locked last.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from annotations.core import history
from annotations.core.errors import Clash, KeyReused, NotFound, Refused, Stale, WorkbenchError
from annotations.core.sentences import NOUN, say, word
from annotations.models import Anchor, Article, Chain, ClaimMention, Event, KeptAnswer, Person, Project
from annotations.policies.roles import Decision
from annotations.services.constraints import sentence_for
from annotations.services.indexing import keep_findable

ANSWERS_ARE_KEPT = timedelta(days=30)
LONGEST_KEPT = 2_000  # code points; a longer text is kept in an event as its hash
Row = TypeVar("Row", bound=models.Model)


@dataclass(slots=True)
class PendingEvent:
    project_id: UUID | None
    verb: str
    kind: str
    pk: UUID
    before: dict[str, Any]
    after: dict[str, Any]
    article_id: UUID | None = None


@dataclass(slots=True)
class Step:
    """One row that was added (`before` is None) or changed: its columns as they were and as they are."""

    row: models.Model
    before: dict[str, Any] | None
    after: dict[str, Any]


@dataclass(slots=True)
class Unit:
    """One transaction in progress: who acts, what will be said of it, and the rows that were touched on the way."""

    by: Person | None
    events: list[PendingEvent] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    afterwards: list[Callable[[], object]] = field(default_factory=list)  # done when all of it is stored

    def write_events(self) -> None:
        """Append the waiting events to their chains. Chains are locked in one order, so that writers never deadlock."""
        waiting = sorted(self.events, key=lambda event: str(event.project_id or ""))
        for project_id, group in groupby(waiting, key=lambda event: event.project_id):
            append_events(self.by, project_id, list(group))
        self.events = []


_open: ContextVar[Unit | None] = ContextVar("unit", default=None)


@contextmanager
def unit(by: Person | None) -> Iterator[Unit]:
    """Join the unit of work that is open, or open one. Raises Clash where a constraint of the database says no."""
    if (joined := _open.get()) is not None:
        yield joined
        return
    opened = Unit(by)
    token = _open.set(opened)
    try:
        with transaction.atomic():
            yield opened
            opened.write_events()
    except IntegrityError as error:
        raise Clash(sentence_for(error)) from error
    finally:
        _open.reset(token)
    for call in opened.afterwards:
        call()


def append_events(by: Person | None, project_id: UUID | None, events: list[PendingEvent]) -> None:
    """Lock the head of a chain, number and hash the events behind it, and move the head."""
    chain = Chain.objects.select_for_update(no_key=True).get(
        Q(project_id=project_id) if project_id else Q(project=None)
    )
    number, previous, rows = chain.number, chain.head, []
    for event in events:
        number += 1
        at = timezone.now()
        body = history.canonical(
            {
                "after": event.after,
                "at": as_json(at),
                "before": event.before,
                "number": number,
                "object": {"id": str(event.pk), "kind": event.kind},
                "person": str(by.pk) if by else None,
                "previous": previous,
                "project": str(project_id) if project_id else None,
                "verb": event.verb,
            }
        )
        previous = history.hash_of(body)
        rows.append(
            Event(
                chain=chain,
                project_id=project_id,
                number=number,
                person=by,
                verb=event.verb,
                object_kind=event.kind,
                object_id=event.pk,
                article_id=event.article_id,
                at=at,
                body=body,
                hash=previous,
            )
        )
    if len(rows) == 1:
        rows[0].save(force_insert=True)
    else:
        Event.objects.bulk_create(rows, batch_size=500)
    Chain.objects.filter(pk=chain.pk).update(number=number, head=previous)


@dataclass(slots=True)
class Change:
    """What a service does to rows, said once: the row changes and the event is noted together."""

    unit: Unit
    project_id: UUID | None

    def allow(self, decision: Decision) -> None:
        """Raise Refused with the policy's sentence unless it said yes."""
        if not decision:
            raise Refused(decision.reason)

    def add(self, row: Row, verb: str, **also: Any) -> Row:
        """Insert a row. `also` goes into the event beside the row's own columns."""
        row.save(force_insert=True)
        keep_findable(row)
        self.unit.steps.append(Step(row, None, {}))
        self.note(verb, row, after=columns_of(row) | as_json(also))
        return row

    def edit(
        self,
        row: Row,
        version: int,
        verb: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        **columns: Any,
    ) -> Row:
        """Change columns where the row is still at `version`; nothing is written where nothing differs.

        `before` and `after` tell the event of children that changed with the row. Raises Stale where somebody was
        first.
        """
        was, will = self.carry(row, version, children=(before or {}) != (after or {}), **columns)
        if was or will or before or after:
            self.note(verb, row, before=was | as_json(before or {}), after=will | as_json(after or {}))
        return row

    def carry(
        self, row: models.Model, version: int, *, children: bool = False, **columns: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The conditional update alone, for an event that another record's note tells: what was, and what will be.

        `children` says that rows below this one change too, which is a new version even where no column differs.
        """
        changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if not changed and not children:
            self.check_version(row, version)
            return {}, {}
        was = {name: value_of(row, name, getattr(row, name)) for name in changed}
        will = {name: value_of(row, name, value) for name, value in changed.items()}
        rows = type(row)._default_manager.filter(pk=row.pk, version=version)
        if not rows.update(**changed, version=version + 1):
            raise stale(row)
        self.unit.steps.append(Step(row, {name: getattr(row, name) for name in changed}, changed))
        for name, value in {**changed, "version": version + 1}.items():
            setattr(row, name, value)
        keep_findable(row, changed)
        return was, will

    def check_version(self, row: models.Model, version: int) -> None:
        """Raise Stale unless the row is at `version`; it stays there until the transaction ends, so that what is asked
        about it next still holds when it is changed."""
        rows = type(row)._default_manager.select_for_update(no_key=True)
        if not rows.filter(pk=row.pk, version=version).values("pk").first():
            raise stale(row)

    def alone(self) -> None:
        """Let nobody else who asks for this change anything in the project until the transaction ends: for rules that
        hold over several rows, such as that no parents form a circle. SQLite has one writer anyway."""
        Project.objects.select_for_update(no_key=True).filter(pk=str(self.project_id)).values("pk").first()

    def note(
        self,
        verb: str,
        row: Any,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Say that `verb` (in the past tense) happened to a row that is changed by other means than add and edit."""
        was, will = as_json(before or {}), as_json(after or {})
        self.unit.events.append(
            PendingEvent(self.project_id, verb, event_kind(row), row.pk, was, will, article_of(row))
        )


@contextmanager
def writing(by: Person | None, project_id: UUID | None) -> Iterator[Change]:
    """Open a change in one project, or of the accounts where `project_id` is None."""
    with unit(by) as work:
        yield Change(work, project_id)


def stale(row: models.Model) -> Stale:
    """The refusal for a row that has moved on, with the version that it has now."""
    current = type(row)._default_manager.filter(pk=row.pk).values_list("version", flat=True).first() or 0
    noun = word(str(type(row)._meta.verbose_name), NOUN)
    words = say("Someone changed this {noun} since you opened it. Look at the newer version first.", noun=noun)
    return Stale(words, version=current)


def event_kind(row: Any) -> str:
    """The word for a row in events: decisions are approvals or dissents there, all others are named by their model."""
    return str(getattr(row, "decision", "") or type(row).record_kind())


def article_of(row: Any) -> UUID | None:
    """The article on whose screen a change of this row shows."""
    if isinstance(row, Article):
        return row.pk
    if isinstance(row, ClaimMention | Anchor):
        return row.annotation.article_id
    found: UUID | None = getattr(row, "article_id", None)
    return found


# -- what events say --------------------------------------------------------------------------------------------------


def columns_of(row: models.Model) -> dict[str, Any]:
    """A row's own columns as JSON values, texts of articles as their hash."""
    return {
        column.name: value_of(row, column.name, getattr(row, column.attname)) for column in row._meta.concrete_fields
    }


def value_of(row: Any, name: str, value: Any) -> Any:
    return hashed(value) if name in row.hashed_in_history and value else as_json(value)


def hashed(long: str | bytes | memoryview) -> dict[str, Any]:
    if isinstance(long, str):
        return {"code_points": len(long), "sha256": hashlib.sha256(long.encode()).hexdigest()}
    return {"bytes": len(long), "sha256": hashlib.sha256(long).hexdigest()}


def as_json(value: Any) -> Any:
    """Any column's value as the JSON that events hold: times in UTC, ids and floats as strings, long texts hashed."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case str():
            return hashed(value) if len(value) > LONGEST_KEPT else value
        case bytes() | memoryview():
            return hashed(value) if value else ""
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case models.Model():
            return str(value.pk)
        case Mapping():
            return {str(key): as_json(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [as_json(inner) for inner in value]
        case _:
            return str(value)


# -- idempotency keys -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    """What makes two requests the same one."""

    by: Person
    method: str
    path: str
    key: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request got. `kind` and `pk` name the record that a replay must still be allowed to see."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    pk: UUID | None = None
    is_secret: bool = False


def once(request: Request, perform: Callable[[], Answer], is_visible: Callable[[str, UUID], bool]) -> Answer:
    """Perform a request, or give again the answer that its key already has.

    The answer is stored in the same transaction as its effect, as the last insert: of several simultaneous requests
    with one key the others fail on it, undo their effect, and read the winner's answer. Only answers of 2xx are kept,
    and none that shows a secret. Raises KeyReused for the same key with another body.
    """
    if not request.key:
        with unit(request.by):
            return perform()
    if kept := kept_answer(request):
        return replay(request, kept, is_visible)
    try:
        with unit(request.by) as work:
            answer = perform()
            work.write_events()
            keep(request, answer)
            return answer
    except WorkbenchError:  # the winner's change may also have made this one stale, or its move no longer legal
        if kept := kept_answer(request):
            return replay(request, kept, is_visible)
        raise


def kept_answer(request: Request) -> KeptAnswer | None:
    """The answer that this key has; one that is too old is forgotten on the way."""
    kept = KeptAnswer.objects.filter(
        person=request.by, key=request.key, path=request.path, method=request.method
    ).first()
    if kept and kept.created_at < timezone.now() - ANSWERS_ARE_KEPT:
        forget_old_answers()
        return None
    return kept


def forget_old_answers() -> int:
    """Delete the answers whose time is over; how many there were. The server does so when it starts."""
    return KeptAnswer.objects.filter(created_at__lt=timezone.now() - ANSWERS_ARE_KEPT).delete()[0]


def keep(request: Request, answer: Answer) -> None:
    if answer.is_secret or not 200 <= answer.status < 300:
        return
    KeptAnswer.objects.create(
        person=request.by,
        method=request.method,
        path=request.path,
        key=request.key,
        body_hash=request.body_hash,
        object_kind=answer.kind,
        object_id=answer.pk,
        status=answer.status,
        headers=dict(answer.headers),
        body=answer.body,
    )


def replay(request: Request, kept: KeptAnswer, is_visible: Callable[[str, UUID], bool]) -> Answer:
    if kept.body_hash != request.body_hash:
        raise KeyReused("This idempotency key was used before, with another body. Send a new key with a new request.")
    if kept.object_id and not is_visible(kept.object_kind, kept.object_id):
        raise NotFound("There is nothing here.")
    return Answer(kept.status, bytes(kept.body), kept.headers, kept.object_kind, kept.object_id)
