"""What figures are drawn from, in words."""

import pytest

from annotations.core.pictures import Edge, Node
from annotations.web.drawing import chain_in_words, drawn


def link(name, **more):
    return {"name": name, "is_outlet": False} | more


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ([link("The Wire", is_outlet=True), link("Hamdan")], "Hamdan (carried by The Wire)"),
        (
            [link("The Wire", is_outlet=True), link("Reuters"), link("Two officials"), link("")],
            "Reuters, citing Two officials, citing Not stated (carried by The Wire)",
        ),
        ([link("Reuters"), link("An official")], "Reuters, citing An official"),
        ([link("The Wire", is_outlet=True)], "The Wire"),
        (
            [link("The Times"), link("Reuters"), link("An official")],
            "Reuters, citing An official (carried by The Times)",
        ),
    ],
)
def test_a_chain_reads_from_who_says_it_to_whom_they_cite_and_ends_with_the_outlet(links, words):
    assert chain_in_words(links, {"the times"}).replace("\u2068", "").replace("\u2069", "") == words


def test_no_name_turns_the_words_around_it():
    assert chain_in_words([link("حمدان"), link("Reuters")]) == "\u2068حمدان\u2069, citing \u2068Reuters\u2069"


def test_a_map_for_a_phone_fits_its_screen_and_keeps_every_line():
    parties = [Node(f"p{at}", name) for at, name in enumerate(("Newspaper of the Leader’s office", "Osama Hamdan"))]
    statements = [Node(f"S{at}", f"S{at}", "A long sentence about a meeting that took place.") for at in range(8, 13)]
    sources = [Node("e1", "Page at internationalnewspapers.example", "2023"), Node("e2", "Reuters", "2023")]
    stances = [Edge("p0", "S8", "affirm"), Edge("p1", "S12", "deny")]
    heard = [("S8", "e1", "supports", "document", ""), ("S12", "e2", "refutes", "document", "Three officials")]
    found = drawn(parties, statements, sources, stances, heard)
    assert found.narrow.width <= 340
    assert len(found.narrow.links) == 4
    boxes = {line.words: box for box in found.narrow.boxes for line in box.lines}
    assert boxes["S12"].x + boxes["S12"].width < boxes["officials"].x
    assert all(box.x >= 0 and box.x + box.width <= found.narrow.width for box in found.narrow.boxes)
    assert [node.below for node in found.names] == [node.below for node in statements]
    assert drawn(parties, statements[:2], [], stances[:1], []).narrow.width < found.narrow.width
