"""A person decides on a suggestion: it becomes their annotation, or is rejected; taken back, it is as it was."""

import pytest

from annotations.core.errors import IllegalMove, Invalid, Refused, Stale
from annotations.core.recommending import Proposal
from annotations.models import Act, Annotation, Event, Suggestion
from annotations.queries.annotations import annotation_rows
from annotations.queries.history import verify
from annotations.services.accepting import (
    accept_suggestion,
    accept_suggestions,
    reject_suggestion,
    reopen_suggestion,
)
from annotations.services.acts import record_act, redo_act, undo_act
from annotations.services.annotations import trash_annotation
from annotations.services.labels import retire_label
from annotations.services.recommenders import add_recommender
from annotations.services.suggestions import store_suggestions
from annotations.services.write import unit

pytestmark = pytest.mark.django_db

PHRASES = {"Reuters": 0.9, "Osama Hamdan": 0.5, "Both sides": None}


@pytest.fixture
def suggested(people, project, labels, article):
    """Three suggestions of the label `source`, in the order of the text."""
    text = article.revisions.get().text
    recommender = add_recommender(by=people.max, project=project, kind="cues", name="Machine")
    proposals = [
        Proposal(((text.index(phrase), text.index(phrase) + len(phrase)),), "source", score, "It looks so")
        for phrase, score in PHRASES.items()
    ]
    store_suggestions(
        by=people.ana, article=article, revision=article.revision, recommender=recommender, proposals=proposals
    )
    return list(Suggestion.objects.order_by("start"))


def fresh(row):
    return Suggestion.objects.select_related("annotation", "recommender", "label").get(pk=row.pk)


def test_an_accepted_suggestion_is_an_annotation_that_keeps_where_it_came_from(people, project, article, suggested):
    row = accept_suggestion(by=people.ben, suggestion=suggested[0], version=1)
    made = row.annotation
    assert (made.author, made.origin, made.score, made.quote) == (people.ben, "Machine", 0.9, "Reuters")
    assert (row.state, row.version, row.decided_by) == ("accepted", 2, people.ben)
    (shown,) = annotation_rows(Annotation.objects.all())
    assert (shown["origin"], shown["score"]) == ("Machine", 0.9)
    event = Event.objects.filter(project=project).latest("number")
    assert (event.verb, event.object_kind, event.object_id) == ("suggestion_accepted", "annotation", made.pk)
    assert '"origin":"Machine"' in event.body
    assert '"score":"0.9"' in event.body
    assert verify() is None


def test_it_is_accepted_as_another_label_or_on_other_segments(people, labels, suggested):
    row = accept_suggestion(by=people.ana, suggestion=suggested[0], version=1, label=labels["claim"])
    assert (row.annotation.label.key, row.label.key) == ("claim", "source")
    start = suggested[1].start + 6
    wider = {"segments": [[start, start + 6]], "quote": "Hamdan"}
    assert accept_suggestion(by=people.ana, suggestion=suggested[1], version=1, **wider).annotation.quote == "Hamdan"
    with pytest.raises(Invalid, match="not what stands there"):
        accept_suggestion(by=people.ana, suggestion=suggested[2], version=1, segments=[[0, 3]], quote="nothing")
    assert fresh(suggested[2]).state == "pending"


def test_of_two_who_accept_one_wins_and_the_other_is_told_who(people, suggested):
    accept_suggestion(by=people.ben, suggestion=fresh(suggested[0]), version=1)
    for decide in (accept_suggestion, reject_suggestion):
        with pytest.raises(IllegalMove, match="Ben accepted this suggestion already"):
            decide(by=people.ana, suggestion=suggested[0], version=1)
    assert Annotation.objects.count() == 1


def test_a_version_that_is_not_the_one_is_refused(people, suggested):
    with pytest.raises(Stale):
        accept_suggestion(by=people.ana, suggestion=suggested[0], version=7)
    assert not Annotation.objects.exists()


def test_viewers_decide_on_nothing(people, article, suggested):
    for decide in (accept_suggestion, reject_suggestion):
        with pytest.raises(Refused):
            decide(by=people.vera, suggestion=suggested[0], version=1)
    with pytest.raises(Refused):
        accept_suggestions(by=people.vera, article=article, chosen=[(suggested[0], 1)])


def test_a_rejection_says_what_was_rejected_and_asks_for_no_reason(people, project, suggested):
    row = reject_suggestion(by=people.ana, suggestion=suggested[0], version=1)
    assert (row.state, row.annotation) == ("rejected", None)
    event = Event.objects.filter(project=project).latest("number")
    assert event.verb == "suggestion_rejected"
    assert '"origin":"Machine"' in event.body


def test_many_at_once_are_one_event_and_one_act(people, project, article, suggested):
    before = Event.objects.filter(project=project).count()
    with unit(people.ana):
        accept_suggestions(by=people.ana, article=article, chosen=[(row, 1) for row in suggested])
        act = record_act(by=people.ana)
    assert Event.objects.filter(project=project).count() == before + 1
    assert {row.origin for row in Annotation.objects.all()} == {"Machine"}
    assert {fresh(row).state for row in suggested} == {"accepted"}
    assert act is not None
    undo_act(by=people.ana, article=article)
    assert not Annotation.objects.active().exists()
    assert {fresh(row).state for row in suggested} == {"pending"}
    redo_act(by=people.ana, article=article)
    assert Annotation.objects.active().count() == 3
    assert {fresh(row).state for row in suggested} == {"accepted"}
    assert verify() is None


def test_many_are_accepted_or_none_where_one_was_decided_on_meanwhile(people, article, suggested):
    reject_suggestion(by=people.ben, suggestion=fresh(suggested[1]), version=1)
    with pytest.raises(IllegalMove, match="1 of them was decided on meanwhile"):
        accept_suggestions(by=people.ana, article=article, chosen=[(row, 1) for row in suggested])
    assert not Annotation.objects.exists()
    with pytest.raises(Invalid, match="at least one"):
        accept_suggestions(by=people.ana, article=article, chosen=[])


def test_a_retired_label_is_accepted_no_more_but_another_is(people, labels, suggested):
    retire_label(by=people.max, label=labels["source"], version=1)
    with pytest.raises(Invalid, match="retired"):
        accept_suggestion(by=people.ana, suggestion=fresh(suggested[0]), version=1)
    accept_suggestion(by=people.ana, suggestion=fresh(suggested[0]), version=1, label=labels["claim"])


def test_a_decision_taken_back_makes_it_pending_and_trashes_its_annotation(people, suggested):
    row = accept_suggestion(by=people.ana, suggestion=suggested[0], version=1)
    with pytest.raises(Refused, match="someone else"):
        reopen_suggestion(by=people.ben, suggestion=fresh(row), version=2)
    row = reopen_suggestion(by=people.ana, suggestion=fresh(row), version=2)
    assert (row.state, row.decided_by, row.annotation) == ("pending", None, None)
    assert Annotation.objects.get().trashed
    with pytest.raises(IllegalMove, match="Nobody decided"):
        reopen_suggestion(by=people.ana, suggestion=row, version=3)


def test_trashing_the_annotation_alone_does_not_bring_the_suggestion_back(people, suggested):
    row = accept_suggestion(by=people.ana, suggestion=suggested[0], version=1)
    trash_annotation(by=people.ana, annotation=row.annotation, version=1)
    assert fresh(row).state == "accepted"


def test_undo_takes_an_acceptance_and_a_rejection_back(people, article, suggested):
    for decide in (accept_suggestion, reject_suggestion):
        with unit(people.ana):
            decide(by=people.ana, suggestion=fresh(suggested[0]), version=fresh(suggested[0]).version)
            record_act(by=people.ana)
        decided = fresh(suggested[0]).state
        assert Act.objects.filter(state="done").count() == 1
        undo_act(by=people.ana, article=article)
        assert fresh(suggested[0]).state == "pending"
        redo_act(by=people.ana, article=article)
        assert fresh(suggested[0]).state == decided
        undo_act(by=people.ana, article=article)
    assert not Annotation.objects.active().exists()
