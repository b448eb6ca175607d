"""From a closed dispute to a public page and its correction, in a browser: no script, no barrier, no complaint."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.services.resolutions import (
    VerdictSaid,
    approve_resolution,
    dissent_from_resolution,
    propose_resolution,
)
from tests.browser.barriers import found_by_axe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dispute(people, contested):
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,), "Two accounts.")}
    resolution = propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=said, rationale="No witness.")
    dissent_from_resolution(by=people.max, resolution=resolution, reason="I believe it.")
    approve_resolution(by=people.jo, resolution=resolution)
    return contested.dispute


def signed_in(new_context, live_server, person):
    client = Client()
    client.force_login(person)
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return context.new_page()


def barriers(page):
    found = found_by_axe(page)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def test_a_closed_dispute_is_published_read_by_strangers_and_corrected(
    new_context, live_server, people, dispute, complaints
):
    desk = signed_in(new_context, live_server, people.max)
    desk.goto(f"/disputes/{dispute.pk}/")
    desk.get_by_text("Map: parties, statements").click()
    expect(desk.locator("details svg").first).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("link", name="Publish", exact=True).click()
    desk.get_by_label("Title").fill("Was he told? Two accounts")
    expect(desk.get_by_text("How it will look:")).to_be_visible()
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.wait_for_url("**/reports/was-he-told-two-accounts/")

    reader = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    reader.goto("/reports/was-he-told-two-accounts/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Was he told? Two accounts")
    expect(reader.get_by_text("Pure lies and slander").first).to_be_visible()

    desk.goto("/reports/was-he-told-two-accounts/corrections/")
    desk.locator("#correction-was").fill("May")
    desk.locator("#correction-now").fill("June")
    desk.locator("#correction-why").fill("A wrong month.")
    assert barriers(desk) == []
    desk.get_by_role("button", name="Publish it").click()
    desk.wait_for_url("**/reports/was-he-told-two-accounts/")

    reader.goto("/reports/was-he-told-two-accounts/")
    expect(reader.get_by_role("note").filter(has_text="A wrong month.")).to_be_visible()

    for scheme, width in (("light", 1280), ("dark", 390)):
        page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
        page.goto("/reports/was-he-told-two-accounts/")
        assert page.evaluate("document.querySelectorAll('script:not([type=\"application/ld+json\"])').length") == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert barriers(page) == [], scheme
        page.goto("/reports/was-he-told-two-accounts/map/")
        assert barriers(page) == [], scheme
    assert complaints == []
