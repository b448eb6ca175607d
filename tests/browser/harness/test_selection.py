"""What mouse, pen or finger selects is marked with one press, by exactly its code points."""

import pytest
from playwright.sync_api import expect

from tests.browser.harness.reading import posted, press, select
from tests.browser.harness.samples import CAFE, FAMILY, NEWS, PERSIAN
from tests.browser.waiting import laid_out, until_it_is


def drag_over(page, start, end):
    """A real mouse over a real word."""
    box = page.evaluate(
        """([start, end]) => import('/static/annotations/js/offsets.js').then(({ ArticleText }) => {
             const article = new ArticleText(document.querySelector('[data-article-text]'));
             const rects = [...article.range(start, end).getClientRects()];
             const [first, last] = [rects[0], rects.at(-1)];
             return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
           })""",
        [start, end],
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=4)
    page.mouse.up()


def test_words_under_the_mouse_are_marked_with_one_press(annotate, harness):
    page = annotate()
    words = "neither Palestine nor the region"
    start = NEWS.index(words)
    drag_over(page, start, start + len(words))
    page.locator("#mark-toolbar").get_by_role("button", name="Claim").click()
    assert posted(harness, page) == [([[start, start + len(words)]], words, "claim")]
    expect(page.locator("#mark-toolbar")).to_be_hidden()


def test_digit_labels_the_selection(annotate, harness):
    page = annotate()
    start = NEWS.index("Reuters")
    select(page, start, start + 7)
    page.locator("#mark-toolbar").wait_for(state="visible")
    press(page, "3")
    assert posted(harness, page) == [([[start, start + 7]], "Reuters", "source")]


def test_toolbar_closes_with_the_selection(annotate):
    page = annotate()
    select(page, 0, 12)
    expect(page.locator("#mark-toolbar")).to_be_visible()
    page.evaluate("() => getSelection().removeAllRanges()")
    expect(page.locator("#mark-toolbar")).to_be_hidden()


def test_toolbar_stands_inside_the_window(annotate):
    page = annotate()
    toolbar = page.locator("#mark-toolbar")
    for start in (0, 700, 1300):
        select(page, start, start + 40)
        page.evaluate("(block) => document.querySelector(block)?.scrollIntoView()", "[data-start]")
        toolbar.wait_for(state="visible")
        laid_out(page)
        until_it_is(True, lambda: is_inside(toolbar.bounding_box()))


def is_inside(box):
    return box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= 1440 and box["y"] + box["height"] <= 960


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        (f"We saw {FAMILY} go.", 8, 9, FAMILY),  # inside a family of seven code points
        (f"A {CAFE} there.", 2, 6, CAFE),  # without its accent
        ("One\r\n\r\nTwo", 0, 5, "One"),  # into the line ends behind it
        ("One \r two.", 0, 8, "One \r tw"),
        (PERSIAN, 9, 14, PERSIAN[9:14]),
        ("Over one\n\nand two.", 5, 13, "one\n\nand"),
    ],
)
def test_selection_is_trimmed_and_cuts_no_character(annotate, harness, text, start, end, words):
    page = annotate(text=text)
    select(page, start, end)
    page.locator("#mark-toolbar").wait_for(state="visible")
    press(page, "1")
    [(segments, quote, _)] = posted(harness, page)
    [[from_, to]] = segments
    assert quote == words == text[from_:to]


def test_white_space_alone_is_no_selection(annotate):
    page = annotate(text="One   two")
    select(page, 3, 6)
    page.wait_for_timeout(300)
    expect(page.locator("#mark-toolbar")).to_be_hidden()


def test_selection_outside_the_article_is_left_alone(annotate):
    page = annotate()
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('.queue'))")
    page.wait_for_timeout(300)
    expect(page.locator("#mark-toolbar")).to_be_hidden()


def test_another_part_is_marked_with_the_first(annotate, harness):
    page = annotate()
    first, second = NEWS.index("Osama Hamdan"), NEWS.index("pure lies")
    select(page, first, first + 12)
    page.locator("#mark-toolbar").get_by_role("button", name="Another part").click()
    select(page, second, second + 9)
    page.locator("#mark-toolbar").get_by_role("button", name="Denial").click()
    assert posted(harness, page) == [
        ([[first, first + 12], [second, second + 9]], "Osama Hamdan … pure lies", "denial"),
    ]


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844}, has_touch=True)
def test_finger_finds_the_toolbar_at_the_foot_of_the_screen(annotate, harness):
    page = annotate()
    start = NEWS.index("Quds Force")
    select(page, start, start + 10)
    toolbar = page.locator("#mark-toolbar")
    toolbar.wait_for(state="visible")
    box = toolbar.bounding_box()
    assert round(box["y"] + box["height"]) == 844
    toolbar.get_by_role("button", name="Source").tap()
    assert posted(harness, page) == [([[start, start + 10]], "Quds Force", "source")]


def test_toolbar_says_what_will_be_stored_and_spaces_are_kept_when_wanted(annotate, harness):
    text = f"Well, He rose {FAMILY} again."
    page = annotate(text=text)
    start = text.index("rose")
    select(page, start - 1, start + 6)  # a space before, a space and half a family behind
    toolbar = page.locator("#mark-toolbar")
    expect(toolbar.locator("[data-chosen]")).to_have_text(f"“rose {FAMILY}”")
    expect(toolbar.locator("[data-changed]")).to_have_text("widened to whole characters · spaces at the ends left out")
    assert page.evaluate("() => getSelection().toString()") == f"rose {FAMILY}", "the selection shows the same"
    press(page, "_")
    expect(toolbar.locator("[data-chosen]")).to_have_text(f"“␣rose {FAMILY}”")
    expect(toolbar.get_by_role("button", name="Leave out spaces")).to_have_attribute("aria-pressed", "false")
    press(page, "1")
    assert posted(harness, page)[0][1] == f" rose {FAMILY}"
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
    page.reload()
    page.wait_for_selector("html[data-annotate=ready]")
    select(page, start - 1, start + 4)
    expect(toolbar.locator("[data-chosen]")).to_have_text("“␣rose”")
    press(page, "_", "1")
    assert posted(harness, page, 2)[1][1] == "rose"
