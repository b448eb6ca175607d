"""The flat pieces of the reading view: whatever is marked, they are the text, and each piece names its marks."""

import re
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.text import blocks
from annotations.models import Label
from annotations.services.articles import add_article
from annotations.services.relations import add_relation
from annotations.web.reading import flat_blocks, paragraphs

TEXT = "One two three.\r\n\r\nFour five six\nseven.\n\n\nEight 🚀 nine."


def mark(number, *segments):
    return {
        "id": str(number), "number": number, "segments": [list(pair) for pair in segments], "slot": number % 6 + 1,
        "label_name": "L", "quote": "", "is_disputed": False, "label": f"l{number % 6}",
    }  # fmt: skip


spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(
    lambda pair: (pair[0], min(len(TEXT), sum(pair)))
)


@given(st.lists(spans, max_size=12))
def test_pieces_tile_the_text_and_carry_exactly_their_marks(places):
    marks = sorted((mark(number, place) for number, place in enumerate(places, 1)), key=lambda m: m["segments"])
    shown = [piece for block in flat_blocks(TEXT, marks) for piece in block["pieces"]]
    assert "".join(piece.text for piece in shown) == TEXT
    at = 0
    for piece in shown:
        over = {number for number, (start, end) in enumerate(places, 1) if start < at + len(piece.text) and end > at}
        assert {known["number"] for known in piece.marks} == over
        at += len(piece.text)


@given(st.lists(spans, max_size=12))
def test_every_mark_ends_once(places):
    marks = sorted((mark(number, place) for number, place in enumerate(places, 1)), key=lambda m: m["segments"])
    ends = [known["number"] for block in flat_blocks(TEXT, marks) for piece in block["pieces"] for known in piece.ends]
    assert sorted(ends) == list(range(1, len(places) + 1))


def test_line_ends_at_the_edge_of_a_block_are_marked_as_such():
    shown = flat_blocks(TEXT, [])
    assert len(shown) == len(blocks(TEXT))
    assert [piece.text for piece in shown[0]["pieces"] if piece.is_line_end] == ["\r\n\r\n"]


def test_shortest_mark_colours_the_piece():
    long, short = mark(1, (0, 14)), mark(2, (4, 7))
    pieces = flat_blocks(TEXT, [long, short])[0]["pieces"]
    assert [(piece.text, piece.slot, piece.numbers) for piece in pieces if piece.marks] == [
        ("One ", 2, "1"), ("two", 3, "1, 2"), (" three.", 2, "1"),
    ]  # fmt: skip


# -- as HTML ----------------------------------------------------------------------------------------------------------

LEGEND = [{"key": f"l{number}", "place": number + 1, "code": "L<"} for number in range(6)]


def text_in(html):
    """What a browser shows of it: carriage returns are written as references."""
    return unescape(re.sub(r"<[^>]*>", "", html).replace("&#13;", "\r"))


@given(st.lists(spans, max_size=12))
def test_html_holds_the_text_exactly_and_every_element_is_closed(places):
    marks = sorted((mark(number, place) for number, place in enumerate(places, 1)), key=lambda m: m["segments"])
    html = "".join(block["html"] for block in paragraphs(TEXT, marks, LEGEND))
    assert text_in(html) == TEXT
    for name in ("mark", "a", "span"):
        assert html.count(f"<{name} ") == html.count(f"</{name}>")


def test_overlapping_marks_are_nested_the_shortest_innermost():
    marks = [mark(1, (0, 7)), mark(2, (4, 14))]
    html = paragraphs("One two three.", marks, LEGEND)[0]["html"]
    opened = re.findall(r'(?:<mark class="(l-\d) k-\d" data-marks="([\d, ]+)">)', html)
    assert opened == [("l-2", "1"), ("l-3", "1, 2"), ("l-2", "1, 2"), ("l-3", "2")]
    assert 'data-ref="1" data-code="L&lt;"' in html


def test_words_of_the_text_are_never_markup():
    html = "".join(block["html"] for block in paragraphs("<b>&amp;\r</b>", [mark(1, (0, 3))], LEGEND))
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert text_in(html) == "<b>&amp;\r</b>"


@pytest.mark.django_db
def test_page_lists_labels_relations_and_what_the_whole_article_has(at, people, project, labels, mark, article):
    from annotations.services.annotations import add_annotation
    from annotations.services.labels import add_label, retire_label

    said, by = mark("Pure lies and slander", "quote"), mark("Osama Hamdan", "source")
    denies = add_label(by=people.max, project=project, key="says", name="Says", kind="relation")
    topic = add_label(by=people.max, project=project, key="topic", name="Talks", kind="document")
    add_relation(by=people.ana, from_annotation=by, to_annotation=said, label=denies)
    add_annotation(by=people.ana, article=article, segments=[], quote="", label=topic)
    retire_label(by=people.max, label=Label.objects.get(key="quote"), version=1)
    page = at(people.ana).get(reverse("web:read_article", args=[article.pk]))
    words = page.content.decode()
    assert [(one["name"], one["count"]) for one in page.context["legend"]] == [
        ("Quote", 1),
        ("Source", 1),
        ("Talks", 1),
    ]
    assert [(one["from"]["number"], one["name"], one["to"]["number"]) for one in page.context["relations"]] == [
        (2, "Says", 1)
    ]
    assert "Talks" in words
    assert 'href="#ref-1"' in words
    assert 'id="ref-1"' in words


@pytest.mark.django_db
def test_text_of_five_million_characters_is_a_page(at, people, project):
    text = "A word of it. " * 360_000
    row = add_article(by=people.max, project=project, title="Long", text=text)
    page = at(people.vera).get(reverse("web:read_article", args=[row.pk]))
    assert page.status_code == 200
    assert len(page.content) > len(text)
