"""Parts of the screen that come at their first use: no key is lost on the way, and a dead network is said in words."""

from playwright.sync_api import expect

from tests.browser.harness.reading import press
from tests.browser.waiting import until


def asked_for(page):
    """The scripts that the page fetched so far."""
    return page.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name.split('/').at(-1))")


def test_nothing_more_is_fetched_before_the_first_use(annotate):
    page = annotate(spans=[])
    assert "tools.bundle.js" not in asked_for(page)
    page.keyboard.type("/spider")
    expect(page.locator("#find-words")).to_have_value("spider")
    expect(page.locator("#find output")).to_contain_text("1")
    assert "tools.bundle.js" in asked_for(page)


def test_part_that_does_not_come_says_so_and_comes_when_it_can(annotate):
    page = annotate(spans=[])
    page.context.set_offline(True)
    press(page, "/")
    expect(page.locator("[data-toast=toast-not-read]")).to_be_visible()
    expect(page.locator("#find")).to_be_hidden()
    page.context.set_offline(False)
    press(page, "/")
    expect(page.locator("#find")).to_be_visible()


def test_parts_wait_for_their_style_sheet(annotate, page):
    """Without it the minimap would lie over the text, and take the selection from under the mouse."""
    asked = []
    page.route("**/tools.bundle*.css", lambda route: asked.append(route))
    annotate()
    page.locator("#text").click()
    until(page, "() => performance.getEntriesByType('resource').some(({ name }) => name.includes('tools.bundle.js'))")
    assert page.locator(".minimap").is_hidden()
    asked.pop().continue_()
    expect(page.locator("html[data-tools=ready]")).to_be_attached()
