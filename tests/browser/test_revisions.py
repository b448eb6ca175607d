"""A corrected article in a browser: a file, seen before it is stored, reviewed with keys; a dispute is flagged."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.models import Anchor
from annotations.services.resolutions import VerdictSaid, approve_resolution, propose_resolution
from tests.browser.barriers import found_by_axe
from tests.conftest import ARTICLE

pytestmark = pytest.mark.django_db(transaction=True)
CORRECTED = ARTICLE.replace("lies and slander", "lies, slander and worse").replace("for an hour", "for most of an hour")
BARRIERS = ("critical", "serious", "moderate")


@pytest.fixture
def signed_in(new_context, live_server):
    """signed_in(person, **options): a page of theirs."""

    def come_in(person, **options):
        client = Client()
        client.force_login(person)
        context = new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return come_in


@pytest.fixture
def closed(people, contested):
    verdict = {contested.claims[0].pk: VerdictSaid("disputed", evidence=(contested.evidence,))}
    resolution = propose_resolution(by=people.ida, dispute=contested.dispute, rationale="So.", verdicts=verdict)
    approve_resolution(by=people.jo, resolution=resolution)
    return contested.dispute


def no_barriers(page):
    found = found_by_axe(page)
    assert [one["id"] for one in found if one["impact"] in BARRIERS] == []


def decision_of(annotation):
    return Anchor.objects.get(annotation=annotation).decision


def test_a_correction_from_the_file_to_the_last_decision(signed_in, people, article, closed, mark, tmp_path):
    talk = mark("talk went on for an hour")
    corrected = tmp_path / "corrected.txt"
    corrected.write_bytes(CORRECTED.encode())

    page = signed_in(people.max)
    page.goto(f"/articles/{article.pk}/revisions/")
    page.get_by_label("Or a file").set_input_files(str(corrected))
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_text("Nothing is stored yet.")).to_be_visible()
    expect(page.locator(".diff ins").first).to_be_visible()
    no_barriers(page)
    page.get_by_role("button", name="Store as revision 2").click()
    expect(page.locator(".note", has_text="2 annotations need a look")).to_be_visible()
    assert article.revisions.get(number=2).text == CORRECTED

    small = signed_in(people.ana, viewport={"width": 390, "height": 844}, color_scheme="dark")
    small.goto(f"/articles/{article.pk}/revisions/compare/")
    expect(small.locator(".diff del").first).to_be_visible()
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    no_barriers(small)

    reviewed_with_keys(signed_in(people.ana), article, talk)

    page = signed_in(people.ida)
    page.goto(f"/disputes/{closed.pk}/")
    expect(page.get_by_text("A quoted span changed in revision 2.")).to_be_visible()
    no_barriers(page)
    page.get_by_role("link", name="Review it").click()
    expect(page.get_by_text("It is closed: reopen it first, then decide here.")).to_be_visible()


def press_when_heard(page, key):
    """Each of these keys leads to another page, whose words are there before its modules listen."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def reviewed_with_keys(page, article, talk):
    page.goto(f"/articles/{article.pk}/")
    page.get_by_role("link", name="2 annotations need a look").click()
    current = page.locator(".anchor[aria-current] mark").first
    expect(current).to_have_text("Pure lies and slander")
    no_barriers(page)
    press_when_heard(page, "n")
    expect(current).to_have_text("talk went on for an hour")
    press_when_heard(page, "a")
    expect(page.get_by_text("The place that was found is accepted.")).to_be_visible()
    assert decision_of(talk) == "accepted"
    press_when_heard(page, "u")
    expect(page.get_by_text("The decision is taken back; the annotation waits again.")).to_be_visible()
    expect(current).to_have_text("talk went on for an hour")
    press_when_heard(page, "v")
    expect(page.get_by_role("heading", name="Where does it stand in revision 2?")).to_be_visible()
    page.wait_for_load_state()  # selections are heard from then on
    words = page.locator("[data-remark-text] p", has_text="Both sides")
    words.scroll_into_view_if_needed()
    words.evaluate("(p) => getSelection().selectAllChildren(p)")
    expect(page.locator("[data-chosen]")).to_contain_text("for most of an hour")
    page.get_by_role("button", name="Take the selection").click()
    expect(page.get_by_text("The annotation is marked anew.")).to_be_visible()
    talk.refresh_from_db()
    assert talk.quote.startswith("Both sides say")
    assert talk.revision.number == 2
