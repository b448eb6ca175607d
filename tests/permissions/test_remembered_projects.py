"""What somebody sees is the same whether each statement looks for their memberships or a request remembers them."""

import pytest
from django.apps import apps

from annotations.models import Membership, Person, projects
from annotations.policies.roles import rank_in
from annotations.services.projects import edit_project
from tests.permissions.conftest import undone

pytestmark = pytest.mark.django_db
PEOPLE = ("ana", "ben", "ida", "max", "vera", "olu", "sam")
RECORDS = apps.get_app_config("annotations").get_models()
MODELS = [model for model in RECORDS if hasattr(model._default_manager.all(), "visible_to")]


def seen_by(person):
    return {model: set(model._default_manager.visible_to(person).values_list("pk", flat=True)) for model in MODELS}


def remembering(person):
    person = Person.objects.get(pk=person.pk)
    person.remembers_projects = True
    return person


@pytest.mark.parametrize("is_blind", [False, True], ids=["open", "blind"])
def test_remembered_projects_show_the_same(world, is_blind):
    with undone():
        project = projects.Project.objects.get(pk=world.desk.project.pk)
        edit_project(by=world.people.max, project=project, version=project.version, blind=is_blind)
        for name in PEOPLE:
            looks = Person.objects.get(pk=getattr(world.people, name).pk)
            remembers = remembering(looks)
            assert seen_by(remembers) == seen_by(looks), name
            assert rank_in(remembers, project.pk) == rank_in(looks, project.pk)


def test_who_is_in_very_many_projects_is_looked_for_each_time(world, monkeypatch):
    monkeypatch.setattr(projects, "MOST_REMEMBERED", 0)
    ana = remembering(world.people.ana)
    assert seen_by(ana) == seen_by(Person.objects.get(pk=ana.pk))
    assert not ana.remembers_projects


def test_a_request_that_reads_asks_for_memberships_once(world, browsers, django_assert_max_num_queries):
    with undone(), django_assert_max_num_queries(30) as sent:
        assert browsers["ana"].get(f"/projects/{world.desk.project.slug}/triage/").status_code == 200
    table = Membership._meta.db_table
    assert sum(f'FROM "{table}"' in one["sql"] for one in sent.captured_queries) == 1


def test_a_membership_that_ended_is_noticed_by_the_next_request(world, browsers):
    address = f"/projects/{world.desk.project.slug}/triage/"
    with undone():
        assert browsers["ana"].get(address).status_code == 200
        Membership.objects.filter(person=world.people.ana, project=world.desk.project).update(trashed=True)
        assert browsers["ana"].get(address).status_code == 404
