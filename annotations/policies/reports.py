"""Who may publish, correct and retract, and who answers the readers. Reading what is public needs nobody's leave: that
is said by `Report.objects.public()`.
"""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Person
from annotations.policies.roles import Decision, needs


def may_publish(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "manager", say("Publishing"))


def may_correct(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "manager", say("Correcting a report"))


def may_retract(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "manager", say("Retracting a report"))


def may_answer_correction_requests(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "adjudicator", say("Reading what readers ask for"))
