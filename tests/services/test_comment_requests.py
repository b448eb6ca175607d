"""Requests for comment: who was asked until when, what came of it, and what that says in the table of positions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.core.errors import IllegalMove, Invalid, Refused
from annotations.models import Event
from annotations.queries.comment_requests import requests_about
from annotations.queries.disputes import grid_of
from annotations.services.agents import add_agent
from annotations.services.comment_requests import (
    edit_comment_request,
    record_outcome,
    request_comment,
    restore_comment_request,
    trash_comment_request,
)
from annotations.services.disputes import StanceSaid
from annotations.services.resolutions import VerdictSaid, approve_resolution, propose_resolution

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(people, project):
    return add_agent(by=people.ana, project=project, kind="body", name="The ministry")


@pytest.fixture
def asked(people, contested, ministry):
    """The ministry was asked three days ago, for yesterday."""
    now = timezone.now()
    return request_comment(
        by=people.ana, about=contested.dispute, agent=ministry, channel="mail", asked="Was he told?",
        sent_at=now - timedelta(days=3), deadline=now - timedelta(days=1),
    )  # fmt: skip


def says(contested, person, agent):
    """The stances of one party that count, by the name of the statement."""
    grid = grid_of(contested.dispute, person)
    return {
        row.name: cell.stance and (cell.stance.stance, cell.stance.position.stated_on)
        for row in grid.statements
        for cell in row.cells
        if cell.party.agent == agent
    }


def test_a_request_is_overdue_behind_its_deadline_while_it_is_awaited(people, contested, asked):
    [seen] = requests_about(contested.dispute, people.vera)
    assert (seen.is_overdue, seen.may_edit) == (True, False)
    record_outcome(by=people.ana, request=asked, version=1, outcome="no_reply")
    [seen] = requests_about(contested.dispute, people.ana)
    assert (seen.is_overdue, seen.may_edit) == (False, True)


def test_no_reply_fills_the_cells_as_of_the_deadline_in_one_step(people, contested, ministry, asked):
    record_outcome(by=people.ana, request=asked, version=1, outcome="no_reply", fill_cells=True)
    day = timezone.localdate(asked.deadline).isoformat()
    assert says(contested, people.ana, ministry) == {"S1": ("no_reply", day), "S2": ("no_reply", day)}
    assert asked.position.agent == ministry
    verbs = list(Event.objects.order_by("-number").values_list("verb", flat=True)[:2])
    assert set(verbs) == {"position_added", "outcome_recorded"}


def test_declining_is_dated_by_its_day(people, contested, ministry, asked):
    record_outcome(by=people.ana, request=asked, version=1, outcome="declined", fill_cells=True)
    assert says(contested, people.ana, ministry)["S1"] == ("declined", timezone.localdate().isoformat())


def test_silence_never_takes_back_what_a_party_said(people, contested, project):
    reuters = contested.agents[0]
    request = request_comment(by=people.ana, about=contested.dispute, agent=reuters)
    record_outcome(by=people.ida, request=request, version=1, outcome="no_reply", fill_cells=True)
    assert says(contested, people.ana, reuters)["S1"][0] == "affirm"
    assert says(contested, people.ana, reuters)["S2"][0] == "no_reply"


def test_a_late_answer_supersedes_the_silence_and_keeps_it(people, contested, ministry, asked):
    record_outcome(by=people.ana, request=asked, version=1, outcome="no_reply", fill_cells=True)
    first = asked.position
    said = {"stances": {contested.claims[0].pk: StanceSaid("deny", "specific")}}
    record_outcome(by=people.ana, request=asked, version=2, outcome="answered", answer="“No.”", position=said)
    assert says(contested, people.ana, ministry)["S1"][0] == "deny"
    assert asked.position != first
    [cell] = [
        cell for cell in grid_of(contested.dispute, people.ana).statements[0].cells if cell.party.agent == ministry
    ]
    assert [stance.stance for stance in cell.earlier] == ["no_reply"]


def test_what_came_of_it_may_be_recorded_while_closed_but_moves_no_cell(people, contested, asked):
    claim = contested.claims[0]
    verdicts = {claim.pk: VerdictSaid("disputed", evidence=(contested.evidence,))}
    resolution = propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=verdicts, rationale="So.")
    approve_resolution(by=people.jo, resolution=resolution)
    with pytest.raises(IllegalMove, match="reopen the dispute"):
        record_outcome(by=people.ana, request=asked, version=1, outcome="no_reply", fill_cells=True)
    asked.refresh_from_db()
    assert asked.outcome == "awaited"
    record_outcome(by=people.ana, request=asked, version=1, outcome="no_reply")
    assert asked.outcome == "no_reply"


def test_filling_cells_in_review_sends_the_dispute_back(people, contested, asked):
    verdicts = {contested.claims[0].pk: VerdictSaid("disputed", evidence=(contested.evidence,))}
    propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=verdicts, rationale="So.")
    record_outcome(by=people.ana, request=asked, version=1, outcome="no_reply", fill_cells=True)
    contested.dispute.refresh_from_db()
    assert contested.dispute.state == "open"


def test_an_outcome_is_said_in_known_words_and_order(people, contested, asked):
    before = asked.sent_at - timedelta(hours=1)
    for wrong, field in (
        ({"outcome": "ignored"}, "outcome"),
        ({"outcome": "answered", "fill_cells": True}, "fill_cells"),
        ({"outcome": "declined", "outcome_at": before}, "outcome_at"),
        ({"outcome": "declined", "position": {"stances": {}}}, "position"),
    ):
        with pytest.raises(Invalid) as refused:
            record_outcome(by=people.ana, request=asked, version=1, **wrong)
        assert list(refused.value.errors) == [field]


def test_a_deadline_is_behind_the_request(people, contested, ministry):
    with pytest.raises(Invalid, match="deadline"):
        request_comment(
            by=people.ana, about=contested.dispute, agent=ministry, deadline=timezone.now() - timedelta(days=1)
        )


def test_a_request_about_a_claim_has_no_cells(people, contested, ministry):
    request = request_comment(by=people.ana, about=contested.claims[1], agent=ministry)
    with pytest.raises(IllegalMove, match="no cells"):
        record_outcome(by=people.ana, request=request, version=1, outcome="declined", fill_cells=True)
    record_outcome(by=people.ana, request=request, version=1, outcome="declined")
    assert [seen.request for seen in requests_about(contested.claims[1], people.ana)] == [request]


def test_requests_are_changed_and_trashed_by_who_made_them_and_adjudicators(people, contested, asked):
    with pytest.raises(Refused):
        edit_comment_request(by=people.ben, request=asked, version=1, channel="phone")
    edit_comment_request(by=people.ida, request=asked, version=1, channel="phone")
    trash_comment_request(by=people.ana, request=asked, version=2)
    assert requests_about(contested.dispute, people.ana) == []
    with pytest.raises(IllegalMove):
        record_outcome(by=people.ana, request=asked, version=3, outcome="declined")
    restore_comment_request(by=people.ana, request=asked, version=3)
    assert len(requests_about(contested.dispute, people.ana)) == 1
