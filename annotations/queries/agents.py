"""Agents as rows, with every spelling of their name; the spellings as records of their own, for exports; and who may be
meant by words of a text.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from annotations.core.names import name_key, spellings_in
from annotations.models import Agent, Alias, Project
from annotations.queries.rows import IdText, Row, Shape, grouped, of_parents

LIKE_AT_MOST = 6
AGENT = Shape(
    ids=("id", "project", "author"),
    plain=("kind", "name", "wikidata", "note", "trashed", "version"),
    times=("created_at",),
)
ALIAS = Shape(ids=("id", "project", "agent"), plain=("name", "script"), times=("created_at",))


def agent_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Agents: `{id, project, kind, name, aliases: [name, ...] in the order they were given, wikidata, note, author,
    trashed, version, created_at}`."""
    return AGENT.rows(queryset, finish=_aliases)


def alias_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Aliases: `{id, project, agent, name, script, created_at}`."""
    return ALIAS.rows(queryset)


def _aliases(agents: list[Row]) -> None:
    aliases = of_parents(Alias, "agent", agents).order_by("id")
    names = grouped(aliases.values_list(IdText("agent"), "name"))
    for agent in agents:
        agent["aliases"] = names.get(agent["id"], [])


class Likeness(NamedTuple):
    """Who may be meant by words of a text: `agents` that are known, the likeliest first, and the name to begin with.

    `is_known` says that `name` is that of the first agent.
    """

    name: str
    kind: str
    is_known: bool
    agents: list[Agent]


def agents_like(project: Project, words: str) -> Likeness:
    """The known agents whose name or spelling the words hold: letter for letter, by sound, or in part. Three queries at
    most. The name is one of them only where the words hold all of it, or sound like it."""
    spellings = spellings_in(words)
    if not spellings:
        return Likeness("", "person", False, [])
    exact = Q(name__in=spellings) | Q(aliases__name__in=spellings)
    keys = {name_key(name) for name in spellings if len(name_key(name)) > 2}
    sounding = Q(name_key__in=keys) | Q(aliases__name_key__in=keys)
    found = _agents(project, exact) or _agents(project, sounding)
    found.sort(key=lambda agent: _rank(agent, spellings))
    in_part = [agent for agent in _agents(project, Q(name__icontains=spellings[-1])) if agent not in found]
    single = found or (in_part if len(in_part) == 1 and _ends_with(in_part[0].name, spellings[-1]) else [])
    if single:
        return Likeness(single[0].name, single[0].kind, True, [*found, *in_part][:LIKE_AT_MOST])
    return Likeness(spellings[0], "group" if spellings[0][:1].islower() else "person", False, in_part[:LIKE_AT_MOST])


def _agents(project: Project, named: Q) -> list[Agent]:
    rows = Agent.objects.active().filter(named, project=project).distinct().prefetch_related("aliases")
    return list(rows.order_by("name")[:LIKE_AT_MOST])


def _rank(agent: Agent, spellings: list[str]) -> int:
    """By the likeliest spelling that is one of theirs."""
    known = {agent.name, *(alias.name for alias in agent.aliases.all())}
    return next((place for place, name in enumerate(spellings) if name in known), len(spellings))


def _ends_with(name: str, word: str) -> bool:
    """A surname alone stands for the one agent that has it."""
    return name.casefold().split()[-1] == word.casefold()
