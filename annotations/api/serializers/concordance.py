"""The concordance, relabelling, and bulk changes: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, IdInQuery, Many, Strict, Text, Whole, WholeInQuery, Word, YesNo, words_of
from annotations.api.serializers.annotations import LABEL, AnnotationShape
from annotations.api.shapes import AuthoredShape, any_text, id_or_null
from annotations.models.occurrences import BULK_VERBS
from annotations.queries.concordance import SORTED_AT_MOST, SORTS
from annotations.services.occurrences import AT_ONCE

REST = "true: change the others where some cannot be changed; else all of them or none."


class ConcordanceQuery(Strict):
    """Which annotations, in which order."""

    words = Text(required=False, allow_blank=False, help_text="Words in the quote.")
    label = Text(required=False, allow_blank=False, help_text=LABEL)
    author = IdInQuery(required=False)
    article = IdInQuery(required=False)
    note = Text(required=False, allow_blank=False, help_text="Words in the note.")
    attribute = Text(required=False, allow_blank=False, help_text="The name of an attribute that has a value.")
    value = Text(required=False, allow_blank=False, help_text="Words in the value of that attribute.")
    sort = Word(
        list(SORTS),
        required=False,
        help_text=f"newest unless given; left and right sort the newest {SORTED_AT_MOST:,} by what stands beside.",
    )
    limit = WholeInQuery(required=False, min_value=1, max_value=1_000, help_text="Lines a page; usually 50.")
    cursor = IdInQuery(required=False, help_text="From next: the annotation behind which the page goes on.")


class LineShape(AnnotationShape):
    """An annotation in its context, each part on one line."""

    title = any_text(help_text="The article’s title.")
    before = any_text()
    after = any_text()


class LinesShape(serializers.Serializer):
    """One page of lines."""

    next = serializers.URLField(allow_null=True, help_text="The next page, or null on the last one.")
    results = LineShape(many=True)


class VersionBody(Strict):
    """An annotation at the version that was seen."""

    id = Id()
    version = Whole(min_value=1)


class RelabelBody(Strict):
    """Annotations that get another label, at once and as one event."""

    annotations = Many(child=VersionBody(), max_length=AT_ONCE)
    label = Text(allow_blank=False, help_text=LABEL)
    rest = YesNo(required=False, help_text=REST)


class UndoBody(Strict):
    """How a bulk change is taken back."""

    rest = YesNo(required=False, help_text=REST)


class BulkRowShape(serializers.Serializer):
    """An annotation and the version that it had then."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)


class BulkChangeShape(AuthoredShape):
    """One verb on many annotations at once."""

    verb = serializers.ChoiceField(words_of(BULK_VERBS))
    label = serializers.CharField(help_text="The label's key.")
    words = any_text(help_text="What was looked for.")
    article = id_or_null(help_text="The article, where all of them are in one.")
    undoes = id_or_null(help_text="The bulk change that this one took back.")
    annotations = BulkRowShape(many=True)
