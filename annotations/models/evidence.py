"""Evidence: what one source says about one claim."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from annotations.models.agents import RELIABILITIES
from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices
from annotations.models.projects import Membership

if TYPE_CHECKING:
    from annotations.models.people import Person

EVIDENCE_STANCES = word_choices("supports", "refutes", "qualifies", "mentions")
GROUNDS = word_choices("document", "first_hand", "relayed_account", "bare_assertion")

LOCATOR_KINDS = word_choices("page", "paragraph", "time_code", "cell", "span")
QUOTE_CHECKS = word_choices("unchecked", "found", "similar", "not_found")


class EvidenceSet(EditableRecord):
    """Pieces of evidence on one claim that carry their stance only together. Source of the idea: FEVER."""

    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="evidence_sets")
    stance = models.CharField(max_length=10, choices=EVIDENCE_STANCES)
    note = models.TextField(blank=True)

    objects = BlindQuerySet.as_manager()
    stands_on = ("claim",)

    class Meta:
        verbose_name = "evidence set"
        indexes = [models.Index(fields=["project", "id"], name="evidence_set_by_project")]
        constraints = [one_of("stance", EVIDENCE_STANCES)]

    def __str__(self) -> str:
        return f"together {self.stance} {self.claim_id}"


class Evidence(EditableRecord):
    """`ground` says what carries the stance; a bare assertion is a position and adds to no count."""

    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="evidence")
    source = models.ForeignKey("annotations.Source", models.PROTECT, related_name="evidence")
    stance = models.CharField(max_length=10, choices=EVIDENCE_STANCES)
    ground = models.CharField(max_length=16, choices=GROUNDS)
    quote = models.TextField(blank=True)
    locator = models.CharField("where in it", max_length=300, blank=True)
    credibility = models.PositiveSmallIntegerField(null=True, blank=True)
    origin = models.ForeignKey("annotations.Origin", models.PROTECT, null=True, blank=True, related_name="evidence")
    copy = models.ForeignKey("annotations.SavedCopy", models.PROTECT, null=True, blank=True, related_name="evidence")
    locator_kind = models.CharField(max_length=10, choices=LOCATOR_KINDS, blank=True)
    quote_found = models.CharField(max_length=10, choices=QUOTE_CHECKS, default="unchecked")
    reliability = models.CharField("grade, if not its publisher's", max_length=1, choices=RELIABILITIES, blank=True)
    reliability_reason = models.TextField(blank=True)
    set = models.ForeignKey("annotations.EvidenceSet", models.PROTECT, null=True, blank=True, related_name="members")
    note = models.TextField(blank=True)

    objects = BlindQuerySet.as_manager()
    stands_on = ("claim",)

    class Meta:
        verbose_name = "evidence"
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["project", "id"], name="evidence_by_project")]
        constraints = [
            one_of("stance", EVIDENCE_STANCES),
            one_of("ground", GROUNDS),
            one_of("locator_kind", LOCATOR_KINDS, blank=True),
            one_of("quote_found", QUOTE_CHECKS),
            one_of("reliability", RELIABILITIES, blank=True),
            models.CheckConstraint(
                condition=Q(reliability="") | ~Q(reliability_reason=""),
                name="another_grade_gives_its_reason",
                violation_error_message="Say why the grade differs from the publisher's.",
            ),
            models.CheckConstraint(
                condition=Q(credibility__isnull=True) | Q(credibility__range=(1, 6)),
                name="credibility_is_one_to_six",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.stance} {self.claim_id}"


class ConfidentialNoteQuerySet(BlindQuerySet):
    def visible_to(self, person: "Person") -> "ConfidentialNoteQuerySet":
        """For adjudicators and managers of the project, but not through a token that only reads; and for whoever wrote
        it."""
        deciding = Membership.objects.of(person).filter(role__in=("adjudicator", "manager"))
        if person.limits.scope == "read":
            deciding = deciding.none()
        return super().visible_to(person).filter(Q(author=person) | Q(project_id__in=deciding.values("project_id")))


class ConfidentialNote(EditableRecord):
    """What only the desk may know of a piece of evidence or a source. No export, feed, event or search carries it."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="confidential_notes")
    source = models.ForeignKey(
        "annotations.Source", models.PROTECT, null=True, blank=True, related_name="confidential_notes"
    )
    text = models.TextField()

    objects = ConfidentialNoteQuerySet.as_manager()
    stands_on = ("evidence",)

    class Meta:
        verbose_name = "confidential note"
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) ^ Q(source__isnull=True), name="a_confidential_note_is_on_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return "confidential note"
