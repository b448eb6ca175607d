"""The forms of triage: what claims are ranked by, and how one claim does under each of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.models import TriageCriterion
from annotations.models.triage import TRIAGE_LEVELS
from annotations.queries.triage import Rated
from annotations.web.fields import Choice, Line, Number, Text, WriteForm, blank_first


class CriterionForm(WriteForm):
    """A criterion; its key is made of the name and stays."""

    called = "criterion"

    name = Line(_("Name"), required=True, max_length=80)
    question = Text(_("What is asked of a claim"), rows=2)
    weight = Number(_("Weight"), 0, 10, help_text=_("0 to 10; a high mark counts three times it, a low one once."))


class RatingForm(WriteForm):
    """How a claim does under one criterion."""

    level = Choice(_("Level"), blank_first(TRIAGE_LEVELS, _("not rated")), radios=True)
    reason = Line(_("Why"), max_length=500)


def initial_criterion(criterion: TriageCriterion) -> dict[str, Any]:
    return {"name": criterion.name, "question": criterion.question, "weight": criterion.weight}


def rating_forms(posted: Any, rated: list[Rated]) -> list[tuple[TriageCriterion, RatingForm]]:
    """One form a criterion, named by its key; `posted` is what was sent, if anything."""
    return [
        (
            one.criterion,
            RatingForm(
                posted,
                prefix=one.criterion.key,
                initial={"level": one.mark.level, "reason": one.mark.reason} if one.mark else {},
                called=f"rating-{one.criterion.key}",
            ),
        )
        for one in rated
    ]
