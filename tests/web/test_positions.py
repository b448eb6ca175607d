"""Positions through the page: a party known or new, its stances with spans and evidence, changed, trashed, restored."""

from uuid import uuid4

import pytest

from annotations.models import Agent, Position
from annotations.services.disputes import dismiss_dispute


@pytest.fixture
def ida(at, people, contested):
    return at(people.ida)


def address(dispute, part=""):
    return f"/disputes/{dispute.pk}/{part}"


def test_position_of_a_new_party_with_span_evidence_and_the_rest(ida, contested, send):
    silent, met = contested.claims
    form = address(contested.dispute, "positions/")
    said = {
        f"{silent.pk}-stance": "qualify",
        f"{silent.pk}-scope": "specific",
        f"{silent.pk}-spans": str(contested.annotations[0].pk),
        f"{silent.pk}-evidence": str(contested.evidence.pk),
    }
    answer = send(ida, ida.get(form), form, agent="The government", agent_kind="body", rest="no_reply", **said)
    position = Position.objects.get(agent__name="The government")
    assert answer.status_code == 303
    stances = {stance.claim: stance for stance in position.stances.all()}
    assert (stances[silent].stance, stances[silent].scope, stances[met].stance) == ("qualify", "specific", "no_reply")
    cited = stances[silent].citations
    assert set(cited.values_list("annotation", "evidence")) == {
        (contested.annotations[0].pk, None),
        (None, contested.evidence.pk),
    }


def test_known_name_makes_no_second_agent(ida, contested, send):
    form = address(contested.dispute, "positions/")
    send(ida, ida.get(form), form, agent="osama hamdan", **{f"{contested.claims[1].pk}-stance": "affirm"})
    assert Agent.objects.filter(name__iexact="osama hamdan").count() == 1
    assert contested.agents[1].positions.count() == 2


def test_spans_of_the_same_article_are_offered(ida, contested):
    form = address(contested.dispute, "positions/")
    page = ida.get(form).content.decode()
    assert "Other spans of the same articles (1)" in page
    assert "Pure lies and slander" in page


def test_position_without_a_stance_is_refused(ida, contested, send):
    form = address(contested.dispute, "positions/")
    answer = send(ida, ida.get(form), form, agent="Somebody")
    assert answer.status_code == 422
    assert "Say what the party’s stance is" in answer.content.decode().replace("&#x27;", "’").replace("'", "’")
    assert not Agent.objects.filter(name="Somebody").exists()


def test_stance_with_a_span_of_another_project_is_refused(ida, people, other_project, contested, send):
    form = address(contested.dispute, "positions/")
    claim = contested.claims[0]
    said = {f"{claim.pk}-stance": "deny", f"{claim.pk}-spans": str(uuid4())}
    answer = send(ida, ida.get(form), form, agent="Somebody", **said)
    assert answer.status_code == 422
    assert Position.objects.count() == 2


def test_edit_keeps_what_is_not_touched(ida, contested, send):
    position = contested.positions[1]
    form = f"/positions/{position.pk}/"
    answer = send(ida, ida.get(form), form, interest="Direct.")
    assert answer.status_code == 303
    position.refresh_from_db()
    stance = position.stances.get()
    assert position.interest == "Direct."
    assert (stance.stance, stance.scope) == ("deny", "blanket")
    assert stance.citations.get().annotation == contested.annotations[1]


def test_position_goes_to_the_trash_and_back(ida, contested, send):
    position = contested.positions[1]
    form = f"/positions/{position.pk}/"
    send(ida, ida.get(form), f"{form}trash/")
    assert "<b>1</b> in dispute" not in ida.get(address(contested.dispute)).content.decode()
    assert "in the trash" in ida.get(form).content.decode()
    send(ida, ida.get(form), f"{form}restore/")
    assert "<b>1</b> in dispute" in ida.get(address(contested.dispute)).content.decode()


def test_positions_of_a_closed_dispute_say_what_to_do_first(ida, people, contested):
    dismiss_dispute(by=people.ida, dispute=contested.dispute, version=1, reason="No.")
    page = ida.get(f"/positions/{contested.positions[0].pk}/").content.decode()
    assert "reopen the dispute first" in page
    assert 'aria-disabled="true"' in page
