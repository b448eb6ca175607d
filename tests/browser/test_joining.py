"""Two agents that are one: suggested with the reason, looked at side by side, joined, found by any name, separated."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.services.agents import add_agent
from annotations.services.sources import add_source

pytestmark = pytest.mark.django_db(transaction=True)
FIRST_PAGE_MS = 60_000  # the first page of a run waits until its script is put together


def test_spellings_of_one_person_are_joined_and_separated(new_context, live_server, people, project):
    qaani = add_agent(by=people.ana, project=project, kind="person", name="Esmail Qaani")
    persian = add_agent(by=people.ana, project=project, kind="person", name="اسماعیل قاآنی")
    add_agent(by=people.ana, project=project, kind="person", name="Ali Esmail Qaani")
    add_source(by=people.ana, project=project, kind="post", title="A statement", publisher=persian)
    client = Client()
    client.force_login(people.ana)
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/agents/{qaani.pk}/", timeout=FIRST_PAGE_MS)
    page.get_by_role("link", name="One, or two? اسماعیل قاآنی").click()
    expect(page.get_by_text("sound alike, in two scripts.")).to_be_visible()
    page.get_by_role("button", name="Join into Esmail Qaani").click()
    expect(page.get_by_role("link", name="A statement")).to_be_visible()
    expect(page.get_by_role("heading", name="Joined into this one")).to_be_visible()
    expect(page.get_by_text("has “Ali” beyond")).to_be_visible()
    page.goto(f"/agents/{persian.pk}/")
    expect(page).to_have_url(f"{live_server.url}/agents/{qaani.pk}/")
    page.get_by_role("button", name="Separate again").click()
    expect(page.get_by_role("link", name="A statement")).to_have_count(0)
