"""Relations by the API: `from` and `to` as ids, the label by its key, a trash."""

import pytest

from annotations.services.annotations import trash_annotation
from annotations.services.labels import add_label
from tests.api.conftest import problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def ends(people, project, mark):
    add_label(by=people.max, project=project, key="denies", kind="relation")
    return {"from": str(mark("Pure lies", "denial").pk), "to": str(mark("told to stay silent").pk)}


@pytest.fixture
def drawn(ana, article, ends):
    answer = ana.post(f"/articles/{article.pk}/relations/", {**ends, "label": "denies", "note": "all of it"})
    assert answer.status_code == 201, answer.content
    return answer


def test_relation_is_drawn_read_and_listed(ana, article, ends, drawn):
    row = drawn.json()
    assert {name: row[name] for name in ("from", "to", "label", "note")} == {
        **ends, "label": "denies", "note": "all of it",
    }  # fmt: skip
    assert ana.get(drawn["Location"]).json() == row
    assert ana.get(f"/articles/{article.pk}/relations/").json()["results"] == [row]


def test_relation_is_changed_turned_trashed_and_restored(ana, article, ends, drawn):
    at = f"/relations/{drawn.json()['id']}/"
    turned = ana.patch(at, {"from": ends["to"], "to": ends["from"]}, version=1).json()
    assert (turned["from"], turned["to"]) == (ends["to"], ends["from"])
    gone = ana.delete(at, version=2)
    assert gone.status_code == 204
    listed = f"/articles/{article.pk}/relations/"
    assert ana.get(listed).json()["results"] == []
    assert len(ana.get(f"{listed}?trashed=true").json()["results"]) == 1
    assert ana.post(f"{at}restore/", version=gone["ETag"]).json()["trashed"] is False


def test_relation_of_an_annotation_in_the_trash_is_out_of_sight(ana, people, article, drawn, ends):
    from annotations.models import Annotation

    trash_annotation(by=people.ana, annotation=Annotation.objects.get(pk=ends["to"]), version=1)
    assert ana.get(f"/articles/{article.pk}/relations/").json()["results"] == []


def test_what_is_wrong_is_named(ana, article, ends, drawn):
    at = f"/articles/{article.pk}/relations/"
    problem(ana.post(at, {**ends, "label": "denies"}), 409, "label")
    problem(ana.post(at, {**ends, "label": "claim"}), 422, "label")
    problem(ana.post(at, {"from": ends["from"], "to": ends["from"], "label": "denies"}), 422, "to")
    problem(ana.post(at, {**ends, "from": article.pk.hex, "label": "denies"}), 422, "from")
    problem(ana.post(at, {"to": ends["to"], "label": "denies"}), 422, "from")
