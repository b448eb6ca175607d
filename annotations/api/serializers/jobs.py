"""Jobs: what goes out. They come in through the verbs that start them."""

from rest_framework import serializers

from annotations.api.fields import Word, words_of
from annotations.api.lists import Query
from annotations.api.shapes import EditableShape, any_text, one_of
from annotations.models.jobs import JOB_STATES


class JobQuery(Query):
    """Which jobs."""

    state = Word(words_of(JOB_STATES), required=False)
    kind = serializers.CharField(required=False, max_length=40)


class FileShape(serializers.Serializer):
    """Something that a job made to be fetched."""

    name = serializers.CharField()
    url = serializers.CharField()


class JobShape(EditableShape):
    """Background work: what was asked, how far it is, what came of it."""

    kind = serializers.CharField()
    state = one_of(JOB_STATES)
    attempts = serializers.IntegerField(help_text="How often a worker began with it.")
    progress = serializers.IntegerField(help_text="Units that are done.")
    total = serializers.IntegerField(help_text="Units in all; 0 where that is not known.")
    problem = any_text(help_text="Why it failed, in a sentence.")
    report = serializers.DictField(help_text="What came of it, by kind.")
    files = FileShape(many=True)
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
