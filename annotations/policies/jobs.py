"""Who may stop background work. Who may start it, the policy of the work itself says."""

from annotations.core.sentences import say
from annotations.models import Job, Person
from annotations.policies.roles import RANKS, YES, Decision, needs, rank_in


def may_cancel_job(person: Person, job: Job) -> Decision:
    """Whoever asked for it, as long as they may write here at all, and managers."""
    if job.author_id == person.pk and rank_in(person, job.project_id) >= RANKS["annotator"]:
        return YES
    return needs(person, job.project_id, "manager", say("Stopping a job that someone else started"))
