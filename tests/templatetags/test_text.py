"""Article text in HTML is read back by a parser exactly as it was stored."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.text import blocks
from annotations.templatetags.text import article_text, lines_guessed

STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


class Reader(HTMLParser):
    """Reads text as a browser does: character references decoded, a bare CR folded into LF."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.text = ""
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.text += data.replace("\r\n", "\n").replace("\r", "\n")

    def handle_charref(self, name):
        self.text += "\r" if name == "13" else unescape(f"&#{name};")

    def handle_entityref(self, name):
        self.text += unescape(f"&{name};")


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@given(st.text(STORABLE))
def test_any_text_comes_back_code_point_for_code_point(text):
    assert read(article_text(text)).text == text


@given(st.text(st.sampled_from("a<&\"' \r\n\u2028\x0b\x85")))
def test_blocks_joined_are_the_text(text):
    html = "".join(article_text(text[block.start : block.end]) for block in blocks(text))
    assert read(html).text == text


@given(st.text(STORABLE))
def test_no_markup_of_the_text_survives(text):
    assert {tag for tag, _ in read(article_text(text)).tags} <= {"span"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("a\rb", "a&#13;b"),
        ("one\r\n\r\n", 'one<span class="eol">&#13;\n&#13;\n</span>'),
        ("\n one\n", '<span class="eol">\n</span> one<span class="eol">\n</span>'),
        ("one  ", "one  "),
        ("one  \n  \n", 'one  <span class="eol">\n  \n</span>'),
        ("\n", '<span class="eol">\n</span>'),
        ("<b> & 'c'", "&lt;b&gt; &amp; &#x27;c&#x27;"),
        ("", ""),
    ],
)
def test_line_ends_at_the_edges_are_there_but_not_shown(text, html):
    assert article_text(text) == html
    assert not re.search(r"\r", article_text(text))


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("Short.\n", 1), ("word " * 50, 4), ("one\ntwo\nthree\n\n", 3), ("記者" * 50, 3)],
)
def test_height_of_a_block_is_guessed_by_its_lines(text, lines):
    assert lines_guessed(text) == lines
