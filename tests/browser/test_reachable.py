"""No barriers: axe on every state of the annotate screen, in two languages and four looks; all without a pointer."""

import re
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.models import Annotation, Claim, Person
from annotations.services.people import set_preferences
from tests.browser.barriers import found_by_axe

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "forced colours": {"forced_colors": "active"},
}
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.fixture
def come_in(new_context, live_server):
    """come_in(person, **options): a page of theirs."""

    def opened(person, **options):
        client = Client()
        client.force_login(person)
        context = new_context(**{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options})
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return opened


@pytest.fixture
def annotation(mark):
    return mark("Pure lies and slander")


def at_desk(page, article):
    page.goto(f"/articles/{article.pk}/")
    page.wait_for_selector("html[data-annotate=ready]")
    return page


def violations(page, only_colours):
    rules = found_by_axe(page, only_colours=only_colours)
    return [(rule["id"], [node["html"][:140] for node in rule["nodes"]]) for rule in rules]


def is_within(page):
    return page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_every_state_of_the_screen_has_no_violation(come_in, people, labels, article, annotation, look, language):
    only_colours = look is LOOKS["dark"]
    set_preferences(by=people.ana, language=language)
    page = at_desk(come_in(people.ana, **look), article)
    found = {"at rest": violations(page, only_colours), "within": is_within(page) or "scrolls sideways"}
    page.locator("[data-annotation]").first.click()
    expect(page.locator("#inspector blockquote")).to_be_visible()
    found["open"] = violations(page, only_colours)
    if page.locator("#inspector[popover]:popover-open").count():
        page.keyboard.press("Escape")
    page.locator("[data-action=mark]").click()
    page.keyboard.type("pur")
    found["marking"] = violations(page, only_colours)
    page.keyboard.press("Escape")
    open_sheet(page)
    found["dialog"] = violations(page, only_colours)
    page.keyboard.press("Escape")
    page.goto("/?tab=disputed")
    found["empty"] = violations(page, only_colours)
    page.goto("/nowhere/")
    found["error"] = violations(page, only_colours)
    assert {state: what for state, what in found.items() if what and what is not True} == {}


# -- the keys ---------------------------------------------------------------------------------------------------------


def keys_on(page):
    """Every data-key that stands in the page, with the name of what carries it."""
    return set(page.locator("[data-key]").evaluate_all("(all) => all.map((one) => one.dataset.key)"))


def open_sheet(page):
    """Its keys are fetched when it opens."""
    page.locator("[data-opens=cheat-sheet]").first.evaluate("(button) => button.click()")
    expect(page.locator("#cheat-sheet dt").first).to_be_visible()


def test_the_sheet_lists_every_key_of_the_screen_and_no_other(come_in, people, labels, article, annotation):
    page = at_desk(come_in(people.ana), article)
    open_sheet(page)
    page.keyboard.press("Escape")
    on_sheet = set(page.locator("[data-for-key]").evaluate_all("(all) => all.map((one) => one.dataset.forKey)"))
    seen = keys_on(page)
    page.locator("[data-annotation]").first.click()
    expect(page.locator("#inspector blockquote")).to_be_visible()
    seen |= keys_on(page)
    page.keyboard.press("Delete")
    expect(page.locator("#toasts .toast")).to_be_visible()
    seen |= keys_on(page)
    assert seen - on_sheet == set(), "a key that the sheet does not tell of: add it in templatetags/keys.py"
    known = seen | set(re.findall(r'data-(?:key|sign)="([^"{]+)"', "".join(in_templates()).replace("&amp;", "&")))
    handled_in_scripts = {
        "Tab",
        "Shift",
        "Backspace",
        "ArrowLeft",
        "ArrowRight",
        "ArrowUp",
        "ArrowDown",
        ",",
        ".",
        "<",
        ">",
        "Ctrl+Enter",
    }
    assert on_sheet - known - handled_in_scripts == set(), "the sheet tells of a key that nothing carries"
    nameless = page.locator("[data-key]").evaluate_all(
        "(all) => all.filter((one) => !(one.ariaLabel || one.textContent).trim() && one.type !== 'radio')"
        ".map((one) => one.outerHTML.slice(0, 90))"
    )
    assert nameless == []


def in_templates():
    return [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]


def test_single_keys_are_a_person_s_own_choice_and_come_along_to_another_browser(come_in, people, labels, article):
    page = at_desk(come_in(people.ana), article)
    page.get_by_role("button", name="(your menu)").click()
    with page.expect_response("**/preferences/") as answer:
        page.locator("#person-menu").get_by_label("Single keys press buttons").uncheck()
    assert answer.value.status == 204
    elsewhere = at_desk(come_in(Person.objects.get(pk=people.ana.pk)), article)
    elsewhere.keyboard.press("v")
    elsewhere.keyboard.press("?")
    expect(elsewhere.locator("#marking")).to_be_hidden()
    expect(elsewhere.locator("#cheat-sheet")).to_be_hidden()
    elsewhere.keyboard.press("F6")
    expect(elsewhere.locator("#queue")).to_be_focused()


# -- without a pointer ------------------------------------------------------------------------------------------------


def test_the_whole_job_is_done_without_a_pointer(come_in, people, labels, article):
    page = come_in(people.ana)
    page.goto("/")
    link = page.get_by_role("link", name=article.title)
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("(link) => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-annotate=ready]")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    for keys in ("v", *"Pure", "Enter", *"sla", "Enter", "1"):
        page.keyboard.press(keys)
    expect(page.locator("#inspector blockquote")).to_have_text("Pure lies and slander")
    page.keyboard.press("c")
    expect(page.get_by_label("The claim")).to_be_focused()
    page.keyboard.type(" So it was said.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#inspector").get_by_text("So it was said.").first).to_be_visible()
    page.keyboard.press("F6")
    focus = "() => document.activeElement.matches('[data-pane], [data-pane] *')"
    assert page.evaluate(focus), "F6 takes the focus to a pane"
    assert (Annotation.objects.count(), Claim.objects.count()) == (1, 1)


def test_what_has_the_focus_is_never_hidden_under_something_else(come_in, people, labels, article, annotation):
    """WCAG 2.4.11, for every stop of the tab key on the screen with an annotation open."""
    page = at_desk(come_in(people.ana), article)
    page.locator("[data-annotation]").first.click()
    expect(page.locator("#inspector blockquote")).to_be_visible()
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    hidden = """() => {
      const one = document.activeElement;
      if (!one || one === document.body || one.closest('.skip, .sr')) return '';
      const shown = one.matches('[type=radio], [type=checkbox]') ? one.closest('label') ?? one : one;
      const { left, right, top, bottom } = shown.getBoundingClientRect();
      const points = [[left + 2, top + 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
      const isSeen = points.some(([x, y]) => {
        const above = document.elementFromPoint(x, y);
        return above && (one.contains(above) || above.contains(one) || shown.contains(above));
      });
      return isSeen ? '' : one.outerHTML.slice(0, 120);
    }"""
    found = []
    for _ in range(120):
        page.keyboard.press("Tab")
        found.append(page.evaluate(hidden))
    assert [html for html in found if html] == []


# -- larger, further apart --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(720, 450), (320, 256)], ids=["200 %", "400 %"])
def test_enlarged_and_with_wide_spacing_nothing_is_lost(come_in, people, labels, article, annotation, size):
    """WCAG 1.4.4, 1.4.10 and 1.4.12: a window of 1440 by 900 or 1280 by 1024 as it is when enlarged."""
    page = at_desk(come_in(people.ana, viewport={"width": size[0], "height": size[1]}), article)
    # set through the CSSOM, which the content policy allows
    page.evaluate("""() => document.styleSheets[0].insertRule(
      '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }')""")
    assert is_within(page)
    cut = page.locator(".btn, .label-button, .chip, h1, h2").evaluate_all(
        "(all) => all.filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 2 "
        "&& getComputedStyle(one).overflowX === 'hidden').map((one) => one.outerHTML.slice(0, 90))"
    )
    assert cut == []
    page.keyboard.press("v")
    expect(page.locator("#marking")).to_be_visible()
    assert is_within(page)
