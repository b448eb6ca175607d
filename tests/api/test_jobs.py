"""Jobs for programs: the shape that the contract names, lists, and stopping."""

import pytest

from annotations.services import jobs
from tests.api.conftest import problem
from tests.services import kinds_of_work  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(people, project):
    return jobs.start_job(by=people.ana, project=project, kind="count", arguments={"steps": 10})


def test_job_says_how_far_it_is_and_what_came_of_it(ana, waiting):
    before = ana.get(f"/jobs/{waiting.pk}/").json()
    assert (before["state"], before["progress"], before["report"], before["files"]) == ("queued", 0, {}, [])
    jobs.run_job(waiting.pk)
    after = ana.get(f"/jobs/{waiting.pk}/").json()
    assert (after["state"], after["progress"], after["total"]) == ("done", 10, 10)
    assert after["report"] == {"counted": 10}
    assert after["files"] == [{"name": "count.txt", "url": "/count.txt"}]


def test_list_takes_a_state_and_a_kind(ana, boss, waiting):
    assert [row["id"] for row in boss.get("/projects/desk/jobs/?state=queued").json()["results"]] == [str(waiting.pk)]
    assert ana.get("/projects/desk/jobs/?kind=other").json()["results"] == []
    problem(ana.get("/projects/desk/jobs/?state=slow"), 422, "state")
    problem(ana.get("/projects/desk/jobs/?speed=slow"), 400, "speed")


def test_stopping_wants_the_version(ana, waiting):
    problem(ana.post(f"/jobs/{waiting.pk}/cancel/"), 428, "If-Match")
    assert ana.post(f"/jobs/{waiting.pk}/cancel/", version=1).json()["state"] == "cancelled"
    problem(ana.post(f"/jobs/{waiting.pk}/cancel/", version=2), 409)


def test_others_do_not_find_it(api, waiting):
    problem(api("ben").get(f"/jobs/{waiting.pk}/"), 404)
    problem(api("ben").post(f"/jobs/{waiting.pk}/cancel/", version=1), 404)


def test_training_answers_with_the_job_and_its_address(ana, people, project):
    from annotations.services.recommenders import add_recommender

    learned = add_recommender(by=people.max, project=project, kind="learned", name="Learned")
    started = ana.post(f"/recommenders/{learned.pk}/train/", key="once")
    assert started.status_code == 202
    where = started["Location"]
    assert where == f"http://testserver/api/v1/jobs/{started.json()['id']}/"
    done = ana.get(where).json()
    assert (done["kind"], done["state"]) == ("train_recommender", "failed")
    assert "too little to learn from" in done["problem"]
    assert ana.post(f"/recommenders/{learned.pk}/train/", key="once").json()["id"] == done["id"]
