"""The page of recommenders: what was learned and how good it is, training, and testing a connection."""

import pytest

from annotations.models import Job, Recommender
from annotations.services import learning
from annotations.services.recommenders import add_recommender
from tests.services.outside_servers import serving, telling

pytestmark = pytest.mark.django_db
MEASURED = {
    "labels": {"claim": {"precision": 0.812, "recall": 0.7, "f1": 0.752, "overlap": 0.9, "annotations": 40}},
    "all": {"precision": 0.812, "recall": 0.7, "f1": 0.752, "overlap": 0.9, "annotations": 40},
    "folds": 3,
    "articles": 9,
    "annotations": 40,
}
PAGE = "/projects/desk/recommenders/"


@pytest.fixture
def learned(people, project):
    return add_recommender(by=people.max, project=project, kind="learned", name="Learned")


def test_measured_quality_stands_there_with_date_and_number(people, at, learned, labels):
    from django.utils import timezone

    assert "Has not learned anything yet" in at(people.ana).get(PAGE).content.decode()
    moment = timezone.now().replace(2026, 3, 5)
    Recommender.objects.filter(pk=learned.pk).update(measured=MEASURED, trained_at=moment)
    page = at(people.ana).get(PAGE).content.decode()
    assert "from 40 annotations in 9 articles" in page
    assert "5 Mar 2026" in page
    assert "81 %" in page
    assert "Claim" in page


def test_training_leads_to_the_job_which_says_why_it_failed(people, at, send, learned):
    ana = at(people.ana)
    answer = send(ana, ana.get(PAGE), f"/recommenders/{learned.pk}/train/")
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/jobs/{job.pk}/")
    assert "too little to learn from" in ana.get(answer["Location"]).content.decode()


def test_second_training_is_refused_beside_the_recommender(people, project, at, send, learned):
    from annotations.services.jobs import queue_job

    queue_job(by=people.ana, project=project, kind=learning.KIND, arguments={"recommender": str(learned.pk)})
    ana = at(people.ana)
    answer = send(ana, ana.get(PAGE), f"/recommenders/{learned.pk}/train/")
    assert answer.status_code == 409
    assert "being trained already" in answer.content.decode()


def test_viewer_reads_why_training_is_not_for_them(people, at, learned):
    page = at(people.vera).get(PAGE).content.decode()
    assert "Training a recommender needs the role" in page


def test_manager_tests_a_connection(people, project, at, send, settings):
    with serving({"/": telling({"proposals": [], "version": "<script>v2"})}) as server:
        url = f"http://{server.name}/"
        row = add_recommender(by=people.max, project=project, kind="http", name="Outside", url=url)
        boss, where = at(people.max), f"/recommenders/{row.pk}/test/"
        refused = send(boss, boss.get(PAGE), where)
        assert (refused.status_code, server.heard) == (422, [])
        assert "RECOMMENDER_HOSTS" in refused.content.decode()
        settings.RECOMMENDER_HOSTS = [server.name]
        answered = send(boss, boss.get(PAGE), where)
    assert answered.status_code == 200
    assert "answers as it should, version script v2" in answered.content.decode()


def test_forms_need_their_token(people, learned):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.max)
    for verb in ("train", "test"):
        assert strict.post(f"/recommenders/{learned.pk}/{verb}/").status_code == 403
    assert strict.post(f"/jobs/{learned.pk}/cancel/").status_code == 403
    assert not Job.objects.exists()
