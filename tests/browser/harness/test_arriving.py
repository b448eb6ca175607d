"""A hand is quicker than a server: what is pressed before an answer is here means what one went to, and no answer that
comes late takes away where one is or what one writes."""

import json
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.harness.reading import press
from tests.browser.harness.samples import NEWS
from tests.browser.harness.server import Reply

OPEN = """<h2 id="inspector-title">{id}</h2>
<form action="/annotations/{id}/" hx-post="/annotations/{id}/" hx-target="#inspector" hx-trigger="change, submit">
  <input type="hidden" name="version" value="{version}">
  <input type="hidden" name="idempotency_key" value="k-{id}-{version}">
  <label><input type="radio" name="label" value="denial" data-label-key="denial" data-key="4">Denial</label></form>
<details class="fold"><summary data-key="c">Write the claim</summary>
  <textarea aria-label="The claim"></textarea></details>"""


class Desk:
    """The server's answers, which come when they may."""

    def __init__(self, harness):
        self.harness = harness
        self.reads, self.writes = threading.Event(), threading.Event()
        self.reads.set()
        self.writes.set()
        harness.answer_get = self.read
        harness.answer = self.write

    def read(self, path):
        self.reads.wait(20)
        return Reply(OPEN.format(id=path.partition("annotation=")[2], version=1))

    def write(self, post):
        """A mark becomes `new`; an annotation that is changed has its next version."""
        self.writes.wait(20)
        made = post.path == "/mark/"
        name = "new" if made else post.path.split("/")[2]
        start = NEWS.index("Osama")
        span = {"id": name, "segments": [[start, start + 5]], "slot": 1, "number": 17, "flag": False}
        told = {"HX-Trigger-After-Settle": json.dumps({"span-changed": span}), "Workbench-Version": f"{name} 2"}
        return Reply(OPEN.format(id=name, version=1 if made else 2), headers=told)

    def changed(self):
        return [post.path for post in self.harness.posts if post.path.startswith("/annotations/")]


@pytest.fixture
def desk(harness):
    return Desk(harness)


def is_open(page, name):
    expect(page.locator("#inspector-title")).to_have_text(name)
    expect(page.locator("html[data-tools=ready]")).to_be_attached()  # which came at the first key


def is_saved(page):
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")


def current(page):
    return page.locator("[aria-current][data-annotation]")


def test_keys_mean_the_annotation_that_one_has_gone_to(annotate, desk):
    page = annotate()
    press(page, "n")
    is_open(page, "a1")
    desk.reads.clear()
    press(page, "n", "4", "n", "4")
    assert desk.changed() == [], "the first one is still shown, and is not what is meant"
    desk.reads.set()
    is_open(page, "a3")
    is_saved(page)
    assert desk.changed() == ["/annotations/a2/", "/annotations/a3/"]


def test_keys_mean_the_mark_that_was_just_made_and_what_they_open_stays(annotate, desk):
    page = annotate()
    press(page, "n")
    is_open(page, "a1")
    desk.writes.clear()
    press(page, "v", "o", "s", "1", "4", "c")
    page.keyboard.type("Hx vn")
    assert desk.changed() == []
    desk.writes.set()
    is_open(page, "new")
    expect(page.get_by_label("The claim")).to_have_value("Hx vn")
    is_saved(page)
    assert desk.changed() == ["/annotations/new/"]
    expect(page.locator("#marking")).to_be_hidden()


def test_answer_that_comes_late_takes_nobody_back(annotate, desk):
    page = annotate()
    press(page, "n")
    is_open(page, "a1")
    desk.writes.clear()
    press(page, "4", "n")
    is_open(page, "a2")
    desk.writes.set()
    is_saved(page)
    is_open(page, "a2")
    expect(current(page)).to_have_attribute("data-annotation", "a2")
    assert page.url.endswith("annotation=a2")


def test_what_is_written_while_a_change_is_answered_stays_and_builds_on_it(annotate, desk):
    page = annotate()
    press(page, "n")
    is_open(page, "a1")
    desk.writes.clear()
    press(page, "4")
    page.get_by_text("Write the claim").click()
    claim = page.get_by_label("The claim")
    expect(claim).to_be_focused()
    page.keyboard.type("So it ")
    desk.writes.set()
    is_saved(page)
    page.keyboard.type("was said.")
    expect(claim).to_have_value("So it was said.")
    expect(page.locator("#inspector [name=version]")).to_have_value("2")


def test_keys_wait_for_no_answer_that_does_not_come(annotate, desk, page):
    """Without a network one's work goes on with what is shown."""
    page.route("**/annotations/*/", lambda route: route.abort())
    annotate()
    press(page, "n")
    is_open(page, "a1")
    press(page, "4", "c")
    expect(page.get_by_label("The claim")).to_be_focused()
