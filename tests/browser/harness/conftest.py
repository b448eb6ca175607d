"""The harness as fixtures: a server of its own in place of the live one, and the annotate screen opened in it."""

import pytest

from tests.browser.harness.pages import annotate_page
from tests.browser.harness.server import Harness


@pytest.fixture(scope="session")
def served():
    harness = Harness()
    yield harness
    harness.shutdown()


@pytest.fixture
def harness(served):
    served.forget()
    return served


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args_without_server, served):
    return {**browser_context_args_without_server, "base_url": served.url}


@pytest.fixture(scope="session")
def browser_context_args_without_server(pytestconfig):
    """The folder above takes the address from Django's live server, which these tests do without."""
    return {"viewport": {"width": 1440, "height": 960}}


@pytest.fixture
def annotate(harness, page):
    """Opens the annotate screen on a text; its modules are ready when this returns."""

    def open_on(path="/annotate/", **context):
        harness.pages["/annotate/"] = annotate_page(**context)
        page.goto(path)
        page.wait_for_selector("html[data-annotate=ready]")
        return page

    return open_on
