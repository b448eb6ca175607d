"""First guesses at who says what: cue, speaker and clauses, in three languages. Guesses may miss; what stands here is
what people rely on."""

from time import process_time

import pytest

from annotations.core.sayings import sayings_in

TWO_HOPS = (
    "Reuters, the outlet writes, had claimed that at the meeting Haniyeh was told three things: that Tehran had no "
    "warning of the October attack, that it would go on backing Hamas politically, and that it would not itself "
    "“intervene directly”."
)


def read(text, language="en"):
    """(cue, speaker, [contents]) in words."""
    return [
        (
            text[slice(*guess.cue)],
            guess.speaker and text[slice(*guess.speaker)],
            [" … ".join(text[slice(*part)] for part in segments) for segments in guess.contents],
        )
        for guess in sayings_in(text, language)
    ]


def test_a_sentence_with_two_hops_and_four_claims():
    guesses = {cue: (speaker, contents) for cue, speaker, contents in read(TWO_HOPS)}
    speaker, contents = guesses["had claimed"]
    assert speaker == "Reuters"
    assert contents == [
        "at the meeting Haniyeh was told three things",
        "Tehran had no warning of the October attack",
        "it would go on backing Hamas politically",
        "it would not itself “intervene directly”",
    ]
    assert guesses["writes"][0] == "the outlet"


@pytest.mark.parametrize(
    ("text", "cue", "speaker", "contents"),
    [
        ("“Pure lies”, said Osama Hamdan.", "said", "Osama Hamdan", ["“Pure lies”"]),
        ("👩‍👩‍👧 “Pure lies”, said Osama Hamdan.", "said", "Osama Hamdan", ["“Pure lies”"]),
        ("“It will not be as before,” he said on Monday.", "said", "he", ["“It will not be as before,”"]),
        (
            "On the same Thursday Osama Hamdan, a senior Hamas official, told IRNA that the meeting was good.",
            "told",
            "Osama Hamdan, a senior Hamas official",
            ["the meeting was good"],
        ),
        ("According to Reuters, he was silent.", "According to", "Reuters", ["he was silent"]),
        ("Haniyeh had been told that Tehran knew nothing.", "had been told", None, ["Tehran knew nothing"]),
        (
            "Western media had before that reported, the outlet adds, that they met.",
            "had before that reported",
            "Western media",
            ["they met"],
        ),
    ],
)
def test_english_speakers(text, cue, speaker, contents):
    assert (cue, speaker, contents) in read(text)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "حمدان گفت که دیدار خوب بود و این‌که هیچ فشاری در کار نبود.",
            "fa",
            ("گفت", "حمدان", ["دیدار خوب بود", "هیچ فشاری در کار نبود"]),
        ),
        ("به گفتهٔ رویترز، هنیه توبیخ شد.", "fa", ("به گفتهٔ", "رویترز", ["هنیه توبیخ شد"])),
        ("«دروغ محض است»، اسامه حمدان به ایرنا گفت.", "fa", ("گفت", "اسامه حمدان", ["«دروغ محض است»"])),
        ("قال حمدان إن الاجتماع كان جيدا.", "ar", ("قال", "حمدان", ["الاجتماع كان جيدا"])),
    ],
)
def test_persian_and_arabic_speakers(text, language, expected):
    assert expected in read(text, language)


@pytest.mark.parametrize("text", ["", "Nobody spoke.", "👩‍👩‍👧 “", "said said said that that", "«", ", said ,", "گفت"])
def test_nothing_breaks_it(text):
    for guess in sayings_in(text):
        assert 0 <= guess.cue[0] < guess.cue[1] <= len(text)
        assert all(start < end for segments in guess.contents for start, end in segments)


@pytest.mark.parametrize(
    "behind", ["a" * 20_000, "'a" * 10_000, " " * 20_000 + "that", ", " * 10_000, "x, he said" * 2_000]
)
def test_no_text_takes_for_ever(behind):
    began = process_time()
    sayings_in(f"He said {behind}.")
    assert process_time() - began < 10
