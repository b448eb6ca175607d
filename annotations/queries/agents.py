"""Agents as rows, with every spelling of their name; the spellings as records of their own, for exports; and who may be
meant by words of a text.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from annotations.core.likeness import Match, pairs_among
from annotations.core.names import name_key, spellings_in
from annotations.core.sentences import say
from annotations.models import (
    Agent,
    AgentDistinction,
    AgentRating,
    Alias,
    Attribution,
    Claim,
    Person,
    Position,
    Project,
    Source,
)
from annotations.queries.rows import IdText, Row, Shape, grouped, of_parents

LIKE_AT_MOST = 6
ALIKE_AT_MOST = 100
NEAR_AT_MOST = 100
AGENT = Shape(
    ids=("id", "project", "author", "joined_into"),
    plain=("kind", "name", "wikidata", "note", "trashed", "version"),
    times=("created_at",),
)
ALIAS = Shape(ids=("id", "project", "agent"), plain=("name", "script"), times=("created_at",))
AGENT_DISTINCTION = Shape(
    ids=("id", "project", "agent", "other", "author"), plain=("reason", "trashed", "version"), times=("created_at",)
)
AGENT_RATING = Shape(
    ids=("id", "project", "agent", "author"),
    plain=("topic", "reliability", "reason", "trashed", "version"),
    times=("created_at",),
    also={"rated_on": Cast("rated_on", TextField())},
)


def agent_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Agents: `{id, project, kind, name, aliases: [name, ...] in the order they were given, wikidata, note, author,
    joined_into (the agent that it turned out to be), trashed, version, created_at}`."""
    return AGENT.rows(queryset, finish=_aliases)


def alias_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Aliases: `{id, project, agent, name, script, created_at}`."""
    return ALIAS.rows(queryset)


def distinction_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Agents told apart: `{id, project, agent, other, reason, author, trashed, version, created_at}`."""
    return AGENT_DISTINCTION.rows(queryset)


def agent_rating_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Ratings: `{id, project, agent, topic, reliability, rated_on, reason, author, trashed, version, created_at}`."""
    return AGENT_RATING.rows(queryset)


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


# -- two that may be one ----------------------------------------------------------------------------------------------


class Alike(NamedTuple):
    """Two agents that may be one, and why; `match.is_same` says that nothing in their names tells them apart."""

    agent: Agent
    other: Agent
    match: Match


def alike(project: Project, among: Iterable[UUID] | None = None) -> list[Alike]:
    """The agents of a project, or some of them, that may be one: a Wikidata id in common, or names alike. Whoever was
    told apart, or has another Wikidata id, is left out. Likeliest first. Four queries."""
    rows = Agent.objects.active().filter(project=project, **({} if among is None else {"pk__in": list(among)}))
    agents = {row.pk: row for row in rows.order_by("pk")}
    aliases = Alias.objects.filter(agent__in=agents).order_by("pk").values_list("agent_id", "name")
    pairs: dict[Any, Match] = {
        frozenset((pair.one, pair.other)): pair.match for pair in pairs_among([*_names(agents), *aliases])
    }
    pairs |= dict(_by_wikidata(agents))
    apart = _told_apart(project)
    found = []
    for both, match in pairs.items():
        one, other = sorted((agents[pk] for pk in both), key=lambda row: str(row.pk))
        if both not in apart and not _are_others([one, other]) and (match.is_same or one.kind == other.kind):
            found.append(Alike(one, other, match))
    return sorted(found, key=lambda pair: (not pair.match.is_same, pair.agent.kind != pair.other.kind))[:ALIKE_AT_MOST]


def alike_to(agent: Agent) -> list[Alike]:
    """The agents that may be this one, which stands first in each pair."""
    names = [agent.name_key, *agent.aliases.values_list("name_key", flat=True)]
    keys = {*names, *(" ".join(reversed(key.split())) for key in names), *(key.split()[-1] for key in names if key)}
    near = Q(name_key__in=keys) | Q(aliases__name_key__in=keys)
    for last in {key.split()[-1] for key in names if key}:
        near |= Q(name_key__endswith=f" {last}") | Q(aliases__name_key__endswith=f" {last}")
    near |= Q(wikidata=agent.wikidata) & ~Q(wikidata="")
    found = Agent.objects.active().filter(near, project=agent.project_id).exclude(pk=agent.pk).order_by("pk")
    among = [agent.pk, *found.values_list("pk", flat=True).distinct()[:NEAR_AT_MOST]]
    if len(among) == 1:
        return []
    pairs = [pair for pair in alike(agent.project, among) if agent in pair]
    return [pair if pair.agent == agent else Alike(pair.other, pair.agent, pair.match) for pair in pairs]


def pointers_to(agent: Agent, person: Person) -> list[tuple[str, int]]:
    """What names an agent, as far as `person` may see it: words and how many."""
    named: list[tuple[str, Any, Q]] = [
        ("sayings", Attribution, Q(agent=agent) | Q(recipient=agent)),
        ("positions", Position, Q(agent=agent) | Q(on_behalf_of=agent)),
        ("sources", Source, Q(publisher=agent)),
        ("claims", Claim, Q(claimant=agent)),
    ]
    counts = [(words, model.objects.visible_to(person).active().filter(by).count()) for words, model, by in named]
    return [(words, number) for words, number in counts if number]


def told_apart_from(agent: Agent) -> list[tuple[Agent, AgentDistinction]]:
    """Whom an agent was told apart from, with what was said of it."""
    rows = AgentDistinction.objects.active().filter(Q(agent=agent) | Q(other=agent))
    rows = rows.select_related("agent", "other", "author").order_by("pk")
    return [(row.other if row.agent_id == agent.pk else row.agent, row) for row in rows]


def _names(agents: dict[UUID, Agent]) -> Iterator[tuple[UUID, str]]:
    return ((pk, agent.name) for pk, agent in agents.items())


def _by_wikidata(agents: dict[UUID, Agent]) -> Iterator[tuple[frozenset[UUID], Match]]:
    by_id = grouped((agent.wikidata, pk) for pk, agent in agents.items() if agent.wikidata)
    for known, pks in by_id.items():
        for one, other in combinations(pks, 2):
            yield frozenset((one, other)), Match(True, say("Both are {wikidata} in Wikidata.", wikidata=known))


def _told_apart(project: Project) -> set[frozenset[UUID]]:
    """The pairs that were told apart, also by what one of them was joined into since."""
    joined = dict(Agent.objects.filter(project=project, joined_into__isnull=False).values_list("pk", "joined_into_id"))
    rows = AgentDistinction.objects.active().filter(project=project).values_list("agent_id", "other_id")
    return {frozenset(joined.get(pk, pk) for pk in row) for row in rows}


def _are_others(pair: list[Agent]) -> bool:
    return len({agent.wikidata for agent in pair if agent.wikidata}) > 1


def joined_agent(agent: Agent) -> Agent:
    """The agent that this one turned out to be, over any number of joinings; itself where it is none other's."""
    seen = {agent.pk}
    while agent.joined_into is not None and agent.joined_into_id not in seen:
        agent = agent.joined_into
        seen.add(agent.pk)
    return agent


# -- grades -----------------------------------------------------------------------------------------------------------


def ratings_of(agent: Agent) -> list[AgentRating]:
    """All grades of an agent, the newest day first; those that were withdrawn at the end. One query."""
    rows = AgentRating.objects.filter(agent=agent).select_related("author")
    return list(rows.order_by("trashed", "topic", "-rated_on", "-pk"))


def grades_of(project: Project, sources: Iterable[Source]) -> dict[UUID, list[AgentRating]]:
    """What the publishers of these sources were graded on the sources' days, by the sources' ids, in general first and
    then by topic; nothing where the project uses no grades. One query at most.

    All of them: a claim names no topic, and which grade bears on it is for the reader to say.
    """
    return AgentRating.objects.held_by_publishers(sources) if project.grades else {}
