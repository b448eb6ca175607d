"""Assessments: one reviewer's own vote on a claim, before there is a resolution."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from annotations.models.base import BlindQuerySet, EditableRecord, Record, one_of, word_choices
from annotations.models.resolutions import CONFIDENCES, Resolution

if TYPE_CHECKING:
    from annotations.models.people import Person

ASSESSMENT_MODES = word_choices("independent", "sufficiency")


class AssessmentQuerySet(BlindQuerySet):
    def visible_to(self, person: "Person") -> "AssessmentQuerySet":
        """Everybody votes for themselves first: others' votes are seen once one's own is in, or once a resolution of
        the claim was proposed. Its state does not tell: whoever rejects a claim can take it back."""
        own = Assessment.objects.filter(claim=OuterRef("claim"), mode=OuterRef("mode"), author=person, trashed=False)
        proposed = Resolution.objects.filter(claim=OuterRef("claim"))
        return super().visible_to(person).exclude(~Q(author=person) & ~Q(Exists(own)) & ~Q(Exists(proposed)))


class Assessment(EditableRecord):
    """A verdict in the words of `scale`. `mode` says what was asked: an independent second assessment, or only whether
    the evidence suffices for the verdict that is there."""

    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="assessments")
    mode = models.CharField(max_length=12, choices=ASSESSMENT_MODES, default="independent")
    scale = models.ForeignKey("annotations.VerdictScale", models.PROTECT, related_name="+")
    verdict = models.SlugField(max_length=40)
    confidence = models.CharField(max_length=6, choices=CONFIDENCES, blank=True)
    rationale = models.TextField(blank=True)

    objects = AssessmentQuerySet.as_manager()
    stands_on = ("claim",)

    class Meta:
        verbose_name = "assessment"
        indexes = [models.Index(fields=["project", "id"], name="assessment_by_project")]
        constraints = [
            one_of("mode", ASSESSMENT_MODES),
            one_of("confidence", CONFIDENCES, blank=True),
            models.UniqueConstraint(
                fields=["claim", "author", "mode"],
                condition=Q(trashed=False),
                name="one_assessment_a_person",
                violation_error_message="You have assessed this claim already; change that assessment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.author_id}"


class AssessmentCitation(Record):
    """A piece of evidence that an assessment rests on."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="citations")
    evidence = models.ForeignKey("annotations.Evidence", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "assessment citation"
        constraints = [models.UniqueConstraint(fields=["assessment", "evidence"], name="an_assessment_cites_once")]
