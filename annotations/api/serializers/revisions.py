"""Revisions with what came along, and anchors: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Moment, Segments, Strict, Text, Word, words_of
from annotations.api.lists import Query
from annotations.api.serializers.annotations import QUOTE
from annotations.api.serializers.articles import EXACT, RevisionShape, RevisionTextShape
from annotations.api.shapes import RecordShape, any_text, id_or_null, one_of
from annotations.models.revisions import ANCHOR_DECISIONS, ANCHOR_STATES

UNDECIDED = "none"


class RevisionBody(Strict):
    """A corrected text, which becomes the next revision."""

    text = Text(help_text=EXACT)
    note = Text(required=False, help_text="What was corrected.")
    retrieved_at = Moment(required=False, allow_null=True)


class AnchorCountsShape(serializers.Serializer):
    """How many annotations came along, and how sure their places are."""

    exact = serializers.IntegerField(help_text="The same offsets and words.")
    moved = serializers.IntegerField(help_text="Other offsets, the same words, no doubt.")
    fuzzy = serializers.IntegerField(help_text="Other words, or a place that a person should look at.")
    orphaned = serializers.IntegerField(help_text="Not found.")


class AttributionCountsShape(serializers.Serializer):
    """How many speakers and cues came along; the others still point to the revision in which they stand."""

    carried = serializers.IntegerField()
    kept = serializers.IntegerField()


class CarriedRevisionShape(RevisionShape):
    """The exact text at one moment, in a list, and what came along from earlier ones."""

    anchors = AnchorCountsShape()


class CarriedRevisionTextShape(RevisionTextShape):
    """The exact text at one moment, and what came along from earlier ones. It never changes."""

    anchors = AnchorCountsShape()


class AddedRevisionShape(CarriedRevisionShape):
    """A revision that was just stored, and what came along to it."""

    attributions = AttributionCountsShape()


class AnchorQuery(Query):
    """Which anchors."""

    state = Word(words_of(ANCHOR_STATES), required=False)
    decision = Word([*words_of(ANCHOR_DECISIONS), UNDECIDED], required=False, help_text="none: not decided yet.")
    waiting = Word(["true"], required=False, help_text="true: those that wait for a person in the newest revision.")


class RemarkBody(Strict):
    """Where the annotation stands in the newer revision."""

    segments = Segments()
    quote = Text(help_text=QUOTE)


class AnchorShape(RecordShape):
    """Where an annotation stands in a later revision, how sure that is, and what a person decided."""

    annotation = serializers.UUIDField()
    revision = serializers.UUIDField()
    from_revision = serializers.UUIDField()
    state = one_of(ANCHOR_STATES)
    segments = Segments(help_text="The place found; empty where there is none.")
    quote = any_text(help_text=QUOTE)
    was_segments = Segments(help_text="The place in from_revision.")
    was_quote = any_text()
    score = serializers.FloatField(min_value=0, max_value=1)
    decision = one_of(ANCHOR_DECISIONS, allow_blank=True)
    decided_by = id_or_null()
    decided_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(min_value=1)


class FlagShape(serializers.Serializer):
    """A quote of a position that is other words in the newest revision, or gone from it."""

    anchor = serializers.UUIDField()
    annotation = serializers.UUIDField()
    article = serializers.UUIDField()
    revision = serializers.UUIDField()
    number = serializers.IntegerField(min_value=2)
    from_revision = serializers.UUIDField()
    from_number = serializers.IntegerField(min_value=1)
    state = one_of(ANCHOR_STATES)
    was_quote = any_text()
    quote = any_text(help_text="What stands there now; empty where nothing was found.")
