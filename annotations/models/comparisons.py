"""How two claims stand to each other: said by a person, or suggested by a machine and then decided by a person; and
the index by which claims that may have to do with each other are found."""

from collections.abc import Iterable
from math import log
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import Case, F, Q, Sum, Value, When

from annotations.core.claim_reading import ClaimSaid
from annotations.core.claim_words import key_of, words_to_find
from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices
from annotations.models.claims import Claim, ClaimMention
from annotations.models.quantities import Quantity

if TYPE_CHECKING:
    from annotations.models.people import Person
    from annotations.models.projects import Project

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
COMMON_FROM = 3_000  # a word that as many claims have finds nothing by itself
POSTINGS_AT_MOST = 9_000  # entries of the index that one search reads
WORDS_AT_MOST, CANDIDATES = 6, 60
TEXT_LOOKED_AT = 2_000


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


class ClaimWordQuerySet(models.QuerySet[Any]):
    """Reading the index: candidates by the rarest words that they share with a text."""

    def near(
        self, text: str, project: "Project", *, author: "Person | None" = None, leaving_out: Claim | None = None
    ) -> list[Any]:
        """The ids of the claims that share the most telling words with a text, the nearest first. Two statements.

        With `author`, of that person's alone: in a blind project others' may not push theirs out.
        """
        rare = self.rarest({key_of(project.pk, word) for word in words_to_find(text[:TEXT_LOOKED_AT])})
        if not rare:
            return []
        weights = (When(key=key, then=Value(weight)) for key, weight in rare.items())
        entries = self.filter(key__in=list(rare))
        if author is not None:
            entries = entries.filter(claim__author=author)
        if leaving_out is not None:
            entries = entries.exclude(claim=leaving_out)
        grouped = entries.values_list("claim_id").annotate(weight=Sum(Case(*weights, default=Value(0.0))))
        return [pk for pk, _ in grouped.order_by("-weight", "-claim_id")[:CANDIDATES]]

    def rarest(self, keys: set[int]) -> dict[int, float]:
        """The rarest of the words that any claim has, each with its weight: rare words say more. One statement."""
        known = sorted((often, key) for key, often in self.how_often(sorted(keys)).items() if often)
        chosen: dict[int, float] = {}
        postings = 0
        for often, key in known[:WORDS_AT_MOST]:
            postings += often
            if chosen and postings > POSTINGS_AT_MOST:
                break
            chosen[key] = log(1 + COMMON_FROM / often) + 0.1
        return chosen

    def how_often(self, keys: list[int]) -> dict[int, int]:
        """How many claims have each word, counted up to COMMON_FROM, so that a common one costs no more than a rare."""
        if not keys:
            return {}
        table = connection.ops.quote_name(self.model._meta.db_table)
        count = f"(SELECT COUNT(*) FROM (SELECT 1 FROM {table} WHERE key = %s LIMIT {COMMON_FROM}) AS counted)"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join([count] * len(keys)), keys)
            return dict(zip(keys, cursor.fetchone(), strict=True))


class ClaimWord(models.Model):
    """An index and no record: a word of a claim, by which other claims find it. Kept by `services.indexing`.

    `key` is `core.claim_words.key_of`: the word and its project in one number, so that a look into one project's words
    never meets another's, and no words stand here.
    """

    key = models.BigIntegerField()
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="words", db_index=False)

    objects = ClaimWordQuerySet.as_manager()

    class Meta:
        verbose_name = "word of a claim"
        verbose_name_plural = "words of claims"
        indexes = [models.Index(fields=["key", "claim"], name="claim_by_word")]
        constraints = [models.UniqueConstraint(fields=["claim", "key"], name="a_claim_has_a_word_once")]

    def __str__(self) -> str:
        return f"a word of {self.claim_id}"


# -- claims as they are compared --------------------------------------------------------------------------------------


def said_by(claims: Iterable[Claim]) -> dict[Any, ClaimSaid]:
    """Claims, with their claimants joined, as plain data to compare, by id: with figures and who makes them. Two
    statements, none for none."""
    rows = list(claims)
    if not rows:
        return {}
    figures: dict[Any, list[Any]] = {}
    for quantity in Quantity.objects.active().filter(claim__in=rows).order_by("id"):
        figures.setdefault(quantity.claim_id, []).append(quantity.as_figure())
    speakers: dict[Any, set[str]] = {row.pk: {row.claimant.name} if row.claimant else set() for row in rows}
    through = ClaimMention.objects.active().filter(claim__in=rows, attribution__trashed=False)
    for claim_id, name in through.values_list("claim_id", "attribution__agent__name").distinct():
        speakers[claim_id] |= {name} if name else set()
    return {
        row.pk: ClaimSaid(
            row.text, row.claim_date, row.language, row.layer,
            tuple(figures.get(row.pk, ())), tuple(sorted(speakers[row.pk])),
        )
        for row in rows
    }  # fmt: skip
