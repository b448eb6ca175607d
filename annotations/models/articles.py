"""Articles, and the revisions that hold their exact text. A revision never changes."""

from typing import Any

from django.db import models
from django.db.models import Q

from annotations.models.base import AuthoredRecord, EditableRecord, RecordQuerySet, one_of, word_choices

BASES = word_choices("printed", "inferred", "external")


class Article(EditableRecord):
    """One published text, known through its revisions."""

    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="articles")
    title = models.CharField(max_length=500)
    outlet = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    published_on = models.CharField(max_length=10, blank=True)
    published_basis = models.CharField(max_length=10, choices=BASES, blank=True)
    language = models.CharField(max_length=35, blank=True)
    note = models.TextField(blank=True)
    external_id = models.CharField(max_length=200, blank=True)

    revision: "Revision"  # set by whoever fetches an article together with its newest revision

    class Meta:
        verbose_name = "article"
        indexes = [models.Index(fields=["project", "id"], name="article_by_project")]
        constraints = [
            one_of("published_basis", BASES, blank=True),
            models.UniqueConstraint(
                fields=["project", "external_id"],
                condition=Q(trashed=False) & ~Q(external_id=""),
                name="one_article_an_external_id",
                violation_error_message="An article with this external id is here already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RevisionQuerySet(RecordQuerySet):
    def newest(self) -> "RevisionQuerySet":
        return self.order_by("-number")


class Revision(AuthoredRecord):
    """The exact text at one moment. Offsets everywhere are code points of exactly this text."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    code_points = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    retrieved_at = models.DateTimeField(null=True, blank=True)

    carried: dict[str, Any]  # set by whoever just stored it: what came along, in numbers

    objects = RevisionQuerySet.as_manager()
    hashed_in_history = frozenset({"text"})

    class Meta:
        verbose_name = "revision"
        indexes = [
            models.Index(fields=["project", "id"], name="revision_by_project"),
            models.Index(fields=["project", "sha256"], name="revision_by_text"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revisions_are_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"
