"""Annotations: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, IdInQuery, Named, Segments, Strict, Text, Word
from annotations.api.lists import Query
from annotations.api.shapes import EditableShape, any_text

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
    state = serializers.ChoiceField(STATES)
