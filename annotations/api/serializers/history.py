"""The change feed: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Strict, WholeInQuery
from annotations.api.lists import AT_MOST, USUAL
from annotations.api.shapes import id_or_null


class FeedQuery(Strict):
    """Where the feed goes on."""

    after = WholeInQuery(required=False, min_value=0, help_text="The number of the last event that you have, or 0.")
    limit = WholeInQuery(required=False, min_value=1, max_value=AT_MOST, help_text=f"Rows a page; usually {USUAL}.")


class AboutShape(serializers.Serializer):
    """The record that an event is about."""

    id = serializers.UUIDField()
    kind = serializers.CharField()


class EventShape(serializers.Serializer):
    """What happened. All but `hash` is the canonical JSON that `hash` covers."""

    number = serializers.IntegerField(min_value=1)
    verb = serializers.CharField()
    person = id_or_null()
    object = AboutShape()
    before = serializers.DictField()
    after = serializers.DictField()
    at = serializers.DateTimeField()
    project = id_or_null()
    previous = serializers.CharField()
    hash = serializers.CharField()


class FeedShape(serializers.Serializer):
    """One page of the feed."""

    next = serializers.URLField(allow_null=True)
    results = EventShape(many=True)
