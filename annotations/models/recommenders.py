"""What a recommender learned from one person alone: the only kind of learning that a blind project allows.

`Recommender` itself stands in `suggestions`, and holds what was learned from everybody where all may see all.
"""

from typing import TYPE_CHECKING

from django.db import models

from annotations.models.base import AuthoredRecord, RecordQuerySet

if TYPE_CHECKING:
    from annotations.models.people import Person


class OwnModelQuerySet(RecordQuerySet):
    def visible_to(self, person: "Person") -> "OwnModelQuerySet":
        """What was learned from a person's annotations tells of them, so it is that person's alone."""
        return self.in_projects_of(person).filter(author=person)


class OwnModel(AuthoredRecord):
    """`author` is the person whose annotations it was trained on, and the only one it makes proposals for."""

    recommender = models.ForeignKey("annotations.Recommender", models.PROTECT, related_name="own_models")
    model = models.BinaryField(blank=True, default=b"")
    measured = models.JSONField(default=dict, blank=True)
    trained_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = OwnModelQuerySet.as_manager()
    hashed_in_history = frozenset({"model"})

    class Meta:
        verbose_name = "own model"
        constraints = [models.UniqueConstraint(fields=["recommender", "author"], name="one_model_a_person")]

    def __str__(self) -> str:
        return f"{self.recommender} of {self.author}"
