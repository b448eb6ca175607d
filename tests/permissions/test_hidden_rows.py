"""In a blind project no field takes what somebody else made there, whose sight it is kept from.

The project is the sender's own, so that neither a comparison of projects nor a role stands in between: the lookup that
asks for what the person may see is the only line. A lookup that forgets `visible_to` fails here.
"""

import pytest

from annotations.services.projects import edit_project
from tests.permissions.conftest import undone
from tests.permissions.probing import looked_for, watched
from tests.permissions.test_foreign_rows import NAMES_ROWS, POSTS, WRITES, asked, bodies_with, digits_in, filled
from tests.permissions.test_leaks import HIDDEN, kind_of
from tests.permissions.test_truth_table import written

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("bare", "blind"),
    pytest.mark.one_engine("what is hidden is hidden by the conditions that test_leaks puts to both engines"),
]


@pytest.fixture(scope="module")
def blind(world):
    desk = world.desk
    edit_project(by=world.people.max, project=desk.project, version=desk.project.version, blind=True)
    desk.refresh()


@pytest.fixture(scope="module")
def hidden(world):
    """By table: the id of a record of ben's of every kind that ana may not see."""
    made = [row for row in vars(world.desk.by["ben"]).values() if hasattr(row, "pk") and kind_of(row) in HIDDEN]
    return {type(row)._meta.db_table: str(row.pk) for row in made if not getattr(row, "trashed", False)}


def test_there_is_much_to_hide(hidden):
    assert {"annotations_annotation", "annotations_claim", "annotations_evidence", "annotations_attribution"} <= set(
        hidden
    )


@pytest.mark.parametrize(("name", "method", "action"), WRITES, ids=[f"{name}-{method}" for name, method, _ in WRITES])
def test_no_field_of_the_api_takes_a_hidden_record(world, browsers, hidden, name, method, action):
    def send(body):
        with undone():
            before = written()
            got = asked(browsers["ana"], world, name, method, body)
            assert got.status_code < 400 or written() == before, body
        return got

    def bodies(pk):
        return list(bodies_with(name, method, action, world, pk))

    for number, (field, _) in enumerate(bodies("")):
        for pk in looked_for(send, lambda pk, number=number: bodies(pk)[number][1], hidden, ())[0]:
            got = send(bodies(pk)[number][1])
            assert got.status_code in (403, 404, 422), (field, got.content)
            assert pk not in got.content.decode()


@pytest.mark.parametrize("name", POSTS)
def test_no_form_takes_a_hidden_record(world, browsers, hidden, name):
    """Whatever is looked for by a field that names a row: what is not seen is answered like what is not there."""
    path, valid = filled(world, name)
    others = {
        row.pk.hex for row in vars(world.desk.by["ben"]).values() if hasattr(row, "pk") and kind_of(row) in HIDDEN
    }

    def send(form):
        cookies = browsers["ana"].cookies.copy()
        with undone():
            before = written()
            got = browsers["ana"].post(path, {"idempotency_key": "k", **form}, headers={"HX-Request": "true"})
            got.has_written = written() != before
        browsers["ana"].cookies = cookies
        assert others & digits_in(got.content.decode()) <= digits_in(f"{path} {form}"), form
        return got

    with watched() as seen:
        send(valid)
    for field in sorted(set(NAMES_ROWS) & (seen.fields | set(valid))):
        unknown = []

        def form(pk, field=field, valid=valid):
            return {**valid, field: pk}

        def send_noting(form, unknown=unknown):
            unknown.append(send(form))
            return unknown[0]

        for pk in looked_for(send_noting, form, hidden, ())[0]:
            got = send(form(pk))
            assert (got.status_code, got.has_written) == (unknown[0].status_code, unknown[0].has_written), (field, pk)
