"""Resolutions, their verdicts, and what named other people decided on them. All append-only."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from annotations.models.base import AuthoredRecord, BlindQuerySet, EditableRecord, Record, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.claims import Claim
    from annotations.models.disputes import Dispute

CONFIDENCES = word_choices("low", "medium", "high")
DECISIONS = word_choices("approval", "dissent")
DEFAULT_VERDICTS = [
    {
        "key": "supported",
        "name": "Supported",
        "averitec": "Supported",
        "definition": "The evidence carries the statement, and nothing of weight stands against it.",
    },
    {
        "key": "refuted",
        "name": "Refuted",
        "averitec": "Refuted",
        "definition": "The evidence shows that the statement is not so.",
    },
    {
        "key": "not_enough_evidence",
        "name": "Not Enough Evidence",
        "averitec": "Not Enough Evidence",
        "definition": "What was found, after a search that is logged, does not decide it either way.",
    },
    {
        "key": "disputed",
        "name": "Disputed",
        "averitec": "Conflicting Evidence/Cherrypicking",
        "definition": "Sources of weight contradict one another, and nothing found decides between them.",
    },
    {
        "key": "misleading",
        "name": "Misleading",
        "averitec": "Conflicting Evidence/Cherrypicking",
        "definition": "True in its parts, and wrong in what it leaves out or makes a reader believe.",
    },
]


def default_verdicts() -> list[dict[str, str]]:
    return [dict(verdict) for verdict in DEFAULT_VERDICTS]


class VerdictScale(EditableRecord):
    """The words a team judges with. Used words are never changed: a change makes the next number."""

    name = models.CharField(max_length=80, default="Default scale")
    number = models.PositiveIntegerField(default=1)
    ordered = models.BooleanField(default=False)
    verdicts = models.JSONField(default=default_verdicts)

    class Meta:
        verbose_name = "verdict scale"
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="verdict_scales_are_numbered_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> dict[str, str]:
        """Key to name, in the scale's order."""
        return {verdict["key"]: verdict["name"] for verdict in self.verdicts}


class ResolutionQuerySet(BlindQuerySet):
    def standing(self) -> "ResolutionQuerySet":
        """Those in review, or by which their dispute is closed or their claim approved: no later number exists."""
        same = Q(dispute=OuterRef("dispute")) | Q(claim=OuterRef("claim"))
        later = Resolution.objects.filter(same, number__gt=OuterRef("number"))
        of_dispute = Q(dispute__state="in_review") | Q(dispute__state="closed") & ~Q(dispute__outcome="not_a_dispute")
        of_claim = Q(claim__state__in=("in_review", "approved", "published"))
        return self.filter(of_dispute | of_claim).exclude(Exists(later))

    def hidden_from(self, person) -> Q:  # type: ignore[no-untyped-def]
        """In a blind project it is for those who decide: it holds a copy of what everybody brought."""
        return Q()


class Resolution(Record):
    """One numbered answer, of a dispute or of one claim that no dispute holds.

    `judged` is a copy of what it judged, so that later edits cannot change its meaning. `guidelines` is the version
    that was in force.
    """

    dispute = models.ForeignKey(
        "annotations.Dispute", models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    claim = models.ForeignKey("annotations.Claim", models.PROTECT, null=True, blank=True, related_name="resolutions")
    number = models.PositiveIntegerField()
    scale = models.ForeignKey(VerdictScale, models.PROTECT, related_name="+")
    rationale = models.TextField()
    search_log = models.TextField(blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    reopen_if = models.TextField(blank=True)
    judged = models.JSONField(default=dict)
    proposer = models.ForeignKey("annotations.Person", models.PROTECT, related_name="+")
    guidelines = models.ForeignKey(
        "annotations.GuidelineVersion", models.PROTECT, null=True, blank=True, related_name="resolutions"
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "resolution"
        indexes = [models.Index(fields=["project", "id"], name="resolution_by_project")]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "number"], name="resolutions_are_numbered_once"),
            models.UniqueConstraint(fields=["claim", "number"], name="resolutions_of_a_claim_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(dispute__isnull=True) ^ Q(claim__isnull=True), name="a_resolution_answers_one_question"
            ),
            models.CheckConstraint(condition=~Q(rationale=""), name="a_resolution_gives_its_rationale"),
        ]

    def __str__(self) -> str:
        return f"resolution {self.number}"

    @property
    def subject(self) -> "Dispute | Claim":
        """What it answers: the dispute, or the claim on its own."""
        subject = self.dispute or self.claim
        assert subject  # the database holds it to exactly one
        return subject

    def is_standing(self) -> bool:
        return Resolution.objects.standing().filter(pk=self.pk).exists()


class Verdict(Record):
    """The word on one statement, how sure, and what it rests on."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="verdicts")
    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="verdicts")
    verdict = models.SlugField(max_length=40)
    confidence = models.CharField(max_length=6, choices=CONFIDENCES, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "verdict"
        constraints = [
            one_of("confidence", CONFIDENCES, blank=True),
            models.UniqueConstraint(fields=["resolution", "claim"], name="one_verdict_a_statement"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} on {self.claim_id}"


class VerdictCitation(Record):
    """A piece of evidence that a verdict rests on."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="citations")
    evidence = models.ForeignKey("annotations.Evidence", models.PROTECT, related_name="citations")

    class Meta:
        verbose_name = "verdict citation"
        constraints = [models.UniqueConstraint(fields=["verdict", "evidence"], name="evidence_is_cited_once")]


class DecisionQuerySet(BlindQuerySet):
    def hidden_from(self, person) -> Q:  # type: ignore[no-untyped-def]
        """As its resolution."""
        return Q()


class Decision(AuthoredRecord):
    """An approval of, or a dissent from, exactly one numbered resolution, by its `author`.

    Approvals and dissents share one table, so that one unique constraint gives each person one decision. `proposer` is
    copied from the resolution (a trigger holds it to that), so that the database refuses a proposer's own signature.
    """

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=8, choices=DECISIONS)
    proposer = models.ForeignKey("annotations.Person", models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)
    verdicts = models.JSONField(default=dict, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "decision"
        indexes = [models.Index(fields=["project", "id"], name="decision_by_project")]
        constraints = [
            one_of("decision", DECISIONS),
            models.UniqueConstraint(
                fields=["resolution", "author"],
                name="one_decision_a_person",
                violation_error_message="You have decided on this resolution already.",
            ),
            models.CheckConstraint(
                condition=~Q(author=F("proposer")),
                name="the_approver_is_not_the_proposer",
                violation_error_message="You proposed this resolution, so someone else decides.",
            ),
            models.CheckConstraint(condition=~Q(decision="dissent", comment=""), name="a_dissent_gives_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.decision} by {self.author_id}"
