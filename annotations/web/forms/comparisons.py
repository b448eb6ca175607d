"""The forms of relations between claims: how one stands to another, why a suggestion does not hold, what is asked."""

from django.utils.translation import gettext_lazy as _

from annotations.models.comparisons import CLAIM_RELATION_TYPES, CONTRADICTION_KINDS
from annotations.web.fields import Choice, Line, Text, WriteForm, blank_first

WAYS = [("to", _("this claim to the other")), ("from", _("the other to this claim"))]


class ClaimRelationForm(WriteForm):
    """How two claims stand to each other."""

    called = "claim-relation"

    type = Choice(_("How they stand"), CLAIM_RELATION_TYPES, required=True)
    kind = Choice(_("Kind of contradiction"), blank_first(CONTRADICTION_KINDS))
    explanation = Text(_("Why"), rows=2)


class NewClaimRelationForm(ClaimRelationForm):
    """The same for a claim that was found, and which way it goes."""

    way = Choice(_("From"), WAYS, required=True, initial="to")
    field_order = ["way", "type", "kind", "explanation"]


class DismissRelationForm(WriteForm):
    """Why it does not hold."""

    called = "dismiss"

    reason = Line(_("Why not"), required=True, max_length=2_000)


class OpenFromForm(WriteForm):
    """The question of the dispute that is opened over both claims."""

    called = "open"

    question = Text(_("The question"), required=True, rows=2)
