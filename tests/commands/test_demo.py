"""`manage.py demo`: everything from an empty database, twice over, and only where nobody else works."""

import pytest
from django.core.management.base import CommandError

from annotations.models import Dispute, Event, Membership, Person, Project
from annotations.models.triggers import missing_triggers
from annotations.queries.history import verify
from annotations.services.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_settings(settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, ""
    return settings


@pytest.fixture
def demo(run):
    return lambda *arguments: run("demo", "--noserve", *arguments).out


def test_an_empty_database_becomes_a_workbench(demo):
    said = demo("--port", "8123")
    assert said.count("http://") == 1
    assert "http://127.0.0.1:8123/" in said
    assert Project.objects.get().slug == "seeds"
    assert Dispute.objects.count() == 3
    assert verify() is None
    assert missing_triggers() == set()


def test_the_demo_people_are_who_they_say(demo):
    demo()
    roles = dict(Membership.objects.values_list("person__username", "role"))
    assert roles == {
        "ana": "annotator",
        "ben": "annotator",
        "ida": "adjudicator",
        "jo": "adjudicator",
        "max": "manager",
        "vera": "viewer",
    }
    people = {person.username: person for person in Person.objects.all()}
    assert sorted(people) == ["ana", "ben", "ida", "jo", "max", "olu", "sam", "vera"]
    assert [name for name, person in people.items() if person.is_superuser] == ["sam"]
    assert [name for name, person in people.items() if person.may_make_projects] == ["max"]
    assert all(person.check_password("demo") for person in people.values())


def test_running_it_again_changes_nothing(demo):
    demo()
    before = Event.objects.count()
    demo()
    assert Event.objects.count() == before
    assert Person.objects.count() == 8


def test_another_password_is_set_for_all(demo, demo_settings):
    demo()
    demo_settings.DEMO_PASSWORD = "chosen by somebody"
    said = demo()
    assert "chosen by somebody" not in said
    assert all(person.check_password("chosen by somebody") for person in Person.objects.all())


def test_it_stays_out_of_a_database_in_which_people_work(demo):
    make_person(by=None, username="somebody")
    with pytest.raises(CommandError, match="people of its own"):
        demo()
    assert Person.objects.count() == 1


def test_it_loads_only_where_it_is_meant_to(demo, demo_settings):
    demo_settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        demo()
    assert not Person.objects.exists()


def test_originals_that_are_not_there_are_named(demo, tmp_path):
    with pytest.raises(CommandError, match="000_"):
        demo("--originals", tmp_path)
    assert list(Project.objects.values_list("slug", flat=True)) == ["seeds"]


def test_a_taken_port_is_named_with_another(run):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"PORT={port + 1}"):
            run("demo", "--port", port)
    assert not Project.objects.exists()
