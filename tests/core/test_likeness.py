"""Names that may be one person's, and names that are not, though they look alike."""

import pytest

from annotations.core.likeness import compare, pairs_among

SAME = """
Mohammad Baqeri / Mohammad Bagheri
Mohammad Baqeri / محمد باقری
Esmail Qaani / Ismail Qa'ani
Ismail Qa’ani / Esmail Ghaani
Esmail Qaani / اسماعیل قاآنی
Qaani / قاآنی
Osama Hamdan / Usama Hamdan
Osama Hamdan / أسامة حمدان
Ismail Haniyeh / Ismael Haniya
Ismail Haniyeh / إسماعيل هنية
Mahmoud Abbas / محمود عباس
Mahmoud Abbas / Abbas Mahmud
Khamenei / خامنه‌ای
Zelenskyy / Зеленський
Hussein / حسین
"""
APART = """
Ali Mahmoud Abbas / Mahmoud Abbas
Ali Khamenei / Khamenei
Mahmoud Abbas / Mohammad Abbas
Mohammad Abbas / محمود عباس
Mahmoud Abbas / محمد عباس
Hasan / Hussein
حسن / Hussein
Omar Karami / Amir Karami
Karim / Karam
"""
NOTHING = """
Reuters / Haniyeh
Ali Abbas / Mahmoud Abbas
Zarif / Sharif
Ali Mahmoud / Mahmoud Abbas
Qaani / News Live Ghana
Israel / Ministry of Foreign Affairs of Israel
"""


def pairs(lines):
    return [tuple(line.split(" / ")) for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_spellings_of_one_name_are_called_alike(one, other):
    assert compare(one, other).is_same, compare(one, other)
    assert compare(other, one).is_same


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_names_that_differ_are_never_called_the_same_and_the_difference_is_said(one, other):
    for match in (compare(one, other), compare(other, one)):
        assert not match.is_same
        assert "vowels" in match.reason or "beyond" in match.reason


@pytest.mark.parametrize(("one", "other"), pairs(NOTHING))
def test_of_other_names_nothing_is_said(one, other):
    assert compare(one, other) is None


def test_word_more_is_named():
    assert compare("Mahmoud Abbas", "Ali Mahmoud Abbas").reason == (
        "“Ali Mahmoud Abbas” has “Ali” beyond “Mahmoud Abbas”: it may be somebody else."
    )


def test_pairs_are_found_once_each_by_what_speaks_most_for_them():
    names = [(1, "Ismail Qaani"), (1, "Baqeri"), (2, "Esmail Ghaani"), (3, "Ali Bagheri"), (4, "Reuters")]
    found = {frozenset((pair.one, pair.other)): pair.match.is_same for pair in pairs_among(names)}
    assert found[frozenset((1, 2))]
    assert not found[frozenset((1, 3))]
    assert not any(4 in both for both in found)
