"""A database of the first release becomes one of this release: its rows stay, its chain holds, its triggers stand.

The tests' own database is made from the models, so what migrations make is compared with it here, to the last index.
"""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from annotations.core import history
from annotations.core.text import sha256_of
from annotations.models import Annotation, Chain, Event, Person, Revision
from annotations.models.triggers import missing_triggers
from annotations.queries.history import verify

pytestmark = pytest.mark.django_db(databases=["default", "old"])  # the second is there as long as this module

OLD = "old"
FIRST = [("annotations", "0001_initial")]
TEXT = "Reuters reported it.\r\n\r\n👩‍👩‍👧 Hamdan denied it."
AT = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def old(tmp_path_factory, django_db_setup, django_db_blocker):
    """An empty database of its own beside the tests' one, on the same engine, under the alias `old`. The tests' own
    database is not touched, so there is nothing to roll back in it."""
    with django_db_blocker.unblock():
        yield from a_database(tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def made(old):
    """The ids of what was in it at the first release. It is of this one now, migrated before a test's transaction."""
    made = fill(as_first_released(old), old)
    call_command("migrate", database=old, verbosity=0, interactive=False)
    return made


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


def test_a_database_of_the_first_release_becomes_one_of_this(old, made):
    """One test, since two would be shared out to two processes, and to get there takes longer than to look at it."""
    what_was_there_is_there(old, made)
    what_could_not_be_changed_cannot_be_changed(old, made)
    its_tables_are_those_that_the_models_describe(old)
    no_migration_is_left_to_apply_in_the_database_of_the_tests(old)


def what_was_there_is_there(old, made):
    annotation = Annotation.objects.using(old).select_related("revision", "label").get(pk=made.annotation)
    assert (annotation.quote, annotation.origin, annotation.score) == ("Reuters", "", None)
    assert annotation.revision.text == TEXT
    assert Person.objects.using(old).get(pk=made.person).preferences == {}
    assert list(Event.objects.using(old).values_list("article_id", flat=True)) == [None, None]
    assert not annotation.anchors.exists()
    assert verify(Chain.objects.using(old)) is None
    assert missing_triggers(old) == set()


def what_could_not_be_changed_cannot_be_changed(old, made):
    for rows in (Revision.objects.using(old).filter(pk=made.revision), Event.objects.using(old).filter(number=1)):
        with pytest.raises((IntegrityError, OperationalError)), transaction.atomic(using=old):
            rows.update(created_at=AT) if rows.model is Revision else rows.update(verb="forged")
    assert verify(Chain.objects.using(old)) is None


# -- the tests' own database is made from the models: see tests/template.py --------------------------------------------

CATALOGUES = {
    "sqlite": {"what is there": "SELECT type, name, tbl_name, sql FROM sqlite_master"},
    "postgresql": {
        "columns": (
            "SELECT table_name, column_name, udt_name, character_maximum_length, numeric_precision, numeric_scale, "
            "is_nullable, column_default, collation_name, identity_generation FROM information_schema.columns "
            "WHERE table_schema = 'public'"
        ),
        "constraints": (
            "SELECT conrelid::regclass::text, conname, condeferred, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace"
        ),
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "triggers": "SELECT tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        "sequences": "SELECT sequencename, data_type, increment_by FROM pg_sequences WHERE schemaname = 'public'",
    },
}
LEAST = 300  # what a catalogue of ours tells, in rows
NOT_OURS = ("auth_group_permissions", "auth_group_permissions_id_seq")  # Django made its ids larger; unused here


def its_tables_are_those_that_the_models_describe(old):
    """All that the catalogue of the database tells, but for the order of columns."""
    migrated, described = catalogue_of(connections[old]), catalogue_of(connection)
    assert len(migrated) > LEAST
    assert migrated - described == set()
    assert described - migrated == set()


def no_migration_is_left_to_apply_in_the_database_of_the_tests(old):
    applied = [set(MigrationRecorder(one).applied_migrations()) for one in (connections[old], connection)]
    assert applied[0] == applied[1]


def catalogue_of(database):
    found = set()
    with database.cursor() as cursor:
        for what, statement in CATALOGUES[database.vendor].items():
            cursor.execute(statement)
            found |= {(what, *map(in_any_order, row)) for row in cursor.fetchall() if not set(row) & set(NOT_OURS)}
    return found


def in_any_order(value):
    """The statement that makes a table of SQLite's, which holds its columns and constraints, as a set of its lines."""
    before, opens, rest = str(value).partition("(")
    if not (before.startswith("CREATE TABLE") and opens):
        return value
    return before, frozenset(at_the_commas(rest.strip().removesuffix(")")))


def at_the_commas(words):
    """Split at the commas that stand within no brackets."""
    parts, depth = [""], 0
    for piece in re.split(r"([(),])", words):
        depth += (piece == "(") - (piece == ")")
        if piece == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]
