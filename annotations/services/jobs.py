"""Background work: a job is started, done by whoever gets to it first, stopped, and taken up again when a worker died.

A kind of work is a function with `@job(...)` in the module of its noun. It gets a `Running`, gives a sign of life as it
goes, and says what came of it. Small work is done at once when its request is stored; the rest waits for `manage.py
work`. Work may be done twice (a worker is killed at its end), so that its effect has to be the same as done once.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from annotations.core.errors import IllegalMove, Stale, WorkbenchError
from annotations.models import Job, Person, Project, Worker
from annotations.policies.jobs import may_cancel_job
from annotations.policies.roles import Decision
from annotations.services.write import Change, writing

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
SECONDS_BETWEEN_SIGNS = 1.0  # a sign is a write, and a fast loop needs no more of them
QUEUED_TASK = "annotations.tasks.run_job"  # by its path, as the queue itself names it: a task stands above services
DIED = f"The worker stopped in the middle of it {MOST_ATTEMPTS} times. Ask the operator to look at the log."
BROKEN = "Something in the workbench went wrong. Nothing of this is lost; the operator finds the reason in the log."

Arguments = Mapping[str, Any]
Report = Mapping[str, Any]


class Stopped(Exception):
    """The job was cancelled, or another worker has it now: what is left of it is not to be done."""


@dataclass(slots=True)
class Running:
    """A job while it is worked on, for the function that does it."""

    job: Job
    progress: int = 0
    total: int = 0
    last_sign: float = field(default=float("-inf"))

    @property
    def by(self) -> Person:
        return self.job.author

    @property
    def arguments(self) -> dict[str, Any]:
        found: dict[str, Any] = self.job.arguments
        return found

    def sign(self, progress: int | None = None, total: int | None = None) -> None:
        """Say that it goes on, and how far it is. Raises Stopped. Costs nothing more often than once a second."""
        self.progress = self.progress if progress is None else progress
        self.total = self.total if total is None else total
        if monotonic() - self.last_sign >= SECONDS_BETWEEN_SIGNS:
            self.hold()

    def hold(self) -> None:
        """The same, always written; inside a transaction nobody else can take or stop the job until that ends."""
        mine = Job.objects.filter(pk=self.job.pk, version=self.job.version, state="running")
        if not mine.update(heartbeat_at=timezone.now(), progress=self.progress, total=self.total):
            raise Stopped
        self.last_sign = monotonic()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`perform` does the work and gives its report; `may` says who may ask for it; `cost` counts its units, of which
    `small` are few enough to be done while a person waits."""

    name: str
    title: str
    perform: Callable[[Running], Report]
    may: Callable[[Person, Project, Arguments], Decision]
    cost: Callable[[Project, Arguments], int]
    small: int

    def is_small(self, project: Project, arguments: Arguments) -> bool:
        return self.cost(project, arguments) <= self.small


KINDS: dict[str, Kind] = {}


def job(
    name: str,
    *,
    title: str,
    may: Callable[[Person, Project, Arguments], Decision],
    cost: Callable[[Project, Arguments], int],
    small: int = 0,
) -> Callable[[Callable[[Running], Report]], Callable[[Running], Report]]:
    """Make a function a kind of work, under a name that is stored with its jobs."""

    def known(perform: Callable[[Running], Report]) -> Callable[[Running], Report]:
        KINDS[name] = Kind(name=name, title=title, perform=perform, may=may, cost=cost, small=small)
        return perform

    return known


# -- asking -----------------------------------------------------------------------------------------------------------


def start_job(*, by: Person, project: Project, kind: str, arguments: Arguments | None = None) -> Job:
    """Ask for background work. The job and its place in the queue are stored together; small work is done as soon as
    they are, before this request is answered. Raises Refused.

    `arguments` are JSON, ids as strings: they are read again when the work begins.
    """
    with writing(by, project.pk) as change:
        row = added(change, by, project, kind, arguments)
        if KINDS[kind].is_small(project, row.arguments):
            change.unit.afterwards.append(lambda: run_job(row.pk))
        else:
            enqueue(row)
        return row


def queue_job(*, by: Person, project: Project, kind: str, arguments: Arguments | None = None) -> Job:
    """The same for work that nobody waits for: it is left to a worker, however small it is. Raises Refused."""
    with writing(by, project.pk) as change:
        row = added(change, by, project, kind, arguments)
        enqueue(row)
        return row


def added(change: Change, by: Person, project: Project, kind: str, arguments: Arguments | None) -> Job:
    given = dict(arguments or {})
    change.allow(KINDS[kind].may(by, project, given))
    return change.add(Job(project=project, author=by, kind=kind, arguments=given), "job_started")


def cancel_job(*, by: Person, job: Job, version: int) -> Job:
    """Stop a job: at once where it waits, at its next sign of life where it runs. What it stored already stays.

    Raises Refused, Stale, IllegalMove.
    """
    with writing(by, job.project_id) as change:
        change.allow(may_cancel_job(by, job))
        change.check_version(job, version)
        if job.is_finished:
            raise IllegalMove(f"This job is {job.state} already.")
        return change.edit(job, version, "job_cancelled", state="cancelled", ended_at=timezone.now())


def enqueue(row: Job) -> None:
    """Put a job into the queue, in the transaction that is open."""
    import_string(QUEUED_TASK).enqueue(str(row.pk))


# -- doing ------------------------------------------------------------------------------------------------------------


def run_job(pk: UUID) -> None:
    """Do a job, if it still waits. Never raises but when the process is told to end; then the job waits again."""
    row = claimed(pk)
    if row is None:
        return
    running = Running(row)
    try:
        report = kind_of(row).perform(running)
        done = {"progress": running.total or running.progress, "total": running.total}
        finish(row, "job_done", state="done", result=dict(report), **done)
    except Stopped:
        log.info("job %s was stopped or taken over", pk)
    except WorkbenchError as error:
        finish(row, "job_failed", state="failed", problem=error.message)
    except Exception:
        log.exception("job %s (%s) failed", pk, row.kind)
        finish(row, "job_failed", state="failed", problem=BROKEN)
    except BaseException:
        put_back(row)
        raise


def kind_of(row: Job) -> Kind:
    if row.kind not in KINDS:
        raise WorkbenchError(f"This version of the workbench knows no jobs of the kind {row.kind}.")
    return KINDS[row.kind]


def claimed(pk: UUID) -> Job | None:
    """The job, now this process's to do; None where it is somebody's already, or finished."""
    now = timezone.now()
    with transaction.atomic():
        row: Job | None = Job.objects.select_related("author", "project").filter(pk=pk, state="queued").first()
        if row is None:
            return None
        changed = {"state": "running", "attempts": row.attempts + 1, "started_at": now, "heartbeat_at": now}
        changed |= {"version": row.version + 1, "progress": 0, "total": 0}
        if not Job.objects.filter(pk=pk, version=row.version).update(**changed):
            return None
    for name, value in changed.items():
        setattr(row, name, value)
    return row


def finish(row: Job, verb: str, **columns: Any) -> None:
    """Store what came of it, unless somebody else decided meanwhile."""
    try:
        with writing(row.author, row.project_id) as change:
            change.edit(row, row.version, verb, ended_at=timezone.now(), **columns)
    except Stale:
        log.info("job %s was stopped or taken over at its end", row.pk)


def put_back(row: Job) -> None:
    """Told to end in the middle of it: the next worker begins anew, and this attempt does not count."""
    with transaction.atomic():
        mine = Job.objects.filter(pk=row.pk, version=row.version, state="running")
        if mine.update(state="queued", version=row.version + 1, attempts=row.attempts - 1, heartbeat_at=None):
            enqueue(row)


# -- when a worker died -----------------------------------------------------------------------------------------------


def sweep_jobs() -> int:
    """Queue again what a dead worker left behind, and what waits without a place in the queue; how many those were."""
    silent = timezone.now() - timedelta(seconds=settings.JOB_SILENCE_SECONDS)
    left = Job.objects.filter(state="running", heartbeat_at__lt=silent)
    unqueued = [row for row in Job.objects.filter(state="queued", created_at__lt=silent) if not is_in_queue(row)]
    return sum(taken_up(row) for row in [*left, *unqueued])


def taken_up(row: Job) -> bool:
    """One attempt more, or the end of it."""
    try:
        with writing(None, row.project_id) as change:
            if row.attempts >= MOST_ATTEMPTS:
                change.edit(row, row.version, "job_failed", state="failed", problem=DIED, ended_at=timezone.now())
            else:
                change.carry(row, row.version, children=True, state="queued", heartbeat_at=None)
                enqueue(row)
    except Stale:
        return False  # another worker swept at the same time
    return True


def is_in_queue(row: Job) -> bool:
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.ready().filter(args_kwargs__args__0=str(row.pk)).exists()


# -- workers ----------------------------------------------------------------------------------------------------------


def sign_of_worker(name: str) -> None:
    """A worker is there. Its own row is not a record of any project, so there is no event."""
    Worker.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})


def worker_left(name: str) -> None:
    Worker.objects.filter(name=name).delete()


def forget_finished_tasks(days: int = 7) -> int:
    """Empty the queue of what it has done, and of workers that died long ago; how many rows those were."""
    from django_tasks_db.models import DBTaskResult

    old = timezone.now() - timedelta(days=days)
    Worker.objects.filter(seen_at__lt=old).delete()
    done = DBTaskResult.objects.filter(enqueued_at__lt=old).exclude(status="READY")
    return done.delete()[0]
