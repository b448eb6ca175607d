"""Figures of claims: typed as printed or in parts, refused in words, and one series however they are written."""

from decimal import Decimal

import pytest

from annotations.core.errors import Invalid, Refused
from annotations.models import Event, Quantity
from annotations.queries.quantities import quantity_rows, series_in, series_of
from annotations.services.claims import add_claim
from annotations.services.comparisons import suggest_claim_relations
from annotations.services.quantities import add_quantity, edit_quantity, restore_quantity, trash_quantity
from annotations.services.sources import add_origin

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(people, project):
    return add_claim(by=people.ana, project=project, text="At least 500 people were killed at the hospital.")


def test_a_figure_is_read_from_what_is_printed(people, claim):
    row = add_quantity(
        by=people.ana, claim=claim, measure="deaths", printed="at least 1,200 people", as_of="2023-10-17"
    )
    assert (row.value, row.low, row.high, row.modifier, row.unit) == (1200, 1200, None, "at least", "people")
    assert Event.objects.get(object_id=row.pk).verb == "quantity_added"


def test_what_is_said_goes_before_what_is_read(people, claim):
    row = add_quantity(
        by=people.ana, claim=claim, measure="deaths", printed="500 people", value="490", unit="civilians"
    )
    assert (row.value, row.unit) == (490, "civilians")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "value"),
        ({"value": "many"}, "value"),
        ({"value": "1e400"}, "value"),
        ({"value": "0.12345678"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"printed": "a great many"}, "printed"),
        ({"low": "9", "high": "3"}, "low"),
        ({"value": "1", "period_start": "2023"}, "period_end"),
        ({"value": "1", "as_of": "2023", "period_start": "2022", "period_end": "2023"}, "as_of"),
        ({"value": "1", "period_start": "2024", "period_end": "2023-01"}, "period_end"),
        ({"value": "1", "as_of": "2023-13"}, "as_of"),
        ({"value": "1", "kind": "guess"}, "kind"),
        ({"value": "1", "measure": " "}, "measure"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(people, claim, fields, field):
    with pytest.raises(Invalid) as refused:
        add_quantity(by=people.ana, claim=claim, **{"measure": "deaths"} | fields)
    assert field in refused.value.errors


def test_figures_of_one_measure_form_a_series_in_the_order_of_time(people, project, claim):
    other = add_claim(by=people.ben, project=project, text="471 people were killed at the hospital.")
    late = add_quantity(by=people.ben, claim=other, measure="Deaths ", unit="PEOPLE", value="471", as_of="2023-10-18")
    early = add_quantity(
        by=people.ana, claim=claim, measure="deaths", printed="at least 500 people", as_of="2023-10-17"
    )
    add_quantity(by=people.ana, claim=claim, measure="injuries", value="314")
    assert series_of(late, people.vera) == [early, late]
    assert [(one.first.measure.strip().lower(), one.figures) for one in series_in(project, people.vera)] == [
        ("deaths", 2), ("injuries", 1),
    ]  # fmt: skip
    edit_quantity(by=people.ana, quantity=early, version=1, measure="dead")
    assert series_of(late, people.vera) == [late]


def test_a_later_count_of_one_origin_is_suggested_as_an_update_and_of_another_it_is_not(people, project, claim):
    origins = [add_origin(by=people.ana, project=project, label=label) for label in ("Ministry", "Another")]
    later = add_claim(by=people.ana, project=project, text="471 people were killed at the hospital.")
    common = {"measure": "deaths", "unit": "people", "kind": "running_total"}
    add_quantity(by=people.ana, claim=claim, **common, value="500", as_of="2023-10-17", origin=origins[0])
    row = add_quantity(by=people.ana, claim=later, **common, value="471", as_of="2023-10-18", origin=origins[1])
    assert suggest_claim_relations(by=people.ana, claim=claim) == []
    edit_quantity(by=people.ana, quantity=row, version=1, origin=origins[0])
    (found,) = suggest_claim_relations(by=people.ana, claim=claim)
    assert (found.type, found.from_claim, found.to_claim) == ("updates", later, claim)
    assert found.explanation.startswith("Revised down")


def test_only_the_author_and_adjudicators_change_a_figure(people, claim):
    row = add_quantity(by=people.ana, claim=claim, measure="deaths", value="5")
    with pytest.raises(Refused):
        edit_quantity(by=people.ben, quantity=row, version=1, value="6")
    row = edit_quantity(by=people.ida, quantity=row, version=1, value=None, low="4", high="6")
    assert (row.value, row.low, row.high) == (None, 4, 6)
    trash_quantity(by=people.ana, quantity=row, version=2)
    assert not restore_quantity(by=people.ana, quantity=row, version=3).trashed


def test_rows_keep_every_digit_as_text(people, claim):
    add_quantity(by=people.ana, claim=claim, measure="share", value="0.100000", high=Decimal(123456789012))
    (row,) = quantity_rows(Quantity.objects.all())
    assert (row["value"], row["low"], row["high"]) == ("0.1", None, "123456789012")
