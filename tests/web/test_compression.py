"""Pages travel compressed; what has a strong ETag does not."""

import gzip

import pytest

pytestmark = pytest.mark.django_db
ASKED = {"Accept-Encoding": "gzip"}


def test_page_is_compressed(client):
    page = client.get("/login/", headers=ASKED)
    assert page.headers["Content-Encoding"] == "gzip"
    assert b"Sign in" in gzip.decompress(page.content)


def test_answer_with_an_etag_is_not(client, project, people):
    client.force_login(people.ana)
    answer = client.get(f"/api/v1/projects/{project.slug}/", headers=ASKED)
    assert answer.headers["ETag"].startswith('"')
    assert "Content-Encoding" not in answer.headers
