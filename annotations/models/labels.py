"""The team's vocabulary. A label's key and kind never change; a word out of use is retired, not deleted."""

from django.db import models
from django.db.models import Q

from annotations.models.base import EditableRecord, one_of, word_choices

LABEL_KINDS = word_choices("span", "relation", "document")
COLOUR_SLOTS = range(1, 7)


class Label(EditableRecord):
    """A word with which spans, relations or documents are labelled.

    `colour` is one of six slots of the palette, which style sheets turn into tested pairs for light and dark.
    """

    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="labels")
    key = models.SlugField(max_length=60, allow_unicode=True)
    kind = models.CharField(max_length=8, choices=LABEL_KINDS, default="span")
    name = models.CharField(max_length=80)
    colour = models.PositiveSmallIntegerField(default=1)
    shortcut = models.CharField(max_length=1, blank=True)
    description = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    attributes = models.JSONField(default=list, blank=True)
    order = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False)
    trashed = None  # type: ignore[assignment]

    class Meta:
        verbose_name = "label"
        ordering = ("order", "id")
        indexes = [models.Index(fields=["project", "id"], name="label_by_project")]
        constraints = [
            one_of("kind", LABEL_KINDS),
            models.CheckConstraint(condition=Q(colour__in=list(COLOUR_SLOTS)), name="label_colour_is_a_slot"),
            models.UniqueConstraint(
                fields=["project", "key"],
                name="label_keys_are_unique",
                violation_error_message="A label with this key is here already.",
            ),
            models.UniqueConstraint(
                fields=["project", "shortcut"],
                condition=Q(retired=False) & ~Q(shortcut=""),
                name="one_label_a_shortcut",
                violation_error_message="Another label has this shortcut.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
