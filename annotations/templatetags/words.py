"""Values of the domain as people read them: a word, and the shape that stands before it.

The shape is a name in static/annotations/css/base.css (`.i-...`). Words for values that a team may change itself
(verdicts, labels) come from the record; only their shape is here.
"""

from typing import NamedTuple

from django import template

from annotations.core.places import OUTCOME_WORDS, PLACE_WORDS, Outcome, Place

register = template.Library()


class Shown(NamedTuple):
    shape: str
    words: str


STANCES_OF_PARTIES = {
    "affirm": Shown("yes", "Affirms"),
    "deny": Shown("no", "Denies"),
    "qualify": Shown("partly", "Qualifies"),
    "not_addressed": Shown("dash", "Did not address it"),
    "declined": Shown("dash", "Declined to comment"),
    "no_reply": Shown("dash", "Gave no reply"),
    "not_asked": Shown("dash", "Was not asked"),
}
SILENCES = frozenset({"not_addressed", "declined", "no_reply", "not_asked", "mentions"})
STANCES_OF_SOURCES = {
    "supports": Shown("up", "Supports"),
    "refutes": Shown("down", "Refutes"),
    "qualifies": Shown("partly", "Qualifies"),
    "mentions": Shown("dash", "Mentions"),
}
VERDICTS = {
    "Supported": Shown("supported", "Supported"),
    "Refuted": Shown("refuted", "Refuted"),
    "Not Enough Evidence": Shown("unknown", "Not enough evidence"),
    "Disputed": Shown("disputed", "Disputed"),
    "Misleading": Shown("misleading", "Misleading"),
}
PLACES = {
    place: Shown(shape, PLACE_WORDS[place].capitalize())
    for place, shape in (
        (Place.AGREED, "yes"),
        (Place.NOT_CONTESTED, "dash"),
        (Place.IN_DISPUTE, "disputed"),
        (Place.OUT_OF_SCOPE, "no"),
        (Place.NOT_STATED, "ring"),
    )
}
STATES = {
    "not_started": Shown("ring", "Not started"),
    "in_progress": Shown("half", "In progress"),
    "submitted": Shown("yes", "Submitted"),
    "inbox": Shown("ring", "Inbox"),
    "in_work": Shown("half", "In work"),
    "parked": Shown("clock", "Parked"),
    "open": Shown("ring", "Open"),
    "in_review": Shown("half", "In review"),
    "approved": Shown("yes", "Approved"),
    "published": Shown("paper", "Published"),
    "closed": Shown("yes", "Closed"),
}
OUTCOMES = {
    outcome: Shown(shape, OUTCOME_WORDS[outcome].capitalize())
    for outcome, shape in (
        (Outcome.SETTLED, "supported"),
        (Outcome.PARTLY_SETTLED, "half"),
        (Outcome.UNRESOLVED, "unknown"),
        (Outcome.NOT_A_DISPUTE, "no"),
    )
}
SHOWN = STANCES_OF_PARTIES | STANCES_OF_SOURCES | VERDICTS | PLACES | STATES | OUTCOMES


@register.filter
def shape(value: object) -> str:
    """The icon's name; a value that is not known here has the open ring, and its word says the rest."""
    known = SHOWN.get(str(value))
    return known.shape if known else "ring"


@register.filter
def in_words(value: object) -> str:
    """The value as a person reads it: `not_addressed` is "Did not address it"."""
    known = SHOWN.get(str(value))
    return known.words if known else str(value).replace("_", " ")


@register.filter
def is_silence(value: object) -> bool:
    """Silence is shown dim, and never as a side."""
    return str(value) in SILENCES
