"""Values of the domain as people read them: a word, and the shape that stands before it.

The shape is a name in static/annotations/css/base.css (`.i-...`). Words for values that a team may change itself
(verdicts, labels) come from the record; only their shape is here.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from annotations.core.places import Outcome, Place
from annotations.core.triage import FABLE, PLAIN
from annotations.templatetags.languages import said

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()


class Shown(NamedTuple):
    shape: str
    words: "StrOrPromise"


STANCES_OF_PARTIES = {
    "affirm": Shown("yes", _("Affirms")),
    "deny": Shown("no", _("Denies")),
    "qualify": Shown("partly", _("Qualifies")),
    "not_addressed": Shown("dash", _("Did not address it")),
    "declined": Shown("dash", _("Declined to comment")),
    "no_reply": Shown("dash", _("Gave no reply")),
    "not_asked": Shown("dash", _("Was not asked")),
}
SILENCES = frozenset({"not_addressed", "declined", "no_reply", "not_asked", "mentions"})
STANCES_OF_SOURCES = {
    "supports": Shown("up", _("Supports")),
    "refutes": Shown("down", _("Refutes")),
    "qualifies": Shown("partly", _("Qualifies")),
    "mentions": Shown("dash", _("Mentions")),
}
VERDICTS = {
    "Supported": Shown("supported", _("Supported")),
    "Refuted": Shown("refuted", _("Refuted")),
    "Not Enough Evidence": Shown("unknown", _("Not enough evidence")),
    "Disputed": Shown("disputed", _("Disputed")),
    "Misleading": Shown("misleading", _("Misleading")),
}
PLACES = {
    Place.AGREED: Shown("yes", _("Agreed")),
    Place.NOT_CONTESTED: Shown("dash", _("Not contested")),
    Place.IN_DISPUTE: Shown("disputed", _("In dispute")),
    Place.OUT_OF_SCOPE: Shown("no", _("Out of scope")),
    Place.NOT_STATED: Shown("ring", _("Nobody affirms it yet")),
}
STATES = {
    "not_started": Shown("ring", _("Not started")),
    "in_progress": Shown("half", _("In progress")),
    "submitted": Shown("yes", _("Submitted")),
    "inbox": Shown("ring", _("Inbox")),
    "in_work": Shown("half", _("In work")),
    "parked": Shown("clock", _("Parked")),
    "open": Shown("ring", pgettext_lazy("state", "Open")),
    "in_review": Shown("half", _("In review")),
    "approved": Shown("yes", _("Approved")),
    "published": Shown("paper", _("Published")),
    "closed": Shown("yes", _("Closed")),
    "queued": Shown("clock", _("Waits")),
    "running": Shown("half", _("Is being done")),
    "done": Shown("yes", _("Done")),
    "failed": Shown("refuted", _("Failed")),
    "cancelled": Shown("no", _("Stopped")),
}
OUTCOMES = {
    Outcome.SETTLED: Shown("supported", _("Settled")),
    Outcome.PARTLY_SETTLED: Shown("half", _("Partly settled")),
    Outcome.UNRESOLVED: Shown("unknown", _("Unresolved: could not be independently verified")),
    Outcome.NOT_A_DISPUTE: Shown("no", _("Not a dispute")),
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
    return str(known.words) if known else pgettext("value", str(value).replace("_", " "))


@register.filter
def is_silence(value: object) -> bool:
    """Silence is shown dim, and never as a side."""
    return str(value) in SILENCES


PRESETS = {one.key: one for one in (PLAIN, *FABLE)}


@register.filter
def criterion_said(criterion: Any, column: str) -> str:
    """The `name` or `question` of a criterion: in the reader's language where it is one on offer, else as the team
    words it."""
    words, known = getattr(criterion, column), PRESETS.get(criterion.key)
    return str(said(getattr(known, column)) if known and getattr(known, column) == words else words)
