"""Recommenders: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Named, Strict, Text, Word, YesNo, words_of
from annotations.api.shapes import TrashableShape, any_text, one_of
from annotations.models.suggestions import RECOMMENDER_KINDS

OPTIONS = (
    "For cues, `labels` maps quotation, cue and denial to keys of labels, for numbers it maps number and date; a label "
    "whose key or name fits is taken unless given, and an empty key switches one off. `least` is the lowest score."
)


class RecommenderEdit(Strict):
    """Changes to a recommender."""

    name = Text(required=False, allow_blank=False)
    enabled = YesNo(required=False)
    url = Text(required=False, help_text="Of a model outside; empty for the others.")
    options = Named(required=False, help_text=OPTIONS)


class RecommenderBody(RecommenderEdit):
    """A new recommender."""

    kind = Word(words_of(RECOMMENDER_KINDS))


class RecommenderShape(TrashableShape):
    """One maker of suggestions in a project."""

    kind = one_of(RECOMMENDER_KINDS)
    name = serializers.CharField()
    enabled = serializers.BooleanField()
    url = any_text()
    options = Named(help_text=OPTIONS)
    measured = Named(help_text="What was measured of a learned one.")
    trained_at = serializers.DateTimeField(allow_null=True)
