"""`manage.py work`, as a process of its own that is killed in the middle of a job."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from annotations.models import Event, Job, Origin, Worker
from annotations.services import jobs
from tests.services import kinds_of_work  # noqa: F401
from workbench.env import ROOT

WORKER = (
    "import django; django.setup(); import tests.services.kinds_of_work; "
    "from django.core.management import call_command; call_command('work')"
)


def database_url():
    """The database of this very test, for a process of its own."""
    name = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{name['NAME']}"
    return f"postgres://{name['USER']}:{name['PASSWORD']}@{name['HOST']}:{name['PORT'] or 5432}/{name['NAME']}"


@pytest.fixture
def worker(tmp_path):
    """worker(): starts one; all are killed at the end."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url(),
        "JOB_SILENCE_SECONDS": "2",
    }
    begun = []

    def begin():
        log = (tmp_path / f"worker-{len(begun)}").open("wb")
        begun.append(
            subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environment, stdout=log, stderr=log)
        )
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


def wait_until(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_job_of_a_killed_worker_is_done_by_the_next_one_and_once_in_effect(people, project, worker):
    steps = {"steps": 20, "seconds": 0.2}
    row = jobs.start_job(by=people.ana, project=project, kind="count", arguments=steps)
    first = worker()
    wait_until(lambda: Job.objects.get(pk=row.pk).progress >= 2)
    assert Worker.objects.count() == 1
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert Job.objects.get(pk=row.pk).state == "running"
    time.sleep(2.2)  # as long as the first one is taken to be alive
    second = worker()
    wait_until(lambda: Job.objects.get(pk=row.pk).is_finished)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.result["counted"]) == ("done", 2, 20)
    assert Origin.objects.filter(label="counted").count() == 1
    assert Event.objects.filter(verb="job_done").count() == 1
    second.terminate()
    assert second.wait(timeout=20) == 0
    assert Worker.objects.count() == 1  # the killed one's sign stays until it is old


@pytest.mark.django_db(transaction=True)
def test_once_does_what_waits_and_ends(people, project, run):
    row = jobs.start_job(by=people.ana, project=project, kind="count", arguments={"steps": 10})
    kept = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        run("work", "--once")
    finally:
        for name, handler in kept.items():
            signal.signal(name, handler)
    row.refresh_from_db()
    assert row.state == "done"
    assert not Worker.objects.exists()
