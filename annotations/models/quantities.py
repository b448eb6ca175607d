"""Quantities: the number inside a claim, as printed and as it can be compared."""

from django.db import models
from django.db.models import F, Q

from annotations.core.quantities import Figure, plain
from annotations.models.base import BlindQuerySet, EditableRecord, one_of, word_choices

FIGURE_KINDS = word_choices("running_total", "point")
FIGURE_BASES = word_choices("printed", "inferred", "external")


class Quantity(EditableRecord):
    """A value, a range (`low` to `high`), or both, of one `measure` in one `unit` over one `population`.

    `as_of` is a partial date; a period has both of its ends. `modifier` is kept as printed ("at least", "nearly").
    The `series_key` is equal for figures that form one series: same measure, unit and population.
    """

    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="quantities")
    measure = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=30, decimal_places=6, null=True, blank=True)
    low = models.DecimalField(max_digits=30, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=30, decimal_places=6, null=True, blank=True)
    modifier = models.CharField("modifier as printed", max_length=80, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    population = models.CharField("counted over", max_length=200, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    period_start = models.CharField(max_length=10, blank=True)
    period_end = models.CharField(max_length=10, blank=True)
    basis = models.CharField("basis of the date", max_length=8, choices=FIGURE_BASES, blank=True)
    kind = models.CharField(max_length=14, choices=FIGURE_KINDS, default="point")
    origin = models.ForeignKey("annotations.Origin", models.PROTECT, null=True, blank=True, related_name="quantities")
    note = models.TextField(blank=True)
    series_key = models.CharField(max_length=500, editable=False)

    objects = BlindQuerySet.as_manager()
    stands_on = ("claim",)

    class Meta:
        verbose_name = "quantity"
        verbose_name_plural = "quantities"
        indexes = [
            models.Index(fields=["project", "id"], name="quantity_by_project"),
            models.Index(fields=["project", "series_key"], name="quantity_by_series"),
        ]
        constraints = [
            one_of("kind", FIGURE_KINDS),
            one_of("basis", FIGURE_BASES, blank=True),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(low__isnull=False) | Q(high__isnull=False),
                name="a_quantity_has_a_number",
                violation_error_message="Give a value, or at least one end of a range.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="a_range_begins_before_its_end",
                violation_error_message="The low end of the range is above its high end.",
            ),
            models.CheckConstraint(
                condition=Q(period_start="", period_end="") | ~Q(period_start="") & ~Q(period_end="") & Q(as_of=""),
                name="a_period_has_both_ends_and_no_as_of",
                violation_error_message="A period has a start and an end, and then no as-of date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {plain(self.value) if self.value is not None else self.modifier}"

    def as_figure(self) -> Figure:
        """As plain data, to be compared and drawn."""
        dates = {name: getattr(self, name) for name in ("as_of", "period_start", "period_end")}
        numbers = {name: getattr(self, name) for name in ("value", "low", "high")}
        words = {name: getattr(self, name) for name in ("kind", "modifier", "unit")}
        return Figure(series=self.series_key, origin=str(self.origin_id or ""), **dates, **numbers, **words)
