"""No field of any body or form takes a record of another project, and none sets what is not the sender's to set.

The fields are read from the serializers and from the forms that the pages offer, so that a new one is tried too.
Whoever sends manages both projects: nothing is refused for want of a role, but by one of two lines. The lookup asks for
rows of this project, and the service compares; a stranger comes as far as that at most. So this fails where both lines
are gone. The lookups of the API are put out of the way once more, and then it fails where the service forgets its own.
What a lookup hides from whoever may not see it, in one project, is asked in `test_hidden_rows`.
"""

import sys
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from annotations.api.actions import Edit, Write
from annotations.api.fields import ById, Id, Ids
from annotations.core.errors import Invalid
from annotations.models import Article, Label, Person
from annotations.queries import lookups
from annotations.services.projects import add_member
from tests.permissions.addresses import addresses
from tests.permissions.asking import API as API_BODIES
from tests.permissions.asking import WEB as WEB_BODIES
from tests.permissions.asking import record_of
from tests.permissions.conftest import undone
from tests.permissions.probing import AN_ID, looked_for, watched
from tests.permissions.table import WEB
from tests.permissions.test_truth_table import BY_NAME, where, written

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("bare", "in_both"),
    pytest.mark.one_engine("an id is looked for by conditions that the truth table puts to both engines"),
]

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


@pytest.fixture(scope="module")
def in_both(world):
    """Max manages the other project too."""
    add_member(by=world.people.stranger, project=world.far.project, person=world.people.max, role="manager")


def far_ids(world):
    """By table: the id of a record of every kind in the other project, and of somebody who is only there."""
    far = world.far
    return {
        **{type(row)._meta.db_table: str(row.pk) for row in far.every_row()},
        Person._meta.db_table: str(world.people.stranger.pk),
    }


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
    before, ids = written(), far_ids(world)

    def send(body):
        with undone():
            return asked(browsers["max"], world, name, method, body)

    def bodies(pk):
        return list(bodies_with(name, method, action, world, pk))

    for number, (field, _) in enumerate(bodies("")):
        for foreign in looked_for(send, lambda pk, number=number: bodies(pk)[number][1], ids)[0]:
            got = send(bodies(foreign)[number][1])
            assert got.status_code == 422, (field, got.content)
            assert foreign not in got.content.decode()
            with lookups_of_any_project():
                got = send(bodies(foreign)[number][1])
            assert 400 <= got.status_code < 500, (field, "taken by the service", got.content)
    assert written() == before


@contextmanager
def lookups_of_any_project():
    """Whatever a body names is found wherever it stands, so that the service alone can refuse it."""

    def related(model, pk, *, field, **_):
        row = model._default_manager.filter(pk=lookups.as_uuid(pk)).first()
        if row is None:
            raise Invalid.field(field, "There is no such record anywhere.")
        return row

    def related_many(model, pks, **asked):
        return [related(model, pk, **asked) for pk in pks]

    stand_ins = {"related": related, "related_many": related_many, "label_named": find_label}
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            for word in stand_ins if name.startswith(("annotations.api", "annotations.web")) else ():
                if getattr(vars(module).get(word), "__module__", "") in (lookups.__name__, "annotations.api.named"):
                    patch.setattr(module, word, stand_ins[word])
        yield


def find_label(said, project, field="label"):
    """By its id where that is one; the valid body names it by its key."""
    pk = lookups.as_uuid(said)
    label = Label.objects.filter(pk=pk).first() if pk else Label.objects.filter(project=project, key=said).first()
    if label is None:
        raise Invalid.field(field, "There is no such label anywhere.")
    return label


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
    nobodys = set(NOBODYS_TO_SET) - set(known)
    got = asked(browsers["max"], world, name, method, {**valid, **dict.fromkeys(nobodys, "x")})
    assert got.status_code == 422
    assert nobodys <= set(got.json()["errors"])
    assert written() == before


def test_no_edit_says_whose_or_where_a_record_is():
    for name, _, action in WRITES:
        if isinstance(action, Edit):
            fields = set(action.body().fields)
            assert fields.isdisjoint({"author", "project", "proposer", "version", "state", "trashed", "person"}), name


# -- pages ------------------------------------------------------------------------------------------------------------

# Fields that name rows, and of which kinds: for those that are compared with a list, and so looked for in no table.
NAMES_ROWS = {
    "label": ["label"], "revision": ["revision"], "annotation": ["annotation"], "mentions": ["annotation"],
    "part-1-mentions": ["annotation"], "content": ["annotation"], "speaker": ["annotation"], "cue": ["annotation"],
    "evidence": ["evidence"], "source": ["source"], "origin": ["origin"], "attribution": ["attribution"],
    "parent": ["attribution", "label", "origin"], "owner": ["person"], "claim": ["claim"], "into": ["claim"],
    "agent": ["agent"], "recipient": ["agent"], "other": ["agent"], "from": ["annotation", "claim"],
    "to": ["annotation", "claim"],
}  # fmt: skip
OF_EVERY_FORM = ("csrfmiddlewaretoken", "idempotency_key", "version")
OF_A_CLAIM = ("chosen", "stance", "verdict", "spans", "others", "evidence")
POSTS = [name for name in WEB if "POST" in WEB[name] and BY_NAME[name].route not in ("login/", "password/reset/")]


@pytest.mark.parametrize("name", POSTS)
def test_no_form_takes_a_foreign_record(world, browsers, name):
    """In every field that is read: a foreign id in the place of its value, and of the id within its value."""
    ids = far_ids(world)
    path, valid = filled(world, name)
    fields, tried = set(valid), set(OF_EVERY_FORM)
    send = sender(world, browsers["max"], path)
    with watched() as seen:
        send(valid)
    fields |= seen.fields
    while waiting := sorted(fields - tried):
        for field in waiting:
            fields |= try_field(send, valid, field, ids)
        tried |= set(waiting)
    for more in at_once(world, ids):
        send({**more, **valid})


def filled(world, name):
    """Where the form is sent, and one that is valid."""
    desk, made = world.desk, world.desk.by["ana"]
    record = record_of(name, BY_NAME[name].route, desk, made)
    body = WEB_BODIES.get((name, "POST"), lambda desk, made: {})(desk, made)
    return where(name, record), {"version": getattr(record, "version", 1), **body}


def sender(world, browser, path):
    """Sends a form and takes back what it did, after a look at what it did and what it showed."""
    before, far = written(), {row.pk.hex for row in world.far.every_row()}

    def send(form):
        cookies = browser.cookies.copy()
        with undone():
            got = browser.post(path, {"idempotency_key": str(uuid4()), **form})
            assert got.status_code < 500, form
            assert written() == before or crossing_rows() == [], form
        browser.cookies = cookies
        shown, sent = digits_in(got.content.decode()), digits_in(f"{path} {form}")
        assert far & shown <= sent, form
        return got

    return send


def digits_in(words):
    return {found.replace("-", "") for found in AN_ID.findall(words)}


def try_field(send, valid, field, ids):
    """Whatever could arrive by this field; gives the fields that were read on the way."""
    read = set()
    for value_with in values_like(valid.get(field)):

        def form(pk, value_with=value_with):
            return {**valid, field: value_with(pk)}

        foreign, fields = looked_for(send, form, ids, NAMES_ROWS.get(field, ()))
        read |= fields
        for pk in foreign:
            send(form(pk))
    return read


def values_like(value):
    """Ways to say an id where this value stood."""
    yield lambda pk: pk
    if isinstance(value, str) and AN_ID.search(value) and not AN_ID.fullmatch(value):
        yield lambda pk: AN_ID.sub(pk, value)


def at_once(world, ids):
    """Fields that forms may read only beside others: of the parts of a statement, and all that name rows."""
    own, claim = world.desk.by["ana"].statement.pk, ids["annotations_claim"]
    yield dict.fromkeys(NAMES_ROWS, claim)
    yield {f"{claim}-{part}": "yes" for part in OF_A_CLAIM}
    yield {f"{own}-spans": ids["annotations_annotation"], f"{own}-evidence": ids["annotations_evidence"]}
    yield {f"{own}-others": claim}


@pytest.mark.parametrize("name", POSTS)
def test_no_form_sets_what_nobody_may_set(world, browsers, name):
    browser = browsers["max"]
    path, valid = filled(world, name)
    # Half of a span that somebody cut is still the work of whoever marked the whole.
    whole = world.people.ana.pk if name == "web:split_annotation" else None
    smuggled = {"author": world.people.ben.pk, "project": world.far.project.pk, "proposer": world.people.jo.pk,
                "state": "closed", "trashed": "on", "by": world.people.ben.pk, "is_superuser": "on"}  # fmt: skip
    cookies = browser.cookies.copy()
    with undone():
        known = {model: set(model._default_manager.values_list("pk", flat=True)) for model in MODELS}
        browser.post(path, {"idempotency_key": str(uuid4()), **smuggled, **valid})
        for model in MODELS:
            for row in model._default_manager.exclude(pk__in=known[model]):
                assert row.project_id != world.far.project.pk
                author = getattr(row, "author_id", getattr(row, "proposer_id", None))
                assert author in (None, world.people.max.pk, whole), (model, row)
        assert not Person.objects.filter(username="max", is_superuser=True).exists()
    browser.cookies = cookies
