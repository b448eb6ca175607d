"""What an operator may do: members, settings and labels, in the admin only. All else is for members of a project."""

import importlib
import inspect
import pkgutil
from itertools import product
from typing import get_args

import pytest

from annotations import policies
from annotations.core.errors import Refused
from annotations.models import Membership, Project
from annotations.services.labels import add_label
from annotations.services.projects import add_member, edit_project
from tests.admin.pages import MODELS, by_name

OPERATORS_MAY = {"may_edit_project", "may_change_members", "may_change_labels"}


def every_policy():
    """All questions of all policies, by name."""
    modules = [importlib.import_module(f"annotations.policies.{module.name}") for module in
               pkgutil.iter_modules(policies.__path__) if module.name != "roles"]  # fmt: skip
    return {
        name: ask
        for module in modules
        for name, ask in vars(module).items()
        if name.startswith("may_") and ask.__module__ == module.__name__
    }


def about(ask, rows):
    """What a question may be asked about, by its parameters: nothing, a project's id, or records of their kinds."""
    parameters = list(inspect.signature(ask).parameters.values())[1:]
    return product(*(asked_about(parameter, rows) for parameter in parameters))


def asked_about(parameter, rows):
    if parameter.name == "project_id":
        return [rows["project"].pk]
    if parameter.name == "row":
        return [rows["agentrating"], rows["agentdistinction"]]
    return [rows[by_name(kind)] for kind in get_args(parameter.annotation) or (parameter.annotation,)]


def allowed(person, rows):
    """The names of the questions of which one at least is answered with yes."""
    return {name for name, ask in every_policy().items() if any(ask(person, *args) for args in about(ask, rows))}


@pytest.fixture
def rows(every_record):
    return {by_name(model): every_record[model] for model in MODELS}


def test_operator_in_the_admin_may_repair_a_project_and_nothing_else(people, rows):
    people.sam.acts_in_admin = True
    assert allowed(people.sam, rows) == OPERATORS_MAY


def test_superuser_outside_the_admin_may_nothing(people, rows):
    assert allowed(people.sam, rows) == set()


def test_acting_in_the_admin_gives_nobody_else_anything(people, rows):
    from annotations.services.people import edit_person, make_person

    second = make_person(by=None, username="second", is_superuser=True)
    off = edit_person(by=None, person=second, version=1, is_active=False)
    for person in (people.olu, off):
        person.acts_in_admin = True
        assert allowed(person, rows) == set()


def test_services_refuse_a_superuser_outside_the_admin(people, project):
    for refused in (
        lambda: edit_project(by=people.sam, project=project, version=1, name="Mine"),
        lambda: add_member(by=people.sam, project=project, person=people.olu, role="viewer"),
        lambda: add_label(by=people.sam, project=project, name="mine"),
    ):
        with pytest.raises(Refused, match="for members of the project"):
            refused()


def test_operator_sees_no_project_as_a_member_does(people, project):
    people.sam.acts_in_admin = True
    assert not Project.objects.visible_to(people.sam).exists()
    assert not Membership.objects.visible_to(people.sam).exists()
