"""Who may change the vocabulary."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Person
from annotations.policies.roles import YES, Decision, is_operator, needs


def may_change_labels(person: Person, project_id: Any) -> Decision:
    """Managers, and operators in the admin."""
    if is_operator(person):
        return YES
    return needs(person, project_id, "manager", say("Changing labels"))
