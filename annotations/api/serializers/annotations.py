"""Annotations: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, IdInQuery, Named, Segments, Strict, Text, Whole, Word
from annotations.api.lists import Query
from annotations.api.shapes import EditableShape, any_text
from annotations.core.shaping import GAPS

QUOTE = "What stands in the text there, exactly; several segments are joined by “ … ”."
LABEL = "A label's key or id, or its name where only one has it."
STATES = ["active", "trashed"]


class AnnotationEdit(Strict):
    """Changes to an annotation. New segments need their quote."""

    segments = Segments(required=False)
    quote = Text(required=False, help_text=QUOTE)
    label = Text(help_text=LABEL)
    attributes = Named(required=False, help_text="Values of the attributes that the label defines.")
    note = Text(required=False)


class AnnotationBody(AnnotationEdit):
    """A new annotation. A document label takes no segments and no quote."""

    revision = Id(required=False, help_text="A revision of the article; the newest one unless given.")


class SplitBody(Strict):
    """Where an annotation is cut in two."""

    at = Whole(
        min_value=0, help_text="In code points, inside the span. White space at the cut belongs to neither half."
    )


class MergeBody(Strict):
    """Which annotation is taken into this one. `with` is its id; the word is one of Python's own."""

    gap = Word(list(GAPS), required=False, help_text="Words between the two: keep them out (the default) or join over.")
    label = Text(required=False, allow_blank=False, help_text=f"Needed where the two have different labels. {LABEL}")

    def get_fields(self) -> dict[str, serializers.Field]:
        return {"with": Id(help_text="Another annotation of the same text."), **super().get_fields()}


class AnnotationQuery(Query):
    """Which annotations."""

    label = Text(required=False, allow_blank=False, help_text=LABEL)
    author = IdInQuery(required=False)
    state = Word(STATES, required=False, help_text="active unless given.")


class ProjectAnnotationQuery(AnnotationQuery):
    """Which annotations of a project."""

    article = IdInQuery(required=False)


class AnnotationShape(EditableShape):
    """A label on segments of a revision, by one person."""

    article = serializers.UUIDField()
    revision = serializers.UUIDField()
    segments = Segments()
    quote = any_text(help_text=QUOTE)
    label = serializers.CharField(help_text="The label's key.")
    label_id = serializers.UUIDField()
    attributes = Named()
    note = any_text()
    origin = any_text(help_text="The recommender whose suggestion was accepted; empty for what somebody marked.")
    score = serializers.FloatField(allow_null=True, help_text="How sure that recommender was, from 0 to 1.")
    state = serializers.ChoiceField(STATES)


class SplitShape(AnnotationShape):
    """The first half, which kept its id, and the second, which is new."""

    second = AnnotationShape()
