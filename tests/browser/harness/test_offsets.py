"""What the browser counts is what the server counts: code points of exactly the stored text."""

import random

import pytest

from annotations.core.text import blocks, snap_out
from tests.browser.harness.samples import ARABIC, CAFE, FAMILY, FLAGS, NEWS, PERSIAN, TRAPS

TEXTS = {
    "news": NEWS,
    "traps": TRAPS,
    "persian": PERSIAN,
    "arabic": ARABIC,
    "line ends at both edges": "\r\n\n first \r second\r\n \n",
    "markup": "<p>&amp; \"quoted\" 'twice' </p>\n<!-- no -->",
    "astral": "\U0001f680" * 5 + "a" + "\U0001f680" * 3,
    "separators": "one\u2028two\u2029three\x0bfour\x85five\x0c",
}
WITH_BOUNDS = """async (argument) => {
  const { ArticleText } = await import('/static/annotations/js/offsets.js');
  const { Bounds } = await import('/static/annotations/js/bounds.js');
  const article = new ArticleText(document.querySelector('[data-article-text]'));
  const bounds = new Bounds(article, 'en');
"""


def in_page(page, body, argument=None):
    return page.evaluate(WITH_BOUNDS + body + "}", argument)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_page_holds_the_text_code_point_for_code_point(annotate, text):
    page = annotate(text=text)
    blocks_shown = (
        "() => [...document.querySelectorAll('[data-start]')].map((p) => [Number(p.dataset.start), p.textContent])"
    )
    shown = page.evaluate(blocks_shown)
    assert "".join(piece for _, piece in shown) == text
    assert [start for start, _ in shown] == [block.start for block in blocks(text)]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_slices_are_the_servers_slices(annotate, text):
    page = annotate(text=text)
    choose = random.Random(text)
    places = range(len(text) + 1)
    pairs = [sorted(choose.sample(places, 2)) for _ in range(200)] + [[0, len(text)]]
    cut = in_page(page, "return argument.map(([a, b]) => article.slice(a, b))", pairs)
    assert cut == [text[start:end] for start, end in pairs]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_place_goes_to_the_dom_and_back(annotate, text):
    page = annotate(text=text)
    back = in_page(
        page,
        """return Array.from({ length: argument + 1 }, (_, point) => [false, true].map((isEnd) => {
             const { node, offset } = article.boundary(point, isEnd);
             return article.pointOf(node, offset);
           }))""",
        len(text),
    )
    assert back == [[point, point] for point in range(len(text) + 1)]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_clusters_are_snapped_as_the_server_snaps_them(annotate, text):
    page = annotate(text=text)
    pairs = [[start, start + 1] for start in range(len(text))]
    snapped = in_page(page, "return argument.map(([a, b]) => bounds.snap(a, b))", pairs)
    assert [tuple(pair) for pair in snapped] == [snap_out(text, start, end) for start, end in pairs]


@pytest.mark.parametrize("cluster", [FAMILY, FLAGS[:2], "e\u0301", "\r\n", "न\u0940"])
def test_one_character_for_a_reader_is_never_cut(annotate, cluster):
    text = f"before {cluster} after"
    start = text.index(cluster)
    page = annotate(text=text)
    inside = [[start, start + 1], [start + len(cluster) - 1, start + len(cluster)]]
    snapped = in_page(page, "return argument.map(([a, b]) => bounds.snap(a, b))", inside)
    assert snapped == [[start, start + len(cluster)]] * 2


def test_middle_of_a_surrogate_pair_counts_as_its_start(annotate):
    page = annotate(text="a\U0001f680b")
    points = in_page(page, "const [block] = article.blocks; return [0, 1, 2, 3, 4].map((unit) => block.pointAt(unit))")
    assert points == [0, 1, 1, 2, 3]


def test_boundaries_outside_the_text_go_to_the_nearest_text(annotate):
    text = "First paragraph.\n\nSecond one."
    page = annotate(text=text)
    found = in_page(
        page,
        """const [first, second] = document.querySelectorAll('.blk');
           const main = document.querySelector('[data-article-text]');
           return [
             article.pointOf(main, 0), article.pointOf(document.querySelector('h1'), 0), article.pointOf(first, 0),
             article.pointOf(first.querySelector('.gut'), 0), article.pointOf(second, 0),
             article.pointOf(second.querySelector('p'), 1), article.pointOf(main, main.childNodes.length),
           ]""",
    )
    assert found == [0, 0, 0, 18, 18, len(text), len(text)]


def test_slice_that_is_not_wholly_on_the_page_is_refused(annotate):
    page = annotate(text="Short.")
    said = in_page(page, "try { article.slice(0, 40); } catch (error) { return error.name }")
    assert said == "RangeError"


def test_words_keep_their_joiners_and_combining_marks(annotate):
    text = f"{PERSIAN}\n{CAFE} spider’s"
    page = annotate(text=text)
    words = in_page(page, "return article.blocks.flatMap((block) => bounds.words(block)).map((word) => word.text)")
    assert {"نمی\u200cخواهیم", "خانه\u200cهایشان", CAFE, "spider’s"} <= set(words)


def test_larger_units_are_quotation_sentence_and_paragraph(annotate):
    text = "One stands. He called it “pure lies and slander” on Thursday.\n\nNext."
    start = text.index("lies")
    page = annotate(text=text)
    steps = in_page(
        page,
        """let [from, to] = argument; const found = [];
           for (let larger; (larger = bounds.larger(from, to)); [from, to] = [larger.start, larger.end]) {
             found.push(article.slice(larger.start, larger.end));
           }
           return found""",
        [start, start + 4],
    )
    assert steps == [
        "“pure lies and slander”",
        "He called it “pure lies and slander” on Thursday.",
        "One stands. He called it “pure lies and slander” on Thursday.",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [("it w", "it"), ("iwn", "it"), ("QAANI", "Qaani"), ("cafe", CAFE), ("نمیخ", "نمی\u200cخواهیم"), ("zzz", None)],
)
def test_words_are_found_by_their_first_letters(annotate, query, found):
    text = f"Qaani held that it would not end. A {CAFE}. {PERSIAN}"
    page = annotate(text=text)
    first = page.evaluate(
        WITH_BOUNDS
        + """const { matches } = await import('/static/annotations/js/finder.js');
             const match = matches(bounds, argument, [[0, article.end]]).next().value;
             return match ? article.slice(match.first.start, match.first.end) : null }""",
        query,
    )
    assert first == found


def test_right_to_left_paragraphs_are_known(annotate):
    page = annotate(text=f"English.\n{PERSIAN}\n{ARABIC}")
    assert in_page(page, "return article.blocks.map((block) => block.isRightToLeft)") == [False, True, True]
