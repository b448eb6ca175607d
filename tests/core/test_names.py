"""Spellings of one name meet under one key, across scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.names import NAME_KEY_CODE_POINTS, name_key, spellings_in

SAME = [
    "Baqeri Bagheri باقری",
    "Qaani Qa'ani Qa’ani Ghaani قاآنی",
    "Soleimani Suleimani سلیمانی",
    "Zelenskyy Zelensky Зеленський Зеленский",
    "Khamenei خامنه\u200cای Хаменеи",
    "Esmail Ismail اسماعیل",
    "Haniyeh Haniyah هنية",
    "Mohammad Muhammad Mohamed محمد",
    "Hussein Hossein Husayn حسين",
    "Hezbollah Hizbullah حزب\u200cالله",
    "Yusuf Youssef Youcef",
    "Sinwar السنوار",
    "Shoigu Choigou Шойгу",
    "Ahmadinejad Ahmadinezhad",
    "Hamdan حمدان HAMDAN",
]


@pytest.mark.parametrize("spellings", SAME)
def test_spellings_of_one_name_share_a_key(spellings):
    assert len({name_key(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Zarif", "Sharif"), ("Qaani", "Baqeri"), ("Hamdan", "Haniyeh"), ("Iran", "Iraq")]
)
def test_different_names_do_not(one, other):
    assert name_key(one) != name_key(other)


def test_a_key_keeps_the_words_of_a_name_apart():
    assert name_key("Mohammad Hossein Bagheri") == "mhmd hsn bkr"
    assert name_key("The al-Qassam Brigades") == name_key("Qassam Brigades")
    assert name_key("The") != ""


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_visible_name_has_a_key_that_fits_its_column(name):
    key = name_key(name)
    assert len(key) <= NAME_KEY_CODE_POINTS
    assert bool(key) or not name.split()
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Osama Hamdan, a senior Hamas official", "Osama Hamdan"),
        ("senior Hamas official Osama Hamdan", "Osama Hamdan"),
        ("Brig. Gen. Ismail Qaani", "Ismail Qaani"),
        ("Western media", "Western media"),
        ("Reuters’", "Reuters"),
        ("the Hamas official", "Hamas official"),
        ("اسماعیل قاآنی، فرمانده نیروی قدس", "اسماعیل قاآنی"),
    ],
)
def test_words_that_credit_somebody_give_the_name_first(words, first):
    assert spellings_in(words)[0] == first


@pytest.mark.parametrize("words", ["he", "", " “” ", "او"])
def test_a_pronoun_names_nobody(words):
    assert spellings_in(words) == []
