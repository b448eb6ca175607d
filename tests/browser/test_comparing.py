"""What is compared over time and against each other: three figures written down from spans, drawn as a series; a
dispute that was found and dismissed, and stays silent from then on; and counts that must never become one."""

import signal
from dataclasses import replace

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from annotations.models import ClaimRelation
from annotations.services.articles import add_article
from annotations.services.claims import add_claim
from annotations.services.comparisons import KIND as COMPARING
from annotations.services.jobs import KINDS
from annotations.services.sources import add_origin
from tests.browser.barriers import found_by_axe
from tests.browser.test_dispute import NARROW, WIDE, signed_in  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)

COUNTED = "people had died in the flood at Dorvan"
TEXT = f"About 40 to 45 {COUNTED}. Over 52 {COUNTED}. Only 49 {COUNTED}, after a recount.\n"
FIGURES = [
    ("Abou", "about 40 to 45 people", "2024-05-04", "about 40 – 45 people"),
    ("Over", "over 52 people", "2024-05-09", "A later count of the same"),
    ("Only", "49 people", "2024-05-12", "Revised down"),
]
LOOKS = {
    "light": {"viewport": WIDE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "narrow": {"viewport": NARROW},
}


@pytest.fixture
def flood(people, project, labels):
    add_origin(by=people.ana, project=project, label="Count of the ministry")
    return add_article(by=people.max, project=project, title="The flood", text=TEXT, language="en")


def barriers(page, **options):
    return [(one["id"], one["nodes"][0]["target"]) for one in found_by_axe(page, **options)]


def test_figures_from_spans_become_a_series_and_no_dispute(signed_in, people, project, flood):  # noqa: F811
    page = signed_in(people.ana)
    for letters, printed, day, _ in FIGURES:
        a_span_becomes_a_claim(page, flood, letters)
        its_figure_is_written_down(page, printed, day)
    page.locator("#quantities tbody").get_by_role("link", name="Series").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("deaths")
    for row, (_, _, _, words) in zip(page.locator("tbody tr").all(), FIGURES, strict=True):
        expect(row).to_contain_text(words)
    expect(page.locator("svg.chart circle")).to_have_count(3)
    expect(page.locator("svg.chart .series-range")).to_have_count(1)
    for name, look in LOOKS.items():
        seen = signed_in(people.vera, **look)
        seen.goto(page.url)
        expect(seen.locator("svg.chart")).to_be_visible()
        assert words_that_leave(seen) == []
        assert barriers(seen, only_colours=name == "dark") == []
        assert seen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    an_update_is_no_dispute(page, project)


def a_span_becomes_a_claim(page, article, letters):
    page.goto(f"/articles/{article.pk}/")
    page.wait_for_selector("html[data-annotate=ready]")
    page.keyboard.press("v")
    for part in (letters, "Dorvan"):
        page.keyboard.type(part)
        page.keyboard.press("Enter")
    page.keyboard.press("1")
    expect(page.locator("#inspector blockquote").first).to_contain_text(letters)
    page.keyboard.press("c")
    expect(page.get_by_label("The claim")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#inspector").get_by_text("No claim yet")).not_to_be_attached()


def its_figure_is_written_down(page, printed, day):
    page.locator("#inspector h2 a", has_text="Open").first.click()
    page.locator("#quantities > summary").click()
    page.locator("#quantities summary", has_text="Write a figure down").click()
    page.get_by_label("What is measured").fill("deaths")
    page.get_by_label("As printed").first.fill(printed)
    page.get_by_label("As of").fill(day)
    page.get_by_label("Goes back to").select_option(label="Count of the ministry")
    page.locator("#quantities").get_by_role("button", name="Save").click()
    expect(page.locator("#quantities tbody tr")).to_have_count(1)


def words_that_leave(page):
    """Words of the drawing that stand outside it, or on each other."""
    return page.evaluate(
        """() => {
          const frame = document.querySelector("svg.chart").getBoundingClientRect();
          const all = [...document.querySelectorAll("svg.chart text")];
          const words = all.map((one) => [one.textContent, one.getBoundingClientRect()]);
          const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
          return words.filter(([, box], at) => box.left < frame.left - 1 || box.right > frame.right + 1
            || words.some(([, other], place) => place > at && !apart(box, other))).map(([word]) => word);
        }"""
    )


def an_update_is_no_dispute(page, project):
    """The machine sees what the figures are to each other, and finds no dispute in it."""
    page.get_by_role("link", name="Only 49").click()
    page.get_by_text("have we checked this before?").click()
    page.get_by_role("button", name="Look for relations").click()
    expect(page.locator(".relation-between").first).to_contain_text("updates", ignore_case=True)
    page.goto(f"/projects/{project.slug}/disputes/found/")
    expect(page.get_by_text("Nothing waits here")).to_be_visible()


def test_a_found_dispute_is_dismissed_and_stays_silent(signed_in, people, project, monkeypatch):  # noqa: F811
    texts = ("The army mined the bridge at Dorvan.", "The army did not mine the bridge at Dorvan.")
    for text in texts:
        add_claim(by=people.ana, project=project, text=text)
    page = signed_in(people.ana)
    compare_all_claims(page, project, monkeypatch)
    for text in texts:
        expect(page.locator(".side-by-side").get_by_text(text)).to_be_visible()
    assert barriers(page) == []
    page.wait_for_load_state()  # keys are heard from then on
    page.keyboard.press("x")
    page.get_by_label("Why not").fill("Two bridges of one name.")
    page.get_by_role("button", name="Dismiss it").click()
    expect(page.get_by_text("Nothing waits here")).to_be_visible()
    look_for_relations(page, project, texts[1])
    expect(page.get_by_text("Nothing new was found.")).to_be_visible()
    expect(page.get_by_text("Dismissed because: Two bridges of one name.")).to_be_visible()
    page.goto(f"/projects/{project.slug}/disputes/found/")
    expect(page.get_by_text("Nothing waits here")).to_be_visible()
    assert ClaimRelation.objects.get().state == "dismissed"


def compare_all_claims(page, project, monkeypatch):
    """A large job: it waits on its page until a worker did it, and leads on to what it found."""
    monkeypatch.setitem(KINDS, COMPARING, replace(KINDS[COMPARING], small=0))
    page.goto(f"/projects/{project.slug}/disputes/found/")
    page.get_by_role("button", name="Compare all claims of the project").click()
    expect(page.get_by_text("Waits", exact=True)).to_be_visible()
    assert barriers(page) == []
    work_once()
    page.get_by_role("link", name="Possible disputes").click()


def work_once():
    """`manage.py work --once`, which takes over two signals of its process."""
    kept = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        call_command("work", "--once")
    finally:
        for name, handler in kept.items():
            signal.signal(name, handler)


def look_for_relations(page, project, text):
    page.goto(f"/projects/{project.slug}/claims/")
    page.get_by_role("link", name=text).click()
    page.get_by_text("have we checked this before?").click()
    page.get_by_role("button", name="Look for relations").click()
    expect(page.locator(".relation-between")).to_contain_text(text)
