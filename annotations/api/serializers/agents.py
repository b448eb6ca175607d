"""Agents: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Many, Strict, Text, Word, words_of
from annotations.api.lists import TrashQuery
from annotations.api.shapes import TrashableShape, any_text, one_of
from annotations.models.agents import AGENT_KINDS


class AgentBody(Strict):
    """A person, body, outlet or unnamed group."""

    kind = Word(words_of(AGENT_KINDS))
    name = Text()
    aliases = Many(child=Text(), required=False, help_text="Every other spelling; a change replaces the list.")
    wikidata = Text(required=False)
    note = Text(required=False)


class AgentQuery(TrashQuery):
    """Which agents."""

    kind = Word(words_of(AGENT_KINDS), required=False)


class AgentShape(TrashableShape):
    """Who says, publishes or disputes something."""

    kind = one_of(AGENT_KINDS)
    name = serializers.CharField()
    aliases = serializers.ListField(child=serializers.CharField())
    wikidata = any_text()
    note = any_text()
