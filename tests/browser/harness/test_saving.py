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
    """The network is away, for a page that is opened after this; returns what was sent into the void. (A page that is
    there already hears of it some moments later than the test does.)"""
    sent = []
    page.route("**/mark/", lambda route, request: (sent.append(request.post_data), route.abort()))
    return sent


def mark_osama(page):
    press(page, "v", "o", "s", "1")


def try_now(page):
    """Whether the queue was quicker by itself or not."""
    page.evaluate("document.querySelector('[data-action=retry]').click()")


def test_stored_mark_says_saved_and_when(annotate):
    page = annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    expect(page.locator(STATE)).to_have_text(re.compile(r"Saved \d\d:\d\d"))


def test_write_without_a_network_is_kept_and_sent_again_as_it_was(annotate, harness, page):
    sent = cut_off(page)
    annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    expect(page.locator(STATE)).to_have_text("Not saved yet (1)")
    expect(page.locator("#toasts").get_by_role("button", name="Try now")).to_be_visible()
    assert draft(page) == "Osama"
    page.unroute("**/mark/")
    try_now(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    assert dict(parse_qsl(sent[0])) == harness.posts[0].fields
    assert len(harness.posts) == 1
    assert draft(page) == ""
    expect(page.locator("#toasts .toast")).to_have_count(0)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_write_that_nobody_decided_on_is_kept(annotate, harness, status):
    page = annotate()
    harness.answer = lambda post: Reply("<p>Traceback</p>", status)
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    expect(page.get_by_text("Traceback")).to_have_count(0)
    button = page.locator(".bar").get_by_role("button", name="Try now")
    expect(button).to_be_visible()
    harness.answer = lambda post: STORED
    try_now(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    expect(button).to_be_hidden()
    first, *again = harness.posts
    assert again
    assert all(post.fields == first.fields for post in again)


def test_marks_made_while_the_server_is_away_wait_in_their_order(annotate, harness, page):
    cut_off(page)
    annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    press(page, "v", "q", "u", "i", "2")
    assert draft(page) == "Osama|quieten"
    page.unroute("**/mark/")
    try_now(page)
    assert [quote for _, quote, _ in posted(harness, page, 2)] == ["Osama", "quieten"]
    assert len({post.fields["idempotency_key"] for post in harness.posts}) == 2


def test_two_quick_marks_are_two_writes(annotate, harness):
    page = annotate()
    mark_osama(page)
    press(page, "v", "q", "u", "i", "2")
    assert [(quote, label) for _, quote, label in posted(harness, page, 2)] == [
        ("Osama", "claim"),
        ("quieten", "quotation"),
    ]


@pytest.mark.parametrize(
    ("status", "state"), [(409, "conflict"), (412, "conflict"), (422, "unsaved"), (403, "unsaved")]
)
def test_refusal_shows_its_reason_and_is_not_sent_again(annotate, harness, status, state):
    page = annotate()
    said = {"Workbench-Refused": "The%20quote%20does%20not%20match%20the%20text."}
    harness.answer = lambda post: Reply("<p>The quote does not match the text.</p>", status, said)
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", state)
    expect(page.locator("#inspector")).to_have_text("The quote does not match the text.")
    assert draft(page) == ""
    harness.answer = lambda post: STORED
    press(page, "v", "q", "u", "i", "2")
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
    cut_off(page)
    annotate()
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


# -- the queue outlives the page ---------------------------------------------------------------------------------------


def test_reload_with_a_full_queue_paints_says_and_sends_in_order(annotate, harness, page):
    page.on("dialog", lambda dialog: dialog.accept())
    sent = cut_off(page)
    annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    press(page, "v", "q", "u", "i", "2")
    expect(page.locator(STATE)).to_have_text("Not saved yet (2)")
    page.reload()
    page.wait_for_selector("html[data-annotate=ready]")
    expect(page.locator(STATE)).to_have_text("Not saved yet (2)")
    assert draft(page) == "Osama|quieten"
    page.locator(".bar").get_by_role("button", name="What waits").click()
    expect(page.locator("#waiting [data-waiting] li")).to_have_count(2)
    page.keyboard.press("Escape")
    page.unroute("**/mark/")
    try_now(page)
    assert [quote for _, quote, _ in posted(harness, page, 2)] == ["Osama", "quieten"]
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    assert dict(parse_qsl(sent[0]))["idempotency_key"] == harness.posts[0].fields["idempotency_key"]
    assert draft(page) == ""
    expect(page.locator("#inspector")).not_to_contain_text("Stored.")  # nobody's place is taken away


def test_refusal_of_what_waited_is_kept_with_its_words(annotate, harness, page):
    cut_off(page)
    annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    harness.answer = lambda post: Reply("<p>No.</p>", 422, {"Workbench-Refused": "The%20text%20is%20another%20now."})
    page.unroute("**/mark/")
    try_now(page)
    expect(page.locator("#toasts")).to_contain_text("Could not be stored.")
    page.reload()
    page.wait_for_selector("html[data-annotate=ready]")
    page.locator(".bar").get_by_role("button", name="What waits").click()
    row = page.locator("#waiting [data-refused] li")
    expect(row).to_contain_text("The text is another now.")
    expect(row.locator("textarea")).to_have_value(re.compile("Osama"))
    assert len(harness.posts) == 1
    harness.answer = lambda post: STORED
    row.get_by_role("button", name="Try again").click()
    expect(page.locator("#inspector")).to_have_text("Stored.")
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    assert len(posted(harness, page, 2)) == 2


def test_what_another_person_wrote_waits_for_them(annotate, harness, page):
    page.on("dialog", lambda dialog: dialog.accept())
    cut_off(page)
    annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    page.unroute("**/mark/")
    harness.pages["/annotate/"] = harness.pages["/annotate/"].replace('data-person="ana"', 'data-person="ben"')
    page.reload()
    page.wait_for_selector("html[data-annotate=ready]")
    page.locator(".bar").get_by_role("button", name="What waits").click()
    expect(page.locator("#waiting [data-others]")).to_contain_text("1")
    expect(page.locator("#waiting")).not_to_contain_text("Osama")
    page.keyboard.press("Escape")
    press(page, "v", "q", "u", "i", "2")
    assert [quote for _, quote, _ in posted(harness, page)] == ["quieten"]
    annotate()
    assert [quote for _, quote, _ in posted(harness, page, 2)] == ["quieten", "Osama"]


def test_two_tabs_send_what_waits_once(annotate, harness, page, context):
    cut_off(page)
    annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    other = context.new_page()
    other.goto("/annotate/")
    other.wait_for_selector("html[data-annotate=ready]")
    expect(other.locator(STATE)).to_have_text("Not saved yet (1)")
    press(other, "v", "q", "u", "i", "2")
    assert [quote for _, quote, _ in posted(harness, other)] == ["quieten"]
    page.unroute("**/mark/")
    try_now(page)
    for tab in (page, other):
        expect(tab.locator(STATE)).to_have_attribute("data-save-state", "saved")
    assert [quote for _, quote, _ in posted(harness, page, 2)] == ["quieten", "Osama"]


def test_a_tab_that_is_gone_leaves_its_writes_to_the_others(annotate, harness, page, context):
    cut_off(page)
    annotate()
    other = context.new_page()
    other.goto("/annotate/")
    other.wait_for_selector("html[data-annotate=ready]")
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    page.close()
    try_now(other)
    assert [quote for _, quote, _ in posted(harness, other)] == ["Osama"]


def test_signing_out_with_unsaved_work_asks_first(annotate, harness, page):
    page.on("dialog", lambda dialog: dialog.accept())
    cut_off(page)
    annotate()
    mark_osama(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "unsaved")
    page.locator("button[popovertarget=person-menu]").click()
    page.get_by_role("button", name="Sign out").click()
    warning = page.locator("#sign-out-warning")
    expect(warning).to_contain_text("stay in this browser")
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    assert harness.posts == []


def test_a_browser_that_keeps_nothing_works_and_says_so(annotate, harness, page):
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('forbidden'); } })")
    cut_off(page)
    annotate()
    mark_osama(page)
    expect(page.locator("#toasts")).to_contain_text("leave this page open")
    assert draft(page) == "Osama"
    page.unroute("**/mark/")
    try_now(page)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    assert [quote for _, quote, _ in posted(harness, page)] == ["Osama"]


def test_the_same_form_changed_twice_before_the_answer_is_two_writes(annotate, harness, page):
    """And the second builds on the first: one's own change is no conflict."""
    row = '<form hx-post="/annotations/7/" hx-target="#inspector" hx-trigger="change, submit">{}</form>'
    fields = '<input type="hidden" name="version" value="1"><input type="hidden" name="idempotency_key" value="k">'
    harness.answer_get = lambda path: Reply(row.format(fields + '<input name="label" aria-label="Label">'))
    annotate()
    page.evaluate("htmx.ajax('GET', '/form/', { target: '#inspector' })")
    page.locator("#inspector [name=label]").wait_for()
    harness.answer = lambda post: Reply("<p>Stored.</p>", 200, {"Workbench-Version": "7 2"})
    page.evaluate(
        """() => { const field = document.querySelector('#inspector [name=label]');
        for (const value of ['claim', 'denial']) { field.value = value; htmx.trigger(field.form, 'submit'); } }"""
    )
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "saved")
    assert [(p.fields["label"], p.fields["version"]) for p in harness.posts] == [("claim", "1"), ("denial", "2")]
    assert len({p.fields["idempotency_key"] for p in harness.posts}) == 2
