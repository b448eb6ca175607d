"""Comments: threads on spans, claims, evidence and more; and who is mentioned in them."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from annotations.models.base import BlindQuerySet, EditableRecord, Record

if TYPE_CHECKING:
    from annotations.models.people import Person

COMMENTED = ("annotation", "claim", "evidence", "position", "resolution", "source", "dispute")


def names_one_of(*names: str) -> Q:
    """A condition: exactly one of these references is given."""
    condition = Q()
    for name in names:
        condition |= Q(**{f"{other}__isnull": other != name for other in names})
    return condition


class CommentQuerySet(BlindQuerySet):
    def hidden_from(self, person: "Person") -> Q:
        """In a blind project a comment is seen by its author, on what is their own, alone."""
        own = Q(annotation__author=person) | Q(claim__author=person) | Q(evidence__author=person)
        return ~Q(author=person) | ~own


class Comment(EditableRecord):
    """A thread begins with a comment on one record; its answers name it as `thread` and the same record.

    `resolved_at` stands on the first comment. `guideline` is the version that a thread led to.
    """

    annotation = models.ForeignKey(
        "annotations.Annotation", models.PROTECT, null=True, blank=True, related_name="comments"
    )
    claim = models.ForeignKey("annotations.Claim", models.PROTECT, null=True, blank=True, related_name="comments")
    evidence = models.ForeignKey("annotations.Evidence", models.PROTECT, null=True, blank=True, related_name="comments")
    position = models.ForeignKey("annotations.Position", models.PROTECT, null=True, blank=True, related_name="comments")
    resolution = models.ForeignKey(
        "annotations.Resolution", models.PROTECT, null=True, blank=True, related_name="comments"
    )
    source = models.ForeignKey("annotations.Source", models.PROTECT, null=True, blank=True, related_name="comments")
    dispute = models.ForeignKey("annotations.Dispute", models.PROTECT, null=True, blank=True, related_name="comments")
    thread = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answers")
    text = models.TextField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey("annotations.Person", models.PROTECT, null=True, blank=True, related_name="+")
    guideline = models.ForeignKey(
        "annotations.GuidelineVersion", models.PROTECT, null=True, blank=True, related_name="comments"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "comment"
        indexes = [models.Index(fields=["project", "id"], name="comment_by_project")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something"),
            models.CheckConstraint(condition=names_one_of(*COMMENTED), name="a_comment_is_on_one_record"),
            models.CheckConstraint(
                condition=Q(thread__isnull=True) | Q(resolved_at__isnull=True), name="threads_are_resolved_as_a_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def on_kind(self) -> str:
        """The word for the record that is commented on."""
        return next(name for name in COMMENTED if getattr(self, f"{name}_id"))

    @property
    def on(self) -> Any:
        """The record that is commented on."""
        return getattr(self, self.on_kind)

    @property
    def on_id(self) -> Any:
        return getattr(self, f"{self.on_kind}_id")


class CommentMention(Record):
    """A person whom a comment calls; `seen_at` is when they looked."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    person = models.ForeignKey("annotations.Person", models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "comment mention"
        indexes = [models.Index(fields=["person", "seen_at"], name="mentions_of_a_person")]
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="a_comment_calls_a_person_once")]
