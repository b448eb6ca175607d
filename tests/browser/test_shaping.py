"""The passage of a stored annotation on a real server: ends, parts, a cut and a merge, by keys and by pointer."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.models import Annotation
from annotations.services.annotations import edit_annotation

pytestmark = pytest.mark.django_db(transaction=True)
LIES = "Pure lies and slander"


@pytest.fixture
def desk(new_context, live_server, people, labels, article, mark):
    """Ana at the article, with one annotation open."""
    annotation = mark(LIES)
    client = Client()
    client.force_login(people.ana)
    context = new_context(viewport={"width": 1440, "height": 900})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"/articles/{article.pk}/?annotation={annotation.pk}")
    page.wait_for_selector("html[data-annotate=ready]")
    expect(page.locator("[data-handle=end]")).to_be_visible()
    return page


def shows(page, quote):
    expect(page.locator("#inspector blockquote")).to_have_text(quote)


def quotes():
    return list(Annotation.objects.active().order_by("start", "id").values_list("quote", flat=True))


def handle_at(page, side):
    box = page.locator(f"[data-handle={side}]").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def middle_of(page, words, side="end"):
    return page.evaluate(
        """([words, side]) => import('/static/annotations/js/offsets.js').then(({ ArticleText }) => {
             const article = new ArticleText(document.querySelector('[data-article-text]'));
             const text = article.slice(article.start, article.end);
             const start = [...text.slice(0, text.indexOf(words))].length; // code points
             const rect = article.range(start, start + words.length).getClientRects()[0];
             return [side === 'end' ? rect.right : rect.left, rect.top + rect.height / 2];
           })""",
        [words, side],
    )


def test_ends_move_by_keys_and_by_dragging(desk):
    desk.keyboard.press("]")
    expect(desk.locator("[data-handle=end]")).to_be_focused()
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowLeft"):
        desk.keyboard.press(key)
    expect(desk.locator("#spoken")).to_have_text("“Pure lie”")
    desk.keyboard.press("Escape")
    desk.keyboard.press("]")
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Enter")
    shows(desk, "Pure lies")
    desk.keyboard.press("[")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Enter")
    shows(desk, "lies")
    assert quotes() == ["lies"]
    (x, y), (to_x, to_y) = handle_at(desk, "end"), middle_of(desk, "slander")
    grip_x, grip_y = middle_of(desk, "lies")
    desk.mouse.move(x, y)
    desk.mouse.down()
    desk.mouse.move(x + (to_x - grip_x), y + (to_y - grip_y), steps=5)
    desk.mouse.up()
    shows(desk, "lies and slander")
    assert quotes() == ["lies and slander"]


def test_conflict_over_the_ends_shows_what_stands_there_now(desk, people):
    annotation = Annotation.objects.get()
    edit_annotation(by=people.ida, annotation=annotation, version=1, note="Seen.")
    desk.keyboard.press("]")
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Enter")
    expect(desk.locator("#inspector")).to_contain_text("Changed by someone else")
    assert quotes() == [LIES]


def test_parts_are_added_and_taken_away(desk):
    desk.keyboard.press("&")
    expect(desk.locator("#marking")).to_have_attribute("data-task", "part")
    for key in (*"osa", "Enter", *"ham", "Enter"):
        desk.keyboard.press(key)
    shows(desk, f"{LIES} … Osama Hamdan")
    desk.get_by_role("button", name="Take part 1 away").click()
    shows(desk, "Osama Hamdan")
    assert quotes() == ["Osama Hamdan"]


def test_split_at_a_word_and_merged_again_by_chip(desk):
    desk.keyboard.press("S")
    expect(desk.locator("#marking")).to_have_attribute("data-task", "cut")
    desk.keyboard.type("an")
    desk.keyboard.press("Enter")
    shows(desk, "Pure lies")
    assert quotes() == ["Pure lies", "and slander"]
    expect(desk.locator(".gut [data-annotation]")).to_have_count(2)
    desk.keyboard.press("M")
    expect(desk.get_by_label("Merge with")).to_be_focused()
    desk.locator(".gut [data-annotation]:not([aria-current])").click()
    expect(desk.locator("#spoken")).to_have_text(re.compile("Merge with 2 Claim: and slander"))
    desk.get_by_label("are taken in").check()
    desk.get_by_role("button", name="Merge", exact=True).click()
    shows(desk, LIES)
    expect(desk.locator(".gut [data-annotation]")).to_have_count(1)
    assert quotes() == [LIES]


def test_split_where_one_clicked(desk):
    desk.mouse.click(*middle_of(desk, "slander", "start"))
    shows(desk, LIES)
    desk.keyboard.press("S")
    shows(desk, "Pure lies and")
    assert quotes() == ["Pure lies and", "slander"]


def test_attributes_wait_for_their_key(desk):
    desk.keyboard.press("i")
    expect(desk.get_by_label("Note", exact=False).first).to_be_focused()
