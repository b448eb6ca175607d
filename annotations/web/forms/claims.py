"""The forms of claims."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.models import Claim
from annotations.models.claims import CHECKABILITIES, CLAIM_TYPES
from annotations.web.fields import Choice, Choices, Line, Several, Text, WriteForm, blank_first

LAYER_WORDS = [("so", _("Is it so?")), ("said", _("Did they say it?"))]
CHECKABILITY_HELP = _("Opinions, predictions, motives and framings are not checkable; that somebody said so may be.")


class QuickClaimForm(WriteForm):
    """What the inspector asks for: a first sentence, everything else has a default."""

    called = "quick-claim"

    text = Text(
        _("The claim"),
        required=True,
        help_text=_("One sentence that stands alone: names and dates instead of “he” and “then”."),
    )
    layer = Choice(_("What is asked"), LAYER_WORDS, radios=True, required=True, initial="so")
    checkability = Choice(
        _("Can it be checked?"), CHECKABILITIES, required=True, initial="checkable", help_text=CHECKABILITY_HELP
    )
    types = Several(_("Types"), [(known, pgettext_lazy("value", known)) for known in CLAIM_TYPES])


class ClaimForm(QuickClaimForm):
    """A new claim, or all that can be changed about one but its owner and its deadline."""

    called = "claim"

    claim_date = Line(_("Date of the claim"), help_text=_("YYYY, YYYY-MM or YYYY-MM-DD"), max_length=10)
    note = Text(_("Note"), rows=2)


class EditClaimForm(ClaimForm):
    """All that can be changed about a claim."""

    called = "edit-claim"

    owner = Choice(_("Who looks after it"), ())
    deadline = Line(_("Deadline"), max_length=10, help_text=_("A day: YYYY-MM-DD"))
    language = Line(_("Language"), max_length=35, help_text=_("A language tag, such as en or fa."))

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = blank_first(members, _("nobody yet"))  # type: ignore[attr-defined]


class ReasonForm(WriteForm):
    """A move that says why."""

    called = "move"

    reason = Text(_("Why"), required=True, rows=2)


def initial_claim(claim: Claim) -> dict[str, Any]:
    columns = ("text", "layer", "checkability", "types", "claim_date", "language", "note")
    said = {column: getattr(claim, column) for column in columns}
    deadline = claim.deadline.isoformat() if claim.deadline else ""
    return said | {"owner": str(claim.owner_id or ""), "deadline": deadline}
