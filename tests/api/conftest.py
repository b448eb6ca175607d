"""A client that speaks as one of the people, and holds every answer that it gets against the schema."""

import json
import re
from functools import cache

import jsonschema
import pytest
from django.test import Client

from annotations.api.schema import whole_schema
from annotations.services.people import create_token

UNDER = "/api/v1"


class Api:
    """`api("ana").post("/articles/…/annotations/", {...}, version=1, key="k")`. Paths go on behind /api/v1."""

    def __init__(self, secret=None, client=None):
        self.client = client or Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def send(self, method, path, body=None, *, version=None, key=None, content_type="application/json", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if version is not None:
            headers["If-Match"] = version if isinstance(version, str) else f'"{version}"'
        if key is not None:
            headers["Idempotency-Key"] = key
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        where = path.removeprefix("http://testserver")
        where = where if where.startswith("/api/") else UNDER + where
        answer = self.client.generic(method, where, raw, content_type, headers={**self.headers, **headers})
        keeps_to_schema(method, where, answer)
        return answer

    def get(self, path, **rest):
        return self.send("GET", path, **rest)

    def post(self, path, body=None, **rest):
        return self.send("POST", path, body, **rest)

    def patch(self, path, body=None, **rest):
        return self.send("PATCH", path, body, **rest)

    def delete(self, path, **rest):
        return self.send("DELETE", path, **rest)


@pytest.fixture
def api(people):
    """Makes a client for one of the people, with a token of a scope and a project if asked."""

    def speak_as(name, **limits):
        person = getattr(people, name)
        return Api(create_token(by=None, person=person, **limits)[1])

    return speak_as


@pytest.fixture
def ana(api):
    return api("ana")


@pytest.fixture
def ida(api):
    return api("ida")


@pytest.fixture
def boss(api):
    """max, who manages the project."""
    return api("max")


def problem(answer, status, *fields):
    """That an answer is a problem of this status, and names these fields; gives it back as JSON."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    assert set(said["errors"]) == set(fields)
    return said


# -- the schema -------------------------------------------------------------------------------------------------------


@cache
def patterns():
    """The schema's paths as patterns, those without parameters first."""
    found = [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), path) for path in whole_schema()["paths"]]
    return sorted(found, key=lambda pair: pair[1].count("{"))


def operation_at(method, path):
    for pattern, known in patterns():
        if pattern.fullmatch(path):
            return whole_schema()["paths"][known].get(method.lower())
    return None


def keeps_to_schema(method, path, answer):
    """Every answer of a documented operation has a documented status, media type and shape."""
    operation = operation_at(method, path.partition("?")[0])
    if operation is None or answer.status_code == 405:
        return
    documented = operation["responses"].get(str(answer.status_code))
    assert documented, f"{method} {path} answered {answer.status_code}, which the schema does not name"
    if answer.streaming or "content" not in documented:
        return
    media_type = answer["Content-Type"].partition(";")[0]
    shape = documented["content"][media_type]["schema"]
    if "json" not in media_type:
        return
    whole = {**shape, "components": whole_schema()["components"]}
    jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(answer.json())
