"""What a token takes away: every verb of the API with each scope, and with a token for one project alone. A scope that
lowers nothing fails here, and a token for one project that reaches another."""

import pytest

from tests.permissions.conftest import browser_of, undone
from tests.permissions.table import API
from tests.permissions.test_truth_table import BY_NAME, ROLES, difference, is_about_a_project, sent, where

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("bare"),
    pytest.mark.one_engine("a scope is decided before the database is asked"),
]

REACH = {"read": "viewer", "annotate": "adjudicator", "manage": "manager"}
HIDDEN = ("note", "desk")  # what is confidential is not there for whom it is not meant
CELLS = [(name, method) for name in API for method in API[name]]


@pytest.fixture(scope="module")
def scoped(world):
    """Tokens of max, who manages the project, by scope."""
    return {scope: browser_of(world.people, "max", scope=scope) for scope in REACH}


@pytest.mark.parametrize(("name", "method"), CELLS)
def test_scope_lowers_a_manager_to_what_it_reaches(world, scoped, name, method):
    who, _, answer = API[name][method].partition(" -> ")
    for scope, browser in scoped.items():
        got, has_written = sent(browser, name, method, world.desk, world.desk.by["ana"])
        refused = "404" if who in HIDDEN else "403"
        expected = answer if reaches(scope, who, method) else refused
        assert not difference(expected, got, has_written, method, name), (scope, got.content)


def reaches(scope, who, method):
    if who == "asker":  # max did not ask, but sees all work of the project; to stop it takes a manager
        return method == "GET" or scope == "manage"
    if who in ("anyone", "signed in"):
        return True
    if who == "maker":
        return scope == "manage"
    if who == "author":
        return False  # her own words and votes, which no role changes
    needed = "adjudicator" if who in ("own", "another adjudicator", *HIDDEN) else who  # the record is ana's
    return ROLES[REACH[scope]] >= ROLES[needed]


def test_annotators_own_records_are_theirs_with_the_scope_annotate_and_not_with_read(world):
    for scope, expected in (("annotate", "200"), ("read", "403")):
        browser = browser_of(world.people, "ana", scope=scope)
        for name in ("api:annotation", "api:claim", "api:source", "api:position"):
            got, has_written = sent(browser, name, "PATCH", world.desk, world.desk.by["ana"])
            assert not difference(expected, got, has_written, "PATCH", name), (scope, name)


@pytest.mark.parametrize(("name", "method"), [cell for cell in CELLS if is_about_a_project(BY_NAME[cell[0]].route)])
def test_token_for_another_project_finds_nothing_in_this_one(world, second, name, method):
    got, has_written = sent(second, name, method, world.desk, world.desk.by["ana"])
    assert not difference("404", got, has_written, method, name), got.content


@pytest.fixture(scope="module")
def second(world):
    """A token of max that is for another project of his."""
    from annotations.services.projects import make_project

    project = make_project(by=world.people.max, slug="second")
    return browser_of(world.people, "max", project=project)


def test_token_for_one_project_makes_no_project_and_lists_no_other(world, second):
    with undone():
        assert (
            second.post("/api/v1/projects/", {"slug": "x"}, "application/json", headers=second.token).status_code == 403
        )
    assert [row["slug"] for row in second.get("/api/v1/projects/", headers=second.token).json()["results"]] == [
        "second"
    ]
    assert [row["slug"] for row in second.get("/api/v1/me/", headers=second.token).json()["memberships"]] == ["second"]


def test_web_takes_no_token(world, browsers):
    """A token is for programs: with it alone every page is the sign-in page."""
    anonymous = browsers["nobody"]
    for name in ("web:queue", "web:make_project"):
        got = anonymous.get(where(name, None), headers=browsers["max"].token)
        assert (got.status_code, got["Location"].partition("?")[0]) == (302, "/login/")
