"""The forms of claims: to make one, to change one, to move one, to merge it and to split it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.models import Claim
from annotations.models.claims import CHECKABILITIES, CLAIM_TYPES, MEDIA
from annotations.web.fields import Choice, Choices, Line, Several, Text, WriteForm, blank_first

LAYER_WORDS = [("so", _("Is it so?")), ("said", _("Did they say it?"))]
CHECKABILITY_HELP = _("Opinions, predictions, motives and framings are not checkable; that somebody said so may be.")
TEXT_HELP = _(
    "One sentence that stands alone: names instead of “he”, dates instead of “yesterday”, the speaker only where the "
    "saying is what is checked."
)
NEED_A_REASON = ("park", "reject", "reconsider")
PARTS_OFFERED = 3


class QuickClaimForm(WriteForm):
    """What the inspector asks for: a first sentence, everything else has a default."""

    called = "quick-claim"

    text = Text(_("The claim"), required=True, help_text=TEXT_HELP, attrs={"data-enter-sends": ""})
    layer = Choice(_("What is asked"), LAYER_WORDS, radios=True, required=True, initial="so")
    checkability = Choice(
        _("Can it be checked?"), CHECKABILITIES, required=True, initial="checkable", help_text=CHECKABILITY_HELP
    )
    types = Several(_("Types"), [(known, pgettext_lazy("value", known)) for known in CLAIM_TYPES])


class ClaimForm(QuickClaimForm):
    """A new claim, or all that can be changed about one but its owner and its deadline."""

    called = "claim"

    text = Text(_("The claim"), required=True, help_text=TEXT_HELP)
    checkability_reason = Line(_("Why, if that needs a word"), max_length=500)
    claimant = Line(_("Who made it"), max_length=200, help_text=_("A name; a new one is added to the agents."))
    medium = Choice(_("Made in a"), blank_first(MEDIA, _("not said")))
    url = Line(_("Address"), kind="url", max_length=2_000, help_text=_("Where it can be seen or heard."))
    claim_date = Line(_("Date of the claim"), help_text=_("YYYY, YYYY-MM or YYYY-MM-DD"), max_length=10)
    place = Line(_("Place"), max_length=200, help_text=_("Where it was made, or what place it is about."))
    language = Line(_("Language"), max_length=35, help_text=_("A language tag, such as en or fa."))
    note = Text(_("Note"), rows=2)


class EditClaimForm(ClaimForm):
    """All that can be changed about a claim."""

    called = "edit-claim"

    owner = Choice(_("Who looks after it"), ())
    deadline = Line(_("Deadline"), max_length=10, help_text=_("A day: YYYY-MM-DD"))

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = blank_first(members, _("nobody yet"))  # type: ignore[attr-defined]


class ReasonForm(WriteForm):
    """A move that says why; only what speaks for a rejected claim may go without saying."""

    called = "move"

    reason = Text(_("Why"), required=True, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kwargs.get("called") == "reconsider":
            self.fields["reason"].required = False
            self.fields["reason"].label = _("What speaks for it")


class MergeForm(WriteForm):
    """`into` is one of the claims that are offered, or any other by its id or address."""

    called = "merge"

    into = Line(_("The claim that stays"), required=True, max_length=300, help_text=_("Its address, or its id."))


class PartForm(WriteForm):
    """One of the claims that are made of one, and the places that make it instead."""

    text = Text(_("A claim of its own"), rows=2)
    mentions = Several(_("Made in these places instead"), ())

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentions"].choices = list(places)  # type: ignore[attr-defined]


def part_forms(posted: Any, places: Iterable[tuple[str, str]], number: int = PARTS_OFFERED) -> list[PartForm]:
    """One form a part; `posted` is what was sent, if anything."""
    names = [f"part-{at}" for at in range(1, number + 1)]
    return [PartForm(posted, places=places, prefix=name, called=name) for name in names]


def initial_claim(claim: Claim) -> dict[str, Any]:
    columns = (
        "text", "layer", "checkability", "checkability_reason", "types", "claim_date", "place", "language", "medium",
        "url", "note",
    )  # fmt: skip
    said = {column: getattr(claim, column) for column in columns}
    deadline = claim.deadline.isoformat() if claim.deadline else ""
    claimant = claim.claimant.name if claim.claimant else ""
    return said | {"owner": str(claim.owner_id or ""), "deadline": deadline, "claimant": claimant}
