"""Sources and origins: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, IdInQuery, Named, PartialDate, Strict, Text, Word, YesNo, YesNoInQuery, words_of
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
    interest = Text(required=False, help_text="What those who made it have at stake.")
    memento_url = Text(required=False, help_text="http or https.")
    archive_url = Text(required=False, help_text="http or https.")
    watched = YesNo(required=False, help_text="Its address is fetched again from time to time.")
    article = Id(required=False, allow_null=True, help_text="The article of the project that this source is.")
    annotation = Id(required=False, allow_null=True, help_text="The one span of it.")
    note = Text(required=False)


class CitationQuery(Strict):
    """Another form than the record."""

    citation = Word(["bibtex", "ris", "csl"], required=False)


class SourceQuery(TrashQuery):
    """Which sources."""

    kind = Word(words_of(SOURCE_KINDS), required=False)
    publisher = IdInQuery(required=False)
    article = IdInQuery(required=False)
    saved = YesNoInQuery(required=False, help_text="Whether there is a saved copy of it.")
    changed = YesNoInQuery(required=False, help_text="Whether a change of its page waits to be looked at.")


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
    interest = any_text()
    memento_url = any_text()
    archive_url = any_text()
    watched = serializers.BooleanField()
    article = id_or_null()
    annotation = id_or_null()
    note = any_text()


class OriginBody(Strict):
    """A beginning that several documents go back to."""

    label = Text()
    note = Text(required=False)


class OriginShape(TrashableShape):
    """A beginning that several documents go back to."""

    label = serializers.CharField()
    note = any_text()
