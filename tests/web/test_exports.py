"""The export page: what each format carries and cannot, counted on demand, and the same bytes as the command's."""

import io
import json

import pytest
from django.core.management import call_command

from annotations.models import Event
from annotations.queries.exports import FORMAT_NAMES


def path(project):
    return f"/projects/{project.slug}/export/"


def test_page_says_what_each_format_carries_and_what_not(at, people, project, contested):
    page = at(people.vera).get(path(project)).content.decode()
    assert "The bytes of a saved copy are not in the file" in page
    assert "Confidential notes stay on the desk" in page
    assert "This format carries annotations only." in page
    for name in FORMAT_NAMES:
        assert f"?format={name}" in page


def test_losses_are_counted_on_demand(at, people, project, contested):
    page = at(people.vera).get(path(project), {"report": "web_annotation"}).content.decode()
    assert "Counted now" in page
    assert "Claim".lower() in page


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_file_is_the_same_bytes_as_the_commands(at, people, project, contested, format, tmp_path):
    answer = at(people.max).get(path(project), {"format": format})
    target = tmp_path / "out"
    call_command("export", project.slug, format=format, output=str(target), stderr=io.StringIO())
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == target.read_bytes()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="desk.')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_exporting_writes_nothing(at, people, project, contested):
    before = Event.objects.count()
    b"".join(at(people.vera).get(path(project), {"format": "jsonl"}).streaming_content)
    assert Event.objects.count() == before


def test_unknown_format_is_refused_in_words(at, people, project):
    answer = at(people.vera).get(path(project), {"format": "papyrus"})
    assert answer.status_code == 422
    assert "not “papyrus”" in answer.content.decode()


def test_blind_annotator_gets_their_own_work_alone(at, people, project, contested):
    project.blind = True
    project.save()
    lines = b"".join(at(people.ben).get(path(project), {"format": "jsonl"}).streaming_content).splitlines()
    assert {json.loads(line)["record"] for line in lines}.isdisjoint({"annotation", "claim", "evidence", "dispute"})


def test_stranger_finds_nothing(at, people, project):
    assert at(people.olu).get(path(project), {"format": "jsonl"}).status_code == 404
