"""Who sets what claims are ranked by, and who ranks them."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Person, TriageMark
from annotations.policies.roles import Decision, may_add, may_edit, needs


def may_edit_criteria(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "manager", say("Changing what claims are ranked by"))


def may_add_mark(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "triage marks")


def may_edit_mark(person: Person, mark: TriageMark) -> Decision:
    return may_edit(person, mark, "a triage mark")
