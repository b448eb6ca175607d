"""The vocabulary through the page."""

import pytest

from annotations.models import Label


@pytest.fixture
def max_(at, people, labels):
    return at(people.max)


def address(project):
    return f"/projects/{project.slug}/labels/"


def test_manager_adds_a_label_with_attributes(max_, project, send):
    lines = "Certainty: choice of low, high\r\nSaid twice: yes or no\r\nWhen: date"
    typed = {"name": "Figure of speech", "shortcut": "6", "attributes": lines, "description": "Says it otherwise."}
    assert send(max_, max_.get(address(project)), address(project), **typed).status_code == 303
    label = Label.objects.get(key="figure-of-speech")
    assert (label.kind, label.shortcut, label.colour) == ("span", "6", 6)
    assert label.attributes == [
        {"name": "Certainty", "kind": "choice", "choices": ["low", "high"]},
        {"name": "Said twice", "kind": "yes_no"},
        {"name": "When", "kind": "date"},
    ]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Claim"}, "key"),
        ({"shortcut": "1"}, "shortcut"),
        ({"attributes": "no kind"}, "attributes"),
        ({"attributes": "Sure: perhaps"}, "attributes"),
        ({"colour": "9"}, "colour"),
        ({"kind": "other"}, "kind"),
    ],
)
def test_bad_label_is_refused_beside_its_field(max_, project, typed, field):
    answer = max_.post(address(project), {"name": "New", "kind": "span"} | typed)
    words = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert f'id="new-label-{field}_error"' in words or "key: " in words or "This key is taken" in words
    assert Label.objects.count() == 5


def test_label_changes_its_name_and_look(max_, project, labels, send):
    label = labels["claim"]
    typed = {"name": "Assertion", "colour": "4", "shortcut": "c"}
    answer = send(max_, max_.get(address(project)), f"/labels/{label.pk}/", **typed)
    assert answer.url == f"{address(project)}#label-{label.pk}"
    label.refresh_from_db()
    assert (label.key, label.name, label.colour, label.shortcut) == ("claim", "Assertion", 4, "c")


def test_parent_makes_no_circle(max_, project, labels, send):
    claim, quote = labels["claim"], labels["quote"]
    assert send(max_, max_.get(address(project)), f"/labels/{claim.pk}/", parent=str(quote.pk)).status_code == 303
    answer = send(max_, max_.get(address(project)), f"/labels/{quote.pk}/", parent=str(claim.pk))
    assert answer.status_code == 409
    assert "circle" in answer.content.decode()


def test_retired_label_is_not_offered_and_comes_back(max_, at, people, project, labels, article, mark, send):
    label = labels["claim"]
    annotation = mark("Reuters")
    assert send(max_, max_.get(address(project)), f"/labels/{label.pk}/retire/").status_code == 303
    page = at(people.ana).get(f"/articles/{article.pk}/?annotation={annotation.pk}").content.decode()
    assert 'data-label-key="claim"' not in page
    assert "Claim is out of use" in page
    assert send(max_, max_.get(address(project)), f"/labels/{label.pk}/restore/").status_code == 303
    label.refresh_from_db()
    assert not label.retired


def test_retiring_twice_is_said_in_the_label_s_own_card(max_, project, labels, send):
    page = max_.get(address(project))
    send(max_, page, f"/labels/{labels['claim'].pk}/retire/")
    answer = max_.post(f"/labels/{labels['claim'].pk}/retire/", {"version": 2})
    assert answer.status_code == 409
    assert "This label is retired already." in answer.content.decode()


def test_only_managers_change_labels(at, people, project, labels):
    ida = at(people.ida)
    page = ida.get(address(project)).content.decode()
    assert "Changing labels needs the role manager" in page
    assert "Add a label" not in page
    assert ida.post(address(project), {"name": "New", "kind": "span"}).status_code == 403
    assert ida.post(f"/labels/{labels['claim'].pk}/retire/", {"version": 1}).status_code == 403
    assert at(people.olu).post(f"/labels/{labels['claim'].pk}/", {"name": "X", "version": 1}).status_code == 404
