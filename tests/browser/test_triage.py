"""Claims by keys: the queue walked, rated, rejected and taken without a pointer; a claim made of a span with two keys,
and a claim of the saying with one."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.models import Claim
from annotations.services.agents import add_agent
from annotations.services.attributions import add_attribution
from annotations.services.claims import add_claim
from annotations.services.triage import add_triage_mark
from tests.browser.barriers import found_by_axe

pytestmark = pytest.mark.django_db(transaction=True)
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def signed_in(new_context, live_server):
    def come_in(person, **options):
        client = Client()
        client.force_login(person)
        context = new_context(**{"viewport": WIDE, **options})
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return come_in


def test_queue_is_worked_through_by_keys(signed_in, people, project):
    names = ("First", "Next", "Last")
    rows = {name: add_claim(by=people.ana, project=project, text=f"{name} claim.") for name in names}
    add_triage_mark(by=people.ana, claim=rows["First"], level="high")
    page = signed_in(people.ida)
    page.goto(f"/projects/{project.slug}/triage/")
    current = page.locator(".ranked[aria-current]")
    expect(current).to_contain_text("First claim.")
    for key in ("a", "x"):  # the second one waits for its row
        page.keyboard.press(key)
    expect(page.locator(".ranked.gone")).to_contain_text("First claim.")
    expect(current).to_contain_text("Next claim.")
    expect(current.get_by_role("textbox", name="Why")).to_be_focused()
    page.keyboard.type("Not worth it.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ranked.gone")).to_have_count(2)
    expect(current).to_contain_text("Last claim.")
    page.keyboard.press("r")
    current.get_by_label("high").check()
    current.get_by_role("button", name="Rate it").click()
    expect(current.locator(".priority")).to_contain_text("3")
    assert found_by_axe(page) == []
    states = dict(Claim.objects.values_list("text", "state"))
    assert states == {"First claim.": "in_work", "Next claim.": "closed", "Last claim.": "inbox"}


def test_claim_is_made_of_a_span_with_two_keys_and_of_its_saying_with_one(signed_in, people, project, mark, article):
    add_claim(by=people.ana, project=project, text="The meeting took place in Doha.")
    span = mark("the meeting took place")
    hamdan = add_agent(by=people.ana, project=project, kind="person", name="Osama Hamdan")
    add_attribution(by=people.ana, content=span, agent=hamdan)
    page = signed_in(people.ana)
    page.goto(f"/articles/{article.pk}/?annotation={span.pk}")
    inspector = page.locator("#inspector")
    expect(inspector.get_by_text("No claim yet")).to_be_visible()
    page.keyboard.press("c")
    expect(inspector.get_by_text("The meeting took place in Doha.")).to_be_visible()  # checked before?
    page.keyboard.press("Enter")
    expect(inspector.get_by_role("heading", name="Claim", exact=True)).to_be_visible()
    expect(inspector.get_by_text("No claim yet")).not_to_be_attached()
    page.keyboard.press("C")
    expect(inspector.get_by_text("Osama Hamdan said that the meeting took place")).to_be_visible()
    assert set(Claim.objects.values_list("layer", flat=True)) == {"so", "said"}
