"""Who may vote on a claim before it is settled, and who may change the words that votes and verdicts are given in."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Assessment, Person
from annotations.policies.roles import Decision, may_add, needs, no


def may_add_assessment(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "assessments")


def may_edit_assessment(person: Person, assessment: Assessment) -> Decision:
    """A vote is its author's alone, whatever the role of others."""
    if assessment.author_id != person.pk:
        return no("An assessment is one person's own vote; give yours beside it.")
    return may_add_assessment(person, assessment.project_id)


def may_edit_verdict_scale(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "manager", say("Changing the words for verdicts"))
