"""The forms of an agent (person, body, outlet or unnamed group, with every spelling) and of its grades."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import Agent
from annotations.models.agents import AGENT_KINDS, RELIABILITIES
from annotations.web.fields import Choice, Line, Text, WriteForm, blank_first


class AgentForm(WriteForm):
    called = "agent"

    name = Line("Name", required=True, max_length=200)
    kind = Choice("Kind", AGENT_KINDS, required=True, initial="person")
    aliases = Text("Other spellings", help_text="One a line, in any script.")
    wikidata = Line("Wikidata", max_length=20, attrs={"placeholder": "Q42"})
    note = Text("Note", rows=2)


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


def spellings_in(words: str) -> list[str]:
    """The lines that say something, each once."""
    return list(dict.fromkeys(line.strip() for line in words.splitlines() if line.strip()))


def initial_agent(agent: Agent) -> dict[str, Any]:
    columns = {column: getattr(agent, column) for column in ("name", "kind", "wikidata", "note")}
    return columns | {"aliases": "\n".join(alias.name for alias in agent.aliases.order_by("id"))}
