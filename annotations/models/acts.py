"""Acts: what one person did to one article, each with what it takes to undo and redo it. A convenience of that person,
not history: history is the events, and undoing is an event like any other."""

from typing import TYPE_CHECKING, Self

from django.db import models

from annotations.models.base import AuthoredRecord, RecordQuerySet, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.people import Person

ACT_STATES = word_choices("done", "undone")


class ActQuerySet(RecordQuerySet):
    def visible_to(self, person: "Person") -> Self:
        """Nobody else's."""
        return self.in_projects_of(person).filter(author=person)


class Act(AuthoredRecord):
    """`steps` are [{kind, id, added: bool, before, after}] in the order of doing, with the columns that changed."""

    article = models.ForeignKey("annotations.Article", models.PROTECT, related_name="acts")
    verb = models.CharField(max_length=60)
    words = models.CharField(max_length=200)
    steps = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=ACT_STATES, default="done")

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = "act"
        indexes = [
            models.Index(fields=["project", "id"], name="act_by_project"),
            models.Index(fields=["author", "article", "state", "id"], name="act_by_person"),
        ]
        constraints = [one_of("state", ACT_STATES)]

    def __str__(self) -> str:
        return self.words
