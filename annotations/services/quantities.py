"""Quantities: the figures of a claim, written down so that they can be compared and drawn.

A figure may be typed as it is printed ("at least 500"): its number, its ends and its modifier are read from that.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from annotations.core.errors import Invalid
from annotations.core.quantities import LARGEST, Printed, read_figure, series_key
from annotations.core.sentences import say
from annotations.models import Claim, Person, Quantity
from annotations.models.quantities import FIGURE_BASES, FIGURE_KINDS
from annotations.policies.quantities import may_add_quantity, may_edit_quantity
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.trash import restore, trash
from annotations.services.write import writing

TEXTS = {"measure": 200, "modifier": 80, "unit": 80, "population": 200, "note": 20_000}
NUMBERS = ("value", "low", "high")
DATES = ("as_of", "period_start", "period_end")
EDITABLE = (*TEXTS, *NUMBERS, *DATES, "basis", "kind", "origin", "printed")
STORED = tuple(name for name in EDITABLE if name != "printed")
DIGITS = 15  # what both databases keep
IN_SERIES = ("measure", "unit", "population")


def add_quantity(*, by: Person, claim: Claim, **fields: Any) -> Quantity:
    """Write down a figure of a claim. `printed` fills in what else was not said. Raises Refused, Invalid."""
    only_known(fields, EDITABLE)
    fields = as_stored(fields, claim.language)
    quantity = Quantity(project_id=claim.project_id, author=by, claim=claim, **fields)
    check_quantity(quantity, ("measure", *fields))
    with writing(by, claim.project_id) as change:
        change.allow(may_add_quantity(by, claim.project_id))
        return change.add(quantity, "quantity_added")


def edit_quantity(*, by: Person, quantity: Quantity, version: int, **fields: Any) -> Quantity:
    """Change a figure. Raises Refused, Invalid, Stale."""
    only_known(fields, EDITABLE)
    fields = as_stored(fields, quantity.claim.language)
    changed = Quantity(project_id=quantity.project_id, **{name: getattr(quantity, name) for name in STORED} | fields)
    check_quantity(changed, tuple(fields))
    if any(name in fields for name in IN_SERIES):
        fields["series_key"] = changed.series_key
    with writing(by, quantity.project_id) as change:
        change.allow(may_edit_quantity(by, quantity))
        return change.edit(quantity, version, "quantity_edited", **fields)


def trash_quantity(*, by: Person, quantity: Quantity, version: int) -> Quantity:
    """Move a figure to the trash. Raises Refused, Stale, IllegalMove."""
    with writing(by, quantity.project_id) as change:
        change.allow(may_edit_quantity(by, quantity))
        return trash(change, quantity, version, "quantity_trashed")


def restore_quantity(*, by: Person, quantity: Quantity, version: int) -> Quantity:
    """Take a figure out of the trash. Raises Refused, Stale, IllegalMove."""
    with writing(by, quantity.project_id) as change:
        change.allow(may_edit_quantity(by, quantity))
        return restore(change, quantity, version, "quantity_restored")


# -- what is stored ---------------------------------------------------------------------------------------------------


def as_stored(fields: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Numbers as decimals; what `printed` says where nothing else was said. Raises Invalid."""
    known = {name: value for name, value in fields.items() if name != "printed"}
    for name in NUMBERS:
        if name in known:
            known[name] = number_in(name, known[name])
    if fields.get("printed"):
        read = read_printed(fields["printed"], language)
        found: dict[str, Any] = {name: getattr(read, name) for name in NUMBERS} | {"modifier": read.modifier}
        known |= {name: value for name, value in found.items() if known.get(name) in (None, "")}
        known["unit"] = known.get("unit") or read.unit
    return known


def read_printed(printed: Any, language: str) -> Printed:
    """The number in a few words, with the modifier before it. Raises Invalid."""
    checks = Checks()
    checks.text("printed", printed, longest=200)
    checks.done()
    first = next((place for place, character in enumerate(printed) if character.isdigit()), 0)
    read = read_figure(printed, first, len(printed), language) or read_figure(printed, 0, len(printed), language)
    if read is None:
        raise Invalid.field("printed", say("No number can be read here; fill in the value instead."))
    return read


def number_in(name: str, value: Any) -> Decimal | None:
    """A number, also one that was typed. Raises Invalid."""
    if value is None or value == "":
        return None
    wrong = Invalid.field(name, say("A number, with a point before its decimals: 1200 or 0.5."))
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise wrong
    try:
        number = Decimal(value.strip() if isinstance(value, str) else value)
    except InvalidOperation:
        raise wrong from None
    if not number.is_finite() or abs(number) >= LARGEST or digits_of(number) > DIGITS or number != round(number, 6):
        raise Invalid.field(name, say("At most fifteen digits, six of them behind the point."))
    return number


def digits_of(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def check_quantity(quantity: Quantity, given: tuple[str, ...]) -> None:
    """Words, dates and what has to go together; sets the key of the series. Raises Invalid by field."""
    checks = Checks()
    for name in given:
        value = getattr(quantity, name)
        if name in TEXTS:
            checks.text(name, value, required=name == "measure", longest=TEXTS[name])
        elif name in DATES:
            checks.date(name, value)
    checks.word("kind", quantity.kind, FIGURE_KINDS)
    checks.word("basis", quantity.basis, FIGURE_BASES, blank=True)
    checks.done()
    check_together(quantity)
    if quantity.origin is not None:
        same_project(quantity.project_id, origin=quantity.origin)
    quantity.series_key = series_key(quantity.measure, quantity.unit, quantity.population)


def check_together(quantity: Quantity) -> None:
    """A number is there, a range begins before its end, and a date is a day or a period. Raises Invalid."""
    checks = Checks()
    low, high = quantity.low, quantity.high
    if quantity.value is None and low is None and high is None:
        checks.wrong("value", "Give a value, or at least one end of a range.")
    if low is not None and high is not None and low > high:
        checks.wrong("low", "The low end of the range is above its high end.")
    start, end = quantity.period_start, quantity.period_end
    if bool(start) != bool(end):
        checks.wrong("period_end" if start else "period_start", "A period has both of its ends.")
    if start and quantity.as_of:
        checks.wrong("as_of", "A figure is of a day or of a period, not of both.")
    if start and end and start[: len(end)] > end[: len(start)]:
        checks.wrong("period_end", "The period ends before it starts.")
    checks.done()
