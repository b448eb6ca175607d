"""Relations in the inspector: a list with its forms, and the arcs that the page draws from them."""

import json
import re
from html import unescape

import pytest

from annotations.models import Relation
from annotations.services.annotations import trash_annotation
from annotations.services.labels import add_label
from annotations.services.relations import add_relation
from tests.web.forms import form_in

pytestmark = pytest.mark.django_db
ASKED = {"HX-Request": "true"}


@pytest.fixture
def denies(people, project):
    return add_label(by=people.max, project=project, key="denies", kind="relation", name="denies")


@pytest.fixture
def ends(mark):
    return mark("Pure lies", "denial"), mark("told to stay silent")


@pytest.fixture
def relation(people, denies, ends):
    return add_relation(by=people.ana, from_annotation=ends[0], to_annotation=ends[1], label=denies)


def page_of(client, annotation):
    return client.get(f"/articles/{annotation.article_id}/?annotation={annotation.pk}")


def arcs_in(answer):
    return json.loads(unescape(re.search(r'data-arcs="([^"]*)"', answer.content.decode())[1]))


def test_relation_by_the_list_in_either_direction(at, people, send, denies, ends, article):
    client, (start, end) = at(people.ana), ends
    action = f"/articles/{article.pk}/relations/"
    page = page_of(client, start)
    assert "denies" in page.content.decode()
    answer = send(client, page, action, other=str(end.pk), way="from", note="back")
    assert answer.status_code == 303
    row = Relation.objects.get()
    assert (row.from_annotation, row.to_annotation, row.note, row.label) == (end, start, "back", denies)


def test_relation_by_the_arrow_answers_with_the_region_and_its_arcs(at, people, denies, ends, article):
    client, (start, end) = at(people.ana), ends
    fields = form_in(page_of(client, start), f"/articles/{article.pk}/relations/", number=1) | {
        "from": start.pk, "to": end.pk, "annotation": start.pk, "label": "denies",
    }  # fmt: skip
    answer = client.post(f"/articles/{article.pk}/relations/", fields, headers=ASKED)
    assert answer.status_code == 200
    (arc,) = arcs_in(answer)["arcs"]
    assert (arc["from"], arc["to"], arc["name"]) == (str(start.pk), str(end.pk), "denies")
    twice = client.post(f"/articles/{article.pk}/relations/", fields | {"idempotency_key": "k2"}, headers=ASKED)
    assert (twice.status_code, twice["HX-Retarget"]) == (409, "#toasts")
    assert Relation.objects.count() == 1


def test_both_ends_show_it_and_it_is_turned_trashed_and_restored(at, people, send, relation, ends):
    client, (start, end) = at(people.ana), ends
    assert "comes from" in page_of(client, end).content.decode()
    here = f"/relations/{relation.pk}/"
    send(client, page_of(client, start), f"{here}turn/")
    relation.refresh_from_db()
    assert relation.from_annotation == end
    gone = send(client, page_of(client, start), f"{here}trash/", htmx=True)
    assert arcs_in(gone) == {"of": str(start.pk), "arcs": []}
    back = send(client, gone, f"{here}restore/", htmx=True)
    assert len(arcs_in(back)["arcs"]) == 1
    assert json.loads(back["HX-Trigger-After-Settle"])["undone"] == {"ids": [str(relation.pk)]}


def test_refused_label_stays_open_with_the_reason(at, people, send, relation, ends):
    client = at(people.ana)
    answer = send(client, page_of(client, ends[0]), f"/relations/{relation.pk}/", htmx=True, label="claim")
    assert answer.status_code == 422
    assert "is none of these" in answer.content.decode()


def test_the_page_has_the_arcs_and_a_viewer_may_only_look(at, people, relation, ends):
    page = page_of(at(people.vera), ends[0])
    (arc,) = page.context["arcs"]
    assert arc["id"] == str(relation.pk)
    words = page.content.decode()
    assert 'id="relating"' not in words
    assert "needs the role annotator" in words
    trash_annotation(by=people.ana, annotation=ends[1], version=1)
    assert page_of(at(people.vera), ends[0]).context["arcs"] == []


def test_without_labels_for_relations_the_page_says_so(at, people, ends):
    words = page_of(at(people.ana), ends[0]).content.decode()
    assert "no labels for relations" in words
    assert 'id="relating"' not in words


def test_managers_make_labels_for_relations(at, people, send, project):
    client = at(people.max)
    page = client.get(f"/projects/{project.slug}/labels/")
    send(client, page, f"/projects/{project.slug}/labels/", name="refers to", kind="relation")
    row = project.labels.get()
    assert (row.kind, row.key) == ("relation", "refers-to")
    assert "refers to" in client.get(f"/projects/{project.slug}/labels/").content.decode()
