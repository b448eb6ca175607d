"""Relations: what comes in, what goes out. `from` is no name that Python lets a class have, so it is added by hand."""

from typing import Any

from rest_framework import serializers

from annotations.api.fields import Id, Strict, Text
from annotations.api.shapes import TrashableShape, any_text

LABEL = "The key or id of a label for relations, or its name where only one has it."


class RelationEdit(Strict):
    """Changes to a relation."""

    to = Id(help_text="The annotation to which it leads.")
    label = Text(help_text=LABEL)
    note = Text(required=False)

    def get_fields(self) -> dict[str, Any]:
        return {"from": Id(help_text="The annotation from which it leads.")} | super().get_fields()


class RelationBody(RelationEdit):
    """A new relation: both annotations are of this article."""


class RelationShape(TrashableShape):
    """A labelled arrow from one annotation to another of the same article."""

    article = serializers.UUIDField()
    to = serializers.UUIDField()
    label = serializers.CharField(help_text="The label's key.")
    label_id = serializers.UUIDField()
    note = any_text()

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.UUIDField()}
