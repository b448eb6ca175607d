"""The form of an agent: a person, body, outlet or unnamed group, with every spelling of its name."""

from typing import Any

from annotations.models import Agent
from annotations.models.agents import AGENT_KINDS
from annotations.web.fields import Choice, Line, Text, WriteForm


class AgentForm(WriteForm):
    called = "agent"

    name = Line("Name", required=True, max_length=200)
    kind = Choice("Kind", AGENT_KINDS, required=True, initial="person")
    aliases = Text("Other spellings", help_text="One a line, in any script.")
    wikidata = Line("Wikidata", max_length=20, attrs={"placeholder": "Q42"})
    note = Text("Note", rows=2)


def spellings_in(words: str) -> list[str]:
    """The lines that say something, each once."""
    return list(dict.fromkeys(line.strip() for line in words.splitlines() if line.strip()))


def initial_agent(agent: Agent) -> dict[str, Any]:
    columns = {column: getattr(agent, column) for column in ("name", "kind", "wikidata", "note")}
    return columns | {"aliases": "\n".join(alias.name for alias in agent.aliases.order_by("id"))}
