"""Suggestions of machines: marked as such, never work until a person accepted one; and the recommenders that make them.

An accepted suggestion becomes an annotation that keeps where it came from (`origin`) and with what score.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from annotations.models.base import AuthoredRecord, EditableRecord, RecordQuerySet, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.people import Person

RECOMMENDER_KINDS = word_choices("matches", "cues", "numbers", "learned", "http", "label_studio")
SUGGESTION_STATES = word_choices("pending", "accepted", "rejected")


class RecommenderManager(models.Manager.from_queryset(RecordQuerySet)):  # type: ignore[misc]
    """What was learned may be megabytes, so it is read only by whoever asks for it."""

    def get_queryset(self) -> "models.QuerySet[Recommender]":
        rows: models.QuerySet[Recommender] = super().get_queryset().defer("model")
        return rows


class Recommender(EditableRecord):
    """One maker of suggestions in a project. `url` and `options` are for those outside; `model` holds what a learned
    one learned, as JSON, with its measured quality in `measured`."""

    kind = models.CharField(max_length=12, choices=RECOMMENDER_KINDS)
    name = models.CharField(max_length=80)
    enabled = models.BooleanField(default=True)
    url = models.CharField(max_length=2000, blank=True)
    options = models.JSONField(default=dict, blank=True)
    model = models.BinaryField(blank=True, default=b"")
    measured = models.JSONField(default=dict, blank=True)
    trained_at = models.DateTimeField(null=True, blank=True)

    objects = RecommenderManager()
    hashed_in_history = frozenset({"model"})

    class Meta:
        verbose_name = "recommender"
        indexes = [models.Index(fields=["project", "id"], name="recommender_by_project")]
        constraints = [
            one_of("kind", RECOMMENDER_KINDS),
            models.UniqueConstraint(
                fields=["project", "name"],
                condition=Q(trashed=False),
                name="recommenders_have_names_of_their_own",
                violation_error_message="Another recommender of this project has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SuggestionQuerySet(RecordQuerySet):
    def visible_to(self, person: "Person") -> "SuggestionQuerySet":
        """One's own, and those made for everybody. In a blind project all are made for one person."""
        from annotations.models.projects import blind_projects_of

        rows = self.in_projects_of(person).filter(Q(audience__isnull=True) | Q(audience=person))
        blind = blind_projects_of(person)
        return rows if blind is None else rows.exclude(Q(project_id__in=blind) & Q(audience__isnull=True))

    def pending(self) -> "SuggestionQuerySet":
        return self.filter(state="pending")


class Suggestion(AuthoredRecord):
    """A span that a recommender proposes on one revision. `author` is the person for whose request it was made;
    `audience` the only person who sees it, or null for everybody in the project."""

    article = models.ForeignKey("annotations.Article", models.PROTECT, related_name="suggestions")
    revision = models.ForeignKey("annotations.Revision", models.PROTECT, related_name="suggestions")
    recommender = models.ForeignKey(Recommender, models.PROTECT, related_name="suggestions")
    audience = models.ForeignKey("annotations.Person", models.PROTECT, null=True, blank=True, related_name="+")
    label = models.ForeignKey("annotations.Label", models.PROTECT, related_name="suggestions")
    segments = models.JSONField(default=list)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    attributes = models.JSONField(default=dict, blank=True)
    score = models.FloatField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    made_with = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=SUGGESTION_STATES, default="pending")
    version = models.PositiveIntegerField(default=1)
    decided_by = models.ForeignKey("annotations.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    annotation = models.ForeignKey(
        "annotations.Annotation", models.PROTECT, null=True, blank=True, related_name="suggestions"
    )

    objects = SuggestionQuerySet.as_manager()
    hashed_in_history = frozenset({"quote"})

    class Meta:
        verbose_name = "suggestion"
        indexes = [
            models.Index(fields=["revision", "state", "start"], name="suggestion_by_place"),
            models.Index(fields=["project", "id"], name="suggestion_by_project"),
        ]
        constraints = [
            one_of("state", SUGGESTION_STATES),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_suggestion_is_not_empty"),
            models.UniqueConstraint(
                fields=["revision", "recommender", "label", "start", "end"],
                condition=Q(audience__isnull=True),
                name="a_suggestion_is_made_once",
            ),
            models.UniqueConstraint(
                fields=["revision", "recommender", "label", "start", "end", "audience"],
                condition=Q(audience__isnull=False),
                name="a_suggestion_is_made_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.quote[:60]}"
