"""Two texts side by side lose no character of either, and show what changed in whole words."""

from hypothesis import given

from annotations.core.comparing import compare
from tests.core.strategies import texts


def flat(rows):
    for row in rows:
        yield from flat(row.rows) if row.kind == "folded" else [row]


def side(rows, name):
    return "".join(piece.text for row in flat(rows) for piece in getattr(row, name))


@given(texts, texts)
def test_both_sides_are_whole(old, new):
    rows = compare(old, new)
    assert side(rows, "left") == old
    assert side(rows, "right") == new


@given(texts, texts)
def test_what_is_the_same_on_one_side_is_the_same_on_the_other(old, new):
    for row in flat(compare(old, new)):
        if row.kind == "changed":
            same = [[piece.text for piece in pieces if piece.kind == "same"] for pieces in (row.left, row.right)]
            assert "".join(same[0]) == "".join(same[1])


def test_a_changed_word_is_shown_as_a_word():
    [row] = compare("He said 2,300 people died.", "He said 2,500 people had died.")
    assert [piece.text for piece in row.left if piece.kind == "gone"] == ["2,300"]
    assert [piece.text for piece in row.right if piece.kind == "new"] == ["2,500", " had"]


def test_a_paragraph_that_went_and_one_that_came_are_not_one_that_changed():
    rows = compare("One stays.\n\nThe minister denied it.\n\nEnd.", "One stays.\n\n日本語の文章です。\n\nEnd.")
    assert [row.kind for row in rows] == ["same", "gone", "new", "same"]


def test_changed_paragraphs_find_their_likes():
    old = "First of all.\n\nReuters reported that he went.\n\nThe last."
    new = "First of all.\n\nA new one came in here, with many words.\n\nReuters reported that he left.\n\nThe last."
    assert [row.kind for row in compare(old, new)] == ["same", "new", "changed", "same"]


def test_line_ends_alone_are_named():
    assert [row.kind for row in compare("One.\nTwo.", "One.\r\nTwo.")] == ["line ends", "same"]


def test_long_runs_are_folded_and_nothing_beside_a_change():
    old = "\n\n".join(f"Paragraph {number} says what it says." for number in range(40))
    rows = compare(old, old.replace("Paragraph 20 says", "Paragraph 20 said"))
    assert [row.kind for row in rows] == ["folded", "same", "changed", "same", "folded"]
    assert len(rows[0].rows) == 19
    assert [row.kind for row in compare(old, old)] == ["folded"]


def test_a_long_paragraph_is_folded_inside():
    old = "Begin. " + "Word after word. " * 500 + "End."
    [row] = compare(old, old.replace("End.", "Finish."))
    assert "folded" in {piece.kind for piece in row.left}
    assert sum(len(piece.text) for piece in row.left if piece.kind != "folded") < 400


def test_two_hundred_kilobytes_are_compared_at_once():
    import time

    old = "\n\n".join(f"Paragraph {number} of a long article, with a sentence of its own." for number in range(3_000))
    new = old.replace("Paragraph 7 ", "The seventh paragraph ").replace("long article", "very long article", 900)
    begun = time.perf_counter()
    rows = compare(old, new)
    assert time.perf_counter() - begun < 10
    assert side(rows, "right") == new
