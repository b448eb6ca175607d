"""Comments: as rows, as the threads on one record, counted for a page, and where a person is called by name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from annotations.models import Comment, CommentMention, Membership, Person
from annotations.models.comments import COMMENTED
from annotations.queries.rows import IdText, Row, Shape, grouped, of_parents

COMMENT = Shape(
    ids=("id", "project", *COMMENTED, "thread", "resolved_by", "guideline", "author"),
    plain=("text", "trashed", "version"),
    times=("resolved_at", "created_at"),
)
LATELY = 20
NAMED_BY = (  # what these are called by on a page
    *("evidence__source", "evidence__claim", "position__agent", "position__dispute"),
    *("resolution__dispute", "resolution__claim"),
)
MEMBERS_AT_MOST = 200


def comment_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Comments: `{id, project, on: {kind, id}, thread (the comment it answers), text, mentions: [person id, ...],
    resolved_at, resolved_by, guideline (the version that the thread led to), author, trashed, version, created_at}`."""
    return COMMENT.rows(queryset, finish=_finished)


def _finished(comments: list[Row]) -> None:
    mentions = of_parents(CommentMention, "comment", comments).order_by("person_id")
    called = grouped(mentions.values_list(IdText("comment"), IdText("person")))
    for comment in comments:
        named = {kind: comment.pop(kind) for kind in COMMENTED}
        kind = next(kind for kind, pk in named.items() if pk)
        comment["on"] = {"kind": kind, "id": named[kind]}
        comment["mentions"] = called.get(comment["id"], [])


# -- threads on one record --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thread:
    """A first comment and its answers in their order."""

    first: Comment
    answers: list[Comment] = field(default_factory=list)

    @property
    def is_resolved(self) -> bool:
        return self.first.resolved_at is not None


def threads_on(kind: str, pk: UUID, person: Person) -> list[Thread]:
    """The threads on one record that `person` may see, open ones first, each oldest first. Two queries.

    A first comment in the trash stays in sight while it has answers.
    """
    called = CommentMention.objects.select_related("person")
    rows = (
        Comment.objects.visible_to(person)
        .filter(**{kind: pk})
        .select_related("author", "resolved_by", "guideline")
        .prefetch_related(Prefetch("mentions", called))
        .order_by("pk")
    )
    threads: dict[Any, Thread] = {}
    for row in rows:
        if row.thread_id is None:
            threads[row.pk] = Thread(row)
        elif row.thread_id in threads and not row.trashed:
            threads[row.thread_id].answers.append(row)
    seen = [thread for thread in threads.values() if thread.answers or not thread.first.trashed]
    return sorted(seen, key=lambda thread: thread.is_resolved)


def comment_counts(person: Person, wanted: Mapping[str, Iterable[Any]]) -> dict[tuple[str, str], int]:
    """How many comments stand on each of these records, by kind and id; records without any are left out. One query.

    `wanted` is the ids by kind.
    """
    chosen = Q()
    for kind, pks in wanted.items():
        chosen |= Q(**{f"{kind}__in": list(pks)})
    rows = Comment.objects.visible_to(person).active().filter(chosen).order_by().values_list(*wanted)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for *pks, number in rows.annotate(number=Count("pk")):
        kind, pk = next((kind, pk) for kind, pk in zip(wanted, pks, strict=True) if pk is not None)
        counts[kind, str(pk)] += number
    return dict(counts)


def members_to_call(project_id: Any, person: Person) -> list[Person]:
    """Whom a comment may call, by name. One query."""
    rows = Membership.objects.active().filter(project_id=project_id, person__is_active=True).exclude(person=person)
    found = rows.select_related("person").order_by("person__username")[:MEMBERS_AT_MOST]
    return [row.person for row in found]


# -- where somebody is called -----------------------------------------------------------------------------------------


def mentions_of(person: Person) -> "QuerySet[Any]":
    """The mentions of a person in comments that they may see and that are not in the trash."""
    comments = Comment.objects.visible_to(person).active()
    return CommentMention.objects.filter(person=person, comment__in=comments)


def unread_mentions(person: Person) -> int:
    """One query, by the index of mentions."""
    return mentions_of(person).filter(seen_at=None).count()


def latest_mentions(person: Person, at_most: int = LATELY) -> list[CommentMention]:
    """The newest mentions of a person, unread ones first, with all that tells what the comments are on. Two queries."""
    on = (f"comment__{name}" for name in (*COMMENTED, *NAMED_BY))
    rows = mentions_of(person).select_related("comment__author", "project", *on)
    rows = rows.prefetch_related(Prefetch("comment__mentions", CommentMention.objects.select_related("person")))
    return sorted(rows.order_by("-pk")[:at_most], key=lambda row: row.seen_at is not None)
