"""Claims, and where they are made."""

from django.db import models
from django.db.models import Q

from annotations.core.lifecycle import ClaimState
from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices

CLAIM_STATES = word_choices(*ClaimState)
CHECKABILITIES = word_choices("checkable", "attribution_only", "not_checkable")
LAYERS = word_choices("so", "said")
MEDIA = word_choices("article", "broadcast", "post", "image", "video", "speech", "tip", "other")
CLAIM_TYPES = (
    "Event/Property",
    "Numerical",
    "Quote Verification",
    "Position Statement",
    "Causal",
    "Speculative",
    "Opinion",
    "Media Publishing",
    "Media Analysis",
)


class Claim(EditableRecord):
    """One checkable sentence that stands alone. Work state and verdict are two things and never one field.

    A claim that is made outside of any article has its `medium`, `url` and `claimant`. `priority` is what its triage
    marks come to. `merged_into` and `split_from` say where a claim went, and where it came from.
    """

    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="claims")
    text = models.TextField()
    types = models.JSONField(default=list, blank=True)
    checkability = models.CharField(max_length=16, choices=CHECKABILITIES, default="checkable")
    checkability_reason = models.TextField(blank=True)
    layer = models.CharField(max_length=4, choices=LAYERS, default="so")
    claim_date = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=35, blank=True)
    medium = models.CharField(max_length=10, choices=MEDIA, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    claimant = models.ForeignKey("annotations.Agent", models.PROTECT, null=True, blank=True, related_name="claims")
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=CLAIM_STATES, default=ClaimState.INBOX)
    state_reason = models.TextField(blank=True)
    owner = models.ForeignKey("annotations.Person", models.PROTECT, null=True, blank=True, related_name="+")
    deadline = models.DateField(null=True, blank=True)
    priority = models.IntegerField(default=0, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_claims")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="split_claims")

    objects = BlindQuerySet.as_manager()

    class Meta:
        verbose_name = "claim"
        indexes = [
            models.Index(fields=["project", "id"], name="claim_by_project"),
            models.Index(fields=["project", "state", "id"], name="claim_by_state"),
            models.Index(fields=["project", "state", "-priority", "id"], name="claim_by_priority"),
        ]
        constraints = [
            one_of("checkability", CHECKABILITIES),
            one_of("layer", LAYERS),
            one_of("state", CLAIM_STATES),
            one_of("medium", MEDIA, blank=True),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state=ClaimState.CLOSED), name="a_merged_claim_is_closed"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_claim_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ClaimMention(EditableRecord):
    """A place where a claim is made, and through which attribution."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="mentions")
    annotation = models.ForeignKey("annotations.Annotation", models.PROTECT, related_name="mentions")
    attribution = models.ForeignKey(
        "annotations.Attribution", models.PROTECT, null=True, blank=True, related_name="mentions"
    )

    objects = BlindQuerySet.as_manager()
    stands_on = ("claim", "annotation", "attribution")

    class Meta:
        verbose_name = "mention"
        indexes = [models.Index(fields=["project", "id"], name="mention_by_project")]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "annotation"],
                condition=Q(trashed=False),
                name="one_mention_an_annotation",
                violation_error_message="This annotation mentions the claim already.",
            )
        ]

    def __str__(self) -> str:
        return f"mention of {self.claim_id}"
