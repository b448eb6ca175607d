"""What the tables of a dispute look up: the name of a statement, a column by its place, the counts of a claim."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def name_in(pk: Any, names: Mapping[str, str]) -> str:
    """`S1` for a claim's id; empty for one that is no statement."""
    return names.get(str(pk), "")


@register.filter
def at(rows: Sequence[Any], place: int) -> Any:
    return rows[place]


@register.filter
def counted_in(pk: Any, counted: Mapping[Any, Any]) -> Any:
    """The counts of one claim, by stance; nothing for a claim without evidence."""
    return counted.get(pk, [])


@register.filter
def form_of(verb: str, forms: Mapping[str, Any]) -> Any:
    """The form that a move needs; nothing for one that needs none."""
    return forms.get(verb)


@register.filter
def chain_at(pk: Any, chains: Any) -> Any:
    """Who says the words of one annotation; nothing where nobody recorded it, or the page has no chains."""
    return chains.get(pk) if chains else None


@register.filter
def is_promoted(claims: Any, attribution: Any) -> bool:
    """Whether one of an annotation's claims asks if they said it, through this attribution."""
    made = (row["mention"].attribution_id for row in claims if row["claim"].layer == "said")
    return bool(attribution) and attribution.pk in made


@register.filter
def text(value: Any) -> str:
    """An id as forms send it."""
    return str(value)


OPENING = ("“", "«", "„", '"', "「")


@register.filter
def has_own_quotes(words: str) -> bool:
    """Whether a quotation brings its quotation marks along, so that a page adds none."""
    return words.startswith(OPENING)
