"""Agents: who says, publishes or disputes something; joined, told apart, graded."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, tells, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import OF_NOTHING, with_records
from annotations.api.records import AGENT, AGENT_RATING, DISTINCTION, PROJECT
from annotations.api.serializers.agents import (
    AgentBody,
    AgentQuery,
    AlikeListShape,
    ApartBody,
    OtherBody,
    RatingBody,
    RatingEdit,
)
from annotations.core.errors import Invalid
from annotations.models import Agent, AgentDistinction, AgentRating, Person, Project
from annotations.queries.agents import alike
from annotations.queries.lookups import as_uuid
from annotations.services import agents

Fields = dict[str, Any]


@lists(AGENT, find=PROJECT.find, query=AgentQuery)
def list_agents(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The agents of a project."""
    kinds = {"kind": query["kind"]} if "kind" in query else {}
    return Agent.objects.visible_to(person).filter(project=project, trashed=query.get("trashed", False), **kinds)


@adds(AGENT, AgentBody, find=PROJECT.find)
def add_agent(person: Person, project: Project, fields: dict[str, Any]) -> Agent:
    """Add a person, body, outlet or unnamed group."""
    return agents.add_agent(by=person, project=project, **fields)


@edits(AGENT, AgentBody)
def edit_agent(person: Person, agent: Agent, version: int, fields: dict[str, Any]) -> Agent:
    """Change an agent."""
    return agents.edit_agent(by=person, agent=agent, version=version, **fields)


@trashes(AGENT)
def trash_agent(person: Person, agent: Agent, version: int) -> Agent:
    """Move an agent to the trash."""
    return agents.trash_agent(by=person, agent=agent, version=version)


@moves(AGENT)
def restore_agent(person: Person, agent: Agent, version: int) -> Agent:
    """Take an agent out of the trash."""
    return agents.restore_agent(by=person, agent=agent, version=version)


# -- one or two -------------------------------------------------------------------------------------------------------


@tells(AlikeListShape, find=PROJECT.find)
def list_alike_agents(person: Person, project: Project) -> dict[str, Any]:
    """Agents that may be one, with the reason; nothing is ever joined but by a person."""
    return {
        "results": [
            {
                "agent": str(pair.agent.pk),
                "other": str(pair.other.pk),
                "names": [pair.agent.name, pair.other.name],
                "nothing_differs": pair.match.is_same,
                "reason": pair.match.reason,
            }
            for pair in alike(project)
        ]
    }


@moves(AGENT, OtherBody)
def join_agents(person: Person, agent: Agent, version: int, fields: Fields) -> Agent:
    """Say that `other` is this agent: whatever names it names this one from now on, with all spellings."""
    fields = with_records(fields, person, agent.project, other=Agent)
    return agents.join_agents(by=person, agent=agent, version=version, other=fields["other"])


@moves(AGENT, OtherBody)
def separate_agents(person: Person, agent: Agent, version: int, fields: Fields) -> Agent:
    """Take it back that `other` is this agent."""
    joined = Agent.objects.visible_to(person).filter(project=agent.project, joined_into__isnull=False)
    other = joined.filter(pk=as_uuid(fields["other"]) or OF_NOTHING).select_related("project").first()
    if other is None:
        raise Invalid.field("other", "There is no such agent in this project.")
    return agents.separate_agents(by=person, agent=agent, version=version, other=other)


@lists(DISTINCTION, find=AGENT.find, query=TrashQuery)
def list_distinctions(person: Person, agent: Agent, query: Fields) -> Any:
    """Whom this agent was told apart from."""
    rows = AgentDistinction.objects.visible_to(person).filter(trashed=query.get("trashed", False))
    return rows.filter(agent=agent) | rows.filter(other=agent)


@adds(DISTINCTION, ApartBody, find=AGENT.find)
def tell_apart(person: Person, agent: Agent, fields: Fields) -> AgentDistinction:
    """Say that `other` is somebody else, so that nobody is asked again."""
    return agents.tell_apart(by=person, agent=agent, **with_records(fields, person, agent.project, other=Agent))


@trashes(DISTINCTION)
def trash_distinction(person: Person, distinction: AgentDistinction, version: int) -> AgentDistinction:
    """Take it back that two agents are two."""
    return agents.trash_distinction(by=person, distinction=distinction, version=version)


@moves(DISTINCTION)
def restore_distinction(person: Person, distinction: AgentDistinction, version: int) -> AgentDistinction:
    """Say again that they are two."""
    return agents.restore_distinction(by=person, distinction=distinction, version=version)


# -- grades -----------------------------------------------------------------------------------------------------------


@lists(AGENT_RATING, find=AGENT.find, query=TrashQuery)
def list_ratings(person: Person, agent: Agent, query: Fields) -> Any:
    """The grades of an agent, all of them: each holds from its day on."""
    return AgentRating.objects.visible_to(person).filter(agent=agent, trashed=query.get("trashed", False))


@adds(AGENT_RATING, RatingBody, find=AGENT.find)
def rate_agent(person: Person, agent: Agent, fields: Fields) -> AgentRating:
    """Grade an agent from a day on, on a topic or in general."""
    return agents.rate_agent(by=person, agent=agent, **fields)


@edits(AGENT_RATING, RatingEdit)
def edit_rating(person: Person, rating: AgentRating, version: int, fields: Fields) -> AgentRating:
    """Correct a grade; a new judgement is a new one."""
    return agents.edit_rating(by=person, rating=rating, version=version, **fields)


@trashes(AGENT_RATING)
def trash_rating(person: Person, rating: AgentRating, version: int) -> AgentRating:
    """Move a grade to the trash."""
    return agents.trash_rating(by=person, rating=rating, version=version)


@moves(AGENT_RATING)
def restore_rating(person: Person, rating: AgentRating, version: int) -> AgentRating:
    """Take a grade out of the trash."""
    return agents.restore_rating(by=person, rating=rating, version=version)
