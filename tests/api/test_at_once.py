"""Many requests at once: a key is one row, a version is one winner, and nobody's write is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from annotations.models import Agent, Claim, Event
from annotations.queries.history import verify
from annotations.services.agents import add_agent
from annotations.services.claims import add_claim
from tests.api.conftest import Api

AT_ONCE = 8
KEYS = 60
pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(client, calls):
    """The answers of several calls made at once, each with a connection of its own."""

    def run(call):
        try:
            own = Api()
            own.headers = client.headers
            return call(own)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, calls))


def test_sixty_keys_posted_eight_times_at_once_are_sixty_rows(ana, project):
    def adding(number):
        body = {"kind": "person", "name": f"N{number}"}
        return lambda own: own.post(f"/projects/{project.slug}/agents/", body, key=f"k{number}")

    answers = all_at_once(ana, [adding(number) for number in range(KEYS) for _ in range(AT_ONCE)])
    assert {answer.status_code for answer in answers} == {201}
    assert Agent.objects.count() == KEYS
    assert len({answer.content for answer in answers}) == KEYS
    assert verify() is None


def test_one_of_eight_writers_with_one_version_wins(ana, people, project):
    agent = add_agent(by=people.ana, project=project, kind="person", name="N")

    def editing(number):
        return lambda own: own.patch(f"/agents/{agent.pk}/", {"note": str(number)}, version=1)

    answers = all_at_once(ana, [editing(number) for number in range(AT_ONCE)])
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * (AT_ONCE - 1)
    agent.refresh_from_db()
    winner = next(answer for answer in answers if answer.status_code == 200)
    assert (agent.version, agent.note) == (2, winner.json()["note"])
    assert all(answer["ETag"] == '"2"' for answer in answers)


def test_move_posted_eight_times_at_once_is_made_once_and_answered_eight_times(ida, people, project):
    claim = add_claim(by=people.ana, project=project, text="So.")
    answers = all_at_once(ida, [lambda own: own.post(f"/claims/{claim.pk}/take/", key="k", version=1)] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert Claim.objects.get().version == 2
    assert Event.objects.filter(verb="claim_taken").count() == 1


def test_no_write_is_lost_when_everybody_tries_again(ana, people, project):
    agent = add_agent(by=people.ana, project=project, kind="person", name="N")

    def insisting(number):
        def edit(own):
            while True:
                read = own.get(f"/agents/{agent.pk}/")
                aliases = [*read.json()["aliases"], f"A{number}"]
                answer = own.patch(f"/agents/{agent.pk}/", {"aliases": aliases}, version=read["ETag"])
                if answer.status_code != 412:
                    return answer

        return edit

    answers = all_at_once(ana, [insisting(number) for number in range(AT_ONCE)])
    assert {answer.status_code for answer in answers} == {200}
    assert set(ana.get(f"/agents/{agent.pk}/").json()["aliases"]) == {f"A{number}" for number in range(AT_ONCE)}
