"""Agents: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Day, Id, Many, Strict, Text, Word, words_of
from annotations.api.lists import TrashQuery
from annotations.api.shapes import TrashableShape, any_text, id_or_null, one_of
from annotations.models.agents import AGENT_KINDS, RELIABILITIES


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


class OtherBody(Strict):
    """Another agent."""

    other = Id(help_text="An agent.")


class ApartBody(Strict):
    """Another agent, whose name is alike, and who is somebody else."""

    other = Id(help_text="An agent.")
    reason = Text(required=False)


class RatingBody(Strict):
    """How reliable an agent is, on a topic or in general."""

    reliability = Word(words_of(RELIABILITIES), help_text="A to E; F is: cannot be judged.")
    reason = Text()
    topic = Text(required=False)
    rated_on = Day(required=False, help_text="From this day on; today where it is not said.")


class RatingEdit(RatingBody):
    """What is corrected, and why."""

    because = Text(required=False, help_text="Why it is corrected; the history tells it.")


class AgentShape(TrashableShape):
    """Who says, publishes or disputes something."""

    kind = one_of(AGENT_KINDS)
    name = serializers.CharField()
    aliases = serializers.ListField(child=serializers.CharField())
    wikidata = any_text()
    note = any_text()
    joined_into = id_or_null(help_text="The agent that this one turned out to be.")


class DistinctionShape(TrashableShape):
    """Two agents whose names are alike and who are not the same."""

    agent = serializers.UUIDField()
    other = serializers.UUIDField()
    reason = any_text()


class RatingShape(TrashableShape):
    """How reliable an agent is, from a day until a later rating."""

    agent = serializers.UUIDField()
    topic = any_text()
    reliability = one_of(RELIABILITIES)
    rated_on = serializers.DateField()
    reason = serializers.CharField()


class AlikeShape(serializers.Serializer):
    """Two agents that may be one, and why."""

    agent = serializers.UUIDField()
    other = serializers.UUIDField()
    names = serializers.ListField(child=serializers.CharField())
    nothing_differs = serializers.BooleanField(help_text="false: the reason says what tells them apart")
    reason = serializers.CharField()


class AlikeListShape(serializers.Serializer):
    """The pairs, the likeliest first."""

    results = AlikeShape(many=True)
