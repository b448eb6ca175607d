"""The world of these tests: built once a module, and every request undone behind it."""

import logging
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client

from annotations.services.people import create_token
from tests.permissions.world import build

EVERYBODY = ("ana", "ben", "ida", "jo", "max", "vera", "olu", "sam")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@contextmanager
def undone():
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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
