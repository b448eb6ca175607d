"""The dispute in a browser: moves swap the screen and say so, forms show what belongs to an answer, no barriers."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.services.resolutions import VerdictSaid, propose_resolution
from annotations.services.sources import add_source
from tests.browser.barriers import found_by_axe

pytestmark = pytest.mark.django_db(transaction=True)
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def signed_in(new_context, live_server):
    """signed_in(person, **options): a page of theirs."""

    def come_in(person, **options):
        client = Client()
        client.force_login(person)
        context = new_context(**{"viewport": WIDE, **options})
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return come_in


@pytest.fixture
def proposed(people, contested):
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,))}
    return propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=said, rationale="Word against word.")


def address(contested, part=""):
    return f"/disputes/{contested.dispute.pk}/{part}"


# -- moves ------------------------------------------------------------------------------------------------------------


def test_approval_swaps_the_screen_and_takes_the_focus_to_what_happened(signed_in, people, contested, proposed):
    page = signed_in(people.jo)
    page.goto(address(contested))
    page.get_by_role("button", name="Approve", exact=True).click()
    notice = page.get_by_text("You approved resolution 1.")
    expect(notice).to_be_visible()
    expect(page.get_by_text("Unresolved: could not be independently verified").first).to_be_visible()
    assert page.evaluate("document.activeElement.textContent.includes('You approved')")
    assert page.url.endswith(address(contested))


def test_refused_dissent_keeps_its_form_open_and_says_why(signed_in, people, contested, proposed):
    page = signed_in(people.jo)
    page.goto(address(contested))
    page.locator("#decide summary", has_text="Dissent").click()
    page.get_by_role("button", name="Put my dissent beside it").click()
    expect(page.locator("#decide").get_by_text("Please fill this in.").first).to_be_visible()
    page.get_by_label("Why you dissent").fill("Two camps said so.")
    page.get_by_role("button", name="Put my dissent beside it").click()
    expect(page.locator("#dissent").get_by_text("Two camps said so.")).to_be_visible()


def test_proposer_reaches_the_reason_with_the_keyboard(signed_in, people, contested, proposed):
    page = signed_in(people.ida)
    page.goto(address(contested))
    approve = page.get_by_role("button", name="Approve", exact=True)
    approve.focus()
    assert page.evaluate("document.activeElement.textContent") == "Approve"
    described = approve.get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_have_text("You proposed this resolution, so someone else decides on it.")


def test_quote_leads_back_into_the_article(signed_in, people, article, contested):
    page = signed_in(people.vera)
    page.goto(address(contested))
    page.locator("td q a", has_text="the visitor was told to stay silent").click()
    page.wait_for_url(f"**/articles/{article.pk}/?annotation={contested.annotations[0].pk}")


# -- forms ------------------------------------------------------------------------------------------------------------


def test_what_belongs_to_a_stance_comes_with_it(signed_in, people, contested):
    page = signed_in(people.ida)
    page.goto(address(contested, "positions/"))
    span = page.get_by_role("checkbox", name="the visitor was told to stay silent").first
    expect(span).to_be_hidden()
    page.get_by_role("radio", name="Denies").first.check()
    expect(span).to_be_visible()


def test_one_source_on_a_statement_by_keyboard(signed_in, people, project, contested):
    add_source(by=people.ana, project=project, kind="article", title="Minutes")
    page = signed_in(people.ida)
    page.goto(address(contested, "evidence/"))
    page.get_by_text("Without an address").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Which source").select_option(label="Minutes")
    page.get_by_role("radio", name="refutes").first.focus()
    page.keyboard.press("Space")
    page.get_by_text("Its words, what carries them").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Ground").first.select_option("document")
    page.get_by_label("Its words").first.fill("Nobody was told.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("You added what “Minutes” says.")).to_be_visible()
    expect(page.get_by_text("1 origin, 1 document, 1 untraced").first).to_be_visible()


def test_everything_works_without_scripts(signed_in, people, contested, proposed):
    page = signed_in(people.jo, java_script_enabled=False)
    page.goto(address(contested))
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Unresolved: could not be independently verified").first).to_be_visible()


# -- for everybody ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, {"viewport": NARROW}],
    ids=["light", "dark", "narrow"],
)
def test_no_barriers_on_any_page_of_the_dispute(signed_in, people, project, contested, proposed, options):
    page = signed_in(people.jo, **options)
    parts = ("", "edit/", "positions/", "evidence/", "resolutions/")
    claim, source, agent = contested.claims[0].pk, contested.source.pk, contested.agents[0].pk
    records = (f"/claims/{claim}/", f"/claims/{claim}/evidence/", f"/sources/{source}/", f"/agents/{agent}/")
    lists = [f"/projects/{project.slug}/{name}/" for name in ("disputes", "claims", "sources", "history", "export")]
    for path in [*(address(contested, part) for part in parts), *records, *lists]:
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        found = found_by_axe(page, only_colours="color_scheme" in options)
        assert [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
