"""How two claims stand to each other: said by a person, or suggested by a machine and then decided by a person."""

from django.db import models
from django.db.models import F, Q

from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices

FIRST_RELATION_TYPES = ("same_as", "updates", "contradicts")
MORE_RELATION_TYPES = (
    "paraphrases",
    "corroborates",
    "overstates",
    "disputes",
    "attribution_conflict",
    "attribution_loss",
    "attacks_source",
    "attacks_motive",
    "undercuts_plausibility",
    "concedes",
    "compatible",
    "reports",
    "related",
)
CLAIM_RELATION_TYPES = word_choices(*FIRST_RELATION_TYPES, *MORE_RELATION_TYPES)
CONTRADICTION_KINDS = word_choices(
    "negation", "antonym", "numeric", "temporal", "role", "speaker", "lexical", "world_knowledge"
)
CLAIM_RELATION_STATES = word_choices("suggested", "confirmed", "dismissed")
OPPOSING = ("contradicts", "disputes")


class ClaimRelation(EditableRecord):
    """`from_claim` stands to `to_claim` as `type` says; it never carries a verdict.

    A suggestion of a machine has its `score` and, as `explanation`, why it was made; who asked for it is its author.
    A dismissed one stays with `dismissed_because`, so that it is not suggested again. `dispute` is what was opened
    from it.
    """

    from_claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="relations_from")
    to_claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="relations_to")
    type = models.CharField(max_length=24, choices=CLAIM_RELATION_TYPES)
    kind = models.CharField("kind of contradiction", max_length=16, choices=CONTRADICTION_KINDS, blank=True)
    state = models.CharField(max_length=10, choices=CLAIM_RELATION_STATES, default="confirmed")
    explanation = models.TextField(blank=True)
    by_machine = models.BooleanField(default=False)
    score = models.FloatField(null=True, blank=True)
    dismissed_because = models.TextField(blank=True)
    dispute = models.ForeignKey(
        "annotations.Dispute", models.PROTECT, null=True, blank=True, related_name="claim_relations"
    )

    objects = BlindQuerySet.as_manager()
    stands_on = ("from_claim", "to_claim")

    class Meta:
        verbose_name = "claim relation"
        indexes = [
            models.Index(fields=["project", "id"], name="claim_relation_by_project"),
            models.Index(fields=["project", "state", "type", "id"], name="claim_relation_by_state"),
        ]
        constraints = [
            one_of("type", CLAIM_RELATION_TYPES),
            one_of("kind", CONTRADICTION_KINDS, blank=True),
            one_of("state", CLAIM_RELATION_STATES),
            models.CheckConstraint(
                condition=~Q(from_claim=F("to_claim")),
                name="a_claim_stands_to_another",
                violation_error_message="A claim relation needs two different claims.",
            ),
            models.CheckConstraint(
                condition=Q(kind="") | Q(type__in=OPPOSING),
                name="only_contradictions_have_a_kind",
                violation_error_message="Only a contradiction has a kind of contradiction.",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed", dismissed_because=""),
                name="a_dismissal_gives_its_reason",
                violation_error_message="Say why this is dismissed.",
            ),
            models.UniqueConstraint(
                fields=["from_claim", "to_claim", "type"],
                condition=Q(trashed=False),
                name="one_claim_relation_of_a_type",
                violation_error_message="These two claims stand in this relation already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_claim_id} {self.type} {self.to_claim_id}"
