"""Who may speak at all: a token that counts, or a session with its CSRF token."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Token
from annotations.services.people import create_token, revoke_token
from annotations.services.projects import remove_member
from tests.api.conftest import Api, problem


@pytest.fixture
def agents(project):
    return f"/projects/{project.slug}/agents/"


BODY = {"kind": "person", "name": "N"}


@pytest.mark.parametrize(
    "said",
    ["Bearer", "Bearer ", "Bearer nothing", "Bearer a b", "Bearer \xff\xfe", "Bearer " + "a" * 10_000, "Bearer \xe9"],
)
def test_broken_token_is_401(db, said):
    api = Api()
    answer = api.client.generic("GET", "/api/v1/projects/", HTTP_AUTHORIZATION=said)
    problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_another_scheme_is_nobody(db):
    problem(Api().get("/projects/", Authorization="Basic YTpi"), 401)


def test_token_is_stored_as_a_hash(people):
    token, secret = create_token(by=None, person=people.ana)
    assert secret not in [str(value) for value in Token.objects.values().get(pk=token.pk).values()]


def test_revoked_and_expired_tokens_are_401(people, project):
    token, secret = create_token(by=None, person=people.ana, expires_in=timedelta(hours=1))
    assert Api(secret).get("/projects/").status_code == 200
    Token.objects.filter(pk=token.pk).update(expiry=timezone.now() - timedelta(seconds=1))
    problem(Api(secret).get("/projects/"), 401)
    assert Token.objects.filter(pk=token.pk).exists()
    other, secret = create_token(by=None, person=people.ana)
    revoke_token(by=people.ana, token=other)
    problem(Api(secret).get("/projects/"), 401)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": True}])
def test_token_of_an_account_that_is_off_or_rules_is_401(people, api, change):
    client = api("ana")
    type(people.ana).objects.filter(pk=people.ana.pk).update(**change)
    problem(client.get("/projects/"), 401)


def test_scope_lowers_what_a_manager_may_do(api, agents, project, labels):
    label = {"name": "New"}
    read, annotate, manage = (api("max", scope=scope) for scope in ("read", "annotate", "manage"))
    assert read.get(agents).status_code == 200
    problem(read.post(agents, BODY), 403)
    assert annotate.post(agents, BODY).status_code == 201
    problem(annotate.post(f"/projects/{project.slug}/labels/", label), 403)
    assert manage.post(f"/projects/{project.slug}/labels/", label).status_code == 201


def test_token_for_one_project_sees_no_other(api, boss, project):
    assert boss.post("/projects/", {"slug": "second"}).status_code == 201
    narrow = api("max", project=project)
    assert [row["slug"] for row in narrow.get("/projects/").json()["results"]] == [project.slug]
    problem(narrow.get("/projects/second/"), 404)
    problem(narrow.post("/projects/second/agents/", BODY), 404)
    problem(narrow.post("/projects/", {"slug": "third"}), 403)
    assert narrow.get("/me/").json()["project"] == str(project.pk)


def test_token_dies_with_the_membership(api, people, project, agents):
    client = api("ana")
    membership = project.memberships.get(person=people.ana)
    assert client.get(agents).status_code == 200
    remove_member(by=people.max, membership=membership, version=1)
    problem(client.get(agents), 404)


def test_me_says_who_one_is(api, people, project):
    said = api("ana", scope="annotate").get("/me/").json()
    assert said["username"] == "ana"
    assert said["scope"] == "annotate"
    assert said["project"] is None
    assert [(known["slug"], known["role"]) for known in said["memberships"]] == [(project.slug, "annotator")]


# -- sessions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def session(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.ana)
    return client


def test_session_reads_without_and_writes_with_its_csrf_token(session, agents):
    assert session.get(f"/api/v1{agents}").status_code == 200
    problem(Api(client=session).post(agents, BODY), 403)
    session.cookies["csrftoken"] = "c" * 32
    answer = Api(client=session).post(agents, BODY, X_CSRFToken="c" * 32)
    assert answer.status_code == 201


def test_session_form_cannot_write_even_with_its_token(session, agents):
    session.cookies["csrftoken"] = "c" * 32
    form = {**BODY, "csrfmiddlewaretoken": "c" * 32}
    problem(session.post(f"/api/v1{agents}", form), 415)


def test_superuser_sees_nothing_of_a_project(people, project, agents):
    client = Client()
    client.force_login(people.sam)
    assert client.get("/api/v1/projects/").json()["results"] == []
    problem(client.get(f"/api/v1{agents}"), 404)


def test_schema_and_docs_are_open(db):
    assert Client().get("/api/schema/").status_code == 200
    assert Client().get("/api/docs/").status_code == 200
