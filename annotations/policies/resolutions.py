"""Who may propose an answer, and who may put their name under it or against it. Never the proposer."""

from annotations.core.sentences import say
from annotations.models import Claim, Dispute, Person, Resolution
from annotations.policies.roles import Decision, needs, no


def may_propose_resolution(person: Person, subject: Dispute | Claim) -> Decision:
    return needs(person, subject.project_id, "adjudicator", say("Proposing a resolution"))


def may_approve_resolution(person: Person, resolution: Resolution) -> Decision:
    """Adjudicators and managers other than the proposer."""
    if resolution.proposer_id == person.pk:
        return no("You proposed this resolution, so someone else decides on it.")
    return needs(person, resolution.project_id, "adjudicator", say("Approving a resolution"))


def may_dissent_from_resolution(person: Person, resolution: Resolution) -> Decision:
    """Adjudicators and managers other than the proposer."""
    if resolution.proposer_id == person.pk:
        return no("You proposed this resolution; to disagree with it, send it back and propose another.")
    return needs(person, resolution.project_id, "adjudicator", say("Dissenting from a resolution"))
