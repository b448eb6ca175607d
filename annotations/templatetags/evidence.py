"""What the pages say beside a piece of evidence: what it counts together with, and whether it came after the claim."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from annotations.core.dates import is_certainly_after
from annotations.models import Evidence, EvidenceSet
from annotations.templatetags.languages import comma

register = template.Library()


@register.filter
def set_name(evidence_set: EvidenceSet) -> str:
    """A short name for telling the sets of one page apart: the end of its id."""
    return str(evidence_set.pk)[-3:].upper()


@register.filter
def sets_in(evidence: Iterable[Evidence]) -> list[EvidenceSet]:
    """The sets of these pieces, each once."""
    return list(dict.fromkeys(row.set for row in evidence if row.set))


@register.filter
def is_younger(evidence: Evidence) -> bool:
    """Whether its source certainly appeared after the claim was made."""
    return is_certainly_after(evidence.source.published_on, evidence.claim.claim_date)


@register.filter
def words_in(words: str) -> list[str]:
    return words.split()


@register.filter
def grades_in(source: Any, grades: Any) -> Any:
    """What the publisher of a source was graded on its day; nothing where grades are not used."""
    return grades.get(source.pk, []) if grades else []


CREDIBILITIES = {
    1: _("confirmed"),
    2: _("probably true"),
    3: _("possibly true"),
    4: _("doubtful"),
    5: _("improbable"),
    6: _("cannot be judged"),
}


@register.filter
def credibility(number: int) -> str:
    """`2, probably true`: the number that a team gives, with what it means."""
    return f"{number}{comma()}{CREDIBILITIES[number]}"
