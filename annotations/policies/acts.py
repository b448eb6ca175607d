"""Who may undo what they did. What the undoing then changes is asked of each record's own policy besides."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Person
from annotations.policies.roles import Decision, needs


def may_undo_act(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "annotator", say("Undoing and redoing"))
