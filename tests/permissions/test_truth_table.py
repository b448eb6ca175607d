"""The permission truth table: every address and method, by eight people and a stranger, in their own project and in
somebody else's. An address or a method without a row fails, and so does a row without an address; a policy that allows
what it should not fails in the rows of its verbs, and an address that forgets `visible_to` in its own.
"""

import pytest
from django.db import connection
from django.urls import reverse

from annotations.models import Event, KeptAnswer
from tests.permissions.addresses import METHODS, addresses, row_of
from tests.permissions.asking import (
    api_request,
    arguments_of,
    is_about_a_project,
    name_of,
    record_of,
    web_request,
)
from tests.permissions.conftest import EVERYBODY, undone
from tests.permissions.table import API, TABLE, WEB

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]

PEOPLE = (*EVERYBODY, "nobody")
RANKS = {"vera": 1, "ana": 2, "ben": 2, "ida": 3, "jo": 3, "max": 4}
ROLES = {"viewer": 1, "annotator": 2, "adjudicator": 3, "manager": 4}
PROPOSER, MAKER = "ida", "max"
REASONS = (
    "needs the role",
    "someone else decides",
    "to disagree with it",
    "can change its words",
    "one person's own vote",
    "one person&#x27;s own vote",
    "needs an account with that right",
    "needs a token with the scope",
)
ALIKE_ELSEWHERE = ("ben", "jo")  # in another project they are to ana and ida as one egg to the other
ADDRESSES = addresses()
BY_NAME = {name: address for address in ADDRESSES.values() for name in address.names}
NOT_ADMIN = [(name, method) for name in (*API, *WEB) for method in TABLE[name]]


# -- the table is whole -----------------------------------------------------------------------------------------------


def test_every_address_has_a_row_and_every_row_an_address():
    assert {row_of(name) for name in BY_NAME} == set(TABLE)


def test_every_name_is_that_of_one_address():
    """`reverse` takes the last of two, and so would this table: the first would be in no test."""
    names = [name for address in ADDRESSES.values() for name in address.names]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    "address", [a for a in ADDRESSES.values() if a.name in API or a.name in WEB], ids=lambda a: a.name
)
def test_every_method_that_is_answered_has_a_row(world, browsers, address):
    record = record_of(address.name, address.route, world.desk, world.desk.by["ana"])
    path = where(address.name, record)
    answered = {method for method in METHODS if tried(browsers["max"], method, path).status_code != 405}
    assert answered == {method for name in address.names for method in TABLE[name]}


def tried(browser, method, path):
    """An answer without a body; all is as before, the browser's cookies too."""
    cookies = browser.cookies.copy()
    with undone():
        got = browser.generic(method, path, headers=browser.token)
    browser.cookies = cookies
    return got


def where(name, record):
    route = BY_NAME[name].route
    if "uidb64" in route:
        return reverse(name, kwargs={"uidb64": "x", "token": "y"})
    if name.startswith("api:api/"):
        return "/api/v1/nothing/"
    return reverse(name, kwargs=arguments_of(name, route, record))


# -- every cell -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "method"), NOT_ADMIN)
def test_everybody_may_what_the_table_says_and_nothing_else(world, browsers, name, method):
    who, _, answer = TABLE[name][method].partition(" -> ")
    wrong = []
    for person, desk, author in cells(world, name, who):
        got, has_written = sent(browsers[person], name, method, desk, desk.by[author])
        expected = expectation(person, who, answer, name, is_far=desk is world.far, author=author)
        if sentence := difference(expected, got, has_written, method, name):
            wrong.append(f"{person}, {desk.project.slug}, made by {author}: {sentence}")
    assert not wrong, "\n".join(wrong)


def cells(world, name, who):
    """(person, project, author of the record). Ana made it, and is one annotator; ben did not, and is another. Where
    the row says whose, also what ben made, and what vera made before she was a viewer. Who may is decided in Python and
    by the same conditions on both engines; on the second, a few ask, so that every statement is made there too."""
    if connection.vendor != "sqlite":
        yield from ((person, world.desk, "ana") for person in ("ana", "ida", "jo", "max", "olu"))
        return
    for person in PEOPLE:
        yield person, world.desk, "ana"
    if who in ("own", "author", "asker", "desk", "note"):
        yield from ((person, world.desk, "ben") for person in ("ana", "ben"))
        yield from ((person, world.desk, "vera") for person in ("vera", "ana", "ida", "max"))
    if is_about_a_project(BY_NAME[name].route):
        yield from ((person, world.far, "far") for person in PEOPLE if person not in ALIKE_ELSEWHERE)


def sent(browser, name, method, desk, made):
    """The answer, and whether anything was written. Afterwards all is as before, the browser's cookies too."""
    record = record_of(name, BY_NAME[name].route, desk, made)
    asked = api_request if name.startswith("api:") else web_request
    cookies = browser.cookies.copy()
    with undone():
        before = written()
        got = asked(browser, name, method, where(name, record), record, desk, made)
        if got.streaming:
            b"".join(got.streaming_content)
        has_written = written() != before
    browser.cookies = cookies
    return got, has_written


def written():
    return Event.objects.count(), KeptAnswer.objects.count()


def may(person, who, author):
    rank = RANKS.get(person, 0)
    match who:
        case "anyone" | "public":
            return True
        case "signed in":
            return person != "nobody"
        case "maker":
            return person == MAKER
        case "own" | "desk":
            return rank >= ROLES["adjudicator"] or (rank == ROLES["annotator"] and person == author)
        case "note":
            return rank >= ROLES["adjudicator"] or (rank > 0 and person == author)
        case "author":
            return rank >= ROLES["annotator"] and person == author
        case "asker":
            return rank >= ROLES["manager"] or (rank >= ROLES["annotator"] and person == author)
        case "another adjudicator":
            return rank >= ROLES["adjudicator"] and person != PROPOSER
    return rank >= ROLES[who]


def expectation(person, who, answer, name, *, is_far, author):
    """What the person gets: the row's answer, or which refusal."""
    if answer == "sign in":
        return "200" if person == "nobody" else "303 web:queue"
    if may(person, who, author) and (not is_far or who in ("anyone", "public")):
        return answer
    if person == "nobody":
        return "401" if name.startswith("api:") else "302 web:sign_in"
    if who in ("desk", "note") and person != author:
        return "404"
    if who == "asker":
        return who_asked(person, answer, name, is_his=person == author and not is_far)
    is_outside = is_far or (person in ("olu", "sam") and is_about_a_project(BY_NAME[name].route))
    return "404" if is_outside else "403"


def who_asked(person, answer, name, *, is_his):
    """Only a viewer gets here with a job of their own, from better days: they read it and cannot stop it."""
    if not is_his:
        return "404"
    return "403" if "cancel" in name else answer


def difference(expected, got, has_written, method, name):
    """What is wrong with an answer, in words; empty where nothing is."""
    status, _, leads_to = expected.partition(" ")
    if got.status_code != int(status):
        return f"{got.status_code} instead of {expected}: {got.content[:300] if not got.streaming else ''}"
    if leads_to and name_of(got["Location"]) != leads_to:
        return f"leads to {got['Location']} instead of {leads_to}"
    if status == "403" and not any(reason in got.content.decode() for reason in REASONS):
        return f"refused without a reason: {got.content[:300]}"
    if has_written and (method == "GET" or int(status) >= 400 or leads_to == "web:sign_in"):
        return "wrote something"
    is_write = method != "GET" and int(status) < 400 and leads_to != "web:sign_in"
    if is_write and not has_written and name not in WITHOUT_EVENTS:
        return "wrote nothing"
    return ""


WITHOUT_EVENTS = {"web:sign_in", "web:sign_out", "web:reset", "web:reset_confirm", "web:presence", "web:see_mentions"}
