"""Relations: a labelled arrow from one annotation to another of the same article."""

from django.db import models
from django.db.models import F, Q

from annotations.models.base import BlindQuerySet, EditableRecord


class Relation(EditableRecord):
    """`article` repeats that of both ends, so that an article's arrows are found by one index."""

    article = models.ForeignKey("annotations.Article", models.PROTECT, related_name="relations")
    from_annotation = models.ForeignKey("annotations.Annotation", models.PROTECT, related_name="relations_from")
    to_annotation = models.ForeignKey("annotations.Annotation", models.PROTECT, related_name="relations_to")
    label = models.ForeignKey("annotations.Label", models.PROTECT, related_name="relations")
    note = models.TextField(blank=True)

    objects = BlindQuerySet.as_manager()
    stands_on = ("from_annotation", "to_annotation")

    class Meta:
        verbose_name = "relation"
        indexes = [models.Index(fields=["project", "id"], name="relation_by_project")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_annotation=F("to_annotation")),
                name="a_relation_joins_two_annotations",
                violation_error_message="A relation leads from one annotation to another.",
            ),
            models.UniqueConstraint(
                fields=["from_annotation", "to_annotation", "label", "author"],
                condition=Q(trashed=False),
                name="a_relation_is_drawn_once",
                violation_error_message="You drew this relation already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}"
