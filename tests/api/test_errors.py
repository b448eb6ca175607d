"""Every refusal under /api is a problem in words, whoever makes it: the domain, the framework, the JSON reader."""

import json
from uuid import uuid4

import pytest
from django.db import OperationalError

from annotations.api.errors import Problem
from annotations.api.views import people as people_views
from annotations.models import Agent, KeptAnswer
from tests.api.conftest import Api, problem

NOWHERE = "00000000-0000-7000-8000-000000000000"

DEEP = b"[" * 100_000


@pytest.fixture
def agents(project):
    return f"/projects/{project.slug}/agents/"


def test_nobody_is_401_with_the_scheme(db):
    answer = Api().get("/projects/")
    problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "path",
    ["/api/", "/api/v1/", "/api/v2/projects/", "/api/v1/nothing/", "/api/v1/articles/17/", "/api/v1/pro%00j%0A/"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PUT"])
def test_unknown_address_is_404(ana, path, method):
    problem(ana.send(method, path), 404)


def test_missing_slash_is_named(ana):
    assert "/api/v1/projects/" in problem(ana.get("/projects"), 404)["detail"]


def test_unknown_method_is_405_and_names_the_others(ana):
    answer = ana.send("PUT", "/projects/", {})
    problem(answer, 405)
    assert {"GET", "POST"} <= set(answer["Allow"].split(", "))


def test_options_name_the_methods(ana):
    answer = ana.send("OPTIONS", "/me/")
    assert answer.status_code == 204
    assert "POST" not in answer["Allow"]


def test_head_is_a_get_without_its_body(ana):
    answer = ana.send("HEAD", "/projects/")
    assert answer.status_code == 200
    assert answer.content == b""


def test_another_form_of_answer_is_406(ana):
    problem(ana.get("/projects/", Accept="text/html"), 406)
    assert ana.get("/projects/", Accept="text/html, */*;q=0.1").status_code == 200


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_form_of_body_is_415(ana, agents, content_type):
    problem(ana.post(agents, b'{"kind": "person", "name": "N"}', content_type=content_type), 415)


def test_json_with_a_charset_is_json(ana, agents):
    body = '{"kind": "person", "name": "Ñ"}'.encode()
    answer = ana.post(agents, body, content_type="application/json; charset=utf-8")
    assert answer.json()["name"] == "Ñ"


@pytest.mark.parametrize(
    "raw",
    [
        DEEP,
        b'{"a":' * 100_000,
        b'{"name": "N"',
        b'{"name": "N",}',
        b"{'name': 1}",
        b'{"name": NaN}',
        b'{"name": 1e999}',
        b'{"name": ' + b"9" * 5_000 + b"}",
        b'{"name": "N", "name": "M"}',
        b'{"name": "\xff"}',
        '{"name": "N"}'.encode("utf-16"),
        b"\x00",
        b"nonsense",
    ],
)
def test_unreadable_json_is_400_however_deep(ana, agents, raw):
    problem(ana.post(agents, raw), 400, "body")
    assert not Agent.objects.exists()


@pytest.mark.parametrize("raw", [b"[]", b"null", b'"kind"', b"1", b"true", b'[{"kind": "person"}]'])
def test_json_that_is_no_object_is_422(ana, agents, raw):
    problem(ana.post(agents, raw), 422, "body")


def test_empty_body_lacks_every_needed_field(ana, agents):
    problem(ana.post(agents), 422, "kind", "name")


def test_unknown_field_is_refused_by_name(ana, agents):
    body = {"kind": "person", "name": "N", "project": "other", "author": "me"}
    problem(ana.post(agents, body), 422, "project", "author")
    assert not Agent.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 1),
        ("name", True),
        ("name", None),
        ("name", ""),
        ("name", ["N"]),
        ("name", {"a": 1}),
        ("name", "N" * 201),
        ("kind", "Person"),
        ("kind", 1),
        ("kind", ["person"]),
        ("aliases", "N"),
        ("aliases", [1]),
        ("aliases", [""]),
        ("aliases", {"0": "N"}),
        ("aliases", None),
        ("note", 0),
        ("wikidata", False),
    ],
)
def test_nothing_is_coerced(ana, agents, field, value):
    body = {"kind": "person", "name": "N", field: value}
    problem(ana.post(agents, body), 422, field)
    assert not Agent.objects.exists()


def test_body_names_a_thousand_records_at_most(ana, project, contested):
    desk, claim = f"/projects/{project.slug}", str(contested.claims[0].pk)
    many = [str(uuid4()) for _ in range(1_001)]
    problem(ana.post(f"{desk}/claims/", {"text": "So.", "mentions": many}), 422, "mentions")
    problem(ana.post(f"{desk}/agents/", {"kind": "person", "name": "N", "aliases": many}), 422, "aliases")
    body = {"agent": str(contested.agents[0].pk), "stances": dict.fromkeys(many, "deny")}
    problem(ana.post(f"/disputes/{contested.dispute.pk}/positions/", body), 422, "stances")
    halves = {claim: {"stance": "deny", "spans": many[:600]}, NOWHERE: {"stance": "deny", "spans": many[600:]}}
    answer = ana.post(f"/disputes/{contested.dispute.pk}/positions/", {**body, "stances": halves})
    assert "1,000" in problem(answer, 422, "stances")["detail"]


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "\udfff"])
@pytest.mark.parametrize("field", ["name", "note", "aliases"])
def test_what_cannot_be_stored_is_refused_with_its_place(ana, agents, text, field):
    body = {"kind": "person", "name": "N", field: [text] if field == "aliases" else text}
    answer = ana.post(agents, body)
    assert answer.status_code == 422
    said = answer.json()
    assert next(iter(said["errors"])).startswith(field)
    assert f"offset {0 if text == chr(0xDFFF) else 1}" in said["detail"]
    assert not Agent.objects.exists()


def test_text_is_kept_code_point_for_code_point(ana, agents):
    note = " \t\r\nCafe\u0301 \u200c\u200d \ufeff\u2028 👩‍👩‍👧 العربية \r"
    row = ana.post(agents, {"kind": "person", "name": "N", "note": note}).json()
    assert row["note"] == note
    assert ana.get(f"/agents/{row['id']}/").json()["note"] == note


def test_too_large_a_body_is_413_and_is_not_read(ana, agents, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    problem(ana.post(agents, {"kind": "person", "name": "N" * 2_000}), 413)


def test_body_without_its_length_is_400(ana, agents):
    problem(ana.post(agents, Transfer_Encoding="chunked"), 400, "Transfer-Encoding")


def test_broken_header_is_400(ana, agents):
    body = {"kind": "person", "name": "N"}
    for key in ("with space", "é", "k" * 201, "tab\t"):
        problem(ana.post(agents, body, key=key), 400, "Idempotency-Key")
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("query", ["format=json", "a=1", "limit=1&limit=2", "__class__=x", "project__slug=a", "%00=1"])
def test_unknown_and_repeated_parameters_are_400(ana, agents, query):
    answer = ana.get(f"{agents}?{query}")
    assert answer.status_code == 400
    assert len(answer.json()["errors"]) == 1


def test_parameters_of_a_write_are_400(ana, agents):
    problem(ana.post(f"{agents}?dry=1", {"kind": "person", "name": "N"}), 400, "dry")


def test_our_own_error_is_a_problem_that_says_nothing_of_it(ana, monkeypatch):
    def fail(*_):
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(people_views.Membership.objects, "of", fail)
    ana.client.raise_request_exception = False
    answer = ana.client.get("/api/v1/me/", headers=ana.headers)
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert b"secret" not in answer.content


def test_busy_database_is_503_and_says_when_to_come_back(ana, monkeypatch):
    def fail(*_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(people_views.Membership.objects, "of", fail)
    answer = ana.client.get("/api/v1/me/", headers=ana.headers)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert json.loads(answer.content)["title"]


def test_problem_can_always_be_printed():
    said = json.loads(Problem(422, "\ud800", errors={"\udfff": ["\ud800"]}).content)
    assert said["detail"] == "?"


def test_every_address_of_the_api_answers_in_json_only(ana, project):
    answer = ana.get(f"/projects/{project.slug}/")
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "private, no-cache"
