"""Annotations: a label on segments of one revision, by one person."""

from django.db import models
from django.db.models import F, Q

from annotations.models.base import BlindQuerySet, EditableRecord


class Annotation(EditableRecord):
    """`segments` are [[start, end), ...] in code points of `revision`; `start` and `end` hold their outer extent.

    A document label has no segments and no extent. `origin` names the recommender whose suggestion a person accepted,
    with its `score`; both are empty for what somebody marked. A later revision carries it along: `revision` and the
    places change then, and its anchors tell where it stood before.
    """

    article = models.ForeignKey("annotations.Article", models.PROTECT, related_name="annotations")
    revision = models.ForeignKey("annotations.Revision", models.PROTECT, related_name="annotations")
    label = models.ForeignKey("annotations.Label", models.PROTECT, related_name="annotations")
    segments = models.JSONField(default=list)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    origin = models.CharField(max_length=80, blank=True)
    score = models.FloatField(null=True, blank=True)

    objects = BlindQuerySet.as_manager()
    hashed_in_history = frozenset({"quote"})

    class Meta:
        verbose_name = "annotation"
        indexes = [
            models.Index(fields=["article", "start"], name="annotation_by_place"),
            models.Index(fields=["article", "id"], name="annotation_by_number"),
            models.Index(fields=["project", "id"], name="annotation_by_project"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True, quote="")
                | Q(start__isnull=False, end__isnull=False, end__gt=F("start")),
                name="an_extent_is_not_empty",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.quote[:60]}"

    @property
    def state(self) -> str:
        return "trashed" if self.trashed else "active"
