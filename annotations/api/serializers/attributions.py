"""Attributions: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, Segments, Strict, Text, Whole, Word, words_of
from annotations.api.shapes import TrashableShape, any_text, id_or_null, one_of
from annotations.models.attributions import ACCESSES, ATTRIBUTION_BASES, FORMS, NAMINGS, TERMS, TONES


class AttributionEdit(Strict):
    """Who says it, through whom, and how."""

    content = Id(required=False, allow_null=True, help_text="The annotation that is said.")
    agent = Id(required=False, allow_null=True, help_text="Who says it.")
    recipient = Id(required=False, allow_null=True, help_text="Whom it is said to.")
    parent = Id(required=False, allow_null=True, help_text="The attribution that relays this one.")
    evidence = Id(required=False, allow_null=True, help_text="What an external speaker is known from.")
    speaker_segments = Segments(required=False)
    speaker_quote = Text(required=False)
    cue_segments = Segments(required=False)
    cue_quote = Text(required=False)
    form = Word(words_of(FORMS), required=False)
    naming = Word(words_of(NAMINGS), required=False)
    count = Whole(required=False, allow_null=True, min_value=1, help_text="How many unnamed speakers.")
    access = Word(words_of(ACCESSES), required=False)
    terms = Word(words_of(TERMS), required=False)
    tone = Word(words_of(TONES), required=False)
    basis = Word(words_of(ATTRIBUTION_BASES), required=False)
    note = Text(required=False)


class AttributionBody(AttributionEdit):
    """A new attribution."""

    revision = Id(required=False, help_text="A revision of the article; the newest one unless given.")


class AttributionShape(TrashableShape):
    """Who says it, through whom."""

    article = id_or_null()
    revision = id_or_null()
    content = id_or_null()
    agent = id_or_null()
    recipient = id_or_null()
    parent = id_or_null()
    evidence = id_or_null()
    speaker_segments = Segments()
    speaker_quote = any_text()
    cue_segments = Segments()
    cue_quote = any_text()
    form = one_of(FORMS)
    naming = one_of(NAMINGS)
    count = serializers.IntegerField(allow_null=True)
    access = one_of(ACCESSES)
    terms = one_of(TERMS)
    tone = one_of(TONES)
    basis = one_of(ATTRIBUTION_BASES)
    note = any_text()
