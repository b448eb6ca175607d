"""From the screen to the export, code point for code point: what is marked is what is stored and what a file says.

The texts hold what has gone wrong elsewhere: emoji outside the first plane and joined ones, combining marks, CR and
CRLF, a lone CR, no-break spaces, Persian with zero-width joiners, Arabic, mixed directions. The selection is made by
the browser itself, not by our own modules.
"""

import json

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from annotations.queries.exports import export
from annotations.services.articles import add_article
from tests.browser.test_inspector import signed_in  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = (
    " Leading space, then 👩‍👩‍👧 a family 🏳️‍🌈 and 😀 far from the first plane.\r\n\r\n"
    "Cafe\u0301 with a combining mark, nai\u0308ve too; a\u00a0no-break space.\rA lone CR came before this.\r\n"
    "می‌خواهم این‌ها را بگویم، او گفت Reuters در ۱۶ نوامبر.\n\n"
    "قال أُسامة حمدان إنّ «هذه أكاذيب».\n"
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ends 🇮🇷🇸🇾 here."
)
PHRASES = [
    "👩‍👩‍👧 a family 🏳️‍🌈",
    "😀",
    "Cafe\u0301 with",
    "a\u00a0no-break",
    "A lone CR",
    "می‌خواهم این‌ها",
    "Reuters در ۱۶",
    "أُسامة حمدان",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ends 🇮🇷🇸🇾",
]
ACROSS_LINES = "plane.\r\n\r\nCafe\u0301"
SELECT = """(phrase) => {
  const root = document.querySelector("[data-article-text]");
  const nodes = [], walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (walk.currentNode.parentElement.closest("[data-start]")) nodes.push(walk.currentNode);
  const at = nodes.map((node) => node.data).join("").indexOf(phrase);
  const place = (offset) => {
    for (const node of nodes) {
      if (offset <= node.data.length) return [node, offset];
      offset -= node.data.length;
    }
  };
  getSelection().setBaseAndExtent(...place(at), ...place(at + phrase.length));
}"""


@pytest.fixture
def scripts(people, project):
    return add_article(by=people.max, project=project, title="Every script", text=TEXT)


def exported(project, person):
    """The quotes and segments of the native export, by annotation id."""
    lines = b"".join(export(project, person, "jsonl").chunks).splitlines()
    rows = [row for row in map(json.loads, lines) if row["record"] == "annotation"]
    return {row["id"]: (row["quote"], row["segments"]) for row in rows}


def assert_exactly(annotation, phrase, project, person):
    start = TEXT.index(phrase)
    segments = [[start, start + len(phrase)]]
    assert (annotation.quote, annotation.segments) == (phrase, segments)
    assert annotation.revision.text == TEXT
    assert exported(project, person)[str(annotation.pk)] == (phrase, segments)


def test_what_the_browser_selects_is_what_is_stored_and_exported(signed_in, people, project, labels, scripts):  # noqa: F811
    page = signed_in(people.ana)
    page.goto(f"/articles/{scripts.pk}/")
    page.wait_for_selector("html[data-annotate=ready]")
    for number, phrase in enumerate([*PHRASES, ACROSS_LINES], 1):
        page.evaluate(SELECT, phrase)
        page.locator("#mark-toolbar").wait_for(state="visible")
        page.keyboard.press("1")
        expect(page.locator("[data-annotation]")).to_have_count(number)
        annotation = Annotation.objects.latest("id")
        assert_exactly(annotation, phrase, project, people.ana)


def test_without_javascript_it_is_the_same(signed_in, people, project, labels, scripts):  # noqa: F811
    page = signed_in(people.ana, java_script_enabled=False)
    for phrase in (*PHRASES, ACROSS_LINES):
        start = TEXT.index(phrase)
        page.goto(f"/articles/{scripts.pk}/")
        page.get_by_text("Mark by offsets").click()
        page.get_by_label("Start", exact=True).fill(str(start))
        page.get_by_label("End", exact=True).fill(str(start + len(phrase)))
        page.get_by_label("Label", exact=True).select_option("claim")
        page.get_by_role("button", name="Show the words").click()
        page.get_by_role("button", name="Mark", exact=True).click()
        expect(page.locator("#inspector-title")).to_be_visible()
        assert_exactly(Annotation.objects.latest("id"), phrase, project, people.ana)


def test_a_cut_emoji_is_refused_in_words_and_nothing_is_stored(signed_in, people, labels, scripts):  # noqa: F811
    page = signed_in(people.ana, java_script_enabled=False)
    start = TEXT.index("👩")
    page.goto(f"/articles/{scripts.pk}/")
    page.get_by_text("Mark by offsets").click()
    page.get_by_label("Start", exact=True).fill(str(start))
    page.get_by_label("End", exact=True).fill(str(start + 1))
    page.get_by_label("Label", exact=True).select_option("claim")
    page.get_by_role("button", name="Show the words").click()
    expect(page.get_by_role("alert").first).to_contain_text("cut", ignore_case=True)
    assert not Annotation.objects.exists()
