"""Every state of the annotate screen, the door and the parts: for everyone, at every width, in light and dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import found_by_axe
from tests.browser.harness.pages import parts_page, sign_in_page
from tests.browser.harness.reading import press, select
from tests.browser.harness.samples import NEWS
from tests.browser.harness.server import Reply

SIZES = {"wide": (1440, 960), "medium": (1024, 768), "phone": (390, 844)}
LEAST_TARGET = 24  # px
# links within a sentence are no targets of their own, nor are boxes whose label is one
TARGETS = """() => [...document.querySelectorAll('a, button, summary, select, [type=text], [type=number]')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('p, q, .sr, .skip'))
  .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < %d || box.height < %d))
  .map(([html]) => html)"""


def violations(page):
    """What axe finds, in light and, as far as colours go, in dark."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour on its way to another
        rules = found_by_axe(page, only_colours=scheme == "dark")
        found += [(scheme, rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in rules]
    return found


@pytest.fixture(params=SIZES.values(), ids=SIZES.keys())
def sized(request, page):
    page.set_viewport_size({"width": request.param[0], "height": request.param[1]})
    return page


def marking(page, harness):
    page.locator("[data-action=mark]").click()
    page.keyboard.type("osa")


def choosing_a_label(page, harness):
    marking(page, harness)
    press(page, "Enter", "Enter")


def selecting(page, harness):
    start = NEWS.index("Quds")
    select(page, start, start + 20)
    page.locator("#mark-toolbar").wait_for(state="visible")


def all_keys(page, harness):
    press(page, "?")


def person_menu(page, harness):
    page.get_by_role("button", name="(your menu)").click()


def not_saved(page, harness):
    harness.answer = lambda post: Reply("", 503)
    press(page, "v", "o", "s", "1")
    expect(page.locator("#toasts .toast")).to_be_visible()


def at_rest(page, harness):
    pass


STATES = [at_rest, marking, choosing_a_label, selecting, all_keys, person_menu, not_saved]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_annotate_screen_has_no_violation(annotate, harness, sized, state):
    page = annotate(current=13)
    state(page, harness)
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("current", [None, 13], ids=["nothing selected", "selected"])
def test_targets_are_large_enough(annotate, sized, current):
    page = annotate(current=current)
    assert page.evaluate(TARGETS % (LEAST_TARGET, LEAST_TARGET)) == []


def test_empty_article_and_empty_queue_say_so(annotate):
    page = annotate(text="", queue=[])
    expect(page.get_by_text("This article has no words")).to_be_visible()
    expect(page.get_by_text("No other articles")).to_be_visible()
    assert violations(page) == []


def test_refused_person_has_no_violation(annotate):
    page = annotate(decision_may_annotate={"allowed": False, "reason": "Viewers read and export; they mark nothing."})
    assert violations(page) == []


def test_sheet_opens_on_a_small_screen(annotate, page):
    page.set_viewport_size({"width": 390, "height": 844})
    annotate()
    page.locator("[data-annotation=a2]").click()
    expect(page.locator("#inspector")).to_be_visible()
    assert violations(page) == []
    press(page, "Escape")
    expect(page.locator("#inspector")).to_be_hidden()
    page.get_by_role("button", name="Articles").click()
    expect(page.locator("#queue")).to_be_visible()
    assert violations(page) == []


def test_nothing_scrolls_sideways_at_320_pixels(annotate, harness, page):
    page.set_viewport_size({"width": 320, "height": 640})
    annotate()
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320
    harness.pages["/login/"] = sign_in_page()
    page.goto("/login/")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320
    harness.pages["/parts/"] = parts_page()
    page.goto("/parts/")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320


def test_sign_in_has_no_violation(harness, sized):
    harness.pages["/login/"] = sign_in_page()
    sized.goto("/login/")
    assert violations(sized) == []
    assert sized.evaluate(TARGETS % (LEAST_TARGET, LEAST_TARGET)) == []


def test_parts_have_no_violation(harness, sized):
    harness.pages["/parts/"] = parts_page()
    sized.goto("/parts/")
    assert violations(sized) == []
    assert sized.evaluate(TARGETS % (LEAST_TARGET, LEAST_TARGET)) == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_one_reads_follows_chips_and_marks_by_offsets(harness, page):
    from tests.browser.harness.pages import annotate_page

    harness.pages["/annotate/"] = annotate_page(current=3)
    page.goto("/annotate/")
    expect(page.locator("[data-annotation=a3]")).to_have_attribute("href", "?annotation=a3#inspector")
    expect(page.get_by_role("button", name="Mark", exact=True)).to_have_count(0)
    page.get_by_text("Mark by offsets").click()
    page.get_by_label("Start", exact=True).fill("0")
    page.get_by_label("End", exact=True).fill("12")
    page.get_by_label("Label", exact=True).select_option("source")
    page.get_by_role("button", name="Show the words").click()
    fields = harness.posts[0].fields
    assert (fields["start"], fields["end"], fields["label"], fields["revision"]) == ("0", "12", "source", "r1")


def test_forced_colours_keep_every_word(annotate, page):
    page.emulate_media(forced_colors="active")
    annotate(current=13)
    assert found_by_axe(page) == []
    assert page.locator(".chip").first.evaluate("(chip) => getComputedStyle(chip).borderTopStyle") == "solid"


def test_print_shows_the_article_alone(annotate, page):
    page.emulate_media(media="print")
    annotate(current=13)
    for name in (".top", ".queue", "#inspector", ".bar", ".keys"):
        expect(page.locator(name)).to_be_hidden()
    expect(page.locator("[data-article-text]")).to_be_visible()
    assert page.locator(".text").evaluate("(text) => getComputedStyle(text).overflow") == "visible"
