"""Suggestions: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, IdInQuery, Many, Named, Segments, Strict, Text, Whole, Word, words_of
from annotations.api.lists import Query
from annotations.api.serializers.annotations import LABEL, QUOTE
from annotations.api.shapes import AuthoredShape, any_text, id_or_null, ids, one_of
from annotations.models.suggestions import SUGGESTION_STATES


class SuggestionQuery(Query):
    """Which suggestions."""

    state = Word(words_of(SUGGESTION_STATES), required=False, help_text="pending unless given.")
    recommender = IdInQuery(required=False)


class SuggestBody(Strict):
    """Whom to ask."""

    recommender = Id(required=False, help_text="One recommender of the project; all that are on unless given.")


class AcceptBody(Strict):
    """As what to accept it, where that is not what was suggested."""

    label = Text(required=False, allow_blank=False, help_text=LABEL)
    segments = Segments(required=False)
    quote = Text(required=False, help_text=f"{QUOTE} Needed with other segments.")


class TickedBody(Strict):
    """One suggestion as it was seen."""

    id = Id()
    version = Whole(min_value=1)


class AcceptManyBody(Strict):
    """Which to accept."""

    suggestions = Many(child=TickedBody())


class AcceptedShape(serializers.Serializer):
    """What they became."""

    annotations = ids(help_text="The new annotations, in the order of the text.")


class SuggestionShape(AuthoredShape):
    """A span that a recommender proposes; nobody's work until a person accepts it."""

    article = serializers.UUIDField()
    revision = serializers.UUIDField()
    recommender = serializers.UUIDField()
    origin = serializers.CharField(help_text="The recommender's name, which an accepted annotation keeps.")
    label = serializers.CharField(help_text="The label's key.")
    label_id = serializers.UUIDField()
    segments = Segments()
    quote = any_text(help_text=QUOTE)
    attributes = Named()
    score = serializers.FloatField(allow_null=True, help_text="How sure the recommender is, from 0 to 1.")
    why = any_text(help_text="Its reason, in a line.")
    made_with = any_text(help_text="The model or version that made it.")
    state = one_of(SUGGESTION_STATES)
    decided_by = id_or_null()
    decided_at = serializers.DateTimeField(allow_null=True)
    annotation = id_or_null(help_text="What it became when it was accepted.")
    version = serializers.IntegerField(min_value=1)


class MadeShape(serializers.Serializer):
    """What came of asking: counts now, or the job that makes them for a long article."""

    made = serializers.DictField(
        child=serializers.IntegerField(min_value=0), help_text="Pending suggestions by recommender's name."
    )
    failed = serializers.DictField(
        child=serializers.CharField(), help_text="Why a recommender could not be asked, by its name."
    )
    job = id_or_null(help_text="The job that does it in the background, with 202.")
