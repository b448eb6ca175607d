"""Reports: what was published, edition by edition; what was corrected; what readers asked to have corrected."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from annotations.models.base import AuthoredRecord, BlindQuerySet, EditableRecord, Record, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.claims import Claim
    from annotations.models.disputes import Dispute
    from annotations.models.people import Person

REPORT_STATES = word_choices("published", "under_review", "retracted")
CORRECTION_KINDS = word_choices("correction", "clarification", "update", "retraction")
REQUEST_STATES = word_choices("open", "accepted", "declined")


class ReportQuerySet(BlindQuerySet):
    def hidden_from(self, person: "Person") -> Q:
        """In a blind project the desk's own pages about it are for those who decide; its public address is public."""
        return Q()

    def public(self) -> "ReportQuerySet":
        """What strangers may read. The one place that says so: every public page asks here first."""
        return self.filter(trashed=False)


class Report(EditableRecord):
    """A published answer at an address that never changes. `under_review`: what it answers was taken up again."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    dispute = models.ForeignKey("annotations.Dispute", models.PROTECT, null=True, blank=True, related_name="reports")
    claim = models.ForeignKey("annotations.Claim", models.PROTECT, null=True, blank=True, related_name="reports")
    state = models.CharField(max_length=12, choices=REPORT_STATES, default="published")
    under_review_since = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "report"
        indexes = [models.Index(fields=["project", "id"], name="report_by_project")]
        constraints = [
            one_of("state", REPORT_STATES),
            models.CheckConstraint(
                condition=Q(dispute__isnull=True) ^ Q(claim__isnull=True), name="a_report_answers_one_question"
            ),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(trashed=False), name="one_report_a_dispute",
                violation_error_message="This dispute has a report already.",
            ),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(trashed=False), name="one_report_a_claim",
                violation_error_message="This claim has a report already.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> "Dispute | Claim":
        """What it answers: the dispute, or the claim on its own."""
        subject = self.dispute or self.claim
        assert subject  # the database holds it to exactly one
        return subject


class ReportEdition(AuthoredRecord):
    """One resolution as it was published: `content` is all that the page shows. Append-only."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    resolution = models.ForeignKey("annotations.Resolution", models.PROTECT, related_name="editions")
    content = models.JSONField(default=dict)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "report edition"
        indexes = [models.Index(fields=["project", "id"], name="edition_by_project")]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="editions_are_numbered_once")]

    def __str__(self) -> str:
        return f"edition {self.number}"


class Correction(AuthoredRecord):
    """What was wrong, publicly: was, now, why. Append-only."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=14, choices=CORRECTION_KINDS)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    why = models.TextField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "correction"
        indexes = [models.Index(fields=["project", "id"], name="correction_by_project")]
        constraints = [
            one_of("kind", CORRECTION_KINDS),
            models.CheckConstraint(condition=~Q(why=""), name="a_correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.why[:60]}"


class CorrectionRequest(Record):
    """What a reader asked for. `contact` is theirs alone: no export and no event carries it, and it may be erased."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="correction_requests")
    text = models.TextField()
    contact = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=REQUEST_STATES, default="open")
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey("annotations.Person", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "correction request"
        indexes = [models.Index(fields=["project", "id"], name="correction_request_by_project")]
        constraints = [
            one_of("state", REQUEST_STATES),
            models.CheckConstraint(condition=~Q(text=""), name="a_correction_request_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
