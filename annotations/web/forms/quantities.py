"""The form of a figure: as it is printed, or in its parts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.core.quantities import plain
from annotations.models import Quantity
from annotations.models.quantities import FIGURE_BASES, FIGURE_KINDS
from annotations.web.fields import Choice, Choices, Line, Text, WriteForm, blank_first

A_DATE = _("YYYY, YYYY-MM or YYYY-MM-DD")


class QuantityForm(WriteForm):
    """A figure of a claim."""

    called = "quantity"

    measure = Line(_("What is measured"), required=True, max_length=200, help_text=_("Deaths, exports, turnout ..."))
    printed = Line(
        _("As printed"),
        max_length=200,
        help_text=_("“at least 500 people”: the number, its ends and the unit are read from it."),
    )
    value = Line(_("Value"), max_length=40, attrs={"inputmode": "decimal"})
    low = Line(_("At least"), max_length=40, attrs={"inputmode": "decimal"})
    high = Line(_("At most"), max_length=40, attrs={"inputmode": "decimal"})
    modifier = Line(_("Modifier as printed"), max_length=80)
    unit = Line(_("Unit"), max_length=80)
    population = Line(
        _("Counted over"), max_length=200, help_text=_("Whom or what: people in Gaza, registered voters.")
    )
    kind = Choice(_("Kind of figure"), FIGURE_KINDS, required=True, initial="running_total")
    as_of = Line(_("As of"), max_length=10, help_text=A_DATE)
    period_start = Line(_("Period, from"), max_length=10, help_text=A_DATE)
    period_end = Line(_("to"), max_length=10, help_text=A_DATE)
    basis = Choice(_("The date is"), blank_first(FIGURE_BASES))
    origin = Choice(_("Goes back to"), ())
    note = Text(_("Note"), rows=2)

    def __init__(self, *args: Any, origins: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"].choices = blank_first(origins, _("untraced"))  # type: ignore[attr-defined]


def initial_quantity(quantity: Quantity) -> dict[str, Any]:
    """A stored figure as the form shows it."""
    texts = (
        "measure",
        "modifier",
        "unit",
        "population",
        "kind",
        "as_of",
        "period_start",
        "period_end",
        "basis",
        "note",
    )
    numbers = {name: plain(getattr(quantity, name)).replace(",", "") for name in ("value", "low", "high")}
    return {name: getattr(quantity, name) for name in texts} | numbers | {"origin": str(quantity.origin_id or "")}
