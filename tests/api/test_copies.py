"""Saved copies and citations for programs: a file as a form, fetching as a job, bytes as they came."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from annotations.models import Job, SavedCopy, Source
from annotations.services.people import create_token

PICTURE = b"GIF89a, \x00\xff\r\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ana(people):
    token = create_token(by=None, person=people.ana)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def post_file(client, source, content=PICTURE, key="", **fields):
    body = {"file": SimpleUploadedFile("a.gif", content), **fields}
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/v1/sources/{source.pk}/copies/", body, headers=headers)


def test_file_is_saved_once_for_its_key_and_comes_back_as_it_was(ana, contested):
    first, again = (post_file(ana, contested.source, key="k") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    copy = SavedCopy.objects.get()
    assert first.json() == again.json()
    assert first.json()["copy"] == str(copy.pk)
    assert post_file(ana, contested.source, b"GIF89a, other", key="k").status_code == 422
    row = ana.get(first["Location"].removeprefix("http://testserver")).json()
    assert (row["sha256"], row["size"], row["media_type"]) == (copy.sha256, len(PICTURE), "image/gif")
    got = ana.get(f"/api/v1/sources/{contested.source.pk}/copies/{copy.pk}/")
    assert b"".join(got.streaming_content) == PICTURE
    assert got["Content-Disposition"].startswith("attachment;")


def test_form_that_holds_anything_else_is_refused(ana, contested):
    assert post_file(ana, contested.source, note="x").json()["errors"].keys() == {"note"}
    assert post_file(ana, contested.source, b"MZ\x90\x00").json()["errors"].keys() == {"file"}
    address = f"/api/v1/sources/{contested.source.pk}/copies/"
    broken = ana.post(address, b"--x\r\nnothing", content_type="multipart/form-data; boundary=")
    assert (broken.status_code, broken["Content-Type"]) == (400, "application/problem+json")
    assert ana.post(address, {}, content_type="application/json").status_code == 422
    assert not SavedCopy.objects.exists()


def test_form_that_is_too_large_is_refused_before_it_is_read(ana, contested):
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("a.gif", PICTURE)})
    answer = ana.generic(
        "POST", f"/api/v1/sources/{contested.source.pk}/copies/", body, MULTIPART_CONTENT, CONTENT_LENGTH="99999999"
    )
    assert answer.status_code == 413


def test_fetching_is_a_job(ana, contested):
    address = f"/api/v1/sources/{contested.source.pk}/copies/"
    refused = ana.post(address, {"fetch": True}, content_type="application/json")
    assert (refused.status_code, refused.json()["errors"].keys()) == (422, {"fetch"})
    Source.objects.filter(pk=contested.source.pk).update(url="https://paper.test/")
    answer = ana.post(address, {"fetch": True}, content_type="application/json")
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (202, f"http://testserver/api/v1/jobs/{job.pk}/")


@pytest.mark.parametrize(("form", "begins"), [("bibtex", "@article{"), ("ris", "TY  - NEWS"), ("csl", "[")])
def test_source_is_cited(ana, contested, form, begins):
    answer = ana.get(f"/api/v1/sources/{contested.source.pk}/", {"citation": form})
    assert answer.content.decode().startswith(begins)
    assert "Reuters" in answer.content.decode()
    assert ana.get(f"/api/v1/sources/{contested.source.pk}/").json()["title"] == "Reuters report"
    assert ana.get(f"/api/v1/sources/{contested.source.pk}/", {"citation": "endnote"}).status_code == 422


def test_debts_are_listed(ana, project, contested):
    lists = f"/api/v1/projects/{project.slug}/sources/"
    assert len(ana.get(lists, {"saved": "false"}).json()["results"]) == 1
    post_file(ana, contested.source)
    assert ana.get(lists, {"saved": "false"}).json()["results"] == []


def test_alike_agents_are_told_with_the_reason(ana, project):
    for name in ("Baqeri", "Bagheri"):
        ana.post(
            f"/api/v1/projects/{project.slug}/agents/",
            {"kind": "person", "name": name},
            content_type="application/json",
        )
    (pair,) = ana.get(f"/api/v1/projects/{project.slug}/agents/alike/").json()["results"]
    assert (pair["nothing_differs"], pair["reason"]) == (True, "“Baqeri” and “Bagheri” sound alike.")
    joined = ana.post(
        f"/api/v1/agents/{pair['agent']}/join/", {"other": pair["other"]}, content_type="application/json",
        headers={"If-Match": '"1"'},
    )  # fmt: skip
    assert (joined.status_code, joined.json()["aliases"]) == (200, ["Bagheri"])
    assert ana.get(f"/api/v1/agents/{pair['other']}/").json()["joined_into"] == pair["agent"]
