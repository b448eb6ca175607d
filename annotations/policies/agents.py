"""Who may add agents and change them."""

from typing import Any

from annotations.models import Agent, Person
from annotations.policies.roles import Decision, may_add, may_edit


def may_add_agent(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "agents")


def may_edit_agent(person: Person, agent: Agent) -> Decision:
    return may_edit(person, agent, "an agent")
