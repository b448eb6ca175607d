"""Attributions: who says it, through whom. A speaker who is not in the text has no span and never pretends to."""

from django.db import models
from django.db.models import Q

from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices

FORMS = word_choices("direct", "indirect", "mixed")
NAMINGS = word_choices("named", "unnamed", "not_stated")
ACCESSES = word_choices("present", "briefed", "hearsay", "not_stated")
TERMS = word_choices("on_record", "background", "not_stated")
TONES = word_choices("neutral", "distancing", "endorsing")
ATTRIBUTION_BASES = word_choices("stated", "inferred", "external")


class Attribution(EditableRecord):
    """Speaker, cue and content of one saying; `parent` is the saying that relays it.

    `basis` says where the speaker comes from: stated in the text, inferred from it, or external, which then rests on
    `evidence` and has no span.
    """

    article = models.ForeignKey(
        "annotations.Article", models.PROTECT, null=True, blank=True, related_name="attributions"
    )
    revision = models.ForeignKey("annotations.Revision", models.PROTECT, null=True, blank=True, related_name="+")
    agent = models.ForeignKey("annotations.Agent", models.PROTECT, null=True, blank=True, related_name="attributions")
    recipient = models.ForeignKey("annotations.Agent", models.PROTECT, null=True, blank=True, related_name="+")
    content = models.ForeignKey(
        "annotations.Annotation", models.PROTECT, null=True, blank=True, related_name="attributions"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    evidence = models.ForeignKey("annotations.Evidence", models.PROTECT, null=True, blank=True, related_name="+")
    speaker_segments = models.JSONField(default=list, blank=True)
    speaker_quote = models.TextField(blank=True)
    cue_segments = models.JSONField(default=list, blank=True)
    cue_quote = models.TextField(blank=True)
    form = models.CharField(max_length=8, choices=FORMS, default="indirect")
    naming = models.CharField(max_length=10, choices=NAMINGS, default="named")
    count = models.PositiveIntegerField(null=True, blank=True)
    access = models.CharField(max_length=10, choices=ACCESSES, default="not_stated")
    terms = models.CharField(max_length=10, choices=TERMS, default="not_stated")
    tone = models.CharField(max_length=10, choices=TONES, default="neutral")
    basis = models.CharField(max_length=8, choices=ATTRIBUTION_BASES, default="stated")
    note = models.TextField(blank=True)

    objects = BlindQuerySet.as_manager()
    stands_on = ("content", "parent", "evidence")
    hashed_in_history = frozenset({"speaker_quote", "cue_quote"})

    class Meta:
        verbose_name = "attribution"
        indexes = [models.Index(fields=["project", "id"], name="attribution_by_project")]
        constraints = [
            one_of("form", FORMS),
            one_of("naming", NAMINGS),
            one_of("access", ACCESSES),
            one_of("terms", TERMS),
            one_of("tone", TONES),
            one_of("basis", ATTRIBUTION_BASES),
            models.CheckConstraint(
                condition=~Q(basis="external") | Q(speaker_quote=""),
                name="an_external_speaker_has_no_span",
                violation_error_message="A speaker known from outside the text has no span in it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent or self.naming} says"
