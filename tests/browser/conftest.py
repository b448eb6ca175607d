"""Chromium for the tests in this folder, and what must hold on every page they open.

Whatever a test does, it fails if a page broke the content policy, threw an error, or asked another host for anything.
SLOW_BROWSER and SLOW_SERVER (slowness.py) ask whether a test, and the page, hold on a slow machine.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.slowness import ANSWER_SECONDS, LateHandler, slow_down
from tests.provide import WINDOW_NAMES, find_chromium

HERE = Path(__file__).parent
TIMEOUT_MS = 10_000
FIRST_PAGE_MS = 40_000  # of a server that has only just begun, on a machine with much to do
OWN_HOSTS = {"127.0.0.1", "localhost"}
LAUNCH_ARGS = [
    "--no-sandbox",  # root in a container has no user namespaces
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

# Playwright keeps an event loop on the test's thread, which the ORM would refuse to share.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
expect.set_options(timeout=TIMEOUT_MS)  # as long as an action may take: what one waits for is an action's doing


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    is_watched = browser_type_launch_args.get("headless") is False  # --headed
    chromium = find_chromium(WINDOW_NAMES) if is_watched else find_chromium()
    own_path = {"executable_path": chromium} if chromium else {}  # else the one Playwright installed
    return {**browser_type_launch_args, **own_path, "args": LAUNCH_ARGS}


@pytest.fixture(scope="session", autouse=True)
def slow_server():
    """Before the live server begins."""
    with pytest.MonkeyPatch.context() as patch:
        if ANSWER_SECONDS:
            patch.setattr("django.test.testcases.WSGIHandler", LateHandler)
        yield


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, live_server):
    return {**browser_context_args, "base_url": live_server.url}


@pytest.fixture
def complaints():
    """What the browser complained about; the test fails at its end if there is anything. A test may empty it."""
    heard = []
    yield heard
    assert heard == []


@pytest.fixture
def new_context(new_context, complaints):
    """Opens a browser context: one for each person in a story. `page` and `context` come from here too."""

    def open_context(**options):
        context = new_context(**options)
        context.set_default_timeout(TIMEOUT_MS)
        context.set_default_navigation_timeout(FIRST_PAGE_MS)
        context.on("page", slow_down)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda message: note_policy(message.text, complaints))
        context.on("request", lambda request: note_stranger(request.url, complaints))
        return context

    return open_context


def note_policy(text, complaints):
    if "Content Security Policy" in text or "Content-Security-Policy" in text:
        complaints.append(text)


def note_stranger(url, complaints):
    address = urlsplit(url)
    if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in OWN_HOSTS:
        complaints.append(f"asked another host: {url}")
