"""Quantities: what comes in, what goes out. Numbers go as text, so that no digit is lost on the way."""

from rest_framework import serializers

from annotations.api.fields import Id, PartialDate, Strict, Text, Word, words_of
from annotations.api.shapes import TrashableShape, any_text, id_or_null, one_of
from annotations.models.quantities import FIGURE_BASES, FIGURE_KINDS

A_NUMBER = "A number as text, with a point before its decimals."


class QuantityEdit(Strict):
    """Changes to a figure of a claim."""

    measure = Text(required=False, allow_blank=False, help_text="What is measured: deaths, exports, turnout.")
    printed = Text(
        required=False, help_text="As the text prints it, such as `at least 500`: fills in what else is not given."
    )
    value = Text(required=False, allow_null=True, help_text=A_NUMBER)
    low = Text(required=False, allow_null=True, help_text="The least it may be.")
    high = Text(required=False, allow_null=True, help_text="The most it may be.")
    modifier = Text(required=False, help_text="As printed: at least, nearly, about.")
    unit = Text(required=False)
    population = Text(required=False, help_text="Whom or what it is counted over.")
    as_of = PartialDate(required=False)
    period_start = PartialDate(required=False)
    period_end = PartialDate(required=False)
    basis = Word(words_of(FIGURE_BASES), required=False, allow_blank=True, help_text="Where the date comes from.")
    kind = Word(words_of(FIGURE_KINDS), required=False)
    origin = Id(required=False, allow_null=True, help_text="The one beginning that the figure goes back to.")
    note = Text(required=False)


class QuantityBody(QuantityEdit):
    """A figure of a claim: a value, a range, or both."""

    measure = Text(help_text="What is measured: deaths, exports, turnout.")


class QuantityShape(TrashableShape):
    """A figure of a claim. Figures of one measure, unit and population form a series."""

    claim = serializers.UUIDField()
    measure = serializers.CharField()
    value = serializers.CharField(allow_null=True, help_text=A_NUMBER)
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    modifier = any_text()
    unit = any_text()
    population = any_text()
    as_of = any_text()
    period_start = any_text()
    period_end = any_text()
    basis = serializers.ChoiceField(words_of(FIGURE_BASES), allow_blank=True)
    kind = one_of(FIGURE_KINDS)
    origin = id_or_null()
    note = any_text()
