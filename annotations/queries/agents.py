"""Agents as rows, with every spelling of their name; and the spellings as records of their own, for exports."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from annotations.models import Alias
from annotations.queries.rows import IdText, Row, Shape, grouped, of_parents

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
