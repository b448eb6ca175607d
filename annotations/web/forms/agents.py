"""The forms of an agent (person, body, outlet or unnamed group, with every spelling) and of its grades."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import Agent, AgentRating
from annotations.models.agents import AGENT_KINDS, RELIABILITIES
from annotations.web.fields import Choice, Line, Text, WriteForm, blank_first


class AgentForm(WriteForm):
    called = "agent"

    name = Line(_("Name"), required=True, max_length=200)
    kind = Choice(_("Kind"), AGENT_KINDS, required=True, initial="person")
    aliases = Text(_("Other spellings"), help_text=_("One a line, in any script."))
    wikidata = Line(_("Wikidata"), max_length=20, attrs={"placeholder": "Q42"})
    note = Text(_("Note"), rows=2)


GRADES = [
    ("A", _("A · completely reliable")),
    ("B", _("B · usually reliable")),
    ("C", _("C · fairly reliable")),
    ("D", _("D · not usually reliable")),
    ("E", _("E · unreliable")),
    ("F", _("F · cannot be judged")),
]
assert [letter for letter, _words in GRADES] == [letter for letter, _words in RELIABILITIES]


class RatingForm(WriteForm):
    """How reliable, on what, from which day on, and why."""

    called = "rating"

    reliability = Choice(_("Grade"), blank_first(GRADES, _("choose")), required=True)
    topic = Line(_("On what"), max_length=120, help_text=_("Empty: in general."))
    rated_on = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: from today on."),
        error_messages={"invalid": _("A day, as YYYY-MM-DD.")},
    )
    reason = Text(_("Reason"), required=True, rows=2)


class CorrectRatingForm(RatingForm):
    """The same of a grade that was given, and why it is corrected."""

    because = Line(_("Why it is corrected"), required=True, max_length=2_000)


class WithdrawRatingForm(WriteForm):
    called = "withdraw"

    because = Line(_("Why it is withdrawn"), required=True, max_length=2_000)


def initial_rating(rating: AgentRating) -> dict[str, Any]:
    return {column: getattr(rating, column) for column in ("reliability", "topic", "rated_on", "reason")}


def spellings_in(words: str) -> list[str]:
    """The lines that say something, each once."""
    return list(dict.fromkeys(line.strip() for line in words.splitlines() if line.strip()))


def initial_agent(agent: Agent) -> dict[str, Any]:
    columns = {column: getattr(agent, column) for column in ("name", "kind", "wikidata", "note")}
    return columns | {"aliases": "\n".join(alias.name for alias in agent.aliases.order_by("id"))}
