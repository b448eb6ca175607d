"""A corrected text comes in: what is sure comes along at once, what is not waits for a person, and nothing is lost."""

import json

import pytest
from django.test.utils import CaptureQueriesContext

from annotations.core.errors import IllegalMove, Invalid, Refused, Stale
from annotations.models import Anchor, Annotation, Attribution, Event, Revision
from annotations.queries.history import verify
from annotations.services.annotations import (
    add_annotation,
    edit_annotation,
    restore_annotation,
    split_annotation,
    trash_annotation,
)
from annotations.services.articles import add_article, trash_article
from annotations.services.attributions import add_attribution
from annotations.services.labels import add_label
from annotations.services.resolutions import approve_resolution, propose_resolution
from annotations.services.revisions import (
    accept_anchor,
    add_revision,
    drop_anchor,
    redecide_anchor,
    remark_anchor,
    reopen_anchor,
)
from tests.conftest import ARTICLE

LATER = ARTICLE.replace("Reuters reported", "The agency Reuters reported")  # all of it moves
CHANGED = ARTICLE.replace("lies and slander", "lies, slander and worse")  # one quote changes
GONE = ARTICLE.replace("“Pure lies and slander”, said Osama Hamdan.", "Nobody was asked about it.")


@pytest.fixture
def revise(people, article):
    def store(text, by=None, note=""):
        return add_revision(by=by or people.max, article=article, text=text, note=note)

    return store


@pytest.fixture
def denial(mark):
    return mark("Pure lies and slander", "denial")


def now(row):
    return type(row).objects.get(pk=row.pk)


def anchor_in(revision, annotation):
    return Anchor.objects.get(revision=revision, annotation=annotation)


def stands(annotation):
    row = now(annotation)
    return row.revision.number, row.quote, row.revision.text[row.start : row.end] == row.quote


def events_behind(number):
    return list(Event.objects.filter(project__isnull=False, number__gt=number).order_by("number"))


def head(project):
    project.chain.refresh_from_db()
    return project.chain.number


# -- a revision comes in ----------------------------------------------------------------------------------------------


def test_what_is_sure_comes_along_and_the_text_is_kept_exactly(people, project, article, mark, revise):
    said, visitor = mark("Pure lies and slander", "denial"), mark("visitor", by=people.ben)
    before = head(project)
    revision = revise(LATER, note="The desk added who reported it.")
    assert (revision.number, revision.text, revision.carried["anchors"]) == (
        2, LATER, {"exact": 0, "moved": 2, "fuzzy": 0, "orphaned": 0},
    )  # fmt: skip
    assert stands(said) == (2, "Pure lies and slander", True)
    assert stands(visitor) == (2, "visitor", True)
    assert {now(said).version, now(visitor).version} == {2}
    [event] = events_behind(before)
    assert (event.verb, event.article_id) == ("revision_added", article.pk)
    told = json.loads(event.body)["after"]
    assert told["anchors"]["moved"] == 2
    assert told["text"].keys() == {"code_points", "sha256"}
    assert verify() is None


def test_the_anchor_keeps_where_it_stood(article, mark, revise):
    said = mark("visitor")
    anchor = anchor_in(revise(LATER), said)
    assert (anchor.state, anchor.was_segments, anchor.was_quote) == ("moved", said.segments, "visitor")
    assert (anchor.from_revision.number, anchor.segments) == (1, now(said).segments)
    assert anchor.score == 1


def test_a_changed_quote_stays_in_its_revision_until_somebody_decides(denial, revise):
    revision = revise(CHANGED)
    anchor = anchor_in(revision, denial)
    assert (anchor.state, anchor.quote) == ("fuzzy", "Pure lies, slander and worse")
    assert stands(denial) == (1, "Pure lies and slander", True)
    assert now(denial).version == 1
    assert list(Anchor.objects.undecided()) == [anchor]


def test_a_label_of_the_whole_article_comes_along(people, project, article, labels, revise):
    whole = add_label(by=people.max, project=project, key="opinion", kind="document")
    annotation = add_annotation(by=people.ana, article=article, segments=[], quote="", label=whole)
    assert revise(GONE).carried["anchors"]["exact"] == 1
    assert now(annotation).revision.number == 2


@pytest.mark.parametrize("who", ["vera", "ana", "ida", "olu"])
def test_only_a_manager_stores_a_corrected_text(people, article, revise, who):
    with pytest.raises(Refused):
        revise(LATER, by=getattr(people, who))
    assert article.revisions.count() == 1


def test_the_same_text_again_is_refused_in_words_and_an_earlier_one_is_not(revise):
    with pytest.raises(Invalid) as refused:
        revise(ARTICLE)
    assert refused.value.errors == {"text": ["This is the text of revision 1 already: nothing differs."]}
    revise(LATER)
    assert revise(ARTICLE).number == 3


@pytest.mark.parametrize("text", ["", "a\x00b", "a\ud800", None])
def test_a_text_that_cannot_be_stored_is_refused(revise, text):
    with pytest.raises(Invalid) as refused:
        revise(text)
    assert set(refused.value.errors) == {"text"}


def test_an_article_in_the_trash_takes_no_revision(people, article, revise):
    trash_article(by=people.max, article=article, version=1)
    with pytest.raises(IllegalMove):
        revise(LATER)


def test_what_waits_is_tried_again_with_the_next_revision_from_where_it_stands(denial, revise):
    waiting = anchor_in(revise(CHANGED), denial)
    third = revise(LATER)
    anchor = anchor_in(third, denial)
    assert (anchor.state, anchor.from_revision.number) == ("moved", 1)
    assert stands(denial) == (3, "Pure lies and slander", True)
    assert not Anchor.objects.undecided().exists()
    with pytest.raises(IllegalMove) as refused:
        accept_anchor(by=denial.author, anchor=now(waiting), version=1)
    assert "Revision 3" in refused.value.message


def test_speaker_and_cue_come_along_where_both_are_sure(people, article, denial, revise):
    at = ARTICLE.index("said Osama Hamdan")
    spans = {"cue_segments": [[at, at + 4]], "cue_quote": "said"}
    spans |= {"speaker_segments": [[at + 5, at + 17]], "speaker_quote": "Osama Hamdan"}
    saying = add_attribution(by=people.ana, content=denial, **spans)
    assert revise(LATER).carried["attributions"] == {"carried": 1, "kept": 0}
    row = now(saying)
    [[start, end]] = row.speaker_segments
    assert (row.revision.number, row.revision.text[start:end], row.version) == (2, "Osama Hamdan", 2)
    assert revise(GONE).carried["attributions"] == {"carried": 0, "kept": 1}
    assert (now(saying).revision.number, now(saying).version) == (2, 2)
    assert Attribution.objects.get().speaker_quote == "Osama Hamdan"


# -- those who come late ----------------------------------------------------------------------------------------------


def test_a_mark_made_on_the_old_text_comes_along_at_once(people, article, labels, revise):
    first, second = article.revisions.get(), revise(LATER)
    at = ARTICLE.index("visitor")
    made = add_annotation(
        by=people.ana, article=article, segments=[[at, at + 7]], quote="visitor", label=labels["claim"], revision=first
    )
    assert stands(made) == (2, "visitor", True)
    assert anchor_in(second, made).was_segments == [[at, at + 7]]
    assert now(made).version == 1
    [event] = Event.objects.filter(verb="annotation_added")
    assert json.loads(event.body)["after"]["made_on"] == str(first.pk)


def test_a_mark_whose_words_are_gone_is_kept_on_the_old_text_and_waits(people, article, labels, revise):
    first, second = article.revisions.get(), revise(GONE)
    at = ARTICLE.index("Pure lies")
    made = add_annotation(
        by=people.ana, article=article, segments=[[at, at + 21]], quote="Pure lies and slander",
        label=labels["denial"], revision=first,
    )  # fmt: skip
    assert stands(made) == (1, "Pure lies and slander", True)
    assert anchor_in(second, made) in Anchor.objects.undecided()


def test_what_lay_in_the_trash_comes_along_when_it_comes_back(people, mark, revise):
    said = mark("visitor")
    trash_annotation(by=people.ana, annotation=said, version=1)
    assert sum(revise(LATER).carried["anchors"].values()) == 0
    restore_annotation(by=people.ana, annotation=now(said), version=2)
    assert stands(said) == (2, "visitor", True)


def test_a_place_that_waits_is_not_moved_in_the_old_text(people, denial, revise):
    revise(CHANGED)
    for attempt in (
        lambda: edit_annotation(by=people.ana, annotation=now(denial), version=1, segments=[[0, 7]], quote="Reuters"),
        lambda: split_annotation(by=people.ana, annotation=now(denial), version=1, at=denial.start + 5),
    ):
        with pytest.raises(IllegalMove):
            attempt()
    assert edit_annotation(by=people.ana, annotation=now(denial), version=1, note="Still mine.").version == 2


# -- decisions --------------------------------------------------------------------------------------------------------


def test_accepting_takes_the_place_that_was_found(people, project, denial, revise):
    anchor = anchor_in(revise(CHANGED), denial)
    before = head(project)
    done = accept_anchor(by=people.ana, anchor=anchor, version=1)
    assert (done.decision, done.decided_by, done.version) == ("accepted", people.ana, 2)
    assert stands(denial) == (2, "Pure lies, slander and worse", True)
    [event] = events_behind(before)
    assert (event.verb, event.object_id) == ("anchor_accepted", denial.pk)
    assert not Anchor.objects.undecided().exists()


def test_marking_anew_takes_the_place_that_a_person_marked(people, denial, revise):
    anchor = anchor_in(revise(GONE), denial)
    with pytest.raises(IllegalMove) as refused:
        accept_anchor(by=people.ana, anchor=anchor, version=1)
    assert "no place to accept" in refused.value.message
    at = GONE.index("Nobody was asked")
    with pytest.raises(Invalid) as wrong:
        remark_anchor(by=people.ana, anchor=anchor, version=1, segments=[[at, at + 16]], quote="Somebody")
    assert set(wrong.value.errors) == {"quote"}
    done = remark_anchor(by=people.ana, anchor=anchor, version=1, segments=[[at, at + 16]], quote="Nobody was asked")
    assert (done.decision, done.quote) == ("remarked", "Nobody was asked")
    assert stands(denial) == (2, "Nobody was asked", True)


def test_dropping_moves_the_annotation_to_the_trash(people, denial, revise):
    anchor = anchor_in(revise(GONE), denial)
    assert drop_anchor(by=people.ana, anchor=anchor, version=1).decision == "dropped"
    assert now(denial).trashed
    assert now(denial).revision.number == 1


@pytest.mark.parametrize("decision", ["accepted", "remarked", "dropped"])
def test_a_decision_can_be_taken_back_and_made_again(people, denial, revise, decision):
    anchor = anchor_in(revise(CHANGED), denial)
    at = CHANGED.index("slander and worse")
    place = {"segments": [[at, at + 17]]} if decision == "remarked" else {}
    for _ in range(2):
        anchor = redecide_anchor(
            by=people.ana, anchor=now(anchor), version=now(anchor).version, decision=decision, **place
        )
        assert anchor.decision == decision
        reopen_anchor(by=people.ana, anchor=now(anchor), version=now(anchor).version)
        back = now(anchor)
        assert (back.decision, back.decided_by, back.quote) == ("", None, "Pure lies, slander and worse")
        assert stands(denial) == (1, "Pure lies and slander", True)
        assert not now(denial).trashed
        assert list(Anchor.objects.undecided()) == [back]


def test_what_went_on_since_is_not_taken_back(people, denial, revise):
    anchor = accept_anchor(by=people.ana, anchor=anchor_in(revise(CHANGED), denial), version=1)
    at = CHANGED.index("Pure")
    edit_annotation(by=people.ana, annotation=now(denial), version=2, segments=[[at, at + 9]], quote="Pure lies")
    with pytest.raises(IllegalMove):
        reopen_anchor(by=people.ana, anchor=now(anchor), version=2)


def test_annotators_decide_their_own_and_adjudicators_all(people, denial, revise):
    anchor = anchor_in(revise(CHANGED), denial)
    for who in (people.ben, people.vera, people.olu):
        for verb in (accept_anchor, drop_anchor):
            with pytest.raises(Refused):
                verb(by=who, anchor=anchor, version=1)
    with pytest.raises(Stale):
        accept_anchor(by=people.ida, anchor=anchor, version=7)
    assert accept_anchor(by=people.ida, anchor=anchor, version=1).decided_by == people.ida
    with pytest.raises(IllegalMove) as refused:
        drop_anchor(by=people.ida, anchor=now(anchor), version=2)
    assert "decided already" in refused.value.message


# -- disputes ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def answered(people, contested):
    statement = contested.claims[0]
    return propose_resolution(
        by=people.ida,
        dispute=contested.dispute,
        version=now(contested.dispute).version,
        rationale="So.",
        verdicts=verdicts_on(statement, contested.evidence),
    )


def verdicts_on(statement, evidence):
    from annotations.services.resolutions import VerdictSaid

    return {statement.pk: VerdictSaid("disputed", evidence=(evidence,))}


def test_accepting_other_words_sends_back_what_is_in_review(people, contested, answered, revise):
    anchor = anchor_in(revise(CHANGED), contested.annotations[1])
    accept_anchor(by=people.ida, anchor=anchor, version=1)
    dispute = now(contested.dispute)
    assert dispute.state == "open"
    assert "changed in revision 2" in dispute.state_reason


def test_under_a_closed_dispute_nothing_changes_before_it_is_open_again(people, contested, answered, revise):
    approve_resolution(by=people.jo, resolution=answered)
    revision = revise(CHANGED)
    anchor = anchor_in(revision, contested.annotations[1])
    with pytest.raises(IllegalMove) as refused:
        accept_anchor(by=people.ida, anchor=anchor, version=1)
    assert "reopen the dispute" in refused.value.message
    with pytest.raises(IllegalMove):
        drop_anchor(by=people.ida, anchor=anchor, version=1)
    moved = revise(CHANGED.replace("Reuters reported", "The agency Reuters reported"))
    assert now(contested.annotations[0]).revision == moved
    assert now(contested.annotations[1]).revision.number == 1


# -- many -------------------------------------------------------------------------------------------------------------


def test_a_thousand_more_annotations_cost_a_constant_number_of_statements(people, project, labels):
    from django.db import connection

    counts = []
    for many in (1_000, 2_000):
        text = "".join(f"Sentence {number} was reported. " for number in range(many))
        article = add_article(by=people.max, project=project, title=f"{many}", text=text)
        first = article.revisions.get()
        Annotation.objects.bulk_create(
            Annotation(
                project=project, author=people.ana, article=article, revision=first, label=labels["claim"],
                segments=[[at, at + 8]], start=at, end=at + 8, quote=text[at : at + 8],
            )
            for at in (text.index(f"Sentence {number} ") for number in range(many))
        )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            revision = add_revision(by=people.max, article=article, text=f"New: {text}")
        counts.append(len(captured))
        assert revision.carried["anchors"]["moved"] == many
    assert counts[1] - counts[0] < 40
    assert Revision.objects.filter(number=2).count() == 2
