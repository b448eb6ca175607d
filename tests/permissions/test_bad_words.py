"""Whatever is left out of a form or an address, and whatever is put in its place: refused in words, never broken by it.

The null character is among it because one of the two databases cannot even compare it.
"""

import pytest
from django.db import connection

from tests.permissions.asking import WEB as BODIES
from tests.permissions.asking import record_of, version_of
from tests.permissions.conftest import undone
from tests.permissions.probing import watched
from tests.permissions.table import API, WEB
from tests.permissions.test_foreign_rows import NAMES_ROWS
from tests.permissions.test_truth_table import BY_NAME, where, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]

POSTS = [name for name in WEB if "POST" in WEB[name]]
GETS = [name for name in (*WEB, *API) if "GET" in {**WEB, **API}[name]]
ODD = ("\x00", "[[", "٣")
ODD_IN_ADDRESS = ("\x00", "9" * 30, "<odd>")
PARAMETERS = (
    "q", "before", "start", "tab", "owner", "state", "outcome", "kind", "layer", "claims", "annotation", "trashed",
    "next", "format", "report", "username", "label", "author", "article", "limit", "cursor", "order",
    "external_id", "after",
)  # fmt: skip
OF_EVERY_FORM = ("idempotency_key", "version")  # read by one function for all: here the one word, there another
NOWHERE = "nowhere"  # a parameter that no address knows


@pytest.mark.parametrize("name", POSTS)
def test_form_with_a_field_left_out_or_odd_is_answered_in_words(world, browsers, name):
    record, body = asked(world, name)
    path = where(name, record)
    with watched() as seen:
        sent(browsers["max"], path, body)
    for number, form in enumerate(odd_forms(name, body, sorted(seen.fields - set(body)))):
        # A whole page costs more than a region, and what was sent stands in both: every third is asked for as a page.
        status, has_written = sent(browsers["max"], path, form, **({"HX-Request": "true"} if number % 3 else {}))
        assert status < 500, form
        assert not (has_written and status >= 400), form


def odd_forms(name, body, read_besides):
    """Nothing at all, each field left out, each word in each field that was sent; the null character in those that are
    read. It is the one thing among these that the databases take differently, so PostgreSQL is asked nothing else, and
    SQLite nothing of it by itself."""
    yield {}
    for left_out in body if connection.vendor == "sqlite" else ():
        yield {key: value for key, value in body.items() if key != left_out}
    words = ODD[1:] if connection.vendor == "sqlite" else ODD[:1]
    for number, field in enumerate(body):
        some = words[(POSTS.index(name) + number) % len(words)]
        yield from ({**body, field: odd} for odd in ((some,) if field in OF_EVERY_FORM else words))
    yield from ({**body, field: ODD[0]} for field in read_besides if field in NAMES_ROWS)
    yield {**body, **dict.fromkeys(read_besides, ODD[0])}


def asked(world, name):
    desk, made = world.desk, world.desk.by["ana"]
    record = record_of(name, BY_NAME[name].route, desk, made)
    body = dict(BODIES.get((name, "POST"), lambda desk, made: {})(desk, made))
    return record, {"idempotency_key": "k", "version": version_of(name, record, desk) or 1, **body}


def sent(browser, path, form, **headers):
    cookies = browser.cookies.copy()
    with undone():
        before = written()
        status = browser.post(path, form, headers=headers).status_code
        has_written = written() != before
    browser.cookies = cookies
    return status, has_written


@pytest.mark.parametrize("name", GETS)
def test_address_with_an_odd_parameter_is_answered_in_words(world, browsers, name):
    desk, browser = world.desk, browsers["max"]
    path = where(name, record_of(name, BY_NAME[name].route, desk, desk.by["ana"]))
    before = written()
    for query in [] if name.startswith("api:") else [dict.fromkeys(PARAMETERS, odd) for odd in ODD_IN_ADDRESS]:
        answer(browser, path, query)
    if name.startswith("api:"):
        unknown = answer(browser, path, {NOWHERE: ODD_IN_ADDRESS[0]}, **browser.token)
        for parameter in PARAMETERS:
            for odd in ODD_IN_ADDRESS:
                words = answer(browser, path, {parameter: odd}, **browser.token)
                if words.replace(parameter, NOWHERE) == unknown:
                    break  # refused by its name alone
    assert written() == before


def answer(browser, path, query, **headers):
    got = browser.get(path, query, headers=headers)
    assert got.status_code < 500, query
    words = b"".join(got.streaming_content) if got.streaming else got.content
    assert "html" not in got.get("Content-Type", "") or b"<odd>" not in words
    return words.decode()
