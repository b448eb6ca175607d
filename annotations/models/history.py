"""What happened: one gapless, hash-chained row an event, and the answers kept for repeated requests.

The chain's rule stands in `core.history`; writing to it is the business of `services.write` alone.
"""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from annotations.models.people import Person


class Chain(models.Model):
    """The head of one project's chain; `project` is null for the chain of accounts. Locked last in every write."""

    project = models.OneToOneField("annotations.Project", models.PROTECT, null=True, blank=True, related_name="chain")
    number = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(project__isnull=True), name="one_chain_of_accounts")
        ]

    def __str__(self) -> str:
        return f"chain at {self.number}"


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, person: "Person") -> Self:
        """An annotator of a blind project sees what they did themselves, and everybody a vote once it is open to
        them."""
        from annotations.models.assessments import Assessment
        from annotations.models.projects import blind_projects_of, projects_seen_by

        rows, blind = self.filter(project_id__in=projects_seen_by(person)), blind_projects_of(person)
        rows = rows if blind is None else rows.exclude(Q(project_id__in=blind) & ~Q(person=person))
        votes = Assessment.objects.visible_to(person).values("pk")
        return rows.exclude(Q(object_kind="assessment") & ~Q(object_id__in=votes))

    def about(self, kind: str, pk: object) -> Self:
        """The events of a record; of an annotation also those of the bulk changes that it was part of."""
        about = Q(object_kind=kind, object_id=pk)
        if kind == "annotation":
            from annotations.models.occurrences import BulkRow

            rows = BulkRow.objects.filter(annotation_id=pk)
            about |= Q(object_kind="bulk_change", object_id__in=rows.values("bulk_change_id"))
        return self.filter(about)


class Event(models.Model):
    """`body` is the canonical JSON that `hash` covers; the other columns repeat parts of it for finding.

    An event belongs to the chain of its project, or to the chain of accounts where `project` is null. `article_id` is
    the article on whose screen it shows, so that "what is new here" is one look into one index.
    """

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="events")
    project = models.ForeignKey(
        "annotations.Project", models.PROTECT, null=True, blank=True, related_name="events", db_index=False
    )
    number = models.PositiveBigIntegerField()
    person = models.ForeignKey(
        "annotations.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    article_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    body = models.TextField()
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "event"
        indexes = [
            models.Index(fields=["object_kind", "object_id", "number"], name="event_by_object"),
            models.Index(fields=["project", "person"], name="event_by_person"),  # who acted in a project, at a glance
            models.Index(
                fields=["article_id", "number"], condition=Q(article_id__isnull=False), name="event_by_article"
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="events_are_numbered_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class KeptAnswer(models.Model):
    """The answer to a request that carried an idempotency key, given again when the key comes back."""

    person = models.ForeignKey("annotations.Person", models.CASCADE, related_name="+")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=500)
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.UUIDField(null=True, blank=True)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key", "path", "method"], name="one_answer_a_key")]
