"""Sources and origins: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, IdInQuery, Named, PartialDate, Strict, Text, Word, words_of
from annotations.api.lists import TrashQuery
from annotations.api.shapes import TrashableShape, any_text, id_or_null, one_of
from annotations.models.articles import BASES
from annotations.models.sources import LEVELS, SOURCE_KINDS


class SourceBody(Strict):
    """A document or statement that can bear on a claim."""

    kind = Word(words_of(SOURCE_KINDS))
    title = Text()
    url = Text(required=False, help_text="http or https.")
    publisher = Id(required=False, allow_null=True, help_text="An agent.")
    published_on = PartialDate(required=False)
    published_basis = Word(words_of(BASES), required=False, allow_blank=True)
    level = Word(words_of(LEVELS), required=False, allow_blank=True)
    citation = Named(required=False, help_text="CSL-JSON.")
    note = Text(required=False)


class SourceQuery(TrashQuery):
    """Which sources."""

    kind = Word(words_of(SOURCE_KINDS), required=False)
    publisher = IdInQuery(required=False)


class SourceShape(TrashableShape):
    """A document or statement that can bear on a claim."""

    kind = one_of(SOURCE_KINDS)
    title = serializers.CharField()
    url = any_text()
    publisher = id_or_null()
    published_on = any_text()
    published_basis = one_of(BASES, allow_blank=True)
    level = one_of(LEVELS, allow_blank=True)
    citation = Named()
    note = any_text()


class OriginBody(Strict):
    """A beginning that several documents go back to."""

    label = Text()
    note = Text(required=False)


class OriginShape(TrashableShape):
    """A beginning that several documents go back to."""

    label = serializers.CharField()
    note = any_text()
