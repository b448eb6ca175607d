"""Anchors: where an annotation stands in a later revision of its article, and what a person decided about it."""

from django.db import models
from django.db.models import OuterRef

from annotations.models.articles import Revision
from annotations.models.base import BlindQuerySet, Record, one_of, word_choices

ANCHOR_STATES = word_choices("exact", "moved", "fuzzy", "orphaned")
ANCHOR_DECISIONS = word_choices("accepted", "remarked", "dropped")


class AnchorQuerySet(BlindQuerySet):
    """Seen where the annotation is seen."""

    def hidden_from(self, person):  # type: ignore[no-untyped-def]
        return ~models.Q(annotation__author=person)

    def undecided(self) -> "AnchorQuerySet":
        """Those that wait for a person: found by likeness only, or not found. A later revision supersedes them."""
        later = Revision.objects.filter(article=OuterRef("revision__article"), number__gt=OuterRef("revision__number"))
        waiting = self.filter(state__in=("fuzzy", "orphaned"), decision="", annotation__trashed=False)
        return waiting.filter(~models.Exists(later))


class Anchor(Record):
    """One annotation carried to one revision. `exact` and `moved` keep the quote, and the annotation stands in the new
    revision at once; `fuzzy` and `orphaned` leave it in the old one until a person decided.

    `segments` and `quote` are the place found in `revision`, empty where there is none; `was_segments` and `was_quote`
    the place in `from_revision`. `score` is 0 to 1.
    """

    annotation = models.ForeignKey("annotations.Annotation", models.PROTECT, related_name="anchors")
    revision = models.ForeignKey("annotations.Revision", models.PROTECT, related_name="anchors")
    from_revision = models.ForeignKey("annotations.Revision", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ANCHOR_STATES)
    segments = models.JSONField(default=list)
    quote = models.TextField(blank=True)
    was_segments = models.JSONField(default=list)
    was_quote = models.TextField(blank=True)
    score = models.FloatField()
    decision = models.CharField(max_length=8, choices=ANCHOR_DECISIONS, blank=True)
    decided_by = models.ForeignKey("annotations.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AnchorQuerySet.as_manager()
    hashed_in_history = frozenset({"quote", "was_quote"})

    class Meta:
        verbose_name = "anchor"
        indexes = [
            models.Index(fields=["project", "id"], name="anchor_by_project"),
            models.Index(fields=["revision", "state", "decision"], name="anchor_to_review"),
        ]
        constraints = [
            one_of("state", ANCHOR_STATES),
            one_of("decision", ANCHOR_DECISIONS, blank=True),
            models.UniqueConstraint(fields=["annotation", "revision"], name="one_anchor_a_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.state} in {self.revision}"
