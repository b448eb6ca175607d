"""`manage.py export`: the bytes of the query, whole files, and the report beside them."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management.base import CommandError
from django.db import connection

from annotations.models import Event
from annotations.queries.exports import FORMAT_NAMES, export

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_a_file_holds_what_a_manager_exports(run, people, project, contested, tmp_path, format):
    file = tmp_path / "desk.out"
    said = run("export", project.slug, "--format", format, "--output", file)
    assert file.read_bytes() == b"".join(export(project, people.max, format).chunks)
    report = json.loads((tmp_path / "desk.out.report.json").read_text())
    assert report == json.loads(said.err)
    assert report["format"] == format
    assert report["records"]["annotation"]["written"] == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk.out", "desk.out.report.json"]


def test_without_a_file_it_goes_to_standard_output(run, project, contested):
    said = run("export", project.slug, "--format", "jsonl")
    assert said.out.encode() == b"".join(export(project, None, "jsonl").chunks)


def test_exporting_writes_no_event(run, project, contested):
    before = Event.objects.count()
    run("export", project.slug, "--format", "jsonl")
    assert Event.objects.count() == before


def test_a_file_that_is_there_is_replaced_at_once(run, project, tmp_path):
    file = tmp_path / "desk.jsonl"
    file.write_text("the export of yesterday")
    run("export", project.slug, "--format", "jsonl", "--output", file)
    assert file.read_text().startswith('{"display_name"')


def test_a_place_that_cannot_be_written_is_named(run, project, tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        run("export", project.slug, "--format", "jsonl", "--output", tmp_path / "nowhere" / "desk.jsonl")


def test_an_unknown_project_is_named_with_those_there_are(run, project):
    with pytest.raises(CommandError, match=r"“dsek”.*desk"):
        run("export", "dsek", "--format", "jsonl")


def test_an_unknown_format_is_refused(run, project):
    with pytest.raises(CommandError, match="docx"):
        run("export", project.slug, "--format", "docx")


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_has_enough_ends_it_quietly(project, contested):
    """As `manage.py export ... | head` does: no traceback, whatever was not read."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}" if connection.vendor == "sqlite" else postgres_url(database)
    command = [sys.executable, "manage.py", "export", project.slug, "--format", "jsonl"]
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment, text=True, timeout=60)
    os.close(writing)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def postgres_url(database):
    host, port = database["HOST"] or "localhost", database["PORT"] or 5432
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{host}:{port}/{database['NAME']}"
