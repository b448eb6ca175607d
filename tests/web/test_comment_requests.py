"""Requests for comment by forms: asking, an overdue answer, silence and an answer that become cells."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import CommentRequest, Position
from annotations.services.agents import add_agent
from annotations.services.comment_requests import record_outcome, request_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(people, contested):
    now = timezone.now()
    return request_comment(
        by=people.ana, about=contested.dispute, agent=contested.agents[0], channel="mail", asked="Is it so?",
        sent_at=now - timedelta(days=3), deadline=now - timedelta(days=1),
    )  # fmt: skip


def test_asking_names_a_party_that_may_be_new_in_the_projects_time(at, send, people, project, contested):
    type(project).objects.update(zone="Asia/Tehran")
    ana, address = at(people.ana), f"/disputes/{contested.dispute.pk}/comment_requests/"
    page = ana.get(address)
    got = send(ana, page, address, agent="The ministry", asked="Was he told?", deadline="2100-01-01T12:00")
    assert got.status_code == 303
    row = CommentRequest.objects.get()
    assert (row.agent.name, row.agent.kind) == ("The ministry", "body")
    assert row.deadline.isoformat() == "2100-01-01T08:30:00+00:00"
    got = send(ana, page, address, agent="", deadline="soon")
    assert got.status_code == 422
    assert "A day and a time" in got.content.decode()


def test_an_overdue_request_is_flagged_on_the_dispute_with_what_to_do(at, people, contested, asked):
    page = at(people.ana).get(f"/disputes/{contested.dispute.pk}/").content.decode()
    assert "Overdue" in page
    assert "Record what came of it" in page
    assert "Record what came of it" not in at(people.vera).get(f"/disputes/{contested.dispute.pk}/").content.decode()


def test_no_reply_becomes_cells_by_one_tick(at, send, people, contested, asked):
    ana = at(people.ana)
    page = ana.get(f"/comment_requests/{asked.pk}/")
    got = send(ana, page, f"/comment_requests/{asked.pk}/record_outcome/", outcome="no_reply", fill_cells="on")
    assert got.status_code == 303
    screen = ana.get(f"/disputes/{contested.dispute.pk}/").content.decode()
    assert "Gave no reply" in screen
    assert Position.objects.filter(comment_requests=asked).exists()


def test_an_answer_becomes_a_position_in_the_same_form(at, send, people, contested, asked):
    ana, claim = at(people.ana), contested.claims[0]
    page = ana.get(f"/comment_requests/{asked.pk}/")
    typed = {f"{claim.pk}-stance": "qualify", "outcome": "answered", "answer": "“In part.”", "fill_cells": "on"}
    assert send(ana, page, f"/comment_requests/{asked.pk}/record_outcome/", **typed).status_code == 303
    asked.refresh_from_db()
    assert asked.answer == "“In part.”"
    assert [row.stance for row in asked.position.stances.all()] == ["qualify"]
    screen = ana.get(f"/disputes/{contested.dispute.pk}/").content.decode()
    assert "earlier: <del>affirms</del>" in screen


def test_an_outcome_that_is_left_out_is_asked_for(at, send, people, asked):
    ana = at(people.ana)
    page = ana.get(f"/comment_requests/{asked.pk}/")
    got = send(ana, page, f"/comment_requests/{asked.pk}/record_outcome/", outcome=None)
    assert (got.status_code, "Please choose one." in got.content.decode()) == (422, True)


def test_a_claim_has_requests_of_its_own(at, send, people, contested):
    ana, claim = at(people.ana), contested.claims[1]
    address = f"/claims/{claim.pk}/comment_requests/"
    assert send(ana, ana.get(address), address, agent="Reuters", asked="So?").status_code == 303
    fold = ana.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Reuters" in fold
    assert "<!doctype" not in fold


def test_a_project_lists_its_requests_by_what_came_of_them(at, people, project, contested, asked):
    list_of, ana = f"/projects/{project.slug}/comment_requests/", at(people.ana)
    now = timezone.now()
    for about, name in ((contested.claims[1], "Due party"), (contested.dispute, "Late party")):
        agent = add_agent(by=people.ana, project=project, kind="body", name=name)
        deadline = now + timedelta(days=2) if "Due" in name else now - timedelta(hours=1)
        request_comment(by=people.ana, about=about, agent=agent, sent_at=now - timedelta(days=5), deadline=deadline)
    answered = add_agent(by=people.ana, project=project, kind="body", name="Silent party")
    row = request_comment(by=people.ana, about=contested.dispute, agent=answered)
    record_outcome(by=people.ana, request=row, version=row.version, outcome="no_reply")
    names = ("Reuters", "Due party", "Late party", "Silent party")
    seen = {
        state: [name for name in names if f">{name}</a>" in ana.get(f"{list_of}?state={state}").content.decode()]
        for state in ("open", "overdue", "due", "answered", "all", "strange")
    }
    assert seen["open"] == seen["strange"] == ["Reuters", "Due party", "Late party"]
    assert seen["overdue"] == ["Reuters", "Late party"]
    assert (seen["due"], seen["answered"], seen["all"]) == (["Due party"], ["Silent party"], list(names))
    for page in (f"/projects/{project.slug}/", f"/projects/{project.slug}/disputes/"):
        body = ana.get(page).content.decode()
        assert f"{list_of}?state=overdue" in body
        assert "2 overdue" in body
    assert at(people.olu).get(list_of).status_code == 404


def test_the_list_asks_as_much_for_many_requests_as_for_one(at, people, project, contested, asked, counted):
    list_of, vera = f"/projects/{project.slug}/comment_requests/", at(people.vera)
    few = counted(lambda: vera.get(list_of))
    for number in range(8):
        agent = add_agent(by=people.ana, project=project, kind="body", name=f"Party {number}")
        request_comment(by=people.ana, about=contested.claims[number % 2], agent=agent)
    assert counted(lambda: vera.get(list_of)) == few <= 10


@pytest.fixture
def counted():
    """counted(perform): how many statements the database was sent."""

    def statements(perform):
        with CaptureQueriesContext(connection) as queries:
            assert perform().status_code == 200
        return len(queries)

    return statements
