"""Suggestions and recommenders through the API: asked for, listed, decided on; long articles get a job."""

import pytest

from annotations.models import Annotation, Job, Suggestion
from annotations.services import suggestions as services
from annotations.services.articles import add_article
from tests.api.conftest import problem


@pytest.fixture
def address(article, labels):
    return f"/articles/{article.pk}/suggestions/"


def test_asking_answers_with_counts_and_the_list_has_them(ana, address):
    answer = ana.post(address, {}, key="once")
    assert answer.status_code == 201
    said = answer.json()
    assert said["made"] == {"Labelled before": 0, "Sayings and quotations": 1, "Numbers and dates": 0}
    assert (said["failed"], said["job"]) == ({}, None)
    assert ana.post(address, {}, key="once").json() == said
    (row,) = ana.get(address).json()["results"]
    assert (row["quote"], row["label"], row["origin"]) == ("“Pure lies and slander”", "quote", "Sayings and quotations")
    assert (row["state"], row["score"], row["annotation"]) == ("pending", 0.9, None)
    assert ana.get(f"{address}?state=rejected").json()["results"] == []
    assert ana.get(f"/suggestions/{row['id']}/").json() == row


def test_one_recommender_is_asked_by_its_id(ana, boss, project, address):
    made = boss.post(f"/projects/{project.slug}/recommenders/", {"kind": "cues", "name": "Mine"}).json()
    assert ana.post(address, {"recommender": made["id"]}).json()["made"] == {"Mine": 1}
    assert len(ana.get(f"{address}?recommender={made['id']}").json()["results"]) == 1
    boss.patch(f"/recommenders/{made['id']}/", {"enabled": False}, version=1)
    problem(ana.post(address, {"recommender": made["id"]}), 422, "recommender")
    problem(ana.post(address, {"recommender": "nothing"}), 422, "recommender")


def test_a_long_article_gets_a_job(ana, people, project, labels, monkeypatch):
    monkeypatch.setattr(services, "SMALL", 10)
    article = add_article(by=people.max, project=project, title="Long", text="He said “it is over now”. " * 20)
    answer = ana.post(f"/articles/{article.pk}/suggestions/", {})
    assert answer.status_code == 202
    job = Job.objects.get(pk=answer.json()["job"])
    assert answer["Location"].endswith(f"/api/v1/jobs/{job.pk}/")


def test_accept_takes_a_version_and_another_label(ana, api, address, article):
    ana.post(address, {})
    row = ana.get(address).json()["results"][0]
    accept = f"/suggestions/{row['id']}/accept/"
    problem(ana.post(accept, {}), 428, "If-Match")
    problem(ana.post(accept, {"label": "nowhere"}, version=1), 422, "label")
    answer = ana.post(accept, {"label": "denial"}, version=1)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["state"], said["version"]) == ("accepted", 2)
    made = ana.get(f"/annotations/{said['annotation']}/").json()
    assert (made["label"], made["origin"], made["score"]) == ("denial", "Sayings and quotations", 0.9)
    refused = problem(api("ben").post(f"/suggestions/{row['id']}/reject/", version=1), 409)
    assert refused["detail"] == "Ana accepted this suggestion already."
    again = ana.post(f"/suggestions/{row['id']}/reopen/", version=2)
    assert (again.json()["state"], again["ETag"]) == ("pending", '"3"')


def test_other_segments_need_their_quote(ana, address, article):
    ana.post(address, {})
    row = ana.get(address).json()["results"][0]
    start = row["segments"][0][0]
    body = {"segments": [[start + 1, start + 5]], "quote": "Pure"}
    problem(ana.post(f"/suggestions/{row['id']}/accept/", {"segments": body["segments"]}, version=1), 422, "quote")
    ana.post(f"/suggestions/{row['id']}/accept/", body, version=1)
    assert Annotation.objects.get().quote == "Pure"


def test_many_are_accepted_at_once(ana, address, article):
    ana.post(address, {})
    ticked = [{"id": str(row.pk), "version": row.version} for row in Suggestion.objects.all()]
    answer = ana.post(f"{address}accept/", {"suggestions": ticked})
    assert answer.status_code == 201
    assert answer.json()["annotations"] == [str(Annotation.objects.get().pk)]
    problem(ana.post(f"{address}accept/", {"suggestions": ticked}), 409)
    problem(ana.post(f"{address}accept/", {"suggestions": []}), 422, "suggestions")


def test_managers_set_recommenders_up(boss, ana, project, labels):
    address = f"/projects/{project.slug}/recommenders/"
    problem(ana.post(address, {"kind": "cues"}), 403)
    row = boss.post(address, {"kind": "cues", "options": {"labels": {"quotation": "claim"}}}).json()
    assert row["name"] == "Sayings and quotations"
    place = f"/recommenders/{row['id']}/"
    problem(boss.patch(place, {"options": {"labels": {"quotation": "nowhere"}}}, version=1), 422, "options")
    problem(boss.patch(place, {"options": {"labels": {"weather": "claim"}}}, version=1), 422, "options")
    problem(boss.patch(place, {"options": {"least": 3}}, version=1), 422, "options")
    assert boss.delete(place, version=1).status_code == 204
    assert boss.get(address).json()["results"] == []
    assert boss.post(f"{place}restore/", version=2).json()["trashed"] is False
