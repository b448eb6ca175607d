"""The world of these tests: built once a process, and every request undone behind it."""

import logging
from contextlib import ExitStack
from copy import deepcopy

import pytest
from django.template import Template
from django.test import Client
from django.test.utils import _TestState

from annotations.services.people import create_token
from tests.conftest import undone
from tests.permissions.world import build

EVERYBODY = ("ana", "ben", "ida", "jo", "max", "vera", "olu", "sam")


class Kept:
    """The world as it was built. It stays in the database for as long as one test after the other asks for it."""

    def __init__(self):
        self.stack = ExitStack()
        self.world = None
        self.is_lent = False

    def get(self, blocker):
        if self.world is None:
            self.stack.enter_context(blocker.unblock())
            self.stack.enter_context(undone())
            try:
                self.world = build()
            except BaseException:
                self.leave()
                raise
        return self.world

    def leave(self):
        self.world = None
        self.stack.close()


KEPT = Kept()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Behind every fixture: the next test may be one that commits, and needs the database to itself."""
    try:
        return (yield)
    finally:
        if not KEPT.is_lent and "world" not in getattr(nextitem, "fixturenames", ()):
            KEPT.leave()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Every module has rows in memory of its own, and what it adds is gone when the next one begins."""
    built = KEPT.get(django_db_blocker)
    with django_db_blocker.unblock(), undone():
        KEPT.is_lent = True
        yield deepcopy(built)
    KEPT.is_lent = False


class Browser(Client):
    """A client with the token of its person, which requests to the API send along."""

    token: dict[str, str]


@pytest.fixture(scope="module")
def browsers(world):
    """By name: everybody signed in, with a token too (superusers have none); `nobody` is anonymous."""
    return {name: browser_of(world.people, name) for name in (*EVERYBODY, "stranger", "nobody")}


def browser_of(people, name, **limits):
    browser = Browser(raise_request_exception=False)
    browser.token = {}
    if name != "nobody":
        person = getattr(people, name)
        browser.force_login(person)
        if not person.is_superuser:
            browser.token = {"Authorization": f"Bearer {create_token(by=None, person=person, **limits)[1]}"}
    return browser


@pytest.fixture(scope="module", autouse=True)
def unlimited():
    """Everybody writes from one address here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotations.web.limits.WRITES_AN_HOUR", 1_000_000)
        yield


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Refusals are what is asked for here, by the thousand; each would be a line in the log."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(level)


@pytest.fixture(scope="module")
def bare():
    """Pages are rendered as people get them, without the copy of each template's context that a test client keeps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _TestState.saved_data.template_render)
        yield
