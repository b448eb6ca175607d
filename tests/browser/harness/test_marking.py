"""A span is made with the keyboard alone, in every script, and what is sent is what the text holds."""

import threading
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.harness.reading import DRAFT, draft, posted, press, select
from tests.browser.harness.samples import ARABIC, CAFE, FAMILY, FLAGS, NEWS, PERSIAN
from tests.browser.harness.server import Reply
from tests.browser.waiting import until


def span(text, words):
    start = text.index(words)
    return [[start, start + len(words)]]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("v i s m Enter a y Enter 1", "Ismail Haniyeh was given a dressing-down when he met Ayatollah"),
        ("v s e Enter t h u 1", "sent the military wing of Hamas a message on Thursday"),
        ("v o s 1", "Osama"),
        ("v q u Enter g Enter 1", "Quds Force of Iran’s Revolutionary Guards"),
    ],
)
def test_typical_span_takes_at_most_nine_keys(annotate, harness, keys, words):
    page = annotate()
    assert len(keys.split()) <= 9
    press(page, *keys.split())
    assert posted(harness, page) == [(span(NEWS, words), words, "claim")]


def test_first_letters_show_what_they_find_and_tab_the_next(annotate):
    page = annotate()
    press(page, "v", "h", "a")
    assert draft(page) == "Hamas"
    press(page, "Tab")
    assert draft(page) == "had"
    press(page, "Shift+Tab")
    assert draft(page) == "Hamas"


def test_what_is_being_marked_stays_painted_while_the_mark_before_it_is_stored(annotate, harness):
    may_answer = threading.Event()
    harness.answer = lambda _: may_answer.wait(20) and Reply("<p>Stored.</p>")
    page = annotate()
    press(page, "v", "o", "s", "1", "v", "h", "a", "m", "a", "s")
    assert draft(page) == "Hamas|Osama"
    may_answer.set()
    until(page, f"() => !({DRAFT})().includes('Osama')")
    assert draft(page) == "Hamas"


def test_letters_that_begin_no_word_are_said_and_change_nothing(annotate):
    page = annotate()
    press(page, "v", "q", "u", "x")
    assert draft(page) == "Quds"
    expect(page.locator("#spoken")).to_have_text("No word begins with “qux”")


def test_a_digit_is_a_letter_while_the_start_is_looked_for(annotate, harness):
    page = annotate()
    press(page, "v", "7", "Enter", "o", "c", "Enter", "2")
    assert posted(harness, page) == [(span(NEWS, "7 October"), "7 October", "quotation")]


def test_label_is_found_by_l_and_its_first_letters(annotate, harness):
    page = annotate()
    press(page, "v", "o", "s", "Enter", "Enter", "l", "d")
    assert posted(harness, page) == [(span(NEWS, "Osama"), "Osama", "denial")]


def test_label_letters_that_fit_two_labels_wait_for_more(annotate, harness):
    page = annotate()
    press(page, "v", "o", "s", "Enter", "Enter", "l", "f")
    expect(page.locator("#marking [data-label-key=claim]")).to_have_class("label-button off")
    assert harness.posts == []
    press(page, "i")
    assert posted(harness, page)[0][2] == "figure"


def test_enter_repeats_the_last_label(annotate, harness):
    page = annotate()
    press(page, "v", "o", "s", "3")
    press(page, "v", "h", "a", "m", "d", "Enter", "Enter", "Enter")
    assert [label for _, _, label in posted(harness, page, 2)] == ["source", "source"]


def test_arrows_move_by_word_and_extend_with_shift(annotate):
    page = annotate()
    press(page, "v", "ArrowRight", "ArrowRight")
    assert draft(page) == "who"
    press(page, "Shift+ArrowRight", "Shift+ArrowRight")
    assert draft(page) == "who commands the"
    press(page, "Shift+ArrowLeft")
    assert draft(page) == "who commands"
    press(page, "ArrowLeft")
    assert draft(page) == "who"


def test_arrows_extend_backwards_as_in_an_editor(annotate):
    page = annotate()
    press(page, "v", "w", "h", "o", "Shift+ArrowLeft", "Shift+ArrowLeft")
    assert draft(page) == "Esmail Qaani, who"


@pytest.mark.parametrize("text", [PERSIAN, ARABIC])
def test_left_and_right_are_mirrored_in_right_to_left_text(annotate, text):
    page = annotate(text=text)
    press(page, "v")
    first = draft(page)
    press(page, "ArrowLeft")
    second = draft(page)
    assert text.index(second) > text.index(first)
    press(page, "ArrowRight")
    assert draft(page) == first


def test_up_and_down_move_and_extend_by_sentence(annotate):
    page = annotate(text="One is here. Two is there. Three is far.\n\nFour ends.")
    press(page, "v", "ArrowDown")
    assert draft(page) == "Two"
    press(page, "Shift+ArrowDown")
    assert draft(page) == "Two is there."
    press(page, "Shift+ArrowDown")
    assert draft(page) == "Two is there. Three is far."
    press(page, "Shift+ArrowUp")
    assert draft(page) == "Two is there."
    press(page, "ArrowUp")
    assert draft(page) == "Two"


def test_plus_and_minus_take_larger_and_smaller_units(annotate):
    page = annotate()
    press(page, "v", "l", "i", "e")
    assert draft(page) == "lies"
    press(page, "+")
    assert draft(page) == "“pure lies and slander”"
    press(page, "+")
    assert draft(page).startswith("On Thursday Osama Hamdan")
    press(page, "-", "-")
    assert draft(page) == "lies"


def test_comma_and_full_stop_move_the_end_by_a_character(annotate):
    page = annotate(text=f"It rose {FAMILY}{FLAGS} and fell.")
    press(page, "v", "r", "o", ".", ".")
    assert draft(page) == f"rose {FAMILY}"
    press(page, ".")
    assert draft(page) == f"rose {FAMILY}{FLAGS[:2]}"
    press(page, ",", ",", ",", ",")
    assert draft(page) == "ros"
    press(page, "<")
    assert draft(page) == "ros", "spaces at the ends are left out"
    press(page, "_")
    assert draft(page) == " ros", "until they are wanted"
    expect(page.locator("#marking [data-extent]")).to_have_text("“␣ros”")


def test_escape_leaves_and_nothing_is_sent(annotate, harness):
    page = annotate()
    press(page, "v", "o", "s", "Enter", "Escape")
    expect(page.locator("#marking")).to_be_hidden()
    assert draft(page) == ""
    assert harness.posts == []
    expect(page.locator("#text")).to_be_focused()


def test_backspace_goes_back_a_phase(annotate):
    page = annotate()
    press(page, "v", "o", "s", "Enter", "h", "a", "m", "Enter")
    expect(page.locator("#marking")).to_have_attribute("data-phase", "label")
    press(page, "Backspace")
    expect(page.locator("#marking")).to_have_attribute("data-phase", "end")
    press(page, "Backspace")
    expect(page.locator("#marking")).to_have_attribute("data-phase", "start")
    assert draft(page) == "Osama"


def test_span_in_two_parts_is_one_mark(annotate, harness):
    page = annotate()
    press(page, "v", "o", "s", "Enter", "h", "a", "&", "s", "l", "a", "4")
    segments = span(NEWS, "Osama Hamdan") + span(NEWS, "slander")
    assert posted(harness, page) == [(segments, "Osama Hamdan … slander", "denial")]


@pytest.mark.parametrize(
    ("text", "keys", "words"),
    [
        (f"A {CAFE} by the sea.", ["v", "c", "a", "Enter", "s", "e", "a", "1"], f"{CAFE} by the sea"),
        (PERSIAN, ["v", "ن", "م", "Enter", "Enter", "1"], "نمی\u200cخواهیم"),
        (ARABIC, ["v", "ا", "ج", "Enter", "ك", "Enter", "1"], None),
        ("One\rtwo\r\nthree.", ["v", "o", "n", "Enter", "t", "h", "Enter", "1"], "One\rtwo\r\nthree"),
        (f"We {FAMILY} went.", ["v", "w", "e", "Enter", "w", "e", "n", "Enter", "1"], f"We {FAMILY} went"),
    ],
)
def test_every_script_is_sent_code_point_for_code_point(annotate, harness, text, keys, words):
    page = annotate(text=text)
    for key in keys:
        page.keyboard.press(key) if key.isascii() else page.keyboard.insert_text(key)
    [(segments, quote, _)] = posted(harness, page)
    [[start, end]] = segments
    assert quote == text[start:end]
    assert words is None or quote == words


def test_what_is_marked_is_spoken(annotate):
    page = annotate()
    press(page, "v", "i", "s", "m", "Enter", "t", "e", "h")
    words = "First letters of the last word: “Ismail Haniyeh was … in Tehran”, 15 words"
    expect(page.locator("#spoken")).to_have_text(words)


def test_search_begins_where_the_last_mark_ended(annotate, harness):
    page = annotate()
    press(page, "v", "o", "s", "1")
    posted(harness, page)
    until(page, "() => document.querySelector('[data-save-state]').dataset.saveState === 'saved'")
    press(page, "v", "h", "a")
    assert draft(page) == "Hamdan"


def test_search_begins_in_the_focused_paragraph(annotate):
    page = annotate()
    press(page, "j", "j", "j", "j", "v")
    assert draft(page) == "According"


def test_every_key_of_the_mode_has_a_button(annotate, harness):
    page = annotate()
    page.locator("[data-action=mark]").click()
    page.keyboard.type("os")
    for name in ("Next", "Larger: quotation, sentence, paragraph", "Smaller"):
        page.get_by_role("button", name=name, exact=True).click()
    page.locator("#marking [data-label-key=claim]").click()
    assert posted(harness, page) == [(span(NEWS, "Osama"), "Osama", "claim")]


def test_selection_of_the_mouse_is_labelled_by_first_letters(annotate, harness):
    page = annotate()
    [[start, end]] = span(NEWS, "a spider’s web")
    select(page, start, end)
    page.locator("#mark-toolbar").wait_for(state="visible")
    press(page, "l", "q")
    assert posted(harness, page) == [([[start, end]], "a spider’s web", "quotation")]


def test_person_who_may_not_mark_reads_why(annotate):
    reason = "Viewers read and export; they mark nothing."
    page = annotate(decision_may_annotate={"allowed": False, "reason": reason})
    button = page.get_by_role("button", name="Mark", exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description(reason)
    press(page, "v")
    expect(button).to_be_focused()


def test_quotation_mark_that_the_words_open_is_closed_with_them(annotate):
    page = annotate(text="He said “pure lies and slander” (in full) of it.")
    press(page, "v", "s", "a", "Enter", "s", "l")
    assert draft(page) == "said “pure lies and slander”"
    press(page, ",")
    assert draft(page) == "said “pure lies and slander"
    press(page, "Escape", "v", "p", "u", "Enter", "s", "l")
    assert draft(page) == "pure lies and slander", "what was opened before them stays outside"
    press(page, "Escape", "v", "a", "n", "Enter", "f", "u")
    assert draft(page) == "and slander” (in full)"


# -- labels -----------------------------------------------------------------------------------------------------------

NAMES = [
    "Claim", "Quotation", "Source", "Denial", "Framing", "Figure", "Location", "Opinion", "Loss", "Date",
    *(f"Word {chr(65 + n)}" for n in range(20)),
]  # fmt: skip
THIRTY = [
    SimpleNamespace(id=str(n), key=f"k{n}", name=name, slot=n % 6 + 1, shortcut=str(n) if n < 10 else "", code=name[:2])
    for n, name in enumerate(NAMES, 1)
]


def chosen(page):
    return page.locator("#marking .label-button.chosen")


def test_one_of_thirty_labels_is_found_by_letters_and_by_arrows(annotate, harness):
    page = annotate(labels=THIRTY)
    press(page, "v", "o", "s", "Enter", "Enter")
    box = page.locator("#marking .mode-labels").bounding_box()
    assert box["height"] < 200, "the list scrolls"
    press(page, "l", "o")
    # Location and Loss; Opinion and Word O too, as l also opens the search
    expect(page.locator("#marking .label-button:visible")).to_have_count(4)
    press(page, "ArrowDown")
    expect(chosen(page)).to_contain_text("Opinion")
    press(page, "Enter")
    assert posted(harness, page)[0][2] == "k8"
    press(page, "v", "o", "s", "Enter", "Enter", "l", "w", "o", "r", "d", "Space", "t")
    assert posted(harness, page, 2)[1][2] == "k30"
    press(page, "v", "o", "s", "Enter", "Enter", "ArrowUp", "ArrowUp")
    expect(chosen(page)).to_contain_text("Word S")
    expect(chosen(page)).to_be_in_viewport()
    expect(page.locator("#spoken")).to_have_text("Word S")


def test_label_that_sticks_is_given_by_enter_alone_until_it_is_let_go(annotate, harness):
    page = annotate()
    press(page, "v", "o", "s", "3", "v", "*", "q", "u", "i", "Enter", "Enter")
    assert [(quote, label) for _, quote, label in posted(harness, page, 2)] == [
        ("Osama", "source"),
        ("quieten", "source"),
    ]
    expect(page.locator("[data-action=switch-sticky]")).to_have_attribute("aria-pressed", "true")
    page.reload()
    page.wait_for_selector("html[data-annotate=ready]")
    [[start, end]] = span(NEWS, "Hezbollah")
    select(page, start, end)
    page.locator("#mark-toolbar").wait_for(state="visible")
    press(page, "Enter")
    assert posted(harness, page, 3)[2] == ([[start, end]], "Hezbollah", "source")
    page.locator("[data-action=switch-sticky]").click()
    press(page, "v", "o", "s", "Enter", "Enter")
    expect(page.locator("#marking")).to_have_attribute("data-phase", "label")


def test_full_stop_gives_the_last_label_to_what_is_selected(annotate, harness):
    page = annotate()
    press(page, "v", "o", "s", "4")
    [[start, end]] = span(NEWS, "Gaza")
    select(page, start, end)
    page.locator("#mark-toolbar").wait_for(state="visible")
    press(page, ".")
    assert posted(harness, page, 2)[1] == ([[start, end]], "Gaza", "denial")


# -- scripts ----------------------------------------------------------------------------------------------------------

SCRIPTS = {
    "Arabic": ARABIC,
    "Persian with joiners": PERSIAN,
    "Hebrew with Latin names and numbers": "שר החוץ Antony Blinken אמר ב־7 באוקטובר 2023 כי ישראל תגיב.",
    "Chinese": "据路透社报道，会议在德黑兰举行，双方没有说明细节。",
    "Japanese": "外相は木曜日にテヘランで会談したと述べた。",
    "Hindi": "मंत्री ने गुरुवार को कहा कि बैठक सकारात्मक थी।",
    "Thai": "รัฐมนตรีกล่าวเมื่อวันพฤหัสบดีว่าการประชุมเป็นไปด้วยดี",
    "emoji and flags": f"We {FAMILY} saw {FLAGS} there {CAFE} again.",
}
FOCUS = """(words) => {
  const block = [...document.querySelectorAll('[data-start]')].find((p) => p.textContent.includes(words));
  block.tabIndex = -1;
  block.focus();
  const cutter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const found = [...cutter.segment(words)].filter((part) => part.isWordLike);
  return words.slice(found[1].index, found[2].index + found[2].segment.length);
}"""


def test_words_of_every_script_are_reached_by_arrows_and_sent_exactly(annotate, harness):
    text = "\n\n".join(SCRIPTS.values())
    page = annotate(text=text)
    for number, (script, words) in enumerate(SCRIPTS.items(), 1):
        expected = page.evaluate(FOCUS, words)
        onward = "ArrowLeft" if script.startswith(("Arabic", "Persian", "Hebrew")) else "ArrowRight"
        press(page, "v", onward, f"Shift+{onward}", "1")
        [[start, end]], quote, _ = posted(harness, page, number)[-1]
        assert quote == text[start:end] == expected, script


def test_selection_in_every_script_is_widened_to_whole_characters(annotate, harness):
    text = "\n\n".join(SCRIPTS.values())
    page = annotate(text=text)
    for number, words in enumerate((FAMILY, FLAGS[:2], "नी" if "नी" in text else "को", CAFE[-2:]), 1):
        start = text.index(words)
        select(page, start, start + 1)
        expect(page.locator("[data-chosen]")).to_have_text(f"“{words}”")
        press(page, "1")
        assert posted(harness, page, number)[-1][1] == words
