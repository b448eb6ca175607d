"""What holds for every write: versions, keys, addresses, and that nothing is done twice or half."""

import pytest

from annotations.models import Agent, Event, KeptAnswer
from annotations.services.agents import add_agent
from annotations.services.projects import remove_member
from tests.api.conftest import problem

BODY = {"kind": "person", "name": "N"}


@pytest.fixture
def agents(project):
    return f"/projects/{project.slug}/agents/"


@pytest.fixture
def agent(people, project):
    return add_agent(by=people.ana, project=project, kind="person", name="N")


@pytest.fixture
def at(agent):
    return f"/agents/{agent.pk}/"


# -- versions ---------------------------------------------------------------------------------------------------------


def needing_a_version(at):
    return [("PATCH", at, {"note": "n"}), ("DELETE", at, None), ("POST", f"{at}restore/", None)]


@pytest.mark.parametrize("number", range(3))
def test_change_without_a_version_is_428(ana, at, number):
    method, path, body = needing_a_version(at)[number]
    problem(ana.send(method, path, body), 428, "If-Match")
    problem(ana.send(method, path, body, version="*"), 428, "If-Match")


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("tag", ['W/"1"', "1", '"1', 'x"1"', '"1", "2"', "'1'", '"1" "2"', 'w/"1"'])
def test_weak_or_unreadable_version_is_400(ana, at, number, tag):
    method, path, body = needing_a_version(at)[number]
    problem(ana.send(method, path, body, version=tag), 400, "If-Match")


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("tag", ['"2"', '"0"', '"01"', '"-1"', '"abc"', '""', '"99999999999999999999"', '"1.0"'])
def test_other_version_is_412_with_the_current_one(ana, agent, at, number, tag):
    method, path, body = needing_a_version(at)[number]
    answer = ana.send(method, path, body, version=tag)
    problem(answer, 412)
    assert answer["ETag"] == '"1"'
    agent.refresh_from_db()
    assert (agent.version, agent.note, agent.trashed) == (1, "", False)


def test_version_moves_with_each_change_and_stays_without_one(ana, at):
    assert ana.patch(at, {"note": "n"}, version=1)["ETag"] == '"2"'
    assert ana.patch(at, {"note": "n"}, version=2)["ETag"] == '"2"'
    assert ana.patch(at, {}, version=2)["ETag"] == '"2"'
    assert ana.get(at)["ETag"] == '"2"'


def test_what_is_not_there_is_404_before_any_version_is_asked(ana, api, project):
    nowhere = "/agents/00000000-0000-7000-8000-000000000000/"
    for method, path, body in needing_a_version(nowhere):
        problem(ana.send(method, path, body), 404)


def test_restoring_what_is_not_in_the_trash_is_409(ana, at):
    problem(ana.post(f"{at}restore/", version=1), 409)


def test_patch_names_only_what_changes(ana, at):
    ana.patch(at, {"note": "n", "aliases": ["M"]}, version=1)
    row = ana.patch(at, {"kind": "body"}, version=2).json()
    assert (row["kind"], row["name"], row["note"], row["aliases"]) == ("body", "N", "n", ["M"])


def test_patch_refuses_what_never_changes(ana, at):
    for field in ("id", "project", "author", "version", "trashed", "created_at"):
        problem(ana.patch(at, {field: "1"}, version=1), 422, field)


# -- addresses --------------------------------------------------------------------------------------------------------


def test_location_follows_the_base_address_and_never_the_host(ana, agents, settings):
    settings.BASE_URL = "https://desk.example"
    settings.ALLOWED_HOSTS = ["*"]
    answer = ana.post(agents, BODY, Host="evil.example")
    assert answer["Location"] == f"https://desk.example/api/v1/agents/{answer.json()['id']}/"
    page = ana.get(f"{agents}?limit=1", Host="evil.example")
    assert b"evil" not in page.content


# -- keys -------------------------------------------------------------------------------------------------------------


def test_same_key_and_body_give_the_same_answer_and_one_row(ana, agents):
    first = ana.post(agents, BODY, key="k")
    again = ana.post(agents, BODY, key="k")
    assert Agent.objects.count() == 1
    assert (again.status_code, again.content) == (201, first.content)
    assert (again["Location"], again["ETag"]) == (first["Location"], first["ETag"])
    assert again["Content-Type"] == "application/json"


def test_same_key_with_another_body_is_422(ana, agents):
    ana.post(agents, BODY, key="k")
    problem(ana.post(agents, {**BODY, "name": "M"}, key="k"), 422)
    problem(ana.post(agents, b'{"name":"N","kind":"person"}', key="k"), 422)
    assert Agent.objects.count() == 1


def test_key_belongs_to_a_person_a_method_and_an_address(ana, ida, agents, project):
    for client in (ana, ida):
        assert client.post(agents, BODY, key="k").status_code == 201
    assert ana.post(f"/projects/{project.slug}/origins/", {"label": "O"}, key="k").status_code == 201
    assert Agent.objects.count() == 2


def test_refusal_is_not_kept(ana, agents):
    problem(ana.post(agents, {"kind": "person"}, key="k"), 422, "name")
    assert not KeptAnswer.objects.exists()
    assert ana.post(agents, BODY, key="k").status_code == 201


def test_refusal_of_the_service_undoes_everything(api, agents):
    viewer = api("vera")
    before = Event.objects.count()
    problem(viewer.post(agents, BODY, key="k"), 403)
    assert not Agent.objects.exists()
    assert not KeptAnswer.objects.exists()
    assert Event.objects.count() == before


def test_replay_asks_again_whether_one_may_see(ana, agents, people, project):
    ana.post(agents, BODY, key="k")
    remove_member(by=people.max, membership=project.memberships.get(person=people.ana), version=1)
    problem(ana.post(agents, BODY, key="k"), 404)


def test_move_with_a_key_is_made_once(ida, people, project):
    from annotations.services.claims import add_claim

    claim = add_claim(by=people.ana, project=project, text="It is so.")
    first = ida.post(f"/claims/{claim.pk}/take/", key="k", version=1)
    again = ida.post(f"/claims/{claim.pk}/take/", key="k", version=1)
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert Event.objects.filter(verb="claim_taken").count() == 1


def test_every_change_is_one_event(ana, agents):
    before = Event.objects.count()
    ana.post(agents, BODY)
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("id").verb == "agent_added"
