"""The annotate screen on a real server: what the keyboard does, where the focus goes, and no barriers on any page."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.models import Annotation, Claim
from tests.browser.barriers import found_by_axe

pytestmark = pytest.mark.django_db(transaction=True)
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "narrow": {"viewport": NARROW}}


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
def desk(signed_in, people, labels, article):
    """Ana at the article, its modules ready."""
    page = signed_in(people.ana)
    page.goto(f"/articles/{article.pk}/")
    page.wait_for_selector("html[data-annotate=ready]")
    return page


def saved(page, state="saved"):
    expect(page.locator("[data-save-state]").first).to_have_attribute("data-save-state", state)


def mark(page, start, end, digit):
    page.keyboard.press("v")
    for letters in (start, end):
        page.keyboard.type(letters)
        page.keyboard.press("Enter")
    page.keyboard.press(digit)
    expect(page.locator("#inspector blockquote")).to_be_visible()
    saved(page)


def test_mark_relabel_trash_and_undo_by_keyboard(desk):
    mark(desk, "Pure", "sla", "1")
    annotation = Annotation.objects.get()
    chip = desk.locator(f'[data-annotation="{annotation.pk}"]')
    expect(chip).to_have_attribute("aria-current", "true")
    expect(desk).to_have_url(re.compile(rf"\?annotation={annotation.pk}$"))  # a reload finds it again
    desk.keyboard.press("4")
    expect(desk.locator("#inspector-title")).to_contain_text("Denial 1")
    saved(desk)
    desk.keyboard.press("Delete")
    expect(chip).to_have_count(0)
    expect(desk.locator("#toasts")).to_contain_text("Moved to the trash")
    desk.keyboard.press("u")
    expect(chip).to_be_visible()
    expect(desk.locator("#toasts")).to_contain_text("Undone: Moved")
    expect(desk.locator("#toasts")).not_to_contain_text("Moved to the trash: ")
    annotation.refresh_from_db()
    assert (annotation.label.key, annotation.trashed, annotation.quote) == ("denial", False, "Pure lies and slander")


def test_key_opens_its_form_and_the_focus_is_in_the_first_field(desk):
    mark(desk, "Pure", "sla", "1")
    desk.keyboard.press("c")
    expect(desk.get_by_label("The claim")).to_be_focused()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Hamdan calls the report slander.")
    desk.keyboard.press("Escape")
    expect(desk.locator("#text")).to_be_focused()
    desk.keyboard.press("c")
    expect(desk.get_by_label("The claim")).to_have_value("Hamdan calls the report slander.")
    expect(desk.get_by_label("The claim")).to_be_focused()
    desk.get_by_role("button", name="Make the claim").press("Enter")
    expect(desk.locator("#inspector").get_by_text("Hamdan calls the report slander.")).to_be_visible()
    expect(desk.locator("#inspector")).to_be_focused()  # the region that was swapped from under the focus has it back
    desk.keyboard.press("w")
    expect(desk.get_by_label("The word of saying")).to_be_focused()


def test_refused_claim_stays_open_with_the_reason(desk):
    mark(desk, "Pure", "sla", "1")
    desk.keyboard.press("c")
    desk.get_by_label("The claim").fill("")
    desk.get_by_role("button", name="Make the claim").click()
    expect(desk.locator("#inspector").get_by_text("Please fill this in.")).to_be_visible()
    saved(desk, "unsaved")
    desk.get_by_label("The claim").fill("Written after all.")
    desk.get_by_role("button", name="Make the claim").click()
    expect(desk.locator("#inspector").get_by_text("Written after all.")).to_be_visible()
    assert Claim.objects.get().text == "Written after all."
    saved(desk)


def test_chip_opens_its_annotation_without_loading_the_page_and_keys_wait_for_it(desk, mark_ahead):
    desk.reload()
    desk.wait_for_selector("html[data-annotate=ready]")
    desk.evaluate("document.body.dataset.same = 'page'")
    desk.locator(f'[data-annotation="{mark_ahead.pk}"]').click()
    expect(desk.locator("#inspector blockquote")).to_have_text("Both sides")
    assert desk.evaluate("document.body.dataset.same") == "page"
    mark(desk, "Pure", "sla", "1")
    kept, opening = [], re.compile(r"\?annotation=")
    desk.route(opening, lambda route: kept.append(route))
    with desk.expect_request(opening):
        desk.keyboard.press("n")
        desk.keyboard.press("Delete")  # the inspector still shows the other one
    desk.wait_for_function("() => document.getElementById('inspector').matches('.htmx-request')")
    expect(desk.locator("#inspector blockquote")).to_have_text("Pure lies and slander")
    for route in kept:
        route.continue_()
    expect(desk.locator("#toasts")).to_contain_text("Moved to the trash")
    assert [row.quote for row in Annotation.objects.filter(trashed=True)] == ["Both sides"]


@pytest.fixture
def mark_ahead(labels, people, article):
    from annotations.services.annotations import add_annotation

    start = article.revisions.get().text.index("Both sides")
    return add_annotation(
        by=people.ana, article=article, segments=[[start, start + 10]], quote="Both sides", label=labels["claim"]
    )


def test_span_is_made_by_offsets_without_javascript(signed_in, people, labels, article):
    page = signed_in(people.ana, java_script_enabled=False)
    text = article.revisions.get().text
    start, end = text.index("Hamdan."), text.index("Both")
    page.goto(f"/articles/{article.pk}/")
    page.get_by_text("Mark by offsets").click()
    page.get_by_label("Start", exact=True).fill(str(start))
    page.get_by_label("End", exact=True).fill(str(end))
    page.get_by_label("Label", exact=True).select_option("denial")
    page.get_by_role("button", name="Show the words").click()
    page.get_by_role("button", name="Mark", exact=True).click()
    expect(page.locator("#inspector-title")).to_contain_text("Denial 1")
    assert Annotation.objects.get().quote == "Hamdan.\r\n\r\n", "CR and LF, as they stand"


@pytest.mark.parametrize("look", LOOKS)
def test_pages_have_no_barriers(signed_in, people, project, contested, article, look):
    page = signed_in(people.max, **LOOKS[look])
    chosen = f"/articles/{article.pk}/?annotation={contested.annotations[0].pk}"
    rest = ("settings", "members", "labels", "articles")
    paths = ["/", "/projects/", f"/projects/{project.slug}/", *(f"/projects/{project.slug}/{name}/" for name in rest)]
    paths += [chosen, f"/articles/{article.pk}/read/", f"/articles/{article.pk}/about/", "/nothing/"]
    barriers = {}
    for path in paths:
        page.goto(path)
        for fold in page.locator("details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        found = found_by_axe(page, only_colours=look == "dark")
        barriers[path] = [(one["id"], one["nodes"][0]["target"]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
    assert {path: found for path, found in barriers.items() if found} == {}
