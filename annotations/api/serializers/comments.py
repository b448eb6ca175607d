"""Comments: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, IdInQuery, Strict, Text, YesNoInQuery
from annotations.api.lists import TrashQuery
from annotations.api.shapes import TrashableShape, any_text, id_or_null, ids
from annotations.models.comments import COMMENTED

ON_HELP = f"The record: one of {', '.join(COMMENTED)}, a colon, its id."


class CommentBody(Strict):
    """Something to say about a record."""

    on = Text(help_text=ON_HELP)
    text = Text(help_text="Plain words. @name calls a member of the project.")
    thread = Id(required=False, allow_null=True, help_text="The comment that this one answers.")


class CommentEdit(Strict):
    """Other words."""

    text = Text(required=False)


class CommentQuery(TrashQuery):
    """Which comments."""

    on = Text(required=False, allow_blank=False, help_text=ON_HELP)
    thread = IdInQuery(required=False)
    author = IdInQuery(required=False)
    mentions = IdInQuery(required=False, help_text="The person whom they call.")
    resolved = YesNoInQuery(required=False, help_text="Of threads: resolved or open. Answers are left out.")


class OnShape(serializers.Serializer):
    """What a comment is about."""

    kind = serializers.ChoiceField(COMMENTED)
    id = serializers.UUIDField()


class CommentShape(TrashableShape):
    """One comment. A thread is the first comment and those that name it."""

    on = OnShape()
    thread = id_or_null(help_text="The first comment of its thread; null for that one itself.")
    text = any_text()
    mentions = ids(help_text="The people whom it calls.")
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolved_by = id_or_null()
    guideline = id_or_null(help_text="The version of the guidelines that the thread led to.")
