"""The pages of background work: what waits, why, how far it is, and what came of it."""

import pytest

from annotations.models import Job
from annotations.services import jobs
from tests.services import kinds_of_work  # noqa: F401

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def waiting(people, project):
    return jobs.start_job(by=people.ana, project=project, kind="count", arguments={"steps": 10})


def seen_in(page):
    return page.content.decode().partition("?seen=")[2].partition('"')[0]


def test_page_says_that_no_worker_is_running(people, at, waiting):
    for address in (f"/jobs/{waiting.pk}/", "/projects/desk/jobs/"):
        assert "manage.py work" in at(people.ana).get(address).content.decode()
    jobs.sign_of_worker("host:1")
    assert "manage.py work" not in at(people.ana).get(f"/jobs/{waiting.pk}/").content.decode()


def test_polling_answers_nothing_where_nothing_changed(people, at, waiting, django_assert_max_num_queries):
    ana = at(people.ana)
    seen = seen_in(ana.get(f"/jobs/{waiting.pk}/"))
    with django_assert_max_num_queries(7):
        assert ana.get(f"/jobs/{waiting.pk}/?seen={seen}", headers=HTMX).status_code == 204
    Job.objects.update(state="running", progress=4, total=10)
    changed = ana.get(f"/jobs/{waiting.pk}/?seen={seen}", headers=HTMX)
    assert changed.status_code == 200
    assert "4 of 10" in changed.content.decode()


def test_finished_job_asks_no_more_and_tells_what_came_of_it(people, at, waiting):
    jobs.run_job(waiting.pk)
    page = at(people.ana).get(f"/jobs/{waiting.pk}/").content.decode()
    assert "hx-trigger" not in page
    assert "counted" in page


def test_asker_stops_a_job_on_its_page(people, at, send, waiting):
    ana = at(people.ana)
    answer = send(ana, ana.get(f"/jobs/{waiting.pk}/"), f"/jobs/{waiting.pk}/cancel/")
    assert answer.status_code == 303
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    again = ana.post(f"/jobs/{waiting.pk}/cancel/", {"version": waiting.version})
    assert again.status_code == 409
    assert "cancelled already" in again.content.decode()


def test_list_shows_ones_own_and_managers_everybodys(people, at, waiting):
    assert str(waiting.pk) in at(people.max).get("/projects/desk/jobs/").content.decode()
    assert str(waiting.pk) not in at(people.ben).get("/projects/desk/jobs/").content.decode()
    assert at(people.ben).get(f"/jobs/{waiting.pk}/").status_code == 404
