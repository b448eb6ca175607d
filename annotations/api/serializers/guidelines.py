"""Versions of the guidelines: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, Strict, Text, Whole
from annotations.api.shapes import AuthoredShape, any_text


class GuidelinesBody(Strict):
    """Another text of the guidelines."""

    text = Text(allow_blank=True, help_text="Markdown.")
    reason = Text(required=False, help_text="What led to it.")
    comment = Id(required=False, allow_null=True, help_text="The thread that led to it.")
    version = Whole(
        required=False, min_value=1, help_text="The project's version that was read; an older one is refused (412)."
    )


class GuidelineVersionShape(AuthoredShape):
    """The guidelines as they were from one moment on."""

    number = serializers.IntegerField(min_value=1)
    text = any_text()
    reason = any_text()
