"""At every moment the page says whether the work is stored, and nothing that was marked is lost without a word."""

import json
import re
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect

from tests.browser.harness.reading import draft, posted, press
from tests.browser.harness.server import Reply

STATE = "[data-save-state]"
STORED = Reply("<p>Stored.</p>")


def cut_off(page):
    """The network is away; returns what was sent into the void."""
    sent = []
    page.route("**/mark/", lambda route, request: (sent.append(request.post_data), route.abort()))
    return sent


def mark_osama(page):
    press(page, "v", "o", "s", "1")


def test_stored_mark_says_saved_and_when(annotate):
    page = annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    expect(page.locator(STATE)).to_have_text(re.compile(r"Saved \d\d:\d\d"))


def test_write_without_a_network_is_kept_and_sent_again_as_it_was(annotate, harness):
    page = annotate()
    sent = cut_off(page)
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    expect(page.locator(STATE)).to_have_text("Not saved yet")
    expect(page.locator("#toasts")).to_contain_text("Not saved yet.")
    assert draft(page) == "Osama"
    page.unroute("**/mark/")
    page.locator("#toasts").get_by_role("button", name="Try now").click()
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    assert [dict(parse_qsl(body)) for body in sent] == [post.fields for post in harness.posts]
    assert draft(page) == ""
    expect(page.locator("#toasts .toast")).to_have_count(0)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_write_that_nobody_decided_on_is_kept(annotate, harness, status):
    page = annotate()
    harness.answer = lambda post: Reply("<p>Traceback</p>", status)
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    expect(page.get_by_text("Traceback")).to_have_count(0)
    harness.answer = lambda post: STORED
    button = page.locator(".bar").get_by_role("button", name="Try now")
    button.click()
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    expect(button).to_be_hidden()
    first, second = harness.posts
    assert first.fields == second.fields


def test_marks_made_while_the_server_is_away_wait_in_their_order(annotate, harness):
    page = annotate()
    cut_off(page)
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    press(page, "v", "q", "u", "2")
    assert draft(page) == "Osama|quieten"
    page.unroute("**/mark/")
    page.locator(".bar").get_by_role("button", name="Try now").click()
    assert [quote for _, quote, _ in posted(harness, page, 2)] == ["Osama", "quieten"]
    assert len({post.fields["idempotency_key"] for post in harness.posts}) == 2


def test_two_quick_marks_are_two_writes(annotate, harness):
    page = annotate()
    mark_osama(page)
    press(page, "v", "q", "u", "2")
    assert [(quote, label) for _, quote, label in posted(harness, page, 2)] == [
        ("Osama", "claim"),
        ("quieten", "quotation"),
    ]


@pytest.mark.parametrize(
    ("status", "state"), [(409, "conflict"), (412, "conflict"), (422, "unsaved"), (403, "unsaved")]
)
def test_refusal_shows_its_reason_and_is_not_sent_again(annotate, harness, status, state):
    page = annotate()
    harness.answer = lambda post: Reply("<p>The quote does not match the text.</p>", status)
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", state)
    expect(page.locator("#inspector")).to_have_text("The quote does not match the text.")
    assert draft(page) == ""
    harness.answer = lambda post: STORED
    press(page, "v", "q", "u", "2")
    assert [quote for _, quote, _ in posted(harness, page, 2)] == ["Osama", "quieten"]


def test_sign_in_page_never_lands_in_a_region(annotate, harness, page):
    harness.answer = lambda post: Reply(status=303, headers={"Location": "/login/?next=/"})
    harness.answer_get = lambda path: Reply("<h1>Sign in</h1>")
    annotate()
    mark_osama(page)
    expect(page.locator("#toasts")).to_contain_text("You are signed out.")
    expect(page.locator("#inspector")).not_to_contain_text("Sign in")
    assert draft(page) == "Osama"


def test_token_is_read_from_the_cookie(annotate, harness, page):
    page.context.add_cookies([{"name": "csrftoken", "value": "newer", "url": harness.url}])
    annotate()
    mark_osama(page)
    posted(harness, page)
    assert harness.posts[0].headers["X-CSRFToken"] == "newer"
    assert "csrfmiddlewaretoken" not in harness.posts[0].fields


def test_leaving_with_unsaved_work_warns(annotate, harness, page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    annotate()
    cut_off(page)
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    page.reload()
    assert asked == ["beforeunload"]


def test_leaving_with_everything_saved_is_quiet(annotate, harness, page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_text(re.compile("Saved"))
    page.reload()
    assert asked == []


def test_toast_from_the_server_leaves_when_it_is_dismissed(annotate, harness, page):
    toast = '<span>Moved to the trash</span><button type="button" data-action="dismiss">Dismiss</button>'
    region = f'<div id="toasts" hx-swap-oob="beforeend"><div class="toast">{toast}</div></div>'
    harness.answer = lambda post: Reply(f"<p>Stored.</p>{region}")
    annotate()
    mark_osama(page)
    expect(page.locator("#toasts .toast")).to_have_text("Moved to the trashDismiss")
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator("#toasts .toast")).to_have_count(0)


def test_quote_travels_as_a_json_literal(annotate, harness):
    text = 'One\rtwo\r\nthree "four" \\ \u2028five.'
    page = annotate(text=text)
    press(page, "v", "o", "n", "Enter", "f", "o", "1")
    posted(harness, page)
    assert json.loads(harness.posts[0].fields["quote"]) == text[: text.index("four") + 4]
    assert "\r" not in harness.posts[0].fields["quote"]
