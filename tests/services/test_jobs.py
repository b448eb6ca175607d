"""Jobs: asked for, done once, stopped, and taken up again."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.core.errors import IllegalMove, Refused, Stale
from annotations.models import Event, Job, Origin
from annotations.queries.jobs import is_worker_there
from annotations.services import jobs
from annotations.services.write import writing
from tests.services import kinds_of_work

pytestmark = pytest.mark.django_db
LARGE = {"steps": 10}


def started(people, project, kind="count", by=None, **arguments):
    row = jobs.start_job(by=by or people.ana, project=project, kind=kind, arguments=arguments)
    row.refresh_from_db()
    return row


def verbs_of(row):
    return list(Event.objects.about("job", row.pk).order_by("number").values_list("verb", flat=True))


def test_small_work_is_done_before_the_request_is_answered(people, project):
    row = started(people, project, steps=2)
    assert (row.state, row.progress, row.total, row.result["counted"]) == ("done", 2, 2, 2)
    assert verbs_of(row) == ["job_started", "job_done"]
    assert not DBTaskResult.objects.exists()


def test_small_work_begins_only_when_its_request_is_stored(people, project):
    with writing(people.ana, project.pk):
        row = started(people, project, steps=1)
        assert row.state == "queued"
    row.refresh_from_db()
    assert row.state == "done"


def test_large_work_waits_in_the_queue_which_carries_the_id_alone(people, project):
    row = started(people, project, **LARGE)
    assert row.state == "queued"
    assert DBTaskResult.objects.get().args_kwargs == {"args": [str(row.pk)], "kwargs": {}}


def test_job_and_its_place_in_the_queue_are_stored_together_or_not_at_all(people, project):
    with transaction.atomic():
        jobs.start_job(by=people.ana, project=project, kind="count", arguments=LARGE)
        transaction.set_rollback(True)
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_starting_asks_the_policy_of_the_work(people, project):
    with pytest.raises(Refused, match="Counting needs the role annotator"):
        started(people, project, by=people.vera)
    assert not Job.objects.exists()


def test_job_is_done_once_however_often_the_queue_brings_it(people, project):
    row = started(people, project, **LARGE)
    for _ in range(3):
        jobs.run_job(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("done", 1)
    assert Origin.objects.filter(label="counted").count() == 1


def test_refusal_of_the_domain_becomes_the_problem(people, project):
    row = started(people, project, "refused")
    assert (row.state, row.problem) == ("failed", "There is too little to count.")


def test_error_of_the_workbench_shows_none_of_its_words(people, project, caplog):
    row = started(people, project, "broken")
    assert row.state == "failed"
    assert "operator" in row.problem
    assert "nobody may read" not in row.problem
    assert "nobody may read" in caplog.text


def test_work_of_an_unknown_kind_fails_in_words(people, project):
    row = Job.objects.create(project=project, author=people.ana, kind="forgotten")
    jobs.run_job(row.pk)
    row.refresh_from_db()
    assert (row.state, "knows no jobs" in row.problem) == ("failed", True)


# -- stopping ---------------------------------------------------------------------------------------------------------


def test_waiting_job_is_stopped_at_once(people, project):
    row = started(people, project, **LARGE)
    jobs.cancel_job(by=people.ana, job=row, version=1)
    jobs.run_job(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("cancelled", 0)


def test_running_job_stops_at_its_next_sign_and_leaves_nothing(people, project, monkeypatch):
    row = started(people, project, **LARGE)
    monkeypatch.setattr(jobs, "SECONDS_BETWEEN_SIGNS", 0)

    def stop_meanwhile(_):
        running = Job.objects.get(pk=row.pk)
        if running.state == "running":
            jobs.cancel_job(by=people.max, job=running, version=running.version)

    monkeypatch.setattr(kinds_of_work.time, "sleep", stop_meanwhile)
    jobs.run_job(row.pk)
    row.refresh_from_db()
    assert (row.state, row.progress) == ("cancelled", 0)
    assert not Origin.objects.exists()


def test_job_that_is_over_is_not_stopped(people, project):
    row = started(people, project)
    with pytest.raises(IllegalMove, match="done already"):
        jobs.cancel_job(by=people.ana, job=row, version=row.version)


def test_stopping_names_the_version(people, project):
    with pytest.raises(Stale):
        jobs.cancel_job(by=people.ana, job=started(people, project, **LARGE), version=7)


def test_only_the_asker_and_managers_stop_a_job(people, project):
    row = started(people, project, **LARGE)
    for person in (people.ben, people.ida):
        with pytest.raises(Refused, match="manager"):
            jobs.cancel_job(by=person, job=row, version=1)
    assert jobs.cancel_job(by=people.max, job=row, version=1).state == "cancelled"


def test_job_is_seen_by_its_asker_and_by_managers(people, project):
    row = started(people, project)
    seen = {name for name, person in vars(people).items() if Job.objects.visible_to(person).filter(pk=row.pk).exists()}
    assert seen == {"ana", "max"}


# -- dead workers -----------------------------------------------------------------------------------------------------


def abandoned(row, attempts=1):
    """As a killed worker leaves it: running, silent."""
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=row.pk).update(
        state="running", heartbeat_at=long_ago, attempts=attempts, version=row.version + 1
    )
    DBTaskResult.objects.update(status="RUNNING")


def test_job_of_a_dead_worker_is_queued_again(people, project):
    row = started(people, project, **LARGE)
    abandoned(row)
    assert jobs.sweep_jobs() == 1
    jobs.run_job(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("done", 2)
    assert jobs.sweep_jobs() == 0


def test_third_attempt_is_the_last(people, project):
    row = started(people, project, **LARGE)
    abandoned(row, attempts=3)
    jobs.sweep_jobs()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("failed", 3)
    assert "3 times" in row.problem


def test_worker_that_was_only_slow_does_not_write_over_the_one_that_took_over(people, project, monkeypatch):
    row = started(people, project, **LARGE)
    slow = jobs.claimed(row.pk)
    abandoned(slow)
    Job.objects.filter(pk=row.pk).update(version=slow.version)
    jobs.sweep_jobs()
    jobs.run_job(row.pk)
    with pytest.raises(jobs.Stopped):
        jobs.Running(slow).hold()
    jobs.finish(slow, "job_failed", state="failed", problem="late")
    row.refresh_from_db()
    assert (row.state, row.problem) == ("done", "")


def test_small_job_whose_server_was_killed_is_queued_by_the_sweep(people, project):
    row = Job.objects.create(project=project, author=people.ana, kind="count")
    Job.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(hours=1))
    assert jobs.sweep_jobs() == 1
    assert DBTaskResult.objects.count() == 1
    assert jobs.sweep_jobs() == 0  # it has its place now


def test_process_told_to_end_puts_its_job_back(people, project, monkeypatch):
    row = started(people, project, **LARGE)
    monkeypatch.setattr(kinds_of_work.time, "sleep", lambda _: (_ for _ in ()).throw(SystemExit(1)))
    with pytest.raises(SystemExit):
        jobs.run_job(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts, DBTaskResult.objects.count()) == ("queued", 0, 2)


def test_whether_a_worker_is_there(people, project):
    assert not is_worker_there()
    jobs.sign_of_worker("host:1")
    assert is_worker_there()
    jobs.worker_left("host:1")
    abandoned(started(people, project, **LARGE))
    assert not is_worker_there()


def test_finished_tasks_are_forgotten_after_a_while(people, project):
    started(people, project, **LARGE)
    started(people, project, **LARGE)
    first = DBTaskResult.objects.first()
    old = timezone.now() - timedelta(days=30)
    DBTaskResult.objects.filter(pk=first.pk).update(status="SUCCESSFUL", enqueued_at=old)
    assert jobs.forget_finished_tasks() == 1
    assert DBTaskResult.objects.count() == 1
