"""Bulk changes: one verb on many annotations at once, told by one event, whose rows keep its id and what they were."""

from django.db import models
from django.db.models import Q

from annotations.models.base import AuthoredRecord, BlindQuerySet, Record, one_of, word_choices

BULK_VERBS = word_choices("labelled", "relabelled", "undone")


class BulkChange(AuthoredRecord):
    """`labelled` made annotations, `relabelled` changed their label, `undone` took another bulk change back (`undoes`).

    `words` is what was looked for, where something was.
    """

    verb = models.CharField(max_length=10, choices=BULK_VERBS)
    label = models.ForeignKey("annotations.Label", models.PROTECT, related_name="+")
    article = models.ForeignKey("annotations.Article", models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")

    objects = BlindQuerySet.as_manager()

    class Meta:
        verbose_name = "bulk change"
        indexes = [models.Index(fields=["project", "id"], name="bulk_change_by_project")]
        constraints = [
            one_of("verb", BULK_VERBS),
            models.CheckConstraint(
                condition=Q(verb="undone", undoes__isnull=False) | ~Q(verb="undone") & Q(undoes__isnull=True),
                name="undoing_names_what_it_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.words or self.label}"


class BulkRow(Record):
    """One annotation of a bulk change: the columns as they were, and the version that it has had since."""

    bulk_change = models.ForeignKey(BulkChange, models.PROTECT, related_name="rows")
    annotation = models.ForeignKey("annotations.Annotation", models.PROTECT, related_name="bulk_rows")
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = "row of a bulk change"
        indexes = [models.Index(fields=["project", "id"], name="bulk_row_by_project")]
        constraints = [
            models.UniqueConstraint(fields=["bulk_change", "annotation"], name="a_bulk_change_names_a_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id} in {self.bulk_change_id}"
