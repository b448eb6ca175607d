"""The read snapshot: writers go on meanwhile, the reader does not see them, and nothing stays open behind it."""

import json
import threading

import pytest
from django.db import connection, connections

from annotations.models import Claim, Event, Person, Project
from annotations.queries.exports import export
from annotations.queries.snapshot import snapshot
from annotations.services.claims import add_claim
from tests.conftest import make_people, make_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk():
    people = make_people()
    project = make_project(people)
    for number in range(800):  # enough for several chunks of bytes
        Claim.objects.create(project=project, author=people.ana, text=f"Claim {number}: " + "word " * 50)
    return project


def elsewhere(act):
    """Do something in another connection and wait for it."""
    failures = []

    def perform():
        try:
            act()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=perform)
    thread.start()
    thread.join(timeout=10)
    assert not thread.is_alive(), "the reader kept the writer out"
    assert failures == []


def claim_late(project_id):
    ana = Person.objects.get(username="ana")
    add_claim(by=ana, project=Project.objects.get(pk=project_id), text="This came late.")


def test_an_export_shows_one_moment_and_stops_no_writer(desk):
    chunks = export(desk, None, "jsonl").chunks
    begun = next(chunks)
    before = Claim.objects.count()
    elsewhere(lambda: claim_late(desk.pk))
    lines = [json.loads(line) for line in (begun + b"".join(chunks)).splitlines()]
    assert sum(line["record"] == "claim" for line in lines) == before == 800
    assert not any("late" in line.get("text", "") for line in lines)
    assert Claim.objects.count() == 801
    assert Event.objects.filter(verb="claim_added").count() == 1


def test_a_client_that_goes_away_leaves_nothing_open(desk):
    chunks = export(desk, None, "jsonl").chunks
    next(chunks)
    assert connection.in_atomic_block
    chunks.close()
    assert not connection.in_atomic_block
    elsewhere(lambda: claim_late(desk.pk))
    claim_late(desk.pk)


def test_a_writer_who_comes_next_takes_the_write_lock_again(desk):
    """The way in which a snapshot begins is that of the snapshot alone."""
    with snapshot():
        Claim.objects.count()
    if connection.vendor == "sqlite":
        assert connection.transaction_mode == "IMMEDIATE"
    claim_late(desk.pk)
    assert Claim.objects.filter(text="This came late.").exists()


def test_inside_a_transaction_a_snapshot_is_that_transaction(desk):
    from django.db import transaction

    with transaction.atomic():
        claim_late(desk.pk)
        with snapshot():
            assert Claim.objects.filter(text="This came late.").exists()


def test_an_export_that_nobody_reads_opens_nothing(desk):
    export(desk, None, "jsonl")
    assert not connection.in_atomic_block
