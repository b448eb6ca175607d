"""Agents: who says, publishes or disputes something, under every spelling of their name."""

from django.db import models

from annotations.models.base import EditableRecord, Record, one_of, word_choices

AGENT_KINDS = word_choices("person", "body", "outlet", "group")


class Agent(EditableRecord):
    """A person, body, outlet or unnamed group. `name_key` is what sounds alike across spellings and scripts."""

    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="agents")
    kind = models.CharField(max_length=8, choices=AGENT_KINDS)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    wikidata = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)

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
