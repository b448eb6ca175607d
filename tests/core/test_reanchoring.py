"""A span is carried to where its words stand now, says how sure that is, and is never put where nothing is known."""

import pytest
from hypothesis import given

from annotations.core.anchoring import check_segments, quote_of
from annotations.core.reanchoring import STATES, carry
from annotations.core.text import cuts_grapheme
from tests.core.strategies import texts, texts_with_spans

OLD = (
    "Reuters had claimed that Haniyeh had been told so in early November.\n\n"
    "Osama Hamdan denied it on Thursday: “What Reuters published is lies, all of it.” He said that no such meeting "
    "took place, and that Khamenei had praised the operation.\n\n"
    "Three officials, who asked not to be named, said that they had been briefed."
)


def placed(new, *quotes, old=OLD):
    segments = [(old.index(quote), old.index(quote) + len(quote)) for quote in quotes]
    return carry(old, new, [segments])[0]


# -- what always holds ------------------------------------------------------------------------------------------------


@given(texts_with_spans(), texts)
def test_every_place_is_one_that_a_write_would_take(drawn, new):
    old, spans = drawn
    for placement in carry(old, new, [spans, spans[:1]]):
        assert placement.state in STATES
        assert 0 <= placement.score <= 1
        if placement.state == "orphaned":
            assert (placement.segments, placement.quote, placement.score) == ((), "", 0)
        else:
            assert check_segments(new, placement.segments, placement.quote) == placement.segments
            assert not any(cuts_grapheme(new, offset) for segment in placement.segments for offset in segment)


@given(texts_with_spans(), texts)
def test_exact_and_moved_keep_the_quote(drawn, new):
    old, spans = drawn
    [placement] = carry(old, new, [spans])
    if placement.state in ("exact", "moved"):
        assert placement.quote == quote_of(old, spans)
    if placement.state == "exact":
        assert list(placement.segments) == spans


@given(texts_with_spans())
def test_in_the_same_text_everything_stays_or_is_shown(drawn):
    old, spans = drawn
    [placement] = carry(old, old, [spans])
    assert placement.state in ("exact", "fuzzy")
    assert list(placement.segments) == spans


@given(texts_with_spans(), texts)
def test_the_same_question_has_the_same_answer(drawn, new):
    old, spans = drawn
    assert carry(old, new, [spans]) == carry(old, new, [spans, spans])[:1]


def test_a_label_of_the_whole_article_goes_along():
    [placement] = carry("Before.", "After.", [[]])
    assert (placement.state, placement.segments) == ("exact", ())


# -- the four states --------------------------------------------------------------------------------------------------


def test_before_a_correction_all_is_exact_and_behind_it_moved():
    new = OLD.replace("on Thursday", "on Thursday evening")
    assert placed(new, "Haniyeh").state == "exact"
    late = placed(new, "Three officials")
    assert (late.state, late.quote, late.score) == ("moved", "Three officials", 1.0)
    assert late.segments[0][0] == new.index("Three officials")


def test_a_word_changed_inside_is_fuzzy_with_the_words_as_they_are_now():
    new = OLD.replace("is lies, all of it", "is falsehoods, all of it")
    now = placed(new, "What Reuters published is lies, all of it")
    assert (now.state, now.quote) == ("fuzzy", "What Reuters published is falsehoods, all of it")
    assert 0.7 < now.score < 1


@pytest.mark.parametrize(
    ("was", "correction", "now"),
    [
        ("claimed that Haniyeh", ("claimed", "reported"), "reported that Haniyeh"),
        ("praised the operation", ("operation", "operations"), "praised the operations"),
        ("lies, all of it", ("lies, all", "lies, simply all"), "lies, simply all of it"),
    ],
)
def test_a_change_at_an_edge_belongs_to_the_span(was, correction, now):
    assert placed(OLD.replace(*correction), was).quote == now


def test_what_is_inserted_beside_a_span_does_not_belong_to_it():
    assert placed(OLD.replace("Haniyeh", "Ismail Haniyeh"), "Haniyeh").quote == "Haniyeh"
    assert placed(OLD.replace("November", "November 2023"), "early November").quote == "early November"


def test_a_sentence_that_is_gone_is_orphaned():
    new = OLD.replace("Three officials, who asked not to be named, said that they had been briefed.", "")
    assert placed(new, "Three officials, who asked not to be named").state == "orphaned"


def test_a_short_word_whose_sentence_is_gone_is_not_taken_from_another():
    new = OLD.replace("He said that no such meeting took place, and ", "")
    was = OLD.index("He said") + 3
    [placement] = carry(OLD, new, [[(was, was + 4)]])
    assert placement.state in ("orphaned", "fuzzy")


def test_a_paragraph_that_moved_takes_its_spans_along():
    first, second, third = OLD.split("\n\n")
    new = "\n\n".join([third, first, second])
    for quote in ("Three officials", "briefed", "Osama Hamdan denied it", "Khamenei", "no such meeting took place"):
        found = placed(new, quote)
        assert (found.state, found.quote) == ("moved", quote)


def test_of_two_equal_sentences_the_one_in_its_place_is_taken():
    sentence = "Reuters stood by its report. "
    old = f"First. {sentence}Second word of it. {sentence}Third and last."
    new = f"Zeroth. {old}"
    second = old.rindex(sentence)
    [placement] = carry(old, new, [[(second, second + len(sentence) - 1)]])
    assert (placement.state, placement.segments[0][0]) == ("moved", second + len("Zeroth. "))


def test_parts_are_carried_each_and_told_as_one():
    new = OLD.replace("Reuters had claimed", "The agency Reuters had claimed")
    both = placed(new, "Haniyeh", "Khamenei")
    assert (both.state, both.quote) == ("moved", "Haniyeh … Khamenei")
    lost = placed(new.replace(", and that Khamenei had praised the operation", ""), "Haniyeh", "Khamenei had praised")
    assert (lost.state, lost.quote) == ("fuzzy", "Haniyeh")


def test_parts_that_changed_their_order_are_for_a_person_to_see():
    first, second, third = OLD.split("\n\n")
    swapped = placed("\n\n".join([second, first, third]), "Haniyeh had been told so", "Osama Hamdan denied it")
    assert (swapped.state, swapped.quote) == ("fuzzy", "Osama Hamdan denied it … Haniyeh had been told so")


# -- scripts ----------------------------------------------------------------------------------------------------------


def test_persian_keeps_its_joiners():
    old = "رویترز گزارش داد که هنیه به تهران رفت. حمدان می‌گوید این خبر دروغ است."
    new = old.replace("دروغ است", "سراسر دروغ است")
    assert placed(new, "حمدان می‌گوید", old=old).state == "exact"
    assert placed(new, "این خبر دروغ است", old=old).quote == "این خبر سراسر دروغ است"


def test_a_character_of_several_code_points_is_never_cut():
    old, new = (
        "They cheered 👩\u200d👩\u200d👧 all night long.",
        "They cheered 👩\u200d👩\u200d👧\u200d👦 all night long.",
    )
    start = old.index("👩")
    [placement] = carry(old, new, [[(start, start + 5)]])
    assert placement.state in ("fuzzy", "orphaned")
    assert not any(cuts_grapheme(new, offset) for segment in placement.segments for offset in segment)


def test_chinese_without_spaces_is_carried():
    old = "路透社报道说哈尼亚在十一月访问了德黑兰。哈姆丹否认了这一消息，称其为谎言。"
    new = old.replace("访问了", "曾经访问了")
    assert placed(new, "哈姆丹否认了", old=old).state == "moved"
    assert placed(new, "哈尼亚在十一月访问了德黑兰", old=old).quote == "哈尼亚在十一月曾经访问了德黑兰"


def test_a_text_rewritten_whole_is_answered_in_time():
    import time

    old = "".join(f"Sentence {number} said that the minister had denied it. " for number in range(2_000))
    new = "".join(f"Paragraph {number} tells quite another story of rivers. " for number in range(2_000))
    spans = [[(at, at + 40)] for at in range(0, 100_000, 200)]
    begun = time.perf_counter()
    placements = carry(old, new, spans)
    assert len(placements) == len(spans)
    assert time.perf_counter() - begun < 30
