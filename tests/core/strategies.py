"""Texts as they really come: five scripts, marks, joiners, flags, families, and every kind of line end."""

from itertools import pairwise

from hypothesis import strategies as st

FRAGMENTS = (
    "a", "B", "7", " ", ".", "“", "” ", " …", " … ", "\u00a0", "\u00ad",
    "e\u0301", "\u0301", "n\u0303\u0323", "\ufeff",
    "😀", "👍🏽", "👩\u200d👩\u200d👧", "❤\ufe0f", "🇮🇷", "🇺", "🇸🇾🇺🇦", "\u200d", "\ufe0f",
    "می\u200cخواهم", "کتاب\u200cها", "\u200c", "قَالَ", "الله", "غزة",
    "क्षत्रिय", "नि", "한국", "\u1112\u1161\u11ab", "ไทยกำ", "日本",
    "\n", "\r", "\r\n", "\n\n", "\r\n \r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\t",
)  # fmt: skip

texts = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)
any_texts = st.one_of(texts, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40))


@st.composite
def texts_with_spans(draw, min_spans=1, max_spans=3):
    """A text and up to three (start, end) in it: in order, disjoint, not empty, cutting nothing."""
    from annotations.core.text import grapheme_bounds

    text = draw(texts.filter(bool))
    bounds = list(grapheme_bounds(text))
    count = draw(st.integers(min_spans, min(max_spans, len(bounds) - 1)))
    edges = sorted(draw(st.sets(st.sampled_from(bounds), min_size=count + 1, max_size=2 * count)))
    if len(edges) == 2 * count:
        return text, list(zip(edges[::2], edges[1::2], strict=True))
    return text, list(pairwise(edges))[:count]
