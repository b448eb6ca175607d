"""Disputes: a question on which parties disagree, its statements, and each party's stand on each of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from annotations.core.lifecycle import DisputeState
from annotations.core.places import PartyStances, Place, StanceSeen, places
from annotations.models.base import BlindQuerySet, EditableRecord, Record, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.people import Person

DISPUTE_STATES = word_choices(*DisputeState)
OUTCOMES = word_choices("settled", "partly_settled", "unresolved", "not_a_dispute")
STANCES = word_choices("affirm", "deny", "qualify", "not_addressed", "declined", "no_reply", "not_asked")
VOICED = frozenset({"affirm", "deny", "qualify"})
SCOPES_OF_STANCE = word_choices("specific", "blanket")
REQUEST_OUTCOMES = word_choices("awaited", "answered", "declined", "no_reply")


class DisputeQuerySet(BlindQuerySet):
    def hidden_from(self, person: "Person") -> Q:
        """In a blind project, a dispute that holds anybody else's claim would show it: hidden as a whole."""
        others = Statement.objects.filter(dispute=OuterRef("pk")).exclude(claim__author=person)
        return super().hidden_from(person) | Q(Exists(others))


class Dispute(EditableRecord):
    """The record at the heart: parties, positions statement by statement, evidence, an answer with names under it."""

    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="disputes")
    question = models.TextField()
    would_settle = models.TextField("what would settle it", blank=True)
    would_not_settle = models.TextField("what would not", blank=True)
    state = models.CharField(max_length=10, choices=DISPUTE_STATES, default=DisputeState.OPEN)
    outcome = models.CharField(max_length=16, choices=OUTCOMES, blank=True)
    state_reason = models.TextField(blank=True)
    owner = models.ForeignKey("annotations.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = "dispute"
        indexes = [
            models.Index(fields=["project", "id"], name="dispute_by_project"),
            models.Index(fields=["project", "state", "id"], name="dispute_by_state"),
        ]
        constraints = [
            one_of("state", DISPUTE_STATES),
            one_of("outcome", OUTCOMES, blank=True),
            models.CheckConstraint(
                condition=Q(state=DisputeState.CLOSED) ^ Q(outcome=""), name="an_outcome_means_closed"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="a_dispute_asks_something"),
        ]

    def __str__(self) -> str:
        return self.question[:80]

    def current_stances(self) -> "list[Stance]":
        """The stance that counts for each party and statement: its latest, but silence never takes back what was said.

        Three queries. Positions in the trash do not count.
        """
        rows = (
            Stance.objects.filter(position__dispute=self, position__trashed=False)
            .select_related("position")
            .prefetch_related("citations__evidence")
            .order_by("position__stated_on", "position_id")
        )
        return latest_said(rows)

    def places(self) -> "dict[Any, Place]":
        """The computed place of every statement, by claim id. Four queries."""
        return places_from(self.statements.all(), self.current_stances())


def latest_said(rows: "Iterable[Stance]") -> "list[Stance]":
    """Of stances with their position, oldest first: the one that counts for each party and statement."""
    current: dict[tuple[Any, Any], Stance] = {}
    for row in rows:
        key = (row.position.agent_id, row.claim_id)
        if key not in current or row.stance in VOICED:
            current[key] = row
    return list(current.values())


def places_from(statements: "Iterable[Statement]", current: "Iterable[Stance]") -> "dict[Any, Place]":
    """The places of one dispute's statements, by claim id, from the stances that count, with their citations.

    A party that the text does not quote is quoted by the evidence that its stance is read from.
    """
    parties: dict[Any, dict[Any, StanceSeen]] = {}
    for row in current:
        has_quote = any(citation.has_quote for citation in row.citations.all())
        parties.setdefault(row.position.agent_id, {})[row.claim_id] = StanceSeen(row.stance, has_quote)
    reasons = {statement.claim_id: statement.out_of_scope_because for statement in statements}
    return places(
        [PartyStances(party, stances) for party, stances in parties.items()],
        statements=list(reasons),
        out_of_scope={claim_id for claim_id, reason in reasons.items() if reason},
    )


class Statement(Record):
    """A claim as one statement of a dispute. With `out_of_scope_because` it is named but not judged."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="statements")
    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()
    out_of_scope_because = models.TextField(blank=True)

    class Meta:
        verbose_name = "statement"
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "claim"],
                name="a_claim_is_one_statement",
                violation_error_message="This claim is a statement of the dispute already.",
            )
        ]

    def __str__(self) -> str:
        return f"S{self.number}"


class PositionQuerySet(BlindQuerySet):
    def hidden_from(self, person: "Person") -> Q:
        """In a blind project, a position is seen with its dispute, where all that it is read from is one's own."""
        cited = StanceCitation.objects.filter(stance__position=OuterRef("pk"))
        of_others = cited.exclude(Q(annotation__author=person) | Q(evidence__author=person))
        unseen = ~Q(dispute__in=Dispute.objects.visible_to(person)) | Q(Exists(of_others))
        return super().hidden_from(person) | unseen


class Position(EditableRecord):
    """One party's stand. A later `stated_on` of the same party supersedes it and keeps it."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="positions")
    agent = models.ForeignKey("annotations.Agent", models.PROTECT, related_name="positions")
    on_behalf_of = models.ForeignKey("annotations.Agent", models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=300, blank=True)
    stated_on = models.CharField(max_length=10, blank=True)
    interest = models.TextField(blank=True)
    sourcing = models.TextField(blank=True)
    note = models.TextField(blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "position"
        indexes = [models.Index(fields=["project", "id"], name="position_by_project")]
        constraints = [
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True) | ~Q(on_behalf_of=F("agent")),
                name="nobody_speaks_on_behalf_of_themselves",
                violation_error_message="A party cannot speak on behalf of itself.",
            )
        ]

    def __str__(self) -> str:
        return f"position of {self.agent_id}"


class Stance(Record):
    """What a position says on one statement."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="stances")
    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="stances")
    stance = models.CharField(max_length=16, choices=STANCES)
    scope = models.CharField(max_length=10, choices=SCOPES_OF_STANCE, blank=True)

    class Meta:
        verbose_name = "stance"
        constraints = [
            one_of("stance", STANCES),
            one_of("scope", SCOPES_OF_STANCE, blank=True),
            models.UniqueConstraint(fields=["position", "claim"], name="one_stance_a_statement"),
        ]

    def __str__(self) -> str:
        return f"{self.stance} {self.claim_id}"


class StanceCitation(Record):
    """What a stance is read from: one annotation (its span) or one piece of evidence."""

    stance = models.ForeignKey(Stance, models.PROTECT, related_name="citations")
    annotation = models.ForeignKey("annotations.Annotation", models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.ForeignKey("annotations.Evidence", models.PROTECT, null=True, blank=True, related_name="+")

    @property
    def has_quote(self) -> bool:
        """A span is a quote; a piece of evidence may hold one, for as long as it is not in the trash."""
        return self.evidence is None or bool(self.evidence.quote and not self.evidence.trashed)

    class Meta:
        verbose_name = "stance citation"
        constraints = [
            models.CheckConstraint(
                condition=Q(annotation__isnull=True) ^ Q(evidence__isnull=True), name="a_citation_names_one_thing"
            )
        ]


class CommentRequestQuerySet(BlindQuerySet):
    def hidden_from(self, person: "Person") -> Q:
        """In a blind project, a request is seen with the dispute that it is about, or with one's own claim."""
        unseen = Q(dispute__isnull=False) & ~Q(dispute__in=Dispute.objects.visible_to(person))
        return super().hidden_from(person) | unseen


class CommentRequest(EditableRecord):
    """A party was asked for its side. `position` is what it answered with."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, null=True, blank=True, related_name="comment_requests")
    claim = models.ForeignKey(
        "annotations.Claim", models.PROTECT, null=True, blank=True, related_name="comment_requests"
    )
    agent = models.ForeignKey("annotations.Agent", models.PROTECT, related_name="comment_requests")
    channel = models.CharField(max_length=300, blank=True)
    asked = models.TextField("what was asked", blank=True)
    sent_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=REQUEST_OUTCOMES, default="awaited")
    outcome_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="comment_requests")

    objects = CommentRequestQuerySet.as_manager()
    stands_on = ("claim",)

    class Meta:
        verbose_name = "comment request"
        indexes = [models.Index(fields=["project", "id"], name="comment_request_by_project")]
        constraints = [
            one_of("outcome", REQUEST_OUTCOMES),
            models.CheckConstraint(
                condition=Q(dispute__isnull=True) ^ Q(claim__isnull=True), name="a_request_is_about_one_question"
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(deadline__gte=F("sent_at")),
                name="a_deadline_follows_the_request",
                violation_error_message="The deadline is before the request was sent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} was asked"
