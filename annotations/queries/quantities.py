"""Quantities as rows, beside their claim, and as series over time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Max, Min, QuerySet
from django.db.models.functions import Cast

from annotations.core.quantities import plain
from annotations.models import Claim, Person, Project, Quantity
from annotations.queries.rows import Row, Shape

SERIES_SHOWN = 200
FIGURES_SHOWN = 500


QUANTITY = Shape(
    ids=("id", "project", "claim", "origin", "author"),
    plain=(
        "measure", "modifier", "unit", "population", "as_of", "period_start", "period_end", "basis", "kind", "note",
        "trashed", "version", "value", "low", "high",
    ),
    times=("created_at",),
)  # fmt: skip
NUMBERS = ("value", "low", "high")


def quantity_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Quantities: `{id, project, claim, measure, value, low, high (as text, or null), modifier, unit, population,
    as_of, period_start, period_end, basis, kind, origin, note, author, trashed, version, created_at}`."""
    return QUANTITY.rows(queryset, finish=_numbers_as_text)


def _numbers_as_text(rows: list[Row]) -> None:
    """A decimal has no type of its own in JSON: as text it keeps every digit."""
    for row in rows:
        for name in NUMBERS:
            if row[name] is not None:
                row[name] = plain(row[name]).replace(",", "")


def quantities_of(claim: Claim, person: Person) -> list[Quantity]:
    """The figures of a claim, the oldest date first. One query."""
    rows = Quantity.objects.visible_to(person).active().filter(claim=claim).select_related("origin")
    return sorted(rows, key=when)


def when(quantity: Quantity) -> tuple[str, str]:
    """The order of time: the day, or the end of the period; what has no date comes last."""
    return quantity.as_of or quantity.period_end or "~", str(quantity.pk)


# -- series -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeriesSeen:
    """Figures of one measure, unit and population; `first` is any of them, by which the series is named."""

    first: Quantity
    figures: int
    earliest: str
    latest: str


def series_in(project: Project, person: Person) -> list[SeriesSeen]:
    """The series of a project, those with the most figures first. Two queries."""
    rows = Quantity.objects.visible_to(person).active().filter(project=project, claim__trashed=False)
    first = Min(Cast("pk", CharField()))  # as text: PostgreSQL knows no smallest of ids
    counted = rows.values_list("series_key").annotate(
        number=Count("pk"), first=first, earliest=Min("as_of"), latest=Max("as_of")
    )
    found = list(counted.order_by("-number", "series_key")[:SERIES_SHOWN])
    named = Quantity.objects.in_bulk([UUID(one) for _, _, one, _, _ in found])
    return [SeriesSeen(named[UUID(one)], number, early, late) for _, number, one, early, late in found]


def series_of(quantity: Quantity, person: Person) -> list[Quantity]:
    """All figures of the series to which one belongs, in the order of time, with claims and origins. One query."""
    rows = (
        Quantity.objects.visible_to(person)
        .active()
        .filter(project_id=quantity.project_id, series_key=quantity.series_key, claim__trashed=False)
    )
    return sorted(rows.select_related("claim", "origin", "author")[:FIGURES_SHOWN], key=when)
