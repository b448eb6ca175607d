"""All occurrences: what is asked, the places that are found, and those that are to be labelled."""

from rest_framework import serializers

from annotations.api.fields import Id, IdInQuery, Many, Named, Segments, Strict, Text, WholeInQuery, Word, YesNoInQuery
from annotations.api.serializers.annotations import LABEL, QUOTE
from annotations.api.shapes import any_text
from annotations.core.occurrences import LONGEST_WORDS
from annotations.services.occurrences import AT_ONCE

SIZE_AT_MOST = 1_000


class SameQuery(Strict):
    """What has to be the same, and which page."""

    case = YesNoInQuery(required=False, help_text="true: capitals have to be the same.")
    accents = YesNoInQuery(
        required=False,
        help_text="true: accents, vowel marks, joiners, letter forms and digits have to be the same.",
    )
    whole_words = YesNoInQuery(required=False, help_text="false: also inside longer words.")
    limit = WholeInQuery(required=False, min_value=1, max_value=SIZE_AT_MOST, help_text="Places a page; usually 200.")
    cursor = Text(required=False, allow_blank=False, help_text="From next: where the page before ended.")


class OccurrencesQuery(SameQuery):
    """Where else the words of an annotation stand."""

    words = Text(
        required=False,
        allow_blank=False,
        max_length=LONGEST_WORDS,
        help_text="Other words than the annotation’s quote.",
    )
    within = Word(["article", "project"], required=False, help_text="article unless given.")


class ProjectOccurrencesQuery(SameQuery):
    """Where any words stand."""

    words = Text(allow_blank=False, max_length=LONGEST_WORDS)
    article = IdInQuery(required=False)
    label = Text(required=False, allow_blank=False, help_text="Say of each place who labelled it so. " + LABEL)


class HitBody(Strict):
    """One place as it was found."""

    revision = Id()
    segments = Segments()
    quote = Text(help_text=QUOTE)


class OccurrencesBody(Strict):
    """The places to label, at once and as one event: all of them or none."""

    hits = Many(child=HitBody(), max_length=AT_ONCE)
    label = Text(required=False, allow_blank=False, help_text=LABEL + " The annotation’s own unless given.")
    attributes = Named(required=False, help_text="Values of the attributes that the label defines.")


class ProjectOccurrencesBody(OccurrencesBody):
    """The places to label, at once and as one event: all of them or none."""

    label = Text(allow_blank=False, help_text=LABEL)


class HitShape(serializers.Serializer):
    """A place in a newest revision. `labelled_by` names who put the label there, as far as one may see."""

    article = serializers.UUIDField()
    title = any_text()
    revision = serializers.UUIDField()
    segments = Segments()
    quote = any_text(help_text=QUOTE)
    before = any_text(help_text="What stands before it, on one line.")
    after = any_text(help_text="What stands after it, on one line.")
    labelled_by = serializers.ListField(child=serializers.CharField())


class HitsShape(serializers.Serializer):
    """One page of places. `looked_through` counts the articles that were read for it."""

    next = serializers.URLField(allow_null=True, help_text="The next page, or null on the last one.")
    results = HitShape(many=True)
    looked_through = serializers.IntegerField(min_value=0)
