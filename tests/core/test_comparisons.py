"""What the words of two claims suggest, with the reason; and what must stay silent, whoever it tempts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.claim_reading import ClaimSaid, read_claim
from annotations.core.comparisons import OPPOSING, compare_claims, shared_in_words
from annotations.core.quantities import Figure, series_key
from tests.benchmarks.claim_pairs import RELATED, TRAPS

TOLD = "Khamenei told Haniyeh that Iran would not enter the war."
WORDS = ("verdict", "true", "false", "supported", "refuted", "lie")


def suggested(one, other, **more):
    return compare_claims(ClaimSaid(one, **more), ClaimSaid(other, **more))


@pytest.mark.parametrize("pair", TRAPS, ids=lambda pair: pair.one.text[:40])
def test_the_traps_stay_silent(pair):
    for found in (compare_claims(pair.one, pair.other), compare_claims(pair.other, pair.one)):
        assert found is None or found.type not in OPPOSING


@pytest.mark.parametrize("pair", RELATED, ids=lambda pair: pair.one.text[:40])
def test_a_pair_is_read_the_same_from_both_ends(pair):
    there, back = compare_claims(pair.one, pair.other), compare_claims(pair.other, pair.one)
    assert (there and there.type) == (back and back.type)
    if there and there.type in ("updates", "overstates", "reports", "disputes"):
        assert there.turned != back.turned


@pytest.mark.parametrize(
    ("one", "other", "type", "kind"),
    [
        ("The bridge at Dorvan was mined.", "The bridge at Dorvan was not mined.", "contradicts", "negation"),
        ("Hamas denied that Haniyeh was told to stay silent.", "Haniyeh was told to stay silent.",
         "disputes", "negation"),
        ("Russia attacked Ukraine near Kherson.", "Ukraine attacked Russia near Kherson.", "contradicts", "role"),
        ("The parliament of Orsk accepted the budget.", "The parliament of Orsk rejected the budget.",
         "contradicts", "antonym"),
        ("The truce in Dorvan began on 24 May 2031.", "The truce in Dorvan began on 23 May 2031.",
         "contradicts", "temporal"),
    ],
)  # fmt: skip
def test_each_kind_of_opposition_says_what_it_saw(one, other, type, kind):
    found = suggested(one, other)
    assert (found.type, found.kind) == (type, kind)
    assert found.reason
    assert 0 < found.score <= 1


def test_another_figure_is_a_contradiction_on_the_same_date_and_an_update_on_a_later_one():
    words = "At the hospital in Gaza City {} people were killed."
    earlier, same, later = (
        ClaimSaid(words.format(number), claim_date=date)
        for number, date in ((500, "2023-10-17"), (471, "2023-10-17"), (471, "2023-10-18"))
    )
    assert compare_claims(earlier, same).kind == "numeric"
    update = compare_claims(earlier, later)
    assert (update.type, update.turned) == ("updates", True)
    assert update.reason == "Same event, other figure, other date, revised down: 471 after 500."
    assert compare_claims(earlier, ClaimSaid(words.format(471))) is None


def test_counts_of_different_people_are_no_update_of_each_other():
    words = "At the hospital in Gaza City {} people were killed."
    one = ClaimSaid(words.format(500), claim_date="2023-10-17", speakers=("Ministry of Health",))
    other = ClaimSaid(words.format(250), claim_date="2023-10-18", speakers=("An intelligence service",))
    assert compare_claims(one, other) is None


def test_counts_on_two_days_do_not_contradict_each_other():
    """Somebody dies once; how many have died is another figure on another day."""
    words = "At least {} people died in Dorvan by {} May 2024."
    assert suggested(words.format(40, 4), words.format(52, 9)) is None
    assert suggested(words.format(40, 4), words.format(40, 9)).kind == "temporal"


def test_figures_that_somebody_wrote_down_decide_before_the_words_do():
    key = series_key("deaths", "people", "Gaza")
    one, other = (
        ClaimSaid(TOLD, quantities=(Figure(key, value=value, as_of=day, kind="running_total", origin="ministry"),))
        for value, day in ((500, "2023-10-17"), (471, "2023-10-18"))
    )
    found = compare_claims(one, other)
    assert (found.type, found.turned) == ("updates", True)
    assert "Revised down" in found.reason


def test_a_saying_reports_or_disputes_what_is_said_and_never_contradicts_it():
    saying = ClaimSaid("Osama Hamdan said that the bridge at Dorvan was mined.", layer="said")
    denial = ClaimSaid("Osama Hamdan denied that the bridge at Dorvan was mined.", layer="said")
    fact = ClaimSaid("The bridge at Dorvan was mined.")
    assert compare_claims(saying, fact).type == "reports"
    assert compare_claims(denial, fact).type == "disputes"


def test_a_hedge_beside_a_certainty_is_an_overstatement():
    found = suggested("The plant in Orsk poisoned the lake.", "The plant in Orsk may have poisoned the lake.")
    assert (found.type, found.turned) == ("overstates", False)


def test_without_a_relation_it_is_said_what_two_claims_share():
    words = shared_in_words(ClaimSaid("Haniyeh met Khamenei."), ClaimSaid("Khamenei received Haniyeh in Tehran."))
    assert words == "Both name Khamenei, Haniyeh."
    assert shared_in_words(ClaimSaid("They met early."), ClaimSaid("Early in May it rained.")) == ""


def test_no_reason_speaks_of_truth():
    for pair in RELATED:
        if found := compare_claims(pair.one, pair.other):
            quoted = set(pair.one.text.casefold().split()) | set(pair.other.text.casefold().split())
            said = {word.strip(".,:") for word in found.reason.casefold().split()} - {w.strip(".,") for w in quoted}
            assert said.isdisjoint(WORDS)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(one, other):
    found = suggested(one, other)
    assert found is None or 0 < found.score <= 1


@given(st.sampled_from([text for pair in RELATED for text in (pair.one.text, pair.other.text)]))
def test_no_claim_opposes_itself(text):
    found = suggested(text, text, claim_date="2031-01-01")
    assert found is None or found.type not in OPPOSING


def test_the_first_word_is_no_name_where_the_other_claim_writes_it_small():
    assert read_claim("Vaccines caused it.").begins_with[1] == "vaccin"
    assert suggested("Vaccines caused the outbreak in Orsk.", "The vaccines caused the outbreak in Orsk.").type in (
        "same_as", "paraphrases",
    )  # fmt: skip
