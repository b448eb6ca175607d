"""Labels: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, Many, Named, Strict, Text, Whole, Word, YesNo, words_of
from annotations.api.lists import Query
from annotations.api.shapes import EditableShape, any_text, id_or_null, one_of
from annotations.models.labels import COLOUR_SLOTS, LABEL_KINDS

ATTRIBUTES = "Each is {name, kind, choices?}; kind is choice, yes_no, text, number or date."


class LabelFields(Strict):
    """How a label is named and looks."""

    name = Text(required=False)
    colour = Whole(
        required=False, min_value=COLOUR_SLOTS[0], max_value=COLOUR_SLOTS[-1], help_text="A slot of the palette."
    )
    shortcut = Text(required=False, max_length=1)
    description = Text(required=False)
    parent = Id(required=False, allow_null=True, help_text="Another label of the project, by key, id or name.")
    attributes = Many(child=Named(), required=False, help_text=ATTRIBUTES)


class LabelBody(LabelFields):
    """A new label: its key, or a name from which the key is made."""

    key = Text(required=False)
    kind = Word(words_of(LABEL_KINDS), required=False)


class LabelEdit(LabelFields):
    """Changes to a label."""

    order = Whole(required=False, min_value=0)
    retired = YesNo(required=False, help_text="true takes the label out of use, false brings it back.")


class LabelQuery(Query):
    """Which labels."""

    kind = Word(words_of(LABEL_KINDS), required=False)


class LabelShape(EditableShape):
    """A word of the team's vocabulary."""

    key = serializers.CharField()
    kind = one_of(LABEL_KINDS)
    name = serializers.CharField()
    colour = serializers.IntegerField()
    shortcut = any_text()
    description = any_text()
    attributes = serializers.ListField(child=serializers.DictField(), help_text=ATTRIBUTES)
    parent = id_or_null()
    order = serializers.IntegerField()
    retired = serializers.BooleanField()
