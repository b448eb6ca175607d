"""The forms of triage: what claims are ranked by, and how one claim does under each of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.models import TriageCriterion
from annotations.models.triage import TRIAGE_LEVELS
from annotations.queries.triage import Rated
from annotations.web.fields import Choice, Line, Number, Text, Version, WriteForm, blank_first


class CriterionForm(WriteForm):
    """A criterion; its key is made of the name and stays."""

    called = "criterion"

    name = Line(_("Name"), required=True, max_length=80)
    question = Text(_("What is asked of a claim"), rows=2)
    weight = Number(_("Weight"), 0, 10, help_text=_("0 to 10; a high mark counts three times it, a low one once."))


class RatingForm(WriteForm):
    """How a claim does under one criterion; `seen` is the version of the mark that stands there, 0 for none."""

    seen = Version()
    level = Choice(_("Level"), blank_first(TRIAGE_LEVELS, _("not rated")), radios=True)
    reason = Line(_("Why"), max_length=500)


def initial_criterion(criterion: TriageCriterion) -> dict[str, Any]:
    return {"name": criterion.name, "question": criterion.question, "weight": criterion.weight}


def rating_forms(posted: Any, rated: list[Rated]) -> list[tuple[TriageCriterion, RatingForm]]:
    """One form a criterion, named by its key; `posted` is what was sent, if anything."""
    return [(one.criterion, rating_form(posted, one)) for one in rated]


def rating_form(posted: Any, one: Rated) -> RatingForm:
    mark = one.mark
    shown = {"level": mark.level, "reason": mark.reason, "seen": mark.version} if mark else {"seen": 0}
    key = one.criterion.key
    return RatingForm(posted, prefix=key, initial=shown, called=f"rating-{key}")


def still_as_seen(form: RatingForm, one: Rated) -> bool:
    """Whether the mark is the one that the form was opened with."""
    return form["seen"].value() in (None, str(one.mark.version if one.mark else 0))
