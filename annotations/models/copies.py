"""Saved copies: the bytes of a source as they were at one moment, in a file that is named by its hash."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.people import Person

WAYS_OF_SAVING = word_choices("upload", "fetch")


def path_of(project_id: UUID | str, sha256: str) -> Path:
    """Where the bytes with this hash stand. The name is ours; nothing of an upload's own name is in it."""
    return Path(settings.MEDIA_ROOT) / "copies" / str(project_id) / sha256[:2] / sha256


class SavedCopyQuerySet(BlindQuerySet):
    def hidden_from(self, person: "Person") -> Q:
        """In a blind project, the copy of a source that is a span is seen by those who see the span."""
        return Q(source__annotation__isnull=False) & ~Q(source__annotation__author=person)

    def unseen_changes(self) -> "SavedCopyQuerySet":
        """Copies that say something else than the ones before, at which nobody looked yet."""
        return self.filter(differs=True, acknowledged_at=None, trashed=False)


class SavedCopy(EditableRecord):
    """`sha256` names the file below MEDIA_ROOT; equal bytes are stored once a project. `text` is what can be read in
    them. `differs` says that the text is not that of the copy before; someone who looked at it has `acknowledged` it.
    """

    source = models.ForeignKey("annotations.Source", models.PROTECT, related_name="copies")
    way = models.CharField(max_length=6, choices=WAYS_OF_SAVING)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("bytes")
    file_name = models.CharField("name as sent", max_length=255, blank=True)
    url = models.CharField("fetched from", max_length=2000, blank=True)
    retrieved_at = models.DateTimeField()
    title = models.CharField(max_length=500, blank=True)
    published_on = models.CharField(max_length=10, blank=True)
    publisher_name = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    differs = models.BooleanField(default=False)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey("annotations.Person", models.PROTECT, null=True, blank=True, related_name="+")

    hashed_in_history = frozenset({"text"})

    objects = SavedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = "saved copy"
        verbose_name_plural = "saved copies"
        indexes = [
            models.Index(fields=["project", "id"], name="saved_copy_by_project"),
            models.Index(fields=["source", "id"], name="saved_copy_by_source"),
            models.Index(
                fields=["project"],
                condition=Q(differs=True, acknowledged_at=None, trashed=False),
                name="changed_copy_by_project",
            ),
        ]
        constraints = [
            one_of("way", WAYS_OF_SAVING),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="a_hash_has_64_digits"),
        ]

    @property
    def path(self) -> Path:
        """Where its bytes stand."""
        return path_of(self.project_id, self.sha256)

    def __str__(self) -> str:
        return f"{self.media_type}, {self.retrieved_at:%Y-%m-%d %H:%M}"
