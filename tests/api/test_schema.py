"""The schema says what is there: every address, its words, its refusals. And the page made from it can be read."""

import logging
import re
import warnings

import jsonschema
import pytest
from django.test import Client
from django.urls import get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from annotations.api import schema as module
from annotations.api.docs import by_noun
from annotations.api.schema import whole_schema

DUE = """
GET POST /api/v1/projects/
GET PATCH /api/v1/projects/{slug}/
GET POST /api/v1/projects/{slug}/members/
GET PATCH DELETE /api/v1/members/{id}/
GET POST /api/v1/projects/{slug}/labels/
GET PATCH /api/v1/labels/{id}/
GET POST /api/v1/projects/{slug}/articles/
GET PATCH DELETE /api/v1/articles/{id}/
POST /api/v1/articles/{id}/restore/
GET /api/v1/articles/{id}/revisions/
GET POST /api/v1/articles/{id}/annotations/
GET PATCH DELETE /api/v1/annotations/{id}/
POST /api/v1/annotations/{id}/restore/
GET /api/v1/projects/{slug}/annotations/
GET POST /api/v1/projects/{slug}/agents/
GET PATCH DELETE /api/v1/agents/{id}/
GET POST /api/v1/projects/{slug}/claims/
GET PATCH DELETE /api/v1/claims/{id}/
POST /api/v1/claims/{id}/take/
POST /api/v1/claims/{id}/park/
POST /api/v1/claims/{id}/resume/
POST /api/v1/claims/{id}/reject/
GET POST /api/v1/claims/{id}/evidence/
GET PATCH DELETE /api/v1/evidence/{id}/
GET POST /api/v1/projects/{slug}/sources/
GET PATCH DELETE /api/v1/sources/{id}/
GET POST /api/v1/projects/{slug}/origins/
GET PATCH DELETE /api/v1/origins/{id}/
GET POST /api/v1/projects/{slug}/disputes/
GET PATCH /api/v1/disputes/{id}/
GET POST /api/v1/disputes/{id}/positions/
GET PATCH /api/v1/positions/{id}/
GET POST /api/v1/disputes/{id}/resolutions/
POST /api/v1/disputes/{id}/send_back/
POST /api/v1/disputes/{id}/dismiss/
POST /api/v1/disputes/{id}/reopen/
GET POST /api/v1/resolutions/{id}/approvals/
GET POST /api/v1/resolutions/{id}/dissents/
GET /api/v1/projects/{slug}/events/
GET /api/v1/projects/{slug}/export/
GET /api/v1/projects/{slug}/export/report/
"""
OPERATIONS = [
    (method, path, operation)
    for path, methods in whole_schema()["paths"].items()
    for method, operation in methods.items()
]
BY_NAME = [f"{method} {path}" for method, path, _ in OPERATIONS]


def test_generating_warns_of_nothing(caplog):
    whole_schema.cache_clear()
    GENERATOR_STATS.reset()
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")
        whole_schema()
    assert not GENERATOR_STATS
    assert caplog.text == ""


def test_schema_is_openapi_3_1():
    assert whole_schema()["openapi"] == "3.1.0"
    validate_schema(whole_schema())


@pytest.mark.parametrize("line", DUE.strip().splitlines())
def test_address_of_the_contract_is_there(line):
    *methods, path = line.split()
    assert {method.lower() for method in methods} <= set(whole_schema()["paths"][path])


def test_every_address_of_the_api_is_described():
    patterns = [pattern for pattern in get_resolver("annotations.api.urls").url_patterns if pattern.name]
    routes = {
        re.sub(r"<\w+:(\w+)>", r"{\1}", f"/api/{pattern.pattern}").replace("{pk}", "{id}") for pattern in patterns
    }
    assert routes - set(whole_schema()["paths"]) == {"/api/schema/", "/api/docs/"}


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=BY_NAME)
def test_operation_is_described_whole(method, path, operation):
    assert operation["description"]
    assert operation["security"] == [{"token": []}, {"session": []}]
    assert ({"401", "404"} if "{" in path else {"401"}) <= set(operation["responses"])
    headers = {known["name"]: known for known in operation.get("parameters", []) if known["in"] == "header"}
    is_listed_below = not path.endswith("}/") and method == "post"
    assert ("Idempotency-Key" in headers) == (method == "post")
    if method in ("patch", "delete"):
        assert headers["If-Match"]["required"]
    if is_listed_below and "201" in operation["responses"]:
        assert "Location" in operation["responses"]["201"]["headers"]
    for status, answer in operation["responses"].items():
        media_types = set(answer.get("content", {}))
        assert media_types == (
            {"application/problem+json"} if status >= "400" else media_types - {"application/problem+json"}
        )


def test_operations_carry_the_names_of_their_verbs():
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(names) == len(set(names))
    assert {"add_annotation", "propose_resolution", "take_claim", "send_back"} <= set(names)


def test_bodies_refuse_unknown_fields():
    bodies = [name for name in whole_schema()["components"]["schemas"] if name.endswith(("Body", "Edit"))]
    assert bodies
    for name in bodies:
        assert whole_schema()["components"]["schemas"][name]["additionalProperties"] is False


def test_every_shape_is_a_schema():
    for shape in whole_schema()["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(shape)


def test_schema_goes_out_as_json(db):
    answer = Client().get("/api/schema/")
    assert answer["Content-Type"] == module.SCHEMA_TYPE
    assert answer.json() == whole_schema()
    assert Client().post("/api/schema/").status_code == 405


def test_page_names_every_operation(db):
    page = Client().get("/api/docs/").content.decode()
    for _, path, operation in OPERATIONS:
        assert f'id="{operation["operationId"]}"' in page
        assert path in page
    assert "<script" not in re.sub(r"<script [^>]*src=", "", page)
    assert " style=" not in page
    assert sum(map(len, by_noun().values())) == len(OPERATIONS)


def test_page_links_lead_somewhere(db):
    page = Client().get("/api/docs/").content.decode()
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
