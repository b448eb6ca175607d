"""What is asked about the words of a claim, and what is left in peace."""

import pytest

from annotations.core.normalising import doubts_about, sentence_of_saying


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He met Haniyeh in Doha.", ["He"]),
        ("The minister and her guest met.", ["her"]),
        ("It was secret.", ["It"]),
        ("Qaani met Meshaal yesterday.", ["yesterday"]),
        ("Qaani met Meshaal on Tuesday.", ["on Tuesday"]),
        ("Three officials said that Khamenei refused.", ["said"]),
        ("Was Haniyeh told to stay silent?", ["?"]),
        ("Qaani met Meshaal. They ate.", ["They", ""]),
        ("He said so last week.", ["He", "last week", "said"]),
    ],
)
def test_words_that_do_not_stand_alone_are_named(text, words):
    assert [doubt.words for doubt in doubts_about(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Esmail Qaani met Khaled Meshaal in Beirut in November 2023.",
        "Gen. Esmail Qaani met Mr. Haniyeh on Tuesday, 14 November 2023.",
        "About 4,104 children were killed in Gaza by 6 November 2023.",
        "The US gave Israel aid.",
        "قاآنی با هنیه دیدار کرد.",
    ],
)
def test_words_that_stand_alone_are_left_in_peace(text):
    assert doubts_about(text) == []


def test_whether_they_said_it_names_the_saying():
    assert doubts_about("Hamdan denied the report.", "said") == []
    assert len(doubts_about("The report is false.", "said")) == 1


def test_every_doubt_is_said_in_words():
    [doubt] = doubts_about("He left.")
    assert str(doubt.sentence) == "“He”: who or what is meant? Use the name, so that the claim stands alone."


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (("Reuters", "The visitor was told.", None, False), "Reuters said that the visitor was told."),
        (("Reuters", "Haniyeh was told.", None, False), "Reuters said that Haniyeh was told."),
        (("", "He was told", 3, True), "3 people who are not named said: “He was told”"),
        (("", "He was told", None, True), "Somebody who is not named said: “He was told”"),
    ],
)
def test_saying_becomes_a_sentence(made, sentence):
    speaker, words, number, is_quoted = made
    assert sentence_of_saying(speaker, words, number, is_quoted=is_quoted) == sentence
