"""Operators change the vocabulary through the services."""

import json

import pytest

from annotations.models import Event, Label
from annotations.services.labels import edit_label
from tests.admin.pages import address, errors_of, filled_in, send

ADD = "/admin/annotations/label/add/"
LIST = "/admin/annotations/label/"


def entered(project, **fields):
    return {"project": project.pk, "name": "Rumour", "kind": "span", "attributes": "[]"} | fields


def test_label_is_added_with_the_next_colour_and_a_key(sam, people, project, labels):
    assert sam.post(ADD, entered(project)).status_code == 302
    label = Label.objects.get(key="rumour")
    assert (label.colour, label.order, label.author) == (6, 6, people.sam)
    assert Event.objects.filter(verb="label_added", object_id=label.pk, person=people.sam).exists()


def test_label_changes_through_the_service(sam, labels):
    answer = send(sam, address(labels["claim"], "change"), name="A claim", colour="3", parent=str(labels["quote"].pk))
    assert answer.status_code == 302
    label = Label.objects.get(key="claim")
    assert (label.name, label.colour, label.parent, label.version) == ("A claim", 3, labels["quote"], 2)
    said = json.loads(Event.objects.order_by("-pk").first().body)
    assert said["after"] == {"name": "A claim", "colour": 3, "parent": str(labels["quote"].pk)}


def test_key_and_kind_never_change(sam, labels):
    send(sam, address(labels["claim"], "change"), name="New", key="other", kind="document")
    label = Label.objects.get(pk=labels["claim"].pk)
    assert (label.key, label.kind, label.name) == ("claim", "span", "New")


def test_stale_form_is_refused(sam, people, labels):
    old = filled_in(sam, address(labels["claim"], "change"))
    edit_label(by=people.max, label=labels["claim"], version=1, name="By the manager")
    answer = sam.post(address(labels["claim"], "change"), old | {"name": "By the operator"})
    assert answer.status_code == 412
    assert "Someone changed this label" in errors_of(answer)["__all__"]
    assert Label.objects.get(key="claim").name == "By the manager"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("shortcut", "2", "This shortcut is taken."),
        ("shortcut", "22", "at most 1 character"),
        ("colour", "7", "Select a valid choice"),
        ("name", "", "required"),
        ("attributes", "[" * 100_000, "levels deep"),
        ("attributes", '[{"name": "a", "name": "b"}]', "stands twice"),
        ("attributes", '["\\u0000"]', "U+0000"),
        ("attributes", "tone", "This is not JSON"),
        ("attributes", '[{"name": "tone", "kind": "smell"}]', "The kind of “tone” is one of"),
        ("attributes", "{}", "A list of attributes"),
        ("parent", "nothing", "valid"),
    ],
)
def test_bad_value_is_refused_in_words(field, value, words, sam, labels):
    before = Event.objects.count()
    answer = send(sam, address(labels["claim"], "change"), **{field: value})
    assert words in errors_of(answer)[field]
    assert Event.objects.count() == before


def test_label_cannot_stand_below_itself(sam, labels):
    assert send(sam, address(labels["quote"], "change"), parent=str(labels["claim"].pk)).status_code == 302
    answer = send(sam, address(labels["claim"], "change"), parent=str(labels["quote"].pk))
    assert (answer.status_code, errors_of(answer)["parent"]) == (409, "This would be a circle.")


def test_parent_of_another_project_is_refused(sam, people, labels, other_project):
    answer = sam.post(ADD, entered(other_project, parent=labels["claim"].pk))
    assert (answer.status_code, errors_of(answer)) == (422, {"parent": "There is no such label in this project."})


def test_attributes_of_a_new_label_are_kept(sam, project, labels):
    wanted = [{"name": "tone", "kind": "choice", "choices": ["calm", "heated"]}]
    sam.post(ADD, entered(project, attributes=json.dumps(wanted), key="with-attributes", colour="2"))
    label = Label.objects.get(key="with-attributes")
    assert (label.attributes, label.colour) == (wanted, 2)


def test_labels_are_retired_and_brought_back_by_actions(sam, people, labels):
    chosen = [labels["claim"].pk, labels["quote"].pk]
    answer = sam.post(LIST, {"action": "retire", "_selected_action": chosen}, follow=True)
    assert "2 retired." in " ".join(map(str, answer.context["messages"]))
    again = sam.post(LIST, {"action": "retire", "_selected_action": chosen[:1]}, follow=True)
    assert "Claim: This label is retired already." in " ".join(map(str, again.context["messages"]))
    sam.post(LIST, {"action": "restore", "_selected_action": chosen})
    assert not Label.objects.filter(retired=True).exists()
    verbs = Event.objects.filter(person=people.sam).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["label_retired"] * 2 + ["label_restored"] * 2


@pytest.mark.parametrize("chosen", [["nothing"], ["\x00"], ["01970000-0000-7000-8000-000000000000"], []])
def test_action_on_what_is_no_record_changes_nothing(chosen, sam, labels):
    before = Event.objects.count()
    answer = sam.post(LIST, {"action": "retire", "_selected_action": chosen, "index": "x"}, follow=True)
    assert (answer.status_code, Event.objects.count()) == (200, before)
