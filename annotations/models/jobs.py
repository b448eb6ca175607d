"""Background work: what was asked, how far it is, what came of it; and which workers are there to do it.

The queue behind it only carries a job's id. How states follow one another is the business of `services.jobs`.
"""

from typing import TYPE_CHECKING

from django.db import models

from annotations.models.base import AuthoredRecord, RecordQuerySet, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.people import Person

JOB_STATES = word_choices("queued", "running", "done", "failed", "cancelled")


class JobQuerySet(RecordQuerySet):
    def visible_to(self, person: "Person") -> "JobQuerySet":
        """Whoever asked for a job sees it, and the managers of its project."""
        from annotations.models.projects import Membership

        managed = Membership.objects.of(person).filter(role="manager").values("project_id")
        return self.in_projects_of(person).filter(models.Q(author=person) | models.Q(project_id__in=managed))

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=("queued", "running"))


class Job(AuthoredRecord):
    """`progress` counts units done of `total` (0: not known). `heartbeat_at` tells a worker that died from a slow one:
    no queue notices that its worker was killed. `problem` is a sentence for people.

    `version` moves with the state alone, so that whoever works on a job holds it as long as its version stays.
    """

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=JOB_STATES, default="queued")
    arguments = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict, blank=True)
    problem = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "job"
        indexes = [
            models.Index(fields=["project", "id"], name="job_by_project"),
            models.Index(fields=["state", "heartbeat_at"], name="job_by_heartbeat"),
        ]
        constraints = [one_of("state", JOB_STATES)]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_finished(self) -> bool:
        return self.state not in ("queued", "running")


class Worker(models.Model):
    """A process that works on jobs, on any machine, and when it last gave a sign. It belongs to no project."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "worker"

    def __str__(self) -> str:
        return self.name
