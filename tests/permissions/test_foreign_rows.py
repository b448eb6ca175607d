"""No field of any body or form takes a record of another project, and none sets what is not the sender's to set.

The fields are read from the serializers and from the forms that the pages offer, so that a new one is tried too.
"""

from functools import cache
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from annotations.api.actions import Edit, Write
from annotations.api.fields import ById, Id, Ids
from annotations.models import Article, Person
from tests.permissions.addresses import addresses
from tests.permissions.asking import API as API_BODIES
from tests.permissions.asking import WEB as WEB_BODIES
from tests.permissions.asking import record_of
from tests.permissions.conftest import undone
from tests.permissions.table import WEB
from tests.permissions.test_truth_table import BY_NAME, where, written

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_app_config("annotations").get_models() if hasattr(model, "project_id")]
WRITES = [
    (name, method.upper(), action)
    for address in addresses().values()
    for name in address.names
    if name.startswith("api:")
    for method, action in getattr(getattr(address.callback, "cls", None), "actions", {}).items()
    if isinstance(action, Write)
]
NOBODYS_TO_SET = (
    "id", "project", "author", "proposer", "state", "version", "trashed", "outcome", "number", "created_at", "decision",
    "judged", "scale", "start", "end", "sha256", "code_points", "article", "dispute", "state_reason", "is_superuser",
    "by",
)  # fmt: skip


def far_ids(world):
    """The id of a record of every kind in the other project, and of somebody who is only there."""
    far = world.far
    return [*{type(row): str(row.pk) for row in far.every_row()}.values(), str(world.people.stranger.pk)]


def crossing_rows():
    """The columns in which some row points into another project. One statement: it is asked after every write here."""
    with connection.cursor() as cursor:
        cursor.execute(crossing_statement())
        return cursor.fetchall()


@cache
def crossing_statement():
    pairs = [
        f"SELECT '{model.__name__}.{field.name}' FROM {model._meta.db_table} a JOIN {other._meta.db_table} b "
        f"ON b.{other._meta.pk.column} = a.{field.column} WHERE a.project_id <> b.project_id"
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.many_to_one and field.name != "project" and (other := field.related_model) in MODELS
    ]
    assert len(pairs) > 50
    return " UNION ALL ".join(pairs)


def test_no_row_points_into_another_project(world):
    assert crossing_rows() == []


def test_a_row_that_does_would_be_seen(world):
    with undone():
        Article.objects.filter(pk=world.far.article.pk).update(project=world.desk.project)
        assert ("Revision.article",) in crossing_rows()


# -- the API ----------------------------------------------------------------------------------------------------------


def bodies_with(name, method, action, world, foreign):
    """The valid body with a foreign id in each field that takes an id, also within the fields of its parts."""
    desk = world.desk
    valid = API_BODIES.get((name, method), lambda desk, made: {})(desk, desk.by["ana"])
    for field, kind in (action.body or type("None", (), {"fields": {}}))().fields.items():
        if isinstance(kind, Id) or (field in ("label", "parent") and "origin" not in name):  # an origin's is a text
            yield field, {**valid, field: foreign}
        elif isinstance(kind, Ids):
            yield field, {**valid, field: [foreign]}
        elif isinstance(kind, ById):
            yield from within(field, valid, foreign, str(desk.by["ana"].statement.pk))


def within(field, valid, foreign, own):
    """By id: the foreign id as the key, and in each list of the value under an own one."""
    some = next(iter(valid.get(field, {}).values()), "affirm")
    yield field, {**valid, field: {foreign: some}}
    whole = some if isinstance(some, dict) else {"stance": some}
    for part in ("spans", "evidence"):
        yield field, {**valid, field: {own: {**whole, part: [foreign]}}}


@pytest.mark.parametrize(("name", "method", "action"), WRITES, ids=[f"{name}-{method}" for name, method, _ in WRITES])
def test_no_field_of_the_api_takes_a_foreign_record(world, browsers, name, method, action):
    before = written()
    for foreign in far_ids(world):
        for field, body in bodies_with(name, method, action, world, foreign):
            with undone():
                got = asked(browsers["max"], world, name, method, body)
                assert got.status_code == 422, (field, got.content)
                assert foreign not in got.content.decode()
    assert written() == before


def asked(browser, world, name, method, body):
    desk, made = world.desk, world.desk.by["ana"]
    record = record_of(name, BY_NAME[name].route, desk, made)
    headers = {**browser.token, "If-Match": f'"{getattr(record, "version", 1)}"'}
    send = {"POST": browser.post, "PATCH": browser.patch, "DELETE": browser.delete}[method]
    return send(where(name, record), body, "application/json", headers=headers)


@pytest.mark.parametrize(("name", "method", "action"), WRITES, ids=[f"{name}-{method}" for name, method, _ in WRITES])
def test_no_body_of_the_api_sets_what_nobody_may_set(world, browsers, name, method, action):
    known = action.body().fields if action.body else {}
    valid = API_BODIES.get((name, method), lambda desk, made: {})(world.desk, world.desk.by["ana"])
    before = written()
    for field in NOBODYS_TO_SET:
        if field not in known:
            got = asked(browsers["max"], world, name, method, {**valid, field: "x"})
            assert got.status_code == 422, field
            assert field in got.json()["errors"]
    assert written() == before


def test_no_edit_says_whose_or_where_a_record_is():
    for name, _, action in WRITES:
        if isinstance(action, Edit):
            fields = set(action.body().fields)
            assert fields.isdisjoint({"author", "project", "proposer", "version", "state", "trashed", "person"}), name


# -- pages ------------------------------------------------------------------------------------------------------------

NAMES_ROWS = (
    "label", "revision", "annotation", "mentions", "parent", "content", "evidence", "speaker", "cue", "source",
    "origin",
    "attribution", "owner", "claim", "agent", "recipient", "from", "to", "other", "into",
    "part-1-mentions",
)  # fmt: skip
OF_A_CLAIM = ("chosen", "stance", "verdict", "spans", "others", "evidence")
POSTS = [name for name in WEB if "POST" in WEB[name] and BY_NAME[name].route not in ("login/", "password/reset/")]


@pytest.mark.parametrize("name", POSTS)
def test_no_form_takes_a_foreign_record(world, browsers, name):
    desk, made, browser = world.desk, world.desk.by["ana"], browsers["max"]
    record = record_of(name, BY_NAME[name].route, desk, made)
    valid = {
        "version": getattr(record, "version", 1),
        **WEB_BODIES.get((name, "POST"), lambda desk, made: {})(desk, made),
    }
    for foreign in far_ids(world):
        named = dict.fromkeys(NAMES_ROWS, foreign) | {f"{made.statement.pk}-{part}": foreign for part in OF_A_CLAIM[3:]}
        forms = [{**valid, field: foreign} for field in valid if field in NAMES_ROWS]
        forms += [{**named, **valid}, {**valid, **{f"{foreign}-{part}": "yes" for part in OF_A_CLAIM}}]
        for form in forms:
            cookies = browser.cookies.copy()
            with undone():
                got = browser.post(where(name, record), {"idempotency_key": str(uuid4()), **form})
                assert got.status_code < 500
                assert crossing_rows_of_events() == []
            browser.cookies = cookies


def crossing_rows_of_events():
    """As `crossing_rows`, where anything was written at all."""
    return crossing_rows() if written() != crossing_rows_of_events.before else []


@pytest.fixture(autouse=True)
def before(world):
    crossing_rows_of_events.before = written()


@pytest.mark.parametrize("name", POSTS)
def test_no_form_sets_what_nobody_may_set(world, browsers, name):
    desk, made, browser = world.desk, world.desk.by["ana"], browsers["max"]
    record = record_of(name, BY_NAME[name].route, desk, made)
    valid = {
        "version": getattr(record, "version", 1),
        **WEB_BODIES.get((name, "POST"), lambda desk, made: {})(desk, made),
    }
    smuggled = {"author": world.people.ben.pk, "project": world.far.project.pk, "proposer": world.people.jo.pk,
                "state": "closed", "trashed": "on", "by": world.people.ben.pk, "is_superuser": "on"}  # fmt: skip
    cookies = browser.cookies.copy()
    with undone():
        known = {model: set(model._default_manager.values_list("pk", flat=True)) for model in MODELS}
        browser.post(where(name, record), {"idempotency_key": str(uuid4()), **smuggled, **valid})
        for model in MODELS:
            for row in model._default_manager.exclude(pk__in=known[model]):
                assert row.project_id != world.far.project.pk
                author = getattr(row, "author_id", getattr(row, "proposer_id", None))
                # Half of a span that somebody cut is still the work of whoever marked the whole.
                whole = record.author_id if name == "web:split_annotation" else None
                assert author in (None, world.people.max.pk, whole), (model, row)
        assert not Person.objects.filter(username="max", is_superuser=True).exists()
    browser.cookies = cookies
