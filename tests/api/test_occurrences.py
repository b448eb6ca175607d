"""All occurrences, the concordance and bulk changes over the API."""

import pytest

from annotations.models import Annotation, Event
from annotations.services.articles import add_article
from tests.api.conftest import problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(mark):
    return mark("Hamdan", "source")


@pytest.fixture
def again(people, project):
    return add_article(by=people.max, project=project, title="Again", text="HAMDAN denied it; Hamdan's aide too.")


def places(page):
    return [{name: hit[name] for name in ("revision", "segments", "quote")} for hit in page["results"]]


def test_found_places_are_labelled_as_one_event_and_taken_back(ana, said, again):
    address = f"/annotations/{said.pk}/occurrences/"
    assert [hit["quote"] for hit in ana.get(address).json()["results"]] == ["Hamdan"]
    page = ana.get(f"{address}?within=project").json()
    assert [hit["labelled_by"] for hit in page["results"]] == [[], [], ["Ana"]]
    assert page["results"][1]["before"] == "HAMDAN denied it; "
    assert page["looked_through"] == 2
    before = Event.objects.count()
    made = ana.post(address, {"hits": places(page)[:2]}, key="once")
    assert made.status_code == 201
    assert ana.post(address, {"hits": places(page)[:2]}, key="once").json() == made.json()
    assert Event.objects.count() == before + 1
    bulk = made.json()
    assert (bulk["verb"], bulk["label"], len(bulk["annotations"])) == ("labelled", "source", 2)
    assert ana.get(f"/bulk_changes/{bulk['id']}/").json() == bulk
    undone = ana.post(f"/bulk_changes/{bulk['id']}/undo/", {}).json()
    assert (undone["verb"], undone["undoes"]) == ("undone", bulk["id"])
    problem(ana.post(f"/bulk_changes/{bulk['id']}/undo/", {}), 409)
    assert list(Annotation.objects.active()) == [said]


def test_pages_go_on_where_the_one_before_ended(ana, project, said, again):
    address = f"/projects/{project.slug}/occurrences/?words=hamdan&limit=1"
    seen = []
    while address:
        page = ana.get(address).json()
        seen += [hit["quote"] for hit in page["results"]]
        address = page["next"]
    assert seen == ["HAMDAN", "Hamdan", "Hamdan"]
    problem(ana.get(f"/projects/{project.slug}/occurrences/?words=hamdan&cursor=no"), 400, "cursor")
    problem(ana.get(f"/projects/{project.slug}/occurrences/?words=%20"), 422, "words")
    exact = ana.get(f"/projects/{project.slug}/occurrences/?words=hamdan&case=true").json()
    assert exact["results"] == []


def test_place_that_changed_is_refused_with_its_words(ana, said, again):
    hit = {"revision": str(again.revision.pk), "segments": [[0, 6]], "quote": "Hamdan"}
    told = problem(ana.post(f"/annotations/{said.pk}/occurrences/", {"hits": [hit]}), 422, "hits")
    assert "“Hamdan” in “Again”" in told["errors"]["hits"][0]


def test_concordance_lists_in_context_and_relabels_what_was_seen(ana, ida, project, mark, people):
    mine, theirs = mark("Pure lies"), mark("Both sides", by=people.ben)
    page = ida.get(f"/projects/{project.slug}/concordance/?sort=article&limit=1").json()
    assert page["results"][0]["quote"] == "Pure lies"
    assert page["results"][0]["after"].startswith(" and slander”")
    assert ida.get(page["next"]).json()["results"][0]["quote"] == "Both sides"
    rows = [{"id": str(row.pk), "version": 1} for row in (mine, theirs)]
    address = f"/projects/{project.slug}/concordance/relabel/"
    told = problem(ana.post(address, {"annotations": rows, "label": "denial"}), 422, "annotations")
    assert "someone else made" in told["errors"]["annotations"][0]
    assert ana.post(address, {"annotations": rows, "label": "denial", "rest": True}).status_code == 201
    assert [row.label.key for row in Annotation.objects.order_by("id")] == ["denial", "claim"]
    problem(ana.post(address, {"annotations": rows[:1] * 2, "label": "quote"}), 422, "annotations")
