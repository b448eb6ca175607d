"""Two claims that are one, and one that is several: what moves, what stays where it was cited, what is refused."""

import pytest

from annotations.core.errors import IllegalMove, Invalid, Refused, Stale
from annotations.models import Claim, ClaimRelation, Event, TriageMark
from annotations.queries.evidence import ledger_of
from annotations.queries.history import history_of, told
from annotations.services import claims, triage
from annotations.services.disputes import open_dispute
from annotations.services.evidence import add_evidence
from annotations.services.merging import Part, merge_claim, split_claim


@pytest.fixture
def add(people, project):
    def claim(text, **fields):
        return claims.add_claim(by=people.ana, project=project, text=text, **fields)

    return claim


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def merged(people, claim, into, **also):
    return merge_claim(by=people.ida, claim=claim, version=fresh(claim).version, into=into, **also)


def test_what_is_said_of_one_is_said_of_the_claim_that_stays(people, project, add, mark, contested):
    one, other = mark("the meeting took place"), mark("Both sides")
    copy, original = add("They met.", mentions=[one, other]), add("The two met.", mentions=[other])
    third = add("Nobody met.")
    for claim in (copy, original):
        ClaimRelation.objects.create(
            project=project, author=people.ana, from_claim=claim, to_claim=third, type="contradicts"
        )
    ClaimRelation.objects.create(project=project, author=people.ana, from_claim=copy, to_claim=original, type="same_as")
    triage.add_triage_mark(by=people.ana, claim=copy, level="high")
    proof = add_evidence(by=people.ana, claim=copy, source=contested.source, stance="supports", ground="document")
    row = merged(people, copy, original)
    assert (row.state, row.merged_into) == ("closed", original)
    assert {mention.annotation for mention in original.mentions.active()} == {one, other}
    assert fresh(proof).claim == original
    assert original.relations_from.count() == 1  # the other one said the same
    assert TriageMark.objects.get().claim == original
    assert fresh(original).priority == 3
    assert ledger_of([original.pk], people.ida).evidence == [proof]


def test_merge_is_one_event_that_names_what_moved(people, project, add, mark):
    copy, original = add("They met.", mentions=[mark("Both sides")]), add("The two met.")
    before = Event.objects.count()
    mention = copy.mentions.get()
    merged(people, copy, original)
    assert Event.objects.count() == before + 1
    [event] = told(history_of("claim", copy.pk, people.ida)[:1], people.ida)
    assert event.sentence == "merged the claim They met. into The two met."
    body = history_of("claim", copy.pk, people.ida)[0].body
    assert str(mention.pk) in body


def test_statement_of_an_open_dispute_is_held(people, add, contested):
    with pytest.raises(IllegalMove, match=r"open dispute “Was he told\?”"):
        merged(people, contested.claims[0], add("He was told."))


def test_what_a_closed_answer_cites_stays_with_it(people, add, contested):
    from annotations.services.resolutions import VerdictSaid, approve_resolution, propose_resolution

    silent = contested.claims[0]
    said = {silent.pk: VerdictSaid("supported", "low", (contested.evidence,))}
    answer = propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=said, rationale="So.")
    approve_resolution(by=people.jo, resolution=answer)
    uncited = add_evidence(by=people.ana, claim=silent, source=contested.source, stance="refutes", ground="document")
    original = add("He was told to be silent.")
    merged(people, silent, original)
    assert fresh(contested.evidence).claim == silent
    assert fresh(uncited).claim == original


@pytest.mark.parametrize(
    ("into", "words"),
    [("itself", "into itself"), ("rejected", "closed or in the trash"), ("said", "never passes between them")],
)
def test_merge_that_cannot_be_is_refused_in_words(people, add, into, words):
    claim = add("They met.")
    others = {"itself": claim, "rejected": add("No."), "said": add("Reuters said so.", layer="said")}
    claims.reject_claim(by=people.ida, claim=others["rejected"], version=1, reason="Idle.")
    with pytest.raises(Invalid, match=words):
        merged(people, claim, others[into])
    assert fresh(claim).state == "inbox"


def test_merging_is_an_adjudicators_and_on_the_version_that_was_seen(people, add):
    claim, other = add("They met."), add("The two met.")
    with pytest.raises(Refused):
        merge_claim(by=people.ana, claim=claim, version=1, into=other)
    with pytest.raises(Stale):
        merge_claim(by=people.ida, claim=claim, version=7, into=other)


def test_merged_claim_takes_nothing_more_and_is_not_reconsidered(people, project, add, mark, contested):
    claim, other = add("They met."), add("The two met.")
    row = merged(people, claim, other)
    with pytest.raises(IllegalMove, match="merged into another"):
        claims.add_mention(by=people.ana, claim=row, annotation=mark("Both sides"))
    with pytest.raises(IllegalMove, match="merged into another"):
        claims.reconsider_claim(by=people.ida, claim=row, version=row.version)
    with pytest.raises(IllegalMove, match="merged into another"):
        open_dispute(by=people.ana, project=project, question="Did they?", statements=[row])
    with pytest.raises(IllegalMove, match="merged into another"):
        add_evidence(by=people.ana, claim=row, source=contested.source, stance="supports", ground="document")


def test_claim_that_was_merged_or_trashed_meanwhile_takes_nothing_more(people, project, add, contested):
    """Whoever writes holds the claim as it was when their page was opened."""
    gone, trashed, stays = add("They met."), add("They met twice."), add("The two met.")
    merged(people, fresh(gone), stays)
    claims.trash_claim(by=people.ana, claim=fresh(trashed), version=1)
    proof = {"source": contested.source, "stance": "supports", "ground": "document"}
    for claim, words in ((gone, "merged"), (trashed, "in the trash")):
        with pytest.raises(IllegalMove, match=words):
            add_evidence(by=people.ana, claim=claim, **proof)
        with pytest.raises((IllegalMove, Invalid), match=words):
            open_dispute(by=people.ana, project=project, question="Did they?", statements=[stays, claim])


def test_rejected_claim_is_defended_with_a_reason(people, add):
    claim = claims.reject_claim(by=people.ida, claim=add("They met."), version=1, reason="Old.")
    row = claims.reconsider_claim(by=people.jo, claim=claim, version=2, reason="It is told again.")
    assert (row.state, row.state_reason) == ("inbox", "It is told again.")


# -- one is several ---------------------------------------------------------------------------------------------------


def test_parts_take_their_places_and_say_where_they_came_from(people, add, mark):
    one, other = mark("the meeting took place"), mark("Both sides")
    claim = add("Both met and talked.", mentions=[one, other], layer="said", claim_date="2023-11", language="en")
    met, talked = split_claim(
        by=people.ida, claim=claim, version=1, parts=[Part("They met.", [one]), Part("They talked.")]
    )
    assert [row.split_from for row in (met, talked)] == [claim, claim]
    assert [mention.annotation for mention in met.mentions.active()] == [one]
    assert [mention.annotation for mention in claim.mentions.active()] == [other]
    assert (met.layer, met.claim_date, met.state, talked.mentions.count()) == ("said", "2023-11", "inbox", 0)
    assert fresh(claim).state == "inbox"


@pytest.mark.parametrize("wrong", ["none", "empty", "twice", "elsewhere"])
def test_parts_that_cannot_be_are_refused_and_nothing_is_made(people, add, mark, wrong):
    one, foreign = mark("the meeting took place"), mark("Both sides")
    claim = add("Both met.", mentions=[one])
    parts = {
        "none": [],
        "empty": [Part(" ")],
        "twice": [Part("A.", [one]), Part("B.", [one])],
        "elsewhere": [Part("A.", [foreign])],
    }
    with pytest.raises(Invalid):
        split_claim(by=people.ida, claim=claim, version=1, parts=parts[wrong])
    assert Claim.objects.count() == 1
