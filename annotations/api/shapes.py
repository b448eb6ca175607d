"""What rows of several kinds share, as the schema describes them.

Shapes say what `queries` gives; they render nothing.
"""

from typing import Any

from rest_framework import serializers

from annotations.api.fields import words_of


class RecordShape(serializers.Serializer):
    """A row of a project."""

    id = serializers.UUIDField()
    project = serializers.UUIDField()
    created_at = serializers.DateTimeField()


class AuthoredShape(RecordShape):
    """A row that one person made."""

    author = serializers.UUIDField(help_text="The person who made it.")


class EditableShape(AuthoredShape):
    """A row that changes by versions; its ETag is the version."""

    version = serializers.IntegerField(min_value=1)


class TrashableShape(EditableShape):
    """A row that can be in the trash."""

    trashed = serializers.BooleanField()


class ProblemShape(serializers.Serializer):
    """A refusal, as RFC 9457 has it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(allow_blank=True)
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


def one_of(choices: list[tuple[str, str]], **options: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(words_of(choices), **options)


def any_text(**options: Any) -> serializers.CharField:
    return serializers.CharField(allow_blank=True, **options)


def id_or_null(**options: Any) -> serializers.UUIDField:
    return serializers.UUIDField(allow_null=True, **options)


def ids(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.UUIDField(), **options)
