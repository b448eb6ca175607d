"""Whatever is sent, the answer is one that the schema names, and never our own error.

Bodies, parameters and headers are made from the schema: values of the right kind, ids of records that are there, and
among them anything that JSON can say.
"""

import json
import os
from itertools import groupby
from urllib.parse import urlencode

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.api.schema import whole_schema
from annotations.models import Project
from annotations.queries.exports import FORMAT_NAMES
from tests.api.test_isolation import addresses  # noqa: F401 - a fixture

OPERATIONS = [
    (method, path, operation)
    for path, methods in whole_schema()["paths"].items()
    for method, operation in methods.items()
]


def by_noun(operations):
    """(noun, operations): those that begin with one noun share their rows, which cost more than a few requests."""
    return [(noun, list(known)) for noun, known in groupby(sorted(operations, key=noun_of), noun_of)]


def noun_of(known):
    return known[1].removeprefix("/api/v1/").partition("/")[0]


WRITES = by_noun(known for known in OPERATIONS if known[0] != "get")
READS = by_noun(known for known in OPERATIONS if known[0] == "get")
quietly = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

LETTERS = st.characters(codec=None, exclude_categories=()) | st.sampled_from("\x00\ud800\ufeff\u202e👩\u0301")
TEXTS = st.text(LETTERS, max_size=12) | st.sampled_from(
    [
        "2023-11",
        "2023-13-01",
        "https://example.org/",
        "javascript:alert(1)",
        "x" * 3_000,
        "claim",
        "Reuters",
        "' OR 1=1 --",
    ]
)
SENDABLE = st.characters(codec="utf-8")
NUMBERS = st.integers() | st.integers(-2, 9) | st.floats(allow_nan=False, allow_infinity=False) | st.just(10**30)
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def made_from(schema, ids):
    """Values that a schema allows, more or less; one in eight is anything at all."""
    good = of_kind(schema, ids)
    return st.integers(0, 7).flatmap(lambda die: ANYTHING if die == 0 else good)


def of_kind(schema, ids):
    if "$ref" in schema:
        return of_kind(whole_schema()["components"]["schemas"][schema["$ref"].rpartition("/")[2]], ids)
    if "oneOf" in schema:
        return st.one_of(*(of_kind(one, ids) for one in schema["oneOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = schema.get("type", "object")
    kind = next(known for known in kinds if known != "null") if isinstance(kinds, list) else kinds
    if schema.get("format") == "uuid":
        return st.sampled_from(ids)
    match kind:
        case "string":
            return TEXTS
        case "integer":
            return st.integers(-1, 8)
        case "boolean":
            return st.booleans()
        case "array":
            return st.lists(made_from(schema["items"], ids), max_size=3) if schema.get("items") else st.lists(ANYTHING)
    if "properties" in schema:
        needed = {name: made_from(part, ids) for name, part in schema["properties"].items()}
        always = {name: part for name, part in needed.items() if name in schema.get("required", ())}
        return st.fixed_dictionaries(always, optional={name: needed[name] for name in set(needed) - set(always)})
    inner = schema.get("additionalProperties")
    values = made_from(inner, ids) if isinstance(inner, dict) and inner else ANYTHING
    return st.dictionaries(st.sampled_from(ids) | TEXTS, values, max_size=2)


@pytest.fixture
def ids(addresses, contested, article, labels):  # noqa: F811
    records = [*contested.claims, *contested.agents, *contested.annotations, *contested.positions]
    records += [contested.source, contested.origin, contested.evidence, article, article.revision, labels["claim"]]
    return [str(record.pk) for record in records] + ["00000000-0000-7000-8000-000000000000"]


@pytest.mark.parametrize(("noun", "operations"), WRITES, ids=[noun for noun, _ in WRITES])
def test_write_is_done_or_refused_in_words(boss, addresses, ids, noun, operations):  # noqa: F811
    for known in operations:
        with transaction.atomic():
            try_to_write(boss, addresses, ids, *known)
            transaction.set_rollback(True)
    assert Project.objects.exists()


def try_to_write(boss, addresses, ids, method, path, operation):  # noqa: F811
    content = operation.get("requestBody", {}).get("content", {})
    shape = next(iter(content.values()))["schema"] if content else {"properties": {}}

    @quietly
    @given(body=made_from(shape, ids), version=st.sampled_from(['"1"', '"2"', '"1"', "*", 'W/"1"', ""]))
    def send(body, version):
        raw = json.dumps(body, allow_nan=False).encode()
        answer = boss.send(method.upper(), addresses(path), raw, version=version)
        assert answer.status_code < 500, operation["operationId"]
        if answer.status_code in (400, 422):
            assert answer.json()["errors"]

    send()


@pytest.mark.parametrize(("noun", "operations"), READS, ids=[noun for noun, _ in READS])
def test_parameters_are_read_or_refused_in_words(boss, addresses, ids, noun, operations):  # noqa: F811
    for _, path, operation in operations:
        try_to_read(boss, addresses, ids, path, operation)


def try_to_read(boss, addresses, ids, path, operation):  # noqa: F811
    parameters = [known for known in operation.get("parameters", []) if known["in"] == "query"]
    said = {known["name"]: of_kind(known["schema"], ids).map(in_query) for known in parameters}
    strange = st.dictionaries(st.text(SENDABLE, max_size=8), st.text(SENDABLE, max_size=8), max_size=1)

    @quietly
    @given(query=st.fixed_dictionaries({}, optional=said), more=strange, format=st.sampled_from(FORMAT_NAMES))
    def send(query, more, format):
        needed = {"format": format} if "format" in said else {}
        answer = boss.get(f"{addresses(path)}?{urlencode({**needed, **query, **more})}")
        assert answer.status_code < 500, operation["operationId"]
        if answer.status_code in (400, 422):
            assert answer.json()["errors"]

    send()


def in_query(value):
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return words.encode("utf-8", "replace").decode()


@quietly
@given(raw=st.binary(max_size=40) | st.text('[]{}",:0a\\u', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(boss, project, raw):
    answer = boss.post(f"/projects/{project.slug}/agents/", raw)
    assert answer.status_code in (400, 422)


@quietly
@given(
    headers=st.dictionaries(
        st.sampled_from(["If-Match", "Idempotency-Key", "Accept", "Content-Type"]),
        st.text(st.characters(min_codepoint=1, max_codepoint=255, exclude_characters="\r\n"), max_size=20),
    )
)
def test_any_headers_are_read_or_refused(boss, project, headers):
    answer = boss.send("PATCH", f"/projects/{project.slug}/", {}, **headers)
    assert answer.status_code < 500


def test_numbers_that_json_lacks_are_refused(boss, project):
    for number in ("NaN", "Infinity", "-Infinity", "1e999"):
        raw = f'{{"kind": "article", "title": "T", "citation": {{"n": {number}}}}}'.encode()
        assert boss.post(f"/projects/{project.slug}/sources/", raw).status_code == 400
