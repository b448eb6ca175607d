"""What is new on an article since somebody looked, and who else has it open. Asked by every open page every few
seconds, so the common answer, nothing, costs one query by an index."""

import re
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from annotations.core.errors import NotFound
from annotations.models import Annotation, Article, BulkRow, Event, Person, Presence
from annotations.policies.roles import works_blind

HERE_FOR = timedelta(seconds=75)  # a page says that it is open every 30 seconds; one beat may be lost
EVENTS_AT_ONCE = 400
OF_SEVERAL = Q(object_kind="bulk_change", article_id__isnull=True)  # it is on no one article's screen
UUIDS = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


class News(NamedTuple):
    """What happened behind a number: up to which, to which annotations, and by whom each was changed by others."""

    number: int
    annotations: set[UUID]
    by_others: dict[UUID, Person]
    has_document_marks: bool
    has_relations: bool


def newest_number(article_pk: UUID, person: Person) -> int:
    """The number of the newest event on an article that `person` may see, or of a bulk change over several articles of
    its project; 0 for none. Raises NotFound. One query."""
    events = Event.objects.visible_to(person).order_by("-number").values("number")
    own, wide = events.filter(article_id=OuterRef("pk")), events.filter(OF_SEVERAL, project=OuterRef("project"))
    rows = Article.objects.visible_to(person).filter(pk=article_pk)
    row = rows.annotate(own=Subquery(own[:1]), wide=Subquery(wide[:1])).values_list("own", "wide").first()
    if row is None:
        raise NotFound("There is nothing here.")
    return max(number or 0 for number in row)


def news(article: Article, person: Person, after: int) -> News:
    """The events behind `after`, as what they touched. Two queries, and one for bulk changes.

    An event tells which rows it changed in its own words, so the ids are read out of its body and those that are
    annotations of this article are kept; a bulk change has its rows.
    """
    events = list(events_behind(article, person, after))
    named = in_bulk(article, events) | {UUID(found): event for event in events for found in UUIDS.findall(event.body)}
    rows = Annotation.objects.visible_to(person).filter(article=article, pk__in=list(named))
    touched = dict(rows.values_list("pk", "start"))
    return News(
        number=events[-1].number if events else after,
        annotations=set(touched),
        by_others={pk: event.person for pk, event in named.items() if pk in touched and is_others(event, person)},
        has_document_marks=None in touched.values(),
        has_relations=any(event.object_kind == "relation" for event in events),
    )


def events_behind(article: Article, person: Person, after: int) -> "QuerySet[Any]":
    here = Q(article_id=article.pk) | OF_SEVERAL & Q(project=article.project_id)
    rows = Event.objects.visible_to(person).filter(here, number__gt=after)
    return rows.select_related("person").order_by("number")[:EVENTS_AT_ONCE]


def in_bulk(article: Article, events: list[Event]) -> dict[UUID, Event]:
    """The annotations of an article that bulk changes touched, each with the event."""
    bulk = {event.object_id: event for event in events if event.object_kind == "bulk_change"}
    rows = BulkRow.objects.filter(bulk_change__in=list(bulk), annotation__article=article) if bulk else []
    return {row.annotation_id: bulk[row.bulk_change_id] for row in rows}


def is_others(event: Event, person: Person) -> bool:
    return event.person_id is not None and event.person_id != person.pk


def people_here(article: Article, person: Person) -> list[Person]:
    """The others who have the article open now, by name. An annotator of a blind project sees nobody."""
    if works_blind(person, article.project):
        return []
    rows = Presence.objects.filter(article=article, seen_at__gt=timezone.now() - HERE_FOR).exclude(person=person)
    return [row.person for row in rows.select_related("person").order_by("person__display_name", "person__username")]
