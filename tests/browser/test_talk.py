"""People who talk to each other: a party is asked and stays silent, somebody is called in a comment, two others sign,
one of them on a phone."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.services.projects import edit_project
from annotations.services.resolutions import VerdictSaid, propose_resolution
from tests.browser.barriers import found_by_axe

pytestmark = pytest.mark.django_db(transaction=True)
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def signed_in(new_context, live_server):
    def come_in(person, viewport=WIDE, **options):
        client = Client()
        client.force_login(person)
        context = new_context(viewport=viewport, **options)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return come_in


def barriers(page):
    return [found["id"] for found in found_by_axe(page)]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_a_question_to_a_party_to_two_signatures(signed_in, people, project, contested):
    needed = {"dispute": 2}
    edit_project(by=people.max, project=project, version=project.version, approvals_needed=needed)
    ana = signed_in(people.ana)
    silence_of_the_ministry(ana, contested)
    thread_that_calls_ida(ana)
    assert barriers(ana) == []
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,))}
    propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=said, rationale="Word against word.")
    ida_finds_where_she_is_called(signed_in(people.ida), contested)
    jo_signs_on_a_phone(signed_in(people.jo, NARROW, has_touch=True), contested)
    max_signs_last(signed_in(people.max), contested)


def silence_of_the_ministry(page, contested):
    page.goto(f"/disputes/{contested.dispute.pk}/")
    page.get_by_role("link", name="Ask for comment").click()
    page.get_by_label("Who was asked").fill("The ministry")
    page.get_by_label("What was asked").fill("Was he told?")
    page.get_by_role("button", name="Note that it was asked").click()
    page.get_by_role("link", name="Record what came of it").click()
    expect(page.get_by_text("What its answer says, statement by statement")).to_be_hidden()
    page.get_by_label("It answered").check()
    expect(page.get_by_text("What its answer says, statement by statement")).to_be_visible()
    page.get_by_label("It gave no reply").check()
    expect(page.get_by_label("Set the party’s cells")).to_be_checked()
    assert fits(page)
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("#grid td", has_text="Gave no reply")).to_have_count(2)
    expect(page.locator("#requests").get_by_text("Gave no reply")).to_be_visible()


def thread_that_calls_ida(page):
    page.locator("#comments summary").click()
    field = page.locator("#comments").get_by_role("textbox", name="Comment")
    field.press_sequentially("Was the ministry told the deadline, @id")
    member = page.locator("#comments").get_by_role("option", name="ida")
    expect(member).to_be_visible()
    expect(member).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field).to_have_value("Was the ministry told the deadline, @ida ")
    page.locator("#comments").get_by_role("button", name="Comment").click()
    expect(page.locator("#comments .called")).to_have_text("@ida")


def ida_finds_where_she_is_called(page, contested):
    page.goto("/")
    expect(page.locator("[data-unread]")).to_have_text("1 new")
    page.get_by_role("link", name="Where you are mentioned").click()
    page.get_by_role("button", name="Open").click()
    page.locator("summary", has_text="Answer").click()
    page.locator("details[open]").get_by_role("textbox").fill("It was.")
    page.locator("details[open]").get_by_role("button", name="Answer").click()
    expect(page.locator(".words", has_text="It was.")).to_be_visible()
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("Resolved by Ida")).to_be_visible()


def jo_signs_on_a_phone(page, contested):
    page.goto(f"/disputes/{contested.dispute.pk}/")
    assert fits(page)
    page.get_by_role("link", name="Resolution", exact=True).tap()
    expect(page.get_by_role("heading", name="Approvals 0 of 2")).to_be_visible()
    page.locator("#decide").get_by_role("textbox", name="Comment").fill("Agreed.")
    page.get_by_role("button", name="Approve", exact=True).tap()
    expect(page.get_by_text("You approved resolution 1.")).to_be_visible()
    expect(page.get_by_role("heading", name="Approvals 1 of 2")).to_be_visible()
    assert fits(page)
    assert barriers(page) == []


def max_signs_last(page, contested):
    page.goto(f"/disputes/{contested.dispute.pk}/")
    expect(page.get_by_role("heading", name="Approvals 1 of 2")).to_be_visible()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Unresolved: could not be independently verified").first).to_be_visible()
    expect(page.get_by_role("heading", name="Approvals 2 of 2")).to_be_visible()
