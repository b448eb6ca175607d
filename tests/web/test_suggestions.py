"""Suggestions without a screen: asked for, listed, decided on with plain forms; recommenders on the settings page."""

import json
import re
from html import unescape

import pytest

from annotations.models import Annotation, Recommender, Suggestion

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "suggestions-found"}


@pytest.fixture
def address(article, labels):
    return f"/articles/{article.pk}/suggestions/"


def seen(answer):
    return json.loads(unescape(re.search('data-suggestions="(.*?)"', answer.content.decode())[1]))


def test_asking_without_javascript_leads_to_the_list_with_a_form_for_each(at, people, address, send):
    ana = at(people.ana)
    page = ana.get(address)
    answer = send(ana, page, address)
    assert (answer.status_code, answer["Location"]) == (303, address)
    page = ana.get(address)
    assert "“Pure lies and slander”" in page.content.decode()
    one = Suggestion.objects.get()
    answer = send(ana, page, f"/suggestions/{one.pk}/reject/")
    assert (answer.status_code, answer["Location"]) == (303, address)
    assert Suggestion.objects.get().state == "rejected"


def test_ticked_suggestions_are_accepted_together(at, people, address, article, send):
    ana = at(people.ana)
    send(ana, ana.get(address), address)
    one = Suggestion.objects.get()
    answer = send(ana, ana.get(address), f"{address}accept/", suggestion=f"{one.pk}:1")
    assert answer.status_code == 303
    assert Annotation.objects.get().origin == "Sayings and quotations"
    answer = send(ana, ana.get(address), f"{address}accept/", suggestion=f"{one.pk}:1")
    assert answer.status_code == 409
    assert "decided on meanwhile" in answer.content.decode()
    assert send(ana, ana.get(address), f"{address}accept/", suggestion="nonsense").status_code == 422


def test_the_list_narrows_to_what_is_sure_enough(at, people, address, send):
    ana = at(people.ana)
    send(ana, ana.get(address), address)
    assert "1 of 1" in ana.get(f"{address}?least=90").content.decode()
    assert "0 of 1" in ana.get(f"{address}?least=95").content.decode()
    assert "1 of 1" in ana.get(f"{address}?least=much").content.decode()


def test_the_screen_carries_what_is_pending_and_a_decision_tells_the_page(at, people, address, article):
    ana = at(people.ana)
    answer = ana.post(address, headers=HTMX)
    (one,) = seen(answer)
    assert "data-was-asked" in answer.content.decode()
    assert (one["quote"], one["score"], one["label"]) == ("“Pure lies and slander”", "90 %", "quote")
    page = ana.get(f"/articles/{article.pk}/")
    assert [row["id"] for row in seen(page)] == [one["id"]]
    answer = ana.post(f"{one['address']}accept/", {"version": 1, "label": "denial"}, headers=HTMX)
    told = json.loads(answer["HX-Trigger-After-Settle"])
    assert told["suggestion-decided"] == {"id": one["id"], "state": "accepted"}
    (changed,) = told["spans-changed"]["changed"]
    assert changed["id"] == str(Annotation.objects.get().pk)
    late = at(people.ben).post(f"{one['address']}reject/", {"version": 1}, headers=HTMX)
    assert late.status_code == 409
    assert "suggestions-old" in late["HX-Trigger-After-Settle"]
    assert "Ana accepted this suggestion already." in late.content.decode()


def test_managers_choose_labels_on_the_page_of_recommenders(at, people, project, labels, article, send):
    boss, address = at(people.max), f"/projects/{project.slug}/recommenders/"
    page = boss.get(address)
    assert page.content.decode().count("built-in-") == 3
    send(boss, page, address, number=0)
    row = Recommender.objects.get()
    page = boss.get(address)
    send(boss, page, f"/recommenders/{row.pk}/", enabled=None, name="Old words")
    row.refresh_from_db()
    assert (row.name, row.enabled, row.options["least"]) == ("Old words", False, 0.3)
    assert at(people.ana).get(address).status_code == 200
    assert "needs the role manager" in at(people.ana).get(address).content.decode()
