"""Who may add agents and change them, join two that are one, and grade them."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Agent, Person, Project
from annotations.policies.roles import Decision, may_add, may_edit, needs, no


def may_add_agent(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "agents")


def may_edit_agent(person: Person, agent: Agent) -> Decision:
    return may_edit(person, agent, "an agent")


def may_join_agents(person: Person, agent: Agent, other: Agent) -> Decision:
    """Who may change both. In a blind project adjudicators: what names an agent there is not everybody's to see."""
    if agent.project.blind:
        return needs(person, agent.project_id, "adjudicator", say("Joining agents in a blind project"))
    return may_edit(person, agent, "an agent") and may_edit(person, other, "an agent")


def may_rate_agent(person: Person, project: Project) -> Decision:
    if not project.grades:
        return no("This project uses no grades. A manager can turn them on in its settings.")
    return may_add(person, project.pk, "grades")


def may_edit_rating(person: Person, row: Any) -> Decision:
    """A grade, and that two agents are two: each its author's, and the adjudicators'."""
    return may_edit(person, row, "a grade" if hasattr(row, "reliability") else "what tells two agents apart")
