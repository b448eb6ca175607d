"""Whatever is left out of a form or an address, and whatever is put in its place: refused in words, never broken by it.

The null character is among it because one of the two databases cannot even compare it.
"""

import pytest

from annotations.queries.history import verify
from tests.permissions.asking import WEB as BODIES
from tests.permissions.asking import record_of
from tests.permissions.conftest import undone
from tests.permissions.table import API, WEB
from tests.permissions.test_truth_table import BY_NAME, where, written

pytestmark = pytest.mark.django_db

POSTS = [name for name in WEB if "POST" in WEB[name]]
GETS = [name for name in (*WEB, *API) if "GET" in {**WEB, **API}[name]]
ODD = ("\x00", "[[", "٣")
ODD_IN_ADDRESS = ("\x00", "9" * 30, "<odd>")
PARAMETERS = (
    "q", "before", "start", "tab", "owner", "state", "outcome", "kind", "layer", "claims", "annotation", "trashed",
    "next", "format", "report", "username", "label", "author", "article", "limit", "cursor", "order",
    "external_id", "after",
)  # fmt: skip
ALWAYS_READ = ("idempotency_key", "version", "label", "annotation", "next", "segments", "quote")


@pytest.mark.parametrize("name", POSTS)
def test_form_with_a_field_left_out_or_odd_is_answered_in_words(world, browsers, name):
    record, body = asked(world, name)
    changed = [{key: value for key, value in body.items() if key != left_out} for left_out in body]
    fields = dict.fromkeys([*body, *ALWAYS_READ])
    changed += [{**body, field: odd} for field in fields for odd in (ODD if field in body else ODD[:1])]
    for form in changed:
        status, has_written = sent(browsers["max"], where(name, record), form)
        assert status < 500, form
        assert not (has_written and status >= 400), form


def asked(world, name):
    desk, made = world.desk, world.desk.by["ana"]
    record = record_of(name, BY_NAME[name].route, desk, made)
    body = dict(BODIES.get((name, "POST"), lambda desk, made: {})(desk, made))
    return record, {"idempotency_key": "k", "version": getattr(record, "version", 1), **body}


def sent(browser, path, form):
    cookies = browser.cookies.copy()
    with undone():
        before = written()
        status = browser.post(path, form).status_code
        has_written = written() != before
    browser.cookies = cookies
    return status, has_written


@pytest.mark.parametrize("name", GETS)
def test_address_with_an_odd_parameter_is_answered_in_words(world, browsers, name):
    desk, browser = world.desk, browsers["max"]
    path = where(name, record_of(name, BY_NAME[name].route, desk, desk.by["ana"]))
    token = browser.token if name.startswith("api:") else {}
    asked_for = [{parameter: odd} for parameter in PARAMETERS for odd in ODD_IN_ADDRESS] if token else []
    for query in asked_for or [dict.fromkeys(PARAMETERS, odd) for odd in ODD_IN_ADDRESS]:
        got = browser.get(path, query, headers=token)
        assert got.status_code < 500, query
        assert got.streaming or "html" not in got["Content-Type"] or b"<odd>" not in got.content
    assert verify() is None
