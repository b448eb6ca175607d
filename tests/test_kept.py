"""What is kept is what services write: as many rows, chains that hold, and objects that no two tests share."""

from collections import Counter

import pytest
from django.db import connection

from annotations.queries.history import verify
from annotations.services.projects import edit_project
from tests.conftest import make_labels, make_people, make_project, take_contested, undone
from tests.kept import KEPT, Stage, all_rows

pytestmark = pytest.mark.django_db


class Built(Stage):
    def take(self, name, build):
        return build()


def rows_after(stage):
    """How many there are in each table."""
    with undone():
        take_contested(stage)
        assert verify() is None
        return Counter(table for table, _ in all_rows())


def test_as_many_rows_are_kept_as_services_write(kept):
    assert rows_after(Stage()) == rows_after(Built())


def test_kept_objects_know_each_other_and_are_nobody_elses(kept):
    with undone():
        made = take_contested(Stage())
        assert made.labels["claim"].project is made.project
        assert made.contested.evidence.claim is made.contested.claims[0]
        made.project.name = "Other"
        made.contested.claims[0].text = "Other."
    again = take_contested(Stage())
    assert again.project.name != "Other"
    assert again.contested.claims[0].text != "Other."


def test_where_a_kept_step_does_not_fit_services_write(kept):
    stage = Stage()
    people = stage.take("people", make_people)
    project = stage.take("project", lambda: make_project(people))
    assert set(stage.taken) == {"people", "project"} < set(KEPT)
    edit_project(by=people.max, project=project, version=project.version, name="Desk of the night")
    labels = stage.take("labels", lambda: make_labels(people, project))
    assert set(stage.taken) == {"people", "project"}
    assert len(labels) == 5
    assert verify() is None


def test_what_comes_after_a_kept_step_has_numbers_of_its_own(kept):
    """Also when a test before it, which commits, began the sequences of PostgreSQL anew."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER SEQUENCE annotations_chain_id_seq RESTART")
    stage = Stage()
    people = stage.take("people", make_people)
    stage.take("project", lambda: make_project(people))
    assert set(stage.taken) == {"people", "project"}
    for slug in ("by-day", "by-night", "at-dawn"):
        make_project(people, slug)
