"""Single keys press the buttons that carry them, stay out of fields, and can be switched off."""

from playwright.sync_api import expect

from tests.browser.harness.reading import press


def test_question_mark_opens_all_keys_and_escape_closes_them(annotate):
    page = annotate()
    press(page, "?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    press(page, "v")
    expect(page.locator("#marking")).to_be_hidden()
    press(page, "Escape")
    expect(sheet).to_be_hidden()


def test_j_and_k_go_by_paragraph(annotate):
    page = annotate()
    press(page, "j", "j", "j", "k")
    expect(page.locator("[data-start]").nth(1)).to_be_focused()


def test_f6_goes_from_pane_to_pane_and_round(annotate):
    page = annotate()
    names = []
    for _ in range(4):
        press(page, "F6")
        names.append(page.evaluate("() => document.activeElement.id"))
    assert names == ["queue", "text", "inspector", "queue"]


def test_g_and_a_letter_follow_a_link(annotate, harness):
    page = annotate()
    harness.pages["/projects/seeds/disputes/"] = "<title>Disputes</title><h1>Disputes</h1>"
    press(page, "g", "d")
    expect(page.get_by_role("heading", name="Disputes")).to_be_visible()


def test_letters_in_a_field_are_letters(annotate):
    page = annotate()
    page.locator(".offsets summary").click()
    field = page.get_by_label("Start", exact=True)
    field.focus()
    press(page, "1", "2")
    expect(field).to_have_value("12")
    expect(page.locator("#marking")).to_be_hidden()


def test_keys_with_control_are_the_browsers(annotate):
    page = annotate()
    press(page, "Control+j", "Alt+v")
    expect(page.locator("#marking")).to_be_hidden()


def test_single_keys_are_switched_off_at_once_and_the_server_is_told(annotate, harness):
    page = annotate()
    press(page, "?")
    page.locator("#cheat-sheet").get_by_label("Single keys press buttons").uncheck()
    expect(page.locator("#person-menu input[data-single-keys]")).not_to_be_checked()
    press(page, "Escape", "v")
    expect(page.locator("#marking")).to_be_hidden()
    press(page, "F6")
    expect(page.locator("#queue")).to_be_focused()
    assert [(post.path, post.fields["single_keys"]) for post in harness.posts] == [("/preferences/", "off")]


def test_every_key_on_the_sheet_of_this_page_has_its_button(annotate):
    page = annotate()
    for key in ("v", "n", "p", "j", "k", "l", "?", "F6", "g q", "g d", "g p", "g e"):
        expect(page.locator(f"[data-key='{key}']").first).to_have_count(1)


def test_ctrl_enter_sends_the_form_one_writes_in(annotate, harness):
    page = annotate()
    page.locator(".offsets summary").click()
    page.get_by_label("Start", exact=True).fill("0")
    page.get_by_label("End", exact=True).fill("6")
    page.get_by_label("Label", exact=True).select_option("claim")
    page.get_by_label("End", exact=True).press("Control+Enter")
    page.wait_for_url("**/mark/")
    fields = harness.posts[0].fields
    assert (fields["start"], fields["end"], fields["label"]) == ("0", "6", "claim")


def test_theme_is_kept_in_this_browser(annotate):
    page = annotate()
    page.get_by_role("button", name="(your menu)").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(14, 16, 19)"
