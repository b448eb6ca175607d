"""Finding and labelling many places at once, with real keys: all occurrences, the concordance, the search bar, going to
what asks for work, the minimap."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.models import Annotation, BulkChange
from annotations.services.annotations import add_annotation
from annotations.services.articles import add_article
from tests.browser.barriers import found_by_axe
from tests.browser.waiting import until
from tests.core.test_occurrences import SAMPLES

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = {"width": 1440, "height": 900}
PARAGRAPH = "Osama Hamdan spoke of the talks in Tehran, and Hamdan’s aide wrote it down for the other side.\n"
PERSIAN = "او گفت كه حمدان می\u200cخواهد در تهران بماند و ميخواهد صلح شود.\n"


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


@pytest.fixture
def long_article(people, project, labels):
    return add_article(by=people.max, project=project, title="Long", text=PARAGRAPH * 30 + PERSIAN)


def marked(by, row, label, words, nth=0):
    text, start = row.revision.text, -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    segments = [[start, start + len(words)]]
    return add_annotation(by=by, article=row, segments=segments, quote=words, label=label)


# a hit that is still being brought into sight when one leaves; then some frames in which it could come after all
STEPPED_AND_LEFT = """async (pane) => {
  const field = document.querySelector("#find input[type=search]");
  const press = (key, rest) => {
    field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...rest }));
  };
  press("Enter");
  press("Enter", { shiftKey: true });
  press("Escape");
  for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
  return pane.scrollTop;
}"""


def at(page, row):
    page.goto(f"/articles/{row.pk}/")
    page.wait_for_selector("html[data-annotate=ready]")


def barriers(page):
    return [(one["id"], one["nodes"][0]["target"]) for one in found_by_axe(page)]


def test_all_occurrences_by_keyboard_and_back_by_one_key(signed_in, people, labels, long_article):
    said = marked(people.ana, long_article, labels["source"], "Hamdan")
    page = signed_in(people.ana)
    page.goto(f"/articles/{long_article.pk}/?annotation={said.pk}")
    page.wait_for_selector("html[data-annotate=ready]")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="All occurrences")).to_be_visible()
    expect(page.locator("[data-ticked]")).to_have_text("59")
    page.get_by_role("button", name="None").first.click()
    expect(page.locator("[data-ticked]")).to_have_text("0")
    page.get_by_role("button", name="All", exact=True).first.click()
    page.locator("input[name=hit]").nth(2).uncheck()
    expect(page.locator("[data-ticked]")).to_have_text("58")
    assert barriers(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="58 places labelled Source")).to_be_visible()
    assert Annotation.objects.active().count() == 59
    page.reload()
    page.keyboard.press("u")
    expect(page.get_by_role("heading", name="58 annotations taken back")).to_be_visible()
    assert list(Annotation.objects.active()) == [said]


def test_concordance_relabels_what_is_ticked_and_takes_it_back(signed_in, people, project, labels, long_article):
    for number in range(4):
        marked(people.ana, long_article, labels["source"], "Tehran", number)
    page = signed_in(people.ida)
    page.goto(f"/projects/{project.slug}/concordance/?sort=article")
    boxes = page.locator("input[name=row]")
    boxes.first.focus()
    page.keyboard.press("Space")
    boxes.nth(1).check()
    expect(page.locator("[data-ticked]")).to_have_text("2")
    edges = page.locator(".kwic mark").evaluate_all(
        "all => all.map((one) => Math.round(one.getBoundingClientRect().left))"
    )
    assert len(set(edges)) == 1, "the keyword begins at one edge"
    page.get_by_label("Relabel as").select_option("denial")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="2 annotations change")).to_be_visible()
    page.wait_for_load_state()  # keys are heard from then on
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="2 annotations relabelled Denial")).to_be_visible()
    page.wait_for_load_state()  # keys are heard from then on
    assert Annotation.objects.filter(label=labels["denial"]).count() == 2
    page.keyboard.press("u")
    expect(page.get_by_role("heading", name="2 annotations taken back")).to_be_visible()
    assert Annotation.objects.filter(label=labels["source"]).count() == 4
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/projects/{project.slug}/concordance/?of=text&asked=1&words=تهران")
    expect(page.locator(".kwic mark")).to_have_text("تهران")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert barriers(page) == []


def test_search_bar_counts_goes_through_marks_and_leads_back(signed_in, people, labels, long_article):
    page = signed_in(people.ana)
    at(page, long_article)
    pane = page.locator("#text")
    pane.evaluate("pane => { pane.scrollTop = 200 }")
    page.keyboard.press("/")
    count = page.locator("#find output")
    page.keyboard.type("HAMDAN")
    expect(count).to_contain_text("of 60")
    was = count.text_content()
    page.keyboard.press("Enter")
    expect(count).not_to_have_text(was)
    page.keyboard.press("Shift+Enter")
    expect(count).to_have_text(was)
    assert abs(pane.evaluate(STEPPED_AND_LEFT) - 200) < 2, "back to where one was"
    expect(page.locator("#find")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.press("Control+a")
    page.keyboard.type("میخواهد")
    expect(count).to_have_text("1 of 2")
    page.get_by_label("Same accents").check()
    expect(count).to_have_text("Nowhere in this article")
    page.get_by_label("Same accents").uncheck()
    page.get_by_label("Words to look for").press("Enter")
    expect(count).to_have_text("2 of 2")
    page.get_by_role("button", name="Mark this hit").click()
    page.keyboard.press("3")
    expect(page.locator("#inspector blockquote")).to_have_text("ميخواهد")
    page.keyboard.press("/")
    page.get_by_role("button", name="All occurrences").click()
    expect(page.get_by_role("heading", name="All occurrences")).to_be_visible()
    expect(page.locator("input[name=hit]")).to_have_count(2)


def test_browser_finds_what_the_server_finds(signed_in, people, long_article):
    page = signed_in(people.ana)
    page.goto("/")
    found = page.evaluate(
        """async (samples) => {
          const { TextSearch } = await import("/static/annotations/js/occurrences.js");
          return samples.map(([text, words, options]) => new TextSearch(text)
            .find(words, { whole_words: true, ...options }).map(({ start, end }) => text.slice(start, end)));
        }""",
        [[text, words, options] for text, words, options, _ in SAMPLES],
    )
    wrong = [(sample, got) for sample, got in zip(SAMPLES, found, strict=True) if got != sample[3]]
    assert wrong == []


def test_keys_lead_to_what_asks_for_work_and_the_minimap_follows(signed_in, people, labels, long_article):
    marked(people.ana, long_article, labels["source"], "Hamdan", 0)
    marked(people.ben, long_article, labels["source"], "Osama Hamdan", 0)
    agreed = [marked(by, long_article, labels["claim"], "Tehran", 1) for by in (people.ana, people.ben)]
    page = signed_in(people.ida)
    at(page, long_article)
    said = page.locator("#went-to")
    page.keyboard.press("t")
    expect(said).to_have_text("Unmarked paragraph 1 of 29")
    page.keyboard.press("T")
    expect(said).to_have_text("Unmarked paragraph 29 of 29")
    page.keyboard.press("y")
    expect(said).to_contain_text("Difference")
    expect(said).to_contain_text("of 2")
    page.get_by_label("Label to go to").select_option("claim")
    page.locator("#text").focus()
    page.keyboard.press("b")
    expect(said).to_contain_text("of 2")
    expect(page.locator("#inspector blockquote")).to_have_text("Tehran")
    expect(page).to_have_url(re.compile("|".join(f"annotation={row.pk}" for row in agreed)))
    page.keyboard.press("H")
    expect(said).to_have_text("Highlights are hidden")
    page.keyboard.press("H")
    strip = page.get_by_role("scrollbar", name="Marks in the text")
    expect(strip).to_be_visible()
    strip.focus()
    page.keyboard.press("End")
    until(page, "document.querySelector('#minimap').getAttribute('aria-valuenow') > 40")
    box = strip.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 4)
    until(page, "document.querySelector('#text').scrollTop < 50")
    assert barriers(page) == []
    assert BulkChange.objects.count() == 0
