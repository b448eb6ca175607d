"""What others do shows without a reload: only what changed, and only to those who may see it."""

import asyncio
import json

import pytest
from django.db import connection
from django.test import AsyncRequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import Event, Presence
from annotations.queries.presence import newest_number, people_here
from annotations.services.annotations import edit_annotation, trash_annotation
from annotations.services.articles import add_article
from annotations.services.concordance import undo_bulk_change
from annotations.services.occurrences import Place, label_occurrences
from annotations.services.presence import note_presence
from annotations.services.projects import edit_project
from annotations.web.views import presence as views

pytestmark = pytest.mark.django_db


def asked(client, article, after, **also):
    return client.get(f"/articles/{article.pk}/pulse/", {"after": after, "revision": 1, **also})


def told(answer):
    return json.loads(answer.headers["HX-Trigger-After-Settle"])["spans-changed"]


@pytest.fixture
def now(people, article):
    return lambda person=people.ben: newest_number(article.pk, person)


class TestPulse:
    def test_nothing_new_is_no_answer_and_one_query_of_its_own(self, at, people, article, mark, now):
        mark("visitor")
        client = at(people.ben)
        asked(client, article, now())
        with CaptureQueriesContext(connection) as queries:
            answer = asked(client, article, now(people.ben))
        assert answer.status_code == 204
        own = [row["sql"] for row in queries if "annotations_event" in row["sql"]]
        assert len(own) == 2  # one is this test's own question
        assert len(queries) == 4  # session and person, for every request there is; then the pulse, twice

    def test_new_mark_comes_with_its_gutter_and_its_span(self, at, people, article, mark, now):
        before = now()
        made = mark("visitor", by=people.ana)
        answer = asked(at(people.ben), article, before)
        assert [span["id"] for span in told(answer)["changed"]] == [str(made.pk)]
        assert f'data-annotation="{made.pk}"' in answer.content.decode()
        assert f'data-number="{now()}"' in answer.content.decode()

    @pytest.mark.parametrize("is_in_several", [False, True])
    def test_bulk_change_comes_with_its_spans_here(self, at, people, project, labels, article, now, is_in_several):
        articles = [article]
        if is_in_several:
            articles += [add_article(by=people.max, project=project, title="Another", text=article.revision.text)]
        before, start = now(), article.revision.text.index("visitor")
        places = [Place(row.revision.pk, [[start, start + 7]], "visitor") for row in articles]
        bulk = label_occurrences(by=people.ana, project=project, label=labels["claim"], hits=places)
        made = [row.annotation for row in bulk.rows.all() if row.annotation.article_id == article.pk]
        answer = asked(at(people.ben), article, before)
        assert [span["id"] for span in told(answer)["changed"]] == [str(row.pk) for row in made]
        assert asked(at(people.ben), article, now()).status_code == 204
        undo_bulk_change(by=people.ana, bulk_change=bulk)
        assert told(asked(at(people.ben), article, before)) == {"changed": [], "removed": [str(made[0].pk)]}

    def test_mark_in_the_trash_is_taken_away(self, at, people, article, mark, now):
        made = mark("visitor", by=people.ana)
        before = now()
        trash_annotation(by=people.ana, annotation=made, version=made.version)
        assert told(asked(at(people.ben), article, before)) == {"changed": [], "removed": [str(made.pk)]}

    def test_open_annotation_that_somebody_changed_is_told_of_and_not_swapped(self, at, people, article, mark, now):
        made = mark("visitor", by=people.ana)
        before = now()
        edit_annotation(by=people.ida, annotation=made, version=made.version, note="Who?")
        page = asked(at(people.ana), article, before, annotation=made.pk).content.decode()
        assert "Ida changed the annotation that you have open." in page
        assert 'id="inspector"' not in page
        own = asked(at(people.ida), article, before, annotation=made.pk).content.decode()
        assert "changed the annotation" not in own

    def test_page_of_an_older_text_hears_of_the_newer_one_and_gets_no_span(self, at, people, article, mark, now):
        before = now()
        mark("visitor")
        page = asked(at(people.ben), article, before, revision=7)
        assert "The text was corrected: revision 1 is here." in page.content.decode()
        assert "HX-Trigger-After-Settle" not in page.headers

    def test_stranger_finds_nothing(self, at, people, article):
        assert asked(at(people.olu), article, 0).status_code == 404

    def test_annotator_of_a_blind_project_hears_nothing_of_the_others(self, at, people, project, article, mark, now):
        edit_project(by=people.max, project=project, version=project.version, blind=True)
        before = now(people.ana)
        mark("visitor", by=people.ben)
        assert asked(at(people.ana), article, before).status_code == 204
        mark("silent", by=people.ana)
        assert len(told(asked(at(people.ana), article, before))["changed"]) == 1

    @pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40])
    def test_odd_number_is_as_none(self, at, people, article, after):
        assert asked(at(people.ben), article, after).status_code == 200


class TestPresence:
    def test_others_see_who_is_here(self, at, people, article):
        at(people.ana).post(f"/articles/{article.pk}/presence/")
        answer = at(people.ben).post(f"/articles/{article.pk}/presence/").content.decode()
        assert "Ana" in answer
        assert "Ben" not in answer

    def test_it_is_no_event_and_is_overwritten_in_place(self, people, article):
        before = Event.objects.count()
        for _ in range(3):
            note_presence(by=people.ana, article=article)
        assert Presence.objects.count() == 1
        assert Event.objects.count() == before

    def test_who_left_is_not_here_and_is_forgotten(self, people, article):
        note_presence(by=people.ana, article=article)
        Presence.objects.update(seen_at=timezone.now() - timezone.timedelta(minutes=2))
        assert people_here(article, people.ben) == []
        Presence.objects.update(seen_at=timezone.now() - timezone.timedelta(hours=2))
        note_presence(by=people.ben, article=article)
        assert Presence.objects.count() == 1

    def test_annotator_of_a_blind_project_sees_nobody(self, people, project, article):
        project = edit_project(by=people.max, project=project, version=project.version, blind=True)
        article.project = project
        note_presence(by=people.ben, article=article)
        assert people_here(article, people.ana) == []
        assert people_here(article, people.ida) == [people.ben]

    def test_stranger_cannot_say_so(self, at, people, article):
        assert at(people.olu).post(f"/articles/{article.pk}/presence/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_stream_says_the_number_when_it_grows(people, article, mark, monkeypatch):
    monkeypatch.setattr(views, "SECONDS_BETWEEN_LOOKS", 0.01)
    before = newest_number(article.pk, people.ben)

    async def listen():
        request = AsyncRequestFactory().get("/")

        async def auser():
            return people.ben

        request.auser = auser
        answer = await views.stream(request, article.pk)
        heard = answer.streaming_content
        first = await anext(heard)
        await asyncio.get_running_loop().run_in_executor(None, marked)
        later = [await anext(heard) for _ in range(20)]
        return answer, first.decode(), [one.decode() for one in later]

    def marked():
        mark("visitor", by=people.ana)
        connection.close()

    answer, first, later = asyncio.run(listen())
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert f"data: {before}\n\n" in first
    assert any(f"data: {newest_number(article.pk, people.ben)}\n\n" in one for one in later)
