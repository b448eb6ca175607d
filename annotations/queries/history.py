"""What happened: the events of a record, the feed of a project, and whether every chain still holds."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db.models import F, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Left, NullIf

from annotations.core import history, wording
from annotations.core.sentences import say
from annotations.models import (
    Agent,
    AgentRating,
    Annotation,
    Article,
    Attribution,
    Chain,
    Claim,
    Comment,
    CommentRequest,
    Decision,
    Dispute,
    Event,
    Evidence,
    GuidelineVersion,
    Label,
    Membership,
    Origin,
    Person,
    Position,
    Project,
    Question,
    Relation,
    Report,
    Resolution,
    Source,
    TriageCriterion,
    TriageMark,
)
from annotations.queries.rows import CHUNK, Row, in_batches
from annotations.queries.snapshot import snapshot


def event_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Events: `{number, verb, person, object: {kind, id}, before, after, at, project, previous, hash}`.

    All but `hash` is the canonical JSON that `hash` covers, word for word, so that a reader can check the chain.
    """
    events = queryset.values_list("body", "hash").iterator(chunk_size=CHUNK)
    for batch in in_batches(events, CHUNK):
        yield from [{**orjson.loads(body), "hash": digest} for body, digest in batch]


def feed(project: Project, person: Person, after: int = 0) -> "QuerySet[Any]":
    """The events of a project behind number `after` that `person` may see, in order."""
    events = Event.objects.visible_to(person).filter(chain__project=project, number__gt=after)
    return events.order_by("number")


def history_of(kind: str, pk: UUID | str, person: Person) -> "QuerySet[Any]":
    """The events about one record that `person` may see, the newest first, with their people joined for screens."""
    return Event.objects.visible_to(person).about(kind, pk).select_related("person").order_by("-number")


# -- does it hold? ----------------------------------------------------------------------------------------------------


class BrokenChain(NamedTuple):
    """The first break of one chain; `chain` is a project's slug, or `accounts`."""

    chain: str
    number: int
    reason: str


def verify(chains: "Iterable[Chain] | None" = None) -> BrokenChain | None:
    """Walk these chains, or all; the first break found, or None where every event holds. Constant memory."""
    known = Chain.objects.order_by("id").select_related("project") if chains is None else chains
    return next(filter(None, map(_first_break, known)), None)


def _first_break(chain: Chain) -> BrokenChain | None:
    strays: list[history.Break] = []
    with snapshot():  # else an event written meanwhile would look like one that the head does not know
        chain.refresh_from_db()
        broken = history.verify(_stored_events(chain, strays), head=(chain.number, chain.head))
    broken = strays[0] if strays else broken
    name = chain.project.slug if chain.project else "accounts"
    return BrokenChain(name, *broken) if broken else None


def _stored_events(chain: Chain, strays: list[history.Break]) -> Iterator[tuple[int, str, str]]:
    """The chain's events for walking. Stops behind the first whose finding columns say another thing than its words."""
    columns = ("number", "body", "hash", "verb", "object_kind", "object_id", "person_id", "project_id")
    for number, body, digest, *found_by in chain.events.order_by("number").values_list(*columns).iterator(CHUNK):
        yield number, body, digest
        if [*map(str, found_by)] != _finding_columns(orjson.loads(body)):
            strays.append(history.Break(number, f"Event {number} is filed under other words than its own."))
            return


def _finding_columns(event: Row) -> list[str]:
    about = event["object"]
    return [*map(str, (event["verb"], about["kind"], about["id"], event["person"], event["project"]))]


# -- in words, for screens --------------------------------------------------------------------------------------------

NAMES_AT_MOST = 1_000  # of one page: every id stands in the query once a kind, and a database takes only so many
NAME_LENGTH = 80  # of a name inside a sentence; the record's own page has all of it
WORDS = TextField()  # PostgreSQL joins only what is of one type
# What each kind is called by. A few have no name of their own and borrow one.
NAMED_BY: dict[type[Model], Any] = {
    Agent: F("name"),
    AgentRating: Cast("agent__name", WORDS),
    Annotation: Concat(Value("“", WORDS), F("quote"), Value("”", WORDS)),
    Article: F("title"),
    Attribution: Coalesce(F("agent__name"), F("speaker_quote"), output_field=TextField()),
    Claim: F("text"),
    Comment: Concat(Value("“", WORDS), F("text"), Value("”", WORDS)),
    CommentRequest: Cast("agent__name", WORDS),
    Dispute: F("question"),
    Evidence: F("source__title"),
    GuidelineVersion: Concat(Value("version ", WORDS), Cast("number", WORDS)),
    Label: F("name"),
    Membership: F("person__display_name"),
    Origin: F("label"),
    Question: F("text"),
    Relation: Concat(Value("“", WORDS), Cast("label__name", WORDS), Value("”", WORDS)),
    Report: F("title"),
    Position: Concat(Value("of ", WORDS), Cast("agent__name", WORDS)),
    Resolution: Concat(Value("resolution ", WORDS), Cast("number", WORDS)),
    Source: F("title"),
    TriageCriterion: F("name"),
    TriageMark: Concat(Cast("criterion__name", WORDS), Value(": ", WORDS), Cast("claim__text", WORDS)),
}


class Told(NamedTuple):
    """One event for a reader: who did what to which record, and what stood before and after."""

    number: int
    at: datetime
    person: str
    sentence: str
    kind: str
    pk: UUID
    changes: list[wording.Change]


def told(events: Iterable[Event], person: Person, known: Mapping[str, str] | None = None) -> list[Told]:
    """Events in words, in their order. `known` names records that the page calls otherwise (`S1`). One query for names.

    `events` have their `person` joined. A record that `person` may not see is not named.
    """
    rows = [(event, orjson.loads(event.body)) for event in events]
    names = _names_in(rows, person) | dict(known or {})
    return [_told(event, body, names) for event, body in rows]


def _told(event: Event, body: Row, names: Mapping[str, str]) -> Told:
    after = body["after"]
    thing = names.get(str(event.object_id), "")
    what = wording.sentence(event.verb, event.object_kind, thing, after, names)
    changes = wording.changes(body["before"], after, names)
    who = str(event.person) if event.person else say("The workbench")
    return Told(event.number, event.at, who, what, event.object_kind, event.object_id, changes)


def _names_in(rows: list[tuple[Event, Row]], person: Person) -> dict[str, str]:
    """The names of all records that the events mention, in one query over all kinds."""
    ids = {
        UUID(pk)
        for event, body in rows
        for pk in (str(event.object_id), *wording.ids_in([body["before"], body["after"]]))
    }
    if not ids:
        return {}
    ids = set(sorted(ids)[:NAMES_AT_MOST])
    people = Person.objects.filter(pk__in=ids).values_list(
        "pk", Coalesce(NullIf(F("display_name"), Value("")), F("username"), output_field=TextField())
    )
    kinds = [
        model._default_manager.visible_to(person)  # type: ignore[attr-defined]
        .filter(pk__in=ids)
        .order_by()
        .values_list("pk", Left(Cast(name, TextField()), NAME_LENGTH + 1))
        for model, name in NAMED_BY.items()
    ]
    return {str(pk): _short(name) for pk, name in people.union(*kinds, all=True)}


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[:NAME_LENGTH].rstrip()}…"


def events_of_dispute(dispute: Dispute, person: Person) -> "QuerySet[Any]":
    """Everything that happened to a dispute, its positions, its resolutions and the decisions on them, newest first."""
    about = Q(object_kind="dispute", object_id=dispute.pk)
    about |= Q(object_kind="position", object_id__in=dispute.positions.values("pk"))
    about |= Q(object_kind="resolution", object_id__in=dispute.resolutions.values("pk"))
    about |= Q(object_kind="comment_request", object_id__in=dispute.comment_requests.values("pk"))
    decisions = Decision.objects.filter(resolution__dispute=dispute).values("pk")
    about |= Q(object_kind__in=("approval", "dissent"), object_id__in=decisions)
    events = Event.objects.visible_to(person).filter(about, project_id=dispute.project_id)
    return events.select_related("person").order_by("-number")
