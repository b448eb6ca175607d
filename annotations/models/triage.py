"""Triage: what the team looks at first. Criteria are the team's own; a mark is one claim under one criterion."""

from django.db import models
from django.db.models import Q

from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices

TRIAGE_LEVELS = word_choices("low", "medium", "high")


class TriageCriterion(EditableRecord):
    """A criterion with its weight; `question` says in words what is asked of a claim."""

    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    question = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "triage criterion"
        verbose_name_plural = "triage criteria"
        ordering = ("order", "id")
        indexes = [models.Index(fields=["project", "id"], name="criterion_by_project")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "key"],
                condition=Q(trashed=False),
                name="criteria_have_keys_of_their_own",
                violation_error_message="Another criterion of this project has this key.",
            ),
            models.CheckConstraint(
                condition=Q(weight__range=(0, 10)),
                name="weights_are_nought_to_ten",
                violation_error_message="A weight is a whole number from 0 to 10.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TriageMark(EditableRecord):
    """How a claim does under a criterion, and why. What they come to is kept on the claim as its `priority`."""

    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="triage_marks")
    criterion = models.ForeignKey(TriageCriterion, models.PROTECT, related_name="marks")
    level = models.CharField(max_length=6, choices=TRIAGE_LEVELS)
    reason = models.TextField(blank=True)

    objects = BlindQuerySet.as_manager()
    stands_on = ("claim",)

    class Meta:
        verbose_name = "triage mark"
        indexes = [models.Index(fields=["project", "id"], name="triage_mark_by_project")]
        constraints = [
            one_of("level", TRIAGE_LEVELS),
            models.UniqueConstraint(
                fields=["claim", "criterion"],
                condition=Q(trashed=False),
                name="one_mark_a_criterion",
                violation_error_message="This claim has a mark under this criterion already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.level}"
