"""Triage: what claims are ranked by, how they do, and the queue."""

from rest_framework import serializers

from annotations.api.fields import Id, Strict, Text, Whole, WholeInQuery, Word, words_of
from annotations.api.lists import AT_MOST
from annotations.api.shapes import TrashableShape, any_text, one_of
from annotations.models.triage import TRIAGE_LEVELS
from annotations.queries.triage import TO_LOOK_AT


class CriterionBody(Strict):
    """What claims are ranked by. The key is made of the name where none is given."""

    key = Text(required=False)
    name = Text()
    question = Text(required=False, help_text="What is asked of a claim.")
    weight = Whole(required=False, min_value=0, max_value=10)
    order = Whole(required=False, min_value=0, max_value=1_000)


class CriterionShape(TrashableShape):
    """A criterion with its weight."""

    key = serializers.CharField()
    name = serializers.CharField()
    question = any_text()
    weight = serializers.IntegerField()
    order = serializers.IntegerField()


class PresetBody(Strict):
    """Which criteria; FABLE where nothing is said."""

    preset = Word(["fable"], required=False)


class PresetShape(serializers.Serializer):
    """The criteria that were set up; those that the project had are not among them."""

    results = CriterionShape(many=True)


class MarkEdit(Strict):
    """How a claim does, and why."""

    level = Word(words_of(TRIAGE_LEVELS))
    reason = Text(required=False)


class MarkBody(MarkEdit):
    """A mark under a criterion; without one, under the plain one that every project has."""

    criterion = Id(required=False, allow_null=True)


class MarkShape(TrashableShape):
    """How a claim does under a criterion, and why."""

    claim = serializers.UUIDField()
    criterion = serializers.UUIDField()
    level = one_of(TRIAGE_LEVELS)
    reason = any_text()


class QueueQuery(Strict):
    """Which part of the queue."""

    state = Word(list(TO_LOOK_AT), required=False, help_text="inbox unless given.")
    after = Text(required=False, allow_blank=False, help_text="From next: where the page before ended.")
    limit = WholeInQuery(required=False, min_value=1, max_value=AT_MOST)


class LevelShape(serializers.Serializer):
    """A level under a criterion, named by its key."""

    criterion = serializers.CharField()
    level = one_of(TRIAGE_LEVELS)
    reason = any_text()


class RankedShape(serializers.Serializer):
    """A claim of the queue; no priority for those who may not see what others marked."""

    claim = serializers.UUIDField()
    text = serializers.CharField()
    state = serializers.CharField()
    priority = serializers.IntegerField(allow_null=True)
    marks = LevelShape(many=True)


class QueueShape(serializers.Serializer):
    """The most urgent first."""

    next = serializers.URLField(allow_null=True)
    results = RankedShape(many=True)
