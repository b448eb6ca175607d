"""Evidence: what one source says about one claim."""

from django.db import models
from django.db.models import Q

from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices

EVIDENCE_STANCES = word_choices("supports", "refutes", "qualifies", "mentions")
GROUNDS = word_choices("document", "first_hand", "relayed_account", "bare_assertion")


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
            models.CheckConstraint(
                condition=Q(credibility__isnull=True) | Q(credibility__range=(1, 6)),
                name="credibility_is_one_to_six",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.stance} {self.claim_id}"
