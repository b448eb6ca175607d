"""Browsers without a screen: a client signed in as a person, and forms sent the way a browser sends them."""

import pytest
from django.test import Client

from tests.web.forms import form_in


@pytest.fixture
def at():
    """at(person): a browser in which the person is signed in; at(None): a stranger's."""

    def browser(person=None, **headers):
        client = Client(headers=headers)
        if person is not None:
            client.force_login(person)
        return client

    return browser


@pytest.fixture
def send():
    """send(client, page, action, **typed): fill in the page's form with that action and send it, as htmx if asked."""

    def fill_in_and_send(client, page, action, *, htmx=False, number=0, **typed):
        fields = form_in(page, action, number) | typed
        headers = {"HX-Request": "true"} if htmx else {}
        address = action or page.request["PATH_INFO"]
        return client.post(
            address, {name: value for name, value in fields.items() if value is not None}, headers=headers
        )

    return fill_in_and_send
