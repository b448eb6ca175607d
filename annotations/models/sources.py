"""Sources, and the origins that several of them go back to."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from annotations.models.articles import BASES
from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.people import Person

SOURCE_KINDS = word_choices(
    "article", "official_statement", "document", "dataset", "interview", "post", "image", "video"
)
LEVELS = word_choices("primary", "secondary", "tertiary")


class SourceQuerySet(BlindQuerySet):
    def hidden_from(self, person: "Person") -> Q:
        """In a blind project, a source that is a span is seen by those who see the span."""
        return Q(annotation__isnull=False) & ~Q(annotation__author=person)


class Source(EditableRecord):
    """A document or statement that can bear on a claim; perhaps an `article` of the project, or one span of it.

    `watched`: its address is fetched again from time to time, to notice when the page changes.
    """

    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=20, choices=SOURCE_KINDS, default="article")
    title = models.CharField(max_length=500)
    url = models.CharField(max_length=2000, blank=True)
    publisher = models.ForeignKey("annotations.Agent", models.PROTECT, null=True, blank=True, related_name="published")
    published_on = models.CharField(max_length=10, blank=True)
    published_basis = models.CharField(max_length=10, choices=BASES, blank=True)
    level = models.CharField(max_length=10, choices=LEVELS, blank=True)
    citation = models.JSONField(default=dict, blank=True)
    interest = models.TextField("interest statement", blank=True)
    memento_url = models.CharField(max_length=2000, blank=True)
    archive_url = models.CharField(max_length=2000, blank=True)
    watched = models.BooleanField(default=False)
    article = models.ForeignKey("annotations.Article", models.PROTECT, null=True, blank=True, related_name="sources")
    annotation = models.ForeignKey(
        "annotations.Annotation", models.PROTECT, null=True, blank=True, related_name="sources"
    )
    note = models.TextField(blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = "source"
        indexes = [models.Index(fields=["project", "id"], name="source_by_project")]
        constraints = [
            one_of("kind", SOURCE_KINDS),
            one_of("level", LEVELS, blank=True),
            one_of("published_basis", BASES, blank=True),
        ]

    def __str__(self) -> str:
        return self.title


class Origin(EditableRecord):
    """The one beginning that several documents go back to. Corroboration counts these, not documents."""

    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="origins")
    label = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "origin"
        indexes = [models.Index(fields=["project", "id"], name="origin_by_project")]

    def __str__(self) -> str:
        return self.label
