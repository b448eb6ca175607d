"""Relations: two annotations of one article, a label made for relations, once by each person."""

import pytest

from annotations.core.errors import Clash, IllegalMove, Invalid, Refused, Stale
from annotations.models import Event, Label
from annotations.queries.relations import relations_of
from annotations.services.annotations import restore_annotation, trash_annotation
from annotations.services.articles import add_article
from annotations.services.labels import add_label, retire_label
from annotations.services.projects import edit_project
from annotations.services.relations import (
    add_relation,
    edit_relation,
    restore_relation,
    trash_relation,
    turn_relation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def denies(people, project):
    return add_label(by=people.max, project=project, key="denies", kind="relation")


@pytest.fixture
def ends(mark):
    return {"from_annotation": mark("Pure lies", "denial"), "to_annotation": mark("told to stay silent")}


@pytest.fixture
def relation(people, denies, ends):
    return add_relation(by=people.ana, **ends, label=denies, note="of the report")


def test_a_relation_is_one_event_on_its_article(relation, article):
    event = Event.objects.get(object_id=relation.pk)
    assert (event.verb, event.article_id, event.person.username) == ("relation_added", article.pk, "ana")


def test_it_is_drawn_once_by_each_person(people, denies, ends, relation):
    with pytest.raises(Clash, match="You drew this relation already"):
        add_relation(by=people.ana, **ends, label=denies)
    assert add_relation(by=people.ben, **ends, label=denies).pk != relation.pk
    trash_relation(by=people.ana, relation=relation, version=1)
    again = add_relation(by=people.ana, **ends, label=denies)
    with pytest.raises(Clash):
        restore_relation(by=people.ana, relation=relation, version=2)
    trash_relation(by=people.ana, relation=again, version=1)
    assert not restore_relation(by=people.ana, relation=relation, version=2).trashed


def test_ends_are_two_annotations_in_sight_of_one_article(people, project, denies, ends, mark):
    start, end = ends.values()
    other = add_article(by=people.max, project=project, title="Other", text="Reuters reported that it rained.")
    elsewhere = mark("it rained", on=other)
    trash_annotation(by=people.ana, annotation=end, version=1)
    for field, to in (("to", start), ("to", elsewhere), ("to", end)):
        with pytest.raises(Invalid) as refused:
            add_relation(by=people.ana, from_annotation=start, to_annotation=to, label=denies)
        assert field in refused.value.errors


def test_labels_are_those_for_relations_and_in_use(people, labels, denies, ends, relation):
    with pytest.raises(Invalid, match="not a relation"):
        add_relation(by=people.ana, **ends, label=labels["claim"])
    retire_label(by=people.max, label=denies, version=1)
    retired = Label.objects.get(pk=denies.pk)
    with pytest.raises(Invalid, match="retired"):
        add_relation(by=people.ben, **ends, label=retired)
    relation.refresh_from_db()
    assert edit_relation(by=people.ana, relation=relation, version=1, note="kept").note == "kept"


def test_it_is_changed_and_turned_by_versions(people, relation, ends):
    turn_relation(by=people.ana, relation=relation, version=1)
    assert relation.from_annotation == ends["to_annotation"]
    with pytest.raises(Stale):
        edit_relation(by=people.ana, relation=relation, version=1, note="late")
    with pytest.raises(Refused):
        edit_relation(by=people.ben, relation=relation, version=2, note="not his")


def test_an_annotation_in_the_trash_takes_its_relations_along_and_back(people, relation, ends):
    start, end = ends.values()
    trash_annotation(by=people.ana, annotation=end, version=1)
    assert relations_of(start, people.ana) == []
    trash_relation(by=people.ana, relation=relation, version=1)
    relation.refresh_from_db()
    with pytest.raises(IllegalMove, match="in the trash"):
        restore_relation(by=people.ana, relation=relation, version=2)
    restore_annotation(by=people.ana, annotation=end, version=2)
    relation.refresh_from_db()
    restore_relation(by=people.ana, relation=relation, version=2)
    assert relations_of(start, people.ana) == [relation]


def test_in_a_blind_project_a_relation_to_others_work_is_out_of_sight(people, project, denies, relation, mark):
    theirs = mark("took place", by=people.ben)
    crossing = add_relation(by=people.ana, from_annotation=relation.from_annotation, to_annotation=theirs, label=denies)
    project.refresh_from_db()
    edit_project(by=people.max, project=project, version=project.version, blind=True)
    assert relations_of(relation.from_annotation, people.ana) == [relation]
    assert relations_of(relation.from_annotation, people.ben) == []
    assert relations_of(relation.from_annotation, people.ida) == [relation, crossing]
