"""Threads in the browser without a screen: with htmx and without, refused in words, and turned into a guideline."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Comment
from annotations.services.comments import add_comment, resolve_comment
from annotations.services.projects import edit_project

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def claim(contested):
    return contested.claims[0]


@pytest.fixture
def thread(people, claim):
    return add_comment(by=people.ana, on=claim, text="Is a denial a claim, @ida? See https://example.org/a.")


def here(row):
    return f"/comments/{type(row).record_kind()}/{row.pk}/"


def test_the_fold_of_a_page_leads_to_the_threads_without_a_script(at, people, claim, thread):
    page = at(people.vera).get(f"/claims/{claim.pk}/").content.decode()
    assert f'hx-get="{here(claim)}"' in page
    assert f'<a href="{here(claim)}">' in page


def test_words_are_shown_as_typed_with_safe_links_and_names(at, people, claim):
    add_comment(by=people.ana, on=claim, text="<b>@ida</b> https://example.org/?a=1&b=2")
    words = at(people.vera).get(here(claim), headers=HTMX).content.decode()
    assert '&lt;b&gt;<b class="called">@ida</b>&lt;/b&gt;' in words
    assert 'href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow external"' in words
    assert "<!doctype" not in words


def test_a_thread_says_in_words_what_it_is_about(at, people, contested):
    evidence, position = contested.evidence, contested.positions[0]
    words = {evidence: "Reuters report: Supports “The visitor was told", position: "Position of Reuters: Was he told?"}
    ida = at(people.ida)
    for row, about in words.items():
        add_comment(by=people.ana, on=row, text="Look, @ida.")
        assert about in ida.get(here(row)).content.decode()
    mentioned = ida.get("/mentioned/").content.decode()
    assert [about for about in words.values() if about not in mentioned] == []


def test_a_thread_goes_its_way_by_forms(at, send, people, claim, thread):
    ben = at(people.ben)
    page = ben.get(here(claim))
    send(ben, page, here(claim), text="It is.", number=0)
    answer = Comment.objects.get(text="It is.")
    assert answer.thread == thread
    page = ben.get(here(claim))
    got = send(ben, page, f"/comments/{thread.pk}/resolve/", htmx=True)
    assert "Resolved by Ben" in got.content.decode()
    thread.refresh_from_db()
    assert thread.resolved_by == people.ben


def test_a_stale_or_refused_write_says_why_beside_the_form(at, people, claim, thread):
    ana = at(people.ana)
    got = ana.post(f"/comments/{thread.pk}/", {"version": 7, "text": "Other words."}, headers=HTMX)
    assert got.status_code == 412
    assert "Other words." in got.content.decode()
    got = at(people.ben).post(f"/comments/{thread.pk}/", {"version": 1, "text": "Mine."}, headers=HTMX)
    assert got.status_code == 403
    assert "Only who wrote a comment can change its words." in got.content.decode()
    got = ana.post(here(claim), {"text": ""}, headers=HTMX)
    assert (got.status_code, "Please fill this in." in got.content.decode()) == (422, True)


def test_a_resolved_thread_takes_no_answer(at, people, claim, thread):
    resolve_comment(by=people.ana, comment=thread, version=1)
    got = at(people.ben).post(here(claim), {"text": "Late.", "thread": str(thread.pk)})
    assert got.status_code == 409
    assert "reopen it to go on" in got.content.decode()


def test_every_commented_record_leads_back_to_its_page(at, people, contested):
    for row in (contested.annotations[0], contested.evidence, contested.positions[0], contested.source):
        add_comment(by=people.ana, on=row, text="Why?")
        got = at(people.vera).get(here(row))
        assert got.status_code == 200
        assert "Back to what it is about" in got.content.decode()
    assert at(people.vera).get(f"/comments/label/{contested.dispute.pk}/").status_code == 404


def test_whoever_is_called_sees_it_on_the_queue_and_reads_it(at, people, claim, thread):
    ida = at(people.ida)
    assert 'data-unread="1"' in ida.get("/").content.decode()
    assert "Is a denial a claim" in ida.get("/mentioned/").content.decode()
    got = ida.post("/mentioned/seen/", {"comment": str(thread.pk)})
    assert got["Location"] == f"{here(claim)}#comment-{thread.pk}"
    assert "data-unread" not in ida.get("/").content.decode()
    add_comment(by=people.ana, on=claim, text="@ida again")
    assert ida.post("/mentioned/seen/")["Location"] == "/mentioned/"
    assert "data-unread" not in ida.get("/").content.decode()


def test_page_of_mentions_costs_the_same_for_many_and_says_what_each_is_about(at, people, contested):
    ida, on = at(people.ida), (contested.claims[0], contested.dispute, contested.source)
    named = (contested.annotations[0], contested.evidence, contested.positions[0])

    def asked(records):
        for row in records:
            add_comment(by=people.ana, on=row, text="@ida look")
        with CaptureQueriesContext(connection) as queries:
            words = ida.get("/mentioned/").content.decode()
        return len(queries), words

    asked(on)
    few = asked(named)[0]
    many, words = asked([*on, *named])
    assert many == few
    begins = (f"“{contested.annotations[0].quote}”", "Reuters report: ", f"Position of {contested.agents[0].name}: ")
    assert [about for about in begins if f'<p class="dim" dir="auto">{about}' not in words] == []


# -- guidelines -------------------------------------------------------------------------------------------------------


def test_a_manager_makes_a_guideline_of_a_thread(at, send, people, project, claim, thread):
    edit_project(by=people.max, project=project, version=project.version, guidelines="Mark what somebody says.")
    assert "Make this a guideline" not in at(people.ida).get(here(claim)).content.decode()
    boss = at(people.max)
    assert "Make this a guideline" in boss.get(here(claim)).content.decode()
    page = boss.get(f"/comments/{thread.pk}/guideline/")
    assert "Mark what somebody says.\n\n- Is a denial a claim, @ida?" in page.content.decode()
    send(boss, page, f"/comments/{thread.pk}/guideline/", text="Mark what somebody says.\n\n- A denial is a claim.")
    assert "Led to version 2 of the guidelines" in boss.get(here(claim)).content.decode()
    words = boss.get(f"/projects/{project.slug}/guidelines/").content.decode()
    assert "What version 2 changed" in words
    assert "A thread on" in words
    earlier = boss.get(f"/projects/{project.slug}/guidelines/?version=1").content.decode()
    assert "This is how they stood earlier." in earlier


def test_guidelines_change_on_their_page_and_never_over_a_newer_version(at, send, people, project):
    address = f"/projects/{project.slug}/guidelines/"
    boss = at(people.max)
    old, first = boss.get(address), boss.get(address)
    assert send(boss, first, address, text="First.", reason="To begin with.").status_code == 303
    got = send(boss, old, address, text="Second.")
    assert got.status_code == 412
    assert "Second." in got.content.decode()
    got = at(people.ida).post(address, {"version": 2, "text": "Mine."})
    assert got.status_code == 403
