"""A database of the first release becomes one of this release: its rows stay, its chain holds, its triggers stand."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from annotations.core import history
from annotations.core.text import sha256_of
from annotations.models import Annotation, Chain, Event, Person, Revision
from annotations.models.triggers import missing_triggers
from annotations.queries.history import verify

OLD = "old"
FIRST = [("annotations", "0001_initial")]
TEXT = "Reuters reported it.\r\n\r\n👩‍👩‍👧 Hamdan denied it."
AT = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def old(tmp_path, django_db_setup, django_db_blocker):
    """An empty database of its own beside the tests' one, on the same engine, under the alias `old`. The tests' own
    database is not touched, so there is nothing to roll back in it."""
    with django_db_blocker.unblock():
        yield from a_database(tmp_path)


def a_database(tmp_path):
    name = str(tmp_path / "old.sqlite3")
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_old"
        ask(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    connections.databases[OLD] = {**connection.settings_dict, "NAME": name, "TEST": connection.settings_dict["TEST"]}
    try:
        yield OLD
    finally:
        connections[OLD].close()
        del connections[OLD]
        del connections.databases[OLD]
        if connection.vendor == "postgresql":
            ask(f'DROP DATABASE "{name}"')


def ask(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def as_first_released(using):
    """The tables of the first release, and its models as they were."""
    call_command("migrate", "annotations", "0001", database=using, verbosity=0, interactive=False)
    executor = MigrationExecutor(connections[using])
    return executor.loader.project_state(FIRST).apps


def fill(apps, using):
    """One row of each kind that a first desk would have, and two events that name each other's hashes."""

    def make(model, /, **columns):
        return apps.get_model("annotations", model).objects.using(using).create(**columns)

    person = make("Person", username="ana", password="!")
    project = make("Project", slug="desk", name="Desk")
    make("Membership", project=project, person=person, role="manager")
    label = make("Label", project=project, author=person, key="claim", kind="span", name="Claim")
    article = make("Article", project=project, author=person, title="A report")
    revision = make(
        "Revision", project=project, author=person, article=article, number=1, text=TEXT, sha256=sha256_of(TEXT),
        code_points=len(TEXT),
    )  # fmt: skip
    annotation = make(
        "Annotation", project=project, author=person, article=article, revision=revision, label=label,
        segments=[[0, 7]], start=0, end=7, quote="Reuters",
    )  # fmt: skip
    chain = make("Chain", project=project, number=2, head="")
    chain.head = write_events(make, chain, project, person, [("article_added", article), ("revision_added", revision)])
    chain.save()
    return SimpleNamespace(annotation=annotation.pk, revision=revision.pk, person=person.pk)


def write_events(make, chain, project, person, happened):
    previous = history.FIRST
    for number, (verb, row) in enumerate(happened, 1):
        body = history.canonical(
            {
                "after": {}, "at": "2024-03-01T12:00:00.000000Z", "before": {}, "number": number,
                "object": {"id": str(row.pk), "kind": verb.partition("_")[0]}, "person": str(person.pk),
                "previous": previous, "project": str(project.pk), "verb": verb,
            }
        )  # fmt: skip
        previous = history.hash_of(body)
        make(
            "Event", chain=chain, project=project, number=number, person=person, verb=verb,
            object_kind=verb.partition("_")[0], object_id=row.pk, at=AT, body=body, hash=previous,
        )  # fmt: skip
    return previous


def test_a_database_of_the_first_release_becomes_one_of_this(old):
    made = fill(as_first_released(old), old)
    call_command("migrate", "annotations", database=old, verbosity=0, interactive=False)
    annotation = Annotation.objects.using(old).select_related("revision", "label").get(pk=made.annotation)
    assert (annotation.quote, annotation.origin, annotation.score) == ("Reuters", "", None)
    assert annotation.revision.text == TEXT
    assert Person.objects.using(old).get(pk=made.person).preferences == {}
    assert list(Event.objects.using(old).values_list("article_id", flat=True)) == [None, None]
    assert not annotation.anchors.exists()
    assert verify(Chain.objects.using(old)) is None
    assert missing_triggers(old) == set()


def test_what_cannot_be_changed_then_cannot_be_changed_now(old):
    made = fill(as_first_released(old), old)
    call_command("migrate", "annotations", database=old, verbosity=0, interactive=False)
    for rows in (Revision.objects.using(old).filter(pk=made.revision), Event.objects.using(old).filter(number=1)):
        with pytest.raises((IntegrityError, OperationalError)), transaction.atomic(using=old):
            rows.update(created_at=AT) if rows.model is Revision else rows.update(verb="forged")
    assert verify(Chain.objects.using(old)) is None
