"""Background work: looked at and stopped here, started by the verbs that it is about."""

from typing import Any

from annotations.api.actions import lists, moves
from annotations.api.records import JOB, PROJECT
from annotations.api.serializers.jobs import JobQuery
from annotations.models import Job, Person, Project
from annotations.services import jobs


@lists(JOB, find=PROJECT.find, query=JobQuery)
def list_jobs(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The jobs that one asked for; managers get everybody's."""
    wanted = {name: query[name] for name in ("state", "kind") if name in query}
    return Job.objects.visible_to(person).filter(project=project, **wanted)


@moves(JOB)
def cancel_job(person: Person, job: Job, version: int) -> Job:
    """Stop a job: at once where it waits, at its next sign of life where it runs."""
    return jobs.cancel_job(by=person, job=job, version=version)
