"""Background work as the queue sees it: one task, which carries the id of a job and calls the service.

The modules that hold kinds of work are imported here, so that a worker knows all of them.
"""

from uuid import UUID

from django_tasks import task

from annotations.services import (  # noqa: F401 - most of them bring their kinds of work
    comparisons,
    copies,
    jobs,
    learning,
    outside,
    suggestions,
)


@task()
def run_job(job_id: str) -> None:
    """Do the job, if it is still to be done; what came of it stands in its own row. Nobody waits, so that a model
    outside may take longer than in a request."""
    outside.seconds_in_all.set(outside.SECONDS_IN_A_JOB)
    jobs.run_job(UUID(job_id))
