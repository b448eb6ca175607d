"""The flat pieces of the reading view: whatever is marked, they are the text, and each piece names its marks."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.text import blocks
from annotations.web.reading import flat_blocks

TEXT = "One two three.\r\n\r\nFour five six\nseven.\n\n\nEight 🚀 nine."


def mark(number, *segments):
    return {
        "id": str(number), "number": number, "segments": [list(pair) for pair in segments], "slot": number % 6 + 1,
        "label_name": "L", "quote": "", "is_disputed": False,
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
