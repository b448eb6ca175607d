"""Saved copies: the bytes of a source as they were at one moment, in a file that is named by its hash."""

from django.db import models
from django.db.models import Q

from annotations.models.base import EditableRecord, one_of, word_choices

WAYS_OF_SAVING = word_choices("upload", "fetch")


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

    def __str__(self) -> str:
        return f"{self.media_type}, {self.retrieved_at:%Y-%m-%d %H:%M}"
