"""What figures are drawn from, in words."""

import pytest

from annotations.web.drawing import chain_in_words


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
