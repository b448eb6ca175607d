"""Who may set up what makes suggestions."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Person
from annotations.policies.roles import Decision, needs


def may_change_recommenders(person: Person, project_id: Any) -> Decision:
    """Managers: a recommender outside is sent the project's texts."""
    return needs(person, project_id, "manager", say("Setting up suggestions"))
