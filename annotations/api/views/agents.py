"""Agents: who says, publishes or disputes something."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.records import AGENT, PROJECT
from annotations.api.serializers.agents import AgentBody, AgentQuery
from annotations.models import Agent, Person, Project
from annotations.services import agents


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
