"""Figures: words stay in their boxes in every script, lines join what they should, the same input gives the same."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.pictures import (
    PADDING,
    Edge,
    Hop,
    MapOf,
    Node,
    box,
    chain_picture,
    map_picture,
    mirrored,
    width_of,
    wrapped,
)

names = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=120)
PARTIES = [Node("p1", "Reuters"), Node("p2", "Osama Hamdan", "Hamas")]
STATEMENTS = [Node("S1", "S1", "He was told."), Node("S2", "S2", "They met.")]
SOURCES = [Node("e1", "This Is Beirut", "15 Nov 2023")]
EDGES = [Edge("p1", "S2", "affirm"), Edge("p2", "S1", "deny"), Edge("S1", "e1", "supports")]
MAP = MapOf([("Parties", PARTIES), ("Statements", STATEMENTS), ("Sources", SOURCES)], EDGES)


def bottom(one):
    return one.y + one.height


@given(names, st.floats(min_value=60, max_value=300))
def test_lines_are_never_wider_than_asked(words, width):
    assert all(width_of(line) <= width for line in wrapped(words, width, 3))


@given(names, names)
def test_words_stay_in_their_box(name, below):
    made = box(5, 7, 150, "inside", name, [below])
    for line in made.lines:
        assert width_of(line.words) <= made.width - 2 * PADDING
        assert made.y < line.y < bottom(made)
        assert line.x == made.x + made.width / 2


def test_a_word_that_is_too_long_is_broken_and_too_many_lines_end_in_an_ellipsis():
    assert "".join(wrapped("x" * 80, 100, 20)) == "x" * 80
    assert wrapped("one two three four five six seven eight", 60, 2)[-1].endswith("…")


def test_marks_above_letters_take_no_room_and_wide_scripts_take_more():
    assert width_of("e\u0301") == width_of("e")
    assert width_of("漢") > width_of("n")


def test_a_chain_has_an_arrow_from_each_hop_to_the_one_it_cites_and_goes_on_below():
    picture = chain_picture([Hop(name) for name in ("The Wire", "Reuters", "Officials", "Khamenei")])
    assert [one.lines[0].words for one in picture.boxes] == ["The Wire", "Reuters", "Officials", "Khamenei"]
    assert len(picture.links) == 3
    assert picture.boxes[3].y > bottom(picture.boxes[0])
    assert all(one.x + one.width <= picture.width and bottom(one) <= picture.height for one in picture.boxes)


def test_a_chain_for_a_phone_goes_straight_down():
    picture = chain_picture([Hop(name) for name in ("The Wire", "Reuters", "Officials")], width=280, across=1)
    assert picture.width < 300
    assert [one.x for one in picture.boxes] == [1.0] * 3
    assert all(bottom(one) < other.y for one, other in pairwise(picture.boxes))
    assert mirrored(mirrored(picture)) == picture


def test_the_boxes_of_a_map_lie_inside_it_and_do_not_overlap():
    picture = map_picture(MAP)
    assert len(picture.boxes) == 5
    assert len(picture.links) == len(EDGES)
    for at, one in enumerate(picture.boxes):
        assert one.x >= 0
        assert one.x + one.width <= picture.width
        assert one.y >= 0
        assert bottom(one) <= picture.height
        for other in picture.boxes[at + 1 :]:
            assert one.x != other.x or bottom(one) < other.y or bottom(other) < one.y


def test_nodes_are_ordered_so_that_lines_do_not_cross_where_that_is_possible():
    parties = [one.lines[0].words for one in map_picture(MAP).boxes if one.kind == "column-0"]
    assert parties == ["Osama Hamdan", "Reuters"]


def test_the_same_map_is_drawn_the_same():
    assert map_picture(MAP) == map_picture(MAP)


def test_a_map_of_nothing_is_empty():
    assert map_picture(MapOf()).boxes == ()


def test_mirrored_twice_is_as_it_was():
    picture = map_picture(MAP)
    there = mirrored(picture)
    assert there.boxes[0].x + there.boxes[0].width == picture.width - picture.boxes[0].x
    assert mirrored(there) == picture
