"""Exports through the API: streamed, the same bytes as from the query, with the report beside it."""

import json

import pytest

from annotations.models import Event
from annotations.queries.exports import FORMAT_NAMES, export
from tests.api.conftest import problem


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_export_is_what_the_query_gives(ana, people, project, contested, format):
    before = Event.objects.count()
    answer = ana.get(f"/projects/{project.slug}/export/?format={format}")
    assert answer.status_code == 200
    assert answer.streaming
    bytes_sent = b"".join(answer.streaming_content)
    assert bytes_sent == b"".join(export(project, people.ana, format).chunks)
    assert answer["Content-Disposition"].startswith("attachment")
    assert Event.objects.count() == before
    report = ana.get(f"/projects/{project.slug}/export/report/?format={format}").json()
    assert report["format"] == format
    assert report["records"]["annotation"]["written"] == 2


def test_native_export_holds_the_rows_of_the_api(ana, project, contested):
    answer = ana.get(f"/projects/{project.slug}/export/?format=jsonl")
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    exported = [{name: value for name, value in line.items() if name != "record"} for line in lines]
    for nouns in ("annotations", "claims", "agents", "sources", "origins", "disputes", "labels"):
        for row in ana.get(f"/projects/{project.slug}/{nouns}/").json()["results"]:
            row.pop("flags", None)  # computed for a dispute by itself; the anchors that it comes from are exported
            assert row in exported


def test_export_goes_by_the_parameter_and_not_by_accept(ana, project):
    path = f"/projects/{project.slug}/export/"
    assert ana.get(f"{path}?format=jsonl", Accept="application/x-ndjson").status_code == 200
    assert ana.get(f"{path}?format=jsonl", Accept="text/html").status_code == 200
    problem(ana.get(f"{path}?format=docx"), 422, "format")
    problem(ana.get(path), 422, "format")
    problem(ana.get(f"{path}?format=jsonl&all=1"), 400, "all")


def test_stranger_exports_nothing(api, project):
    problem(api("olu").get(f"/projects/{project.slug}/export/?format=jsonl"), 404)
    problem(api("olu").get(f"/projects/{project.slug}/export/report/?format=jsonl"), 404)
