"""The whole way of a fact-checking desk, by keys and pointer alone: from two spans in two articles that contradict each
other to a published report, read by a stranger, and a correction of it that everybody can see."""

import json

import pytest
from playwright.sync_api import expect

from annotations.models import Claim, ClaimRelation
from annotations.services.articles import add_article
from annotations.services.people import make_person
from annotations.services.projects import add_member, edit_project
from tests.browser.test_dispute import signed_in  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = "Colonel Hale said that Iran mined the bridge at Dorvan. Traffic has stopped since 4 May 2024.\n"
DENIAL = "Mayor Orla Finn said that Iran did not mine the bridge at Dorvan. She spoke in the town hall on 5 May 2024.\n"
MINED, NOT_MINED = "Iran mined the bridge at Dorvan", "Iran did not mine the bridge at Dorvan"
QUESTION = "Did Iran mine the bridge at Dorvan?"
TITLE = "The bridge at Dorvan: one account, one denial"
ADDRESS = "/reports/the-bridge-at-dorvan-one-account-one-denial/"
REASON = "I believe the colonel."


@pytest.fixture
def desk(people, project, labels):
    """Two approvals a dispute, and a third adjudicator, who will see it otherwise."""
    needed = {"claim": 1, "dispute": 2}
    edit_project(by=people.max, project=project, version=project.version, approvals_needed=needed)
    people.kim = make_person(by=None, username="kim", display_name="Kim")
    add_member(by=people.max, project=project, person=people.kim, role="adjudicator")
    add_article(by=people.max, project=project, title="The bridge", text=REPORT, outlet="The Wire", language="en")
    return project


def test_from_two_spans_in_two_articles_to_a_report_and_its_correction(signed_in, people, desk, new_context):  # noqa: F811
    manager, annotator, adjudicator = (signed_in(one) for one in (people.max, people.ana, people.ida))
    an_article_is_pasted(manager, desk)
    a_span_becomes_a_claim(annotator, desk, "The bridge", MINED, "Colonel Hale")
    a_span_becomes_a_claim(annotator, desk, "The mayor", NOT_MINED, "Mayor Orla Finn")
    the_contradiction_is_suggested_with_both_quotes(adjudicator, desk)
    a_dispute_is_opened_from_it(adjudicator)
    a_position_is_mapped(adjudicator, "Colonel Hale", {"Affirms": MINED, "Denies": NOT_MINED})
    a_position_is_mapped(adjudicator, "Mayor Orla Finn", {"Denies": MINED, "Affirms": NOT_MINED})
    evidence_with_its_origin_goes_in(adjudicator)
    a_party_is_asked_and_stays_silent(adjudicator)
    an_answer_is_proposed(adjudicator)
    jo, kim = signed_in(people.jo), signed_in(people.kim)
    for page in (kim, jo, manager):
        page.goto(adjudicator.url)
    one_dissents(kim)
    two_others_sign(jo, manager)
    the_answer_is_published(manager)
    reader = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    a_stranger_reads_it(reader)
    it_is_corrected(manager)
    a_stranger_sees_what_was_corrected(reader)


# -- two claims that contradict each other ----------------------------------------------------------------------------


def an_article_is_pasted(page, project):
    page.goto(f"/projects/{project.slug}/articles/")
    paste = page.locator("form", has=page.get_by_role("button", name="Add the article"))
    for label, words in (("Title", "The mayor"), ("Text", DENIAL), ("Outlet", "Dorvan Courier"), ("Language", "en")):
        paste.get_by_label(label).fill(words)
    paste.get_by_role("button", name="Add the article").press("Enter")
    page.wait_for_url("**/articles/*/")


def a_span_becomes_a_claim(page, project, title, words, speaker):
    """Marked by its first and last letters, made a claim with two keys, its speaker read from the text."""
    page.goto(f"/projects/{project.slug}/articles/")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_selector("html[data-annotate=ready]")
    inspector = page.locator("#inspector")
    page.keyboard.press("v")
    for letters in ("Iran", "Dorvan"):
        page.keyboard.type(letters)
        page.keyboard.press("Enter")
    page.keyboard.press("1")
    expect(inspector.locator("blockquote").first).to_have_text(words)
    page.keyboard.press("c")
    expect(inspector.get_by_label("The claim")).to_be_focused()
    page.keyboard.press("Enter")
    expect(inspector.get_by_text("No claim yet")).not_to_be_attached()
    bar = page.locator("#saying")
    page.keyboard.press("w")
    expect(bar).to_be_visible()
    for phase, hop in (("cue", "inner"), ("speaker", "inner"), ("agent", "inner"), ("cue", "outer"), ("review", "")):
        expect(bar).to_have_attribute("data-phase", phase)
        if hop:
            expect(bar).to_have_attribute("data-hop", hop)
        page.keyboard.press("Enter")
    expect(bar).to_be_hidden()
    expect(inspector.locator(".chain")).to_contain_text(speaker)
    expect(page.locator("[data-save-state]").first).to_have_attribute("data-save-state", "saved")


def the_contradiction_is_suggested_with_both_quotes(page, project):
    """By what the two claims say, on the page of one of them; no verdict comes with it."""
    page.goto(f"/projects/{project.slug}/claims/")
    page.get_by_role("link", name=MINED).click()
    page.get_by_text("have we checked this before?").click()
    page.get_by_role("button", name="Look for relations").click()
    found = page.locator(".relation-between")
    expect(found).to_contain_text("Suggested by the machine")
    expect(found).to_contain_text("one says that it is not so")
    for words in (MINED, NOT_MINED):
        expect(found.locator(".side-by-side blockquote", has_text=words)).to_be_visible()
    assert ClaimRelation.objects.get().state == "suggested"


def a_dispute_is_opened_from_it(page):
    page.locator(".relation-between summary", has_text="Open a dispute").click()
    page.get_by_label("The question").fill(QUESTION)
    page.get_by_role("button", name="Open it over both claims").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    assert ClaimRelation.objects.get().state == "confirmed"


# -- what the parties say, and what supports it -----------------------------------------------------------------------


def statement(page, words):
    return page.locator("fieldset.part", has=page.locator("legend", has_text=words))


def a_position_is_mapped(page, party, stances):
    page.get_by_role("link", name="Add a position").first.click()
    page.get_by_label("Party").fill(party)
    for stance, words in stances.items():
        part = statement(page, words)
        part.get_by_role("radio", name=stance).check()
        spoken = MINED if party == "Colonel Hale" else NOT_MINED
        if words != spoken:
            part.locator("summary", has_text="Other spans").click()
        part.get_by_role("checkbox", name=spoken).check()
    page.get_by_role("button", name="Add the position").click()
    expect(page.locator("#grid th", has_text=party)).to_be_visible()


def evidence_with_its_origin_goes_in(page):
    page.get_by_role("link", name="Add evidence").first.click()
    page.get_by_label("Address").fill("https://example.org/inspection")
    page.get_by_label("Goes back to").fill("The engineer’s inspection")
    page.get_by_label("Save a copy").uncheck()
    for words, key in ((MINED, "r"), (NOT_MINED, "s")):
        row = page.locator("[data-stance-row]", has=page.locator("legend", has_text=words))
        row.locator(f"label[data-stance-key={key}]").click()
        row.locator("summary").click()
        row.get_by_label("Its words").fill("No charge was found.")
        row.get_by_label("Ground").select_option("document")
    page.get_by_role("button", name="Add, and back to the dispute").click()
    expect(page.locator("#evidence")).to_contain_text("1 origin, 1 document")


def a_party_is_asked_and_stays_silent(page):
    page.get_by_role("link", name="Ask for comment").click()
    page.get_by_label("Who was asked").fill("The ministry")
    page.get_by_label("What was asked").fill(QUESTION)
    page.get_by_role("button", name="Note that it was asked").click()
    page.get_by_role("link", name="Record what came of it").click()
    page.get_by_label("It gave no reply").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("#grid td", has_text="Gave no reply")).to_have_count(2)


# -- the answer -------------------------------------------------------------------------------------------------------


def an_answer_is_proposed(page):
    page.get_by_role("link", name="Propose a resolution").first.click()
    for words, verdict in ((MINED, "Refuted"), (NOT_MINED, "Supported")):
        part = statement(page, words)
        part.get_by_role("radio", name=verdict).check()
        part.get_by_role("checkbox", name="example.org/inspection").check()
    page.get_by_label("Rationale").fill("An inspection found no charge.")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_attribute("aria-disabled", "true")


def one_dissents(page):
    page.locator("#decide summary", has_text="Dissent").click()
    page.get_by_label("Why you dissent").fill(REASON)
    page.get_by_role("button", name="Put my dissent beside it").click()
    expect(page.locator("#dissent")).to_contain_text(REASON)


def two_others_sign(first, last):
    """The first signature alone closes nothing."""
    first.get_by_role("button", name="Approve", exact=True).click()
    expect(first.get_by_role("heading", name="Approvals 1 of 2")).to_be_visible()
    last.reload()
    last.get_by_role("button", name="Approve", exact=True).click()
    expect(last.get_by_role("heading", name="Approvals 2 of 2")).to_be_visible()
    expect(last.locator(".outcome")).to_contain_text("Settled")


# -- in public --------------------------------------------------------------------------------------------------------


def the_answer_is_published(page):
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url(f"**{ADDRESS}")


def a_stranger_reads_it(page):
    """Without an account or a script: question, verdicts in words, who says it through whom, evidence, names."""
    page.goto(ADDRESS)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    for words in (QUESTION, "Approved by Jo, Max", "The ministry was asked", "No charge was found.", REASON):
        expect(page.get_by_text(words).first).to_be_visible()
    for words, verdict in ((MINED, "Refuted"), (NOT_MINED, "Supported")):
        expect(page.locator("#main tr", has_text=words)).to_contain_text(verdict)
    chains = page.locator("section", has=page.locator("#chains"))
    for words in ("Colonel Hale", "Mayor Orla Finn", "The Wire"):
        expect(chains.get_by_text(words).first).to_be_visible()
    expect(page.locator("#evidence").locator("..")).to_contain_text("The engineer’s inspection")
    found = page.locator("script[type='application/ld+json']").all_text_contents()
    reviews = [one for words in found for one in listed(json.loads(words)) if one["@type"] == "ClaimReview"]
    said = {one["claimReviewed"]: one["reviewRating"]["alternateName"] for one in reviews}
    assert said == {MINED: "Refuted", NOT_MINED: "Supported"}


def listed(found):
    return found if isinstance(found, list) else found.get("@graph", [found])


def it_is_corrected(page):
    page.goto(f"{ADDRESS}corrections/")
    for name, words in (("was", "An inspection"), ("now", "A second inspection"), ("why", "There were two.")):
        page.locator(f"#correction-{name}").fill(words)
    page.get_by_role("button", name="Publish it").click()
    page.wait_for_url(f"**{ADDRESS}")


def a_stranger_sees_what_was_corrected(page):
    page.goto(ADDRESS)
    expect(page.get_by_role("note").filter(has_text="There were two.")).to_be_visible()
    page.get_by_role("link", name="All corrections").click()
    listed = page.locator(".correction", has_text=TITLE)
    for words in ("There were two.", "An inspection", "A second inspection"):
        expect(listed).to_contain_text(words)
    assert Claim.objects.count() == 2
