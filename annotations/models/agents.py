"""Agents: who says, publishes or disputes something, under every spelling of their name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from annotations.models.base import EditableRecord, Record, RecordQuerySet, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.sources import Source

AGENT_KINDS = word_choices("person", "body", "outlet", "group")
RELIABILITIES = word_choices("A", "B", "C", "D", "E", "F")


class Agent(EditableRecord):
    """A person, body, outlet or unnamed group. `name_key` is what sounds alike across spellings and scripts.

    `joined_into` is the agent that this one turned out to be; it is in the trash then.
    """

    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="agents")
    kind = models.CharField(max_length=8, choices=AGENT_KINDS)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    wikidata = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    joined_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")

    class Meta:
        verbose_name = "agent"
        indexes = [
            models.Index(fields=["project", "id"], name="agent_by_project"),
            models.Index(fields=["project", "name_key"], name="agent_by_name_key"),
        ]
        constraints = [one_of("kind", AGENT_KINDS)]

    def __str__(self) -> str:
        return self.name


class Alias(Record):
    """One more spelling of an agent's name."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    script = models.CharField(max_length=4, blank=True)

    class Meta:
        verbose_name = "alias"
        verbose_name_plural = "aliases"
        indexes = [models.Index(fields=["project", "name_key"], name="alias_by_name_key")]
        constraints = [models.UniqueConstraint(fields=["agent", "name"], name="one_alias_a_spelling")]

    def __str__(self) -> str:
        return self.name


class AgentDistinction(EditableRecord):
    """Two agents whose names are alike and who are not the same: not suggested for joining again."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    other = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "agent distinction"
        indexes = [models.Index(fields=["project", "id"], name="distinction_by_project")]
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "other"],
                condition=Q(trashed=False),
                name="two_agents_are_told_apart_once",
                violation_error_message="These two are told apart already.",
            ),
            models.CheckConstraint(condition=Q(agent__lt=F("other")), name="the_earlier_agent_is_named_first"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} is not {self.other_id}"


class AgentRatingQuerySet(RecordQuerySet):
    def of_publishers(self, sources: "Iterable[Source]") -> "dict[UUID, AgentRating]":
        """The grade that each source's publisher had in general on the day of the source, by the source's id."""
        held = self.filter(topic="").held_by_publishers(sources)
        return {pk: ratings[0] for pk, ratings in held.items()}

    def held_by_publishers(self, sources: "Iterable[Source]") -> "dict[UUID, list[AgentRating]]":
        """The grades that each source's publisher had on the day of the source, by the source's id: the one in general
        first, then one a topic.

        One query; none where no source names its publisher.
        """
        sources = list(sources)
        publishers = {source.publisher_id for source in sources if source.publisher_id}
        if not publishers:
            return {}
        rows = list(self.active().filter(agent_id__in=publishers).order_by("-rated_on", "-pk"))
        graded = {}
        for source in sources:
            held: dict[str, AgentRating] = {}
            for row in rows:
                if row.agent_id == source.publisher_id and row.holds_on(source.published_on):
                    held.setdefault(row.topic.casefold(), row)
            if held:
                graded[source.pk] = [held[topic] for topic in sorted(held)]
        return graded


class AgentRating(EditableRecord):
    """How reliable an agent is, on a topic or in general, from `rated_on` until a later rating.

    The letters are the Admiralty's; F says that it cannot be judged, and is never ordered or averaged.
    """

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="ratings")
    topic = models.CharField(max_length=120, blank=True)
    reliability = models.CharField(max_length=1, choices=RELIABILITIES)
    rated_on = models.DateField()
    reason = models.TextField()

    objects = AgentRatingQuerySet.as_manager()

    class Meta:
        verbose_name = "agent rating"
        indexes = [
            models.Index(fields=["project", "id"], name="agent_rating_by_project"),
            models.Index(fields=["agent", "topic", "rated_on"], name="agent_rating_by_day"),
        ]
        constraints = [
            one_of("reliability", RELIABILITIES),
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_rating_gives_its_reason", violation_error_message="Say why."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reliability} for {self.agent_id}"

    def holds_on(self, day: str) -> bool:
        """Whether it was given by that day; a partial date counts to its end, and none is today."""
        until = f"{day}-12-31" if len(day) == 4 else f"{day}-31" if len(day) == 7 else day
        return not until or self.rated_on.isoformat() <= until
