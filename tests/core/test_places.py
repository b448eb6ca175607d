"""Places and outcomes are computed: whoever is asked first, and however many papers repeat one beginning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.places import (
    OUTCOME_WORDS,
    Count,
    EvidenceSeen,
    Outcome,
    PartyStances,
    Place,
    StanceSeen,
    bare_assertions,
    origins_counted,
    outcome_of,
    places,
)

STANCES = ["affirm", "deny", "qualify", "not_addressed", "declined", "no_reply", "not_asked"]
SILENCE = STANCES[3:]
STATEMENTS = ["s1", "s2", "s3"]


def party(name, **stances):
    """`s1="affirm"`, or `s1="affirm+"` with a quote behind it."""
    seen = {statement: StanceSeen(word.rstrip("+"), word.endswith("+")) for statement, word in stances.items()}
    return PartyStances(name, seen)


seen = st.builds(StanceSeen, st.sampled_from(STANCES), st.booleans())
grids = st.lists(st.dictionaries(st.sampled_from(STATEMENTS), seen), max_size=4).map(
    lambda rows: [PartyStances(f"party {number}", row) for number, row in enumerate(rows)]
)

# -- places -----------------------------------------------------------------------------------------------------------


@given(grids, st.sets(st.sampled_from(STATEMENTS)), st.randoms())
def test_the_order_of_parties_never_matters(grid, outside, chance):
    turned = list(grid)
    chance.shuffle(turned)
    assert places(grid, statements=STATEMENTS, out_of_scope=outside) == places(
        turned, statements=STATEMENTS, out_of_scope=outside
    )


@given(grids, st.sets(st.sampled_from(STATEMENTS)))
def test_every_statement_has_a_place_that_follows_the_domains_words(grid, outside):
    found = places(grid, statements=STATEMENTS, out_of_scope=outside)
    assert list(found) == STATEMENTS
    for statement, place in found.items():
        stances = {row.stances[statement].stance for row in grid if statement in row.stances}
        if statement in outside:
            assert place == Place.OUT_OF_SCOPE
        elif {"affirm", "deny"} <= stances:
            assert place == Place.IN_DISPUTE
        elif "affirm" in stances:
            assert place in (Place.AGREED, Place.NOT_CONTESTED)
        else:
            assert place == Place.NOT_STATED


@given(grids, st.sampled_from(STATEMENTS), st.sampled_from(SILENCE), st.booleans())
def test_silence_never_makes_agreement_or_anything_else(grid, statement, silence, has_quote):
    silent = PartyStances("the silent one", {statement: StanceSeen(silence, has_quote)})
    assert places([*grid, silent], statements=STATEMENTS) == places(grid, statements=STATEMENTS)


def test_affirmed_and_denied_is_in_dispute():
    assert places([party("Reuters", s1="affirm"), party("Hamdan", s1="deny")], statements=["s1"]) == {
        "s1": Place.IN_DISPUTE
    }


def test_opposed_parties_that_both_affirm_with_quotes_agree():
    grid = [party("Reuters", s1="affirm+", s2="affirm+"), party("Hamdan", s1="deny+", s2="affirm+")]
    assert places(grid, statements=["s1", "s2"])["s2"] == Place.AGREED


@pytest.mark.parametrize(
    ("reuters", "hamdan", "why"),
    [
        ("affirm", "affirm+", "one has no quote"),
        ("affirm+", "qualify+", "to qualify is not to affirm"),
        ("affirm+", "not_addressed", "the other is silent"),
    ],
)
def test_less_than_two_quoted_affirmations_are_only_not_contested(reuters, hamdan, why):
    grid = [party("Reuters", s1="affirm", s2=reuters), party("Hamdan", s1="deny", s2=hamdan)]
    assert places(grid, statements=["s1", "s2"])["s2"] == Place.NOT_CONTESTED, why


def test_parties_that_oppose_each_other_nowhere_do_not_agree_but_are_not_contested():
    grid = [
        party("Reuters", s1="affirm+"),
        party("AFP", s1="affirm+"),
        party("Hamdan", s2="deny+"),
        party("X", s2="affirm"),
    ]
    assert places(grid, statements=["s1", "s2"]) == {"s1": Place.NOT_CONTESTED, "s2": Place.IN_DISPUTE}


def test_a_statement_out_of_scope_opposes_nobody():
    grid = [party("Reuters", s1="affirm+", s2="affirm+"), party("Hamdan", s1="deny+", s2="affirm+")]
    assert places(grid, statements=["s1", "s2"], out_of_scope={"s1"}) == {
        "s1": Place.OUT_OF_SCOPE,
        "s2": Place.NOT_CONTESTED,
    }


def test_a_denial_alone_states_nothing():
    assert places([party("Hamdan", s1="deny+")], statements=["s1"]) == {"s1": Place.NOT_STATED}
    assert places([], statements=["s1"]) == {"s1": Place.NOT_STATED}


def test_one_party_alone_is_in_no_dispute_with_itself():
    grid = [party("Hamas", s1="affirm"), party("Hamas", s1="deny")]
    assert places(grid, statements=["s1"]) == {"s1": Place.NOT_STATED}
    assert places([*grid, party("Reuters", s1="affirm")], statements=["s1"]) == {"s1": Place.IN_DISPUTE}


def test_every_outcome_has_words():
    assert set(OUTCOME_WORDS) == set(Outcome)


# -- outcomes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        (["Supported", "Refuted"], Outcome.SETTLED),
        (["Supported", "Not Enough Evidence"], Outcome.PARTLY_SETTLED),
        (["refuted", "disputed"], Outcome.PARTLY_SETTLED),
        (["Not Enough Evidence", "Conflicting Evidence/Cherrypicking"], Outcome.UNRESOLVED),
        ([], Outcome.UNRESOLVED),
    ],
)
def test_the_outcome_follows_from_the_verdicts(verdicts, outcome):
    assert outcome_of(dict(enumerate(verdicts))) == outcome


# -- counting ---------------------------------------------------------------------------------------------------------

GROUNDS = ["document", "first_hand", "relayed_account", "bare_assertion"]
evidence = st.lists(
    st.builds(
        EvidenceSeen,
        claim=st.sampled_from(["c1", "c2"]),
        source=st.integers(0, 6),
        stance=st.sampled_from(["supports", "refutes"]),
        ground=st.sampled_from(GROUNDS),
        origin=st.none() | st.integers(0, 2),
        together=st.none(),
    ),
    max_size=20,
)


def test_seven_papers_of_two_beginnings_are_two():
    rows = [EvidenceSeen("c", f"paper {number}", "supports", "document", number % 2) for number in range(7)]
    rows.append(EvidenceSeen("c", "blog", "supports", "relayed_account"))
    counted = origins_counted(rows)["c"]
    assert counted.by_stance == {"supports": Count(origins=2, documents=7, untraced=1)}
    assert counted.total.in_words() == "2 origins, 7 documents, 1 untraced"


def test_a_bare_denial_adds_to_no_count():
    rows = [EvidenceSeen("c", source, "refutes", "bare_assertion", "spokesman") for source in ("irna", "tass", "tass")]
    assert origins_counted(rows) == {}
    assert bare_assertions(rows) == {"c": {"refutes": 2}}


@given(evidence)
def test_counts_follow_origins_by_claim_and_stance(rows):
    counted = origins_counted(rows)
    for claim, counts in counted.items():
        for stance, count in counts.by_stance.items():
            real = [
                row for row in rows if (row.claim, row.stance) == (claim, stance) and row.ground != "bare_assertion"
            ]
            beginnings = len({row.origin for row in real} - {None})
            assert count.origins == min(beginnings, count.documents)
            assert count.documents + count.untraced == len({row.source for row in real})
        assert counts.total.origins <= sum(count.origins for count in counts.by_stance.values())


@given(evidence, st.lists(st.none() | st.integers(0, 2), min_size=20, max_size=20))
def test_origins_never_exceed_documents_and_what_counts_together_never_counts_for_more(rows, sets):
    together = [row._replace(together=(row.claim, number)) for row, number in zip(rows, sets, strict=False)]
    apart, joined = origins_counted(rows), origins_counted(together)
    for claim, counts in joined.items():
        for count in (counts.total, *counts.by_stance.values()):
            assert count.origins <= count.documents
        assert counts.total.origins <= apart[claim].total.origins
        assert counts.total.documents == apart[claim].total.documents


def test_two_pieces_that_only_together_carry_it_are_one_origin():
    rows = [
        EvidenceSeen("c", source, "supports", "document", origin, "set")
        for source, origin in (("map", "survey"), ("law", "gazette"))
    ]
    assert origins_counted(rows)["c"].total == Count(origins=1, documents=2)


@given(evidence, st.randoms())
def test_bare_assertions_and_order_change_no_count(rows, chance):
    turned = [row for row in rows if row.ground != "bare_assertion"]
    chance.shuffle(turned)
    assert origins_counted(turned) == origins_counted(rows)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(), "no evidence"),
        (Count(1, 1, 0), "1 origin, 1 document"),
        (Count(0, 0, 3), "3 untraced"),
        (Count(1, 2, 1), "1 origin, 2 documents, 1 untraced"),
    ],
)
def test_counts_are_said_in_words(count, words):
    assert count.in_words() == words
