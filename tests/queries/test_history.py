"""What happened, for screens and feeds; and the first event that does not hold, whatever was done to it."""

import json

import pytest

from annotations.models import Chain, Event
from annotations.models.triggers import remove_triggers
from annotations.queries.history import event_rows, feed, history_of, verify
from annotations.services.projects import edit_project

pytestmark = pytest.mark.django_db


def test_a_records_history_is_newest_first_with_names(people, mark):
    from annotations.services.annotations import edit_annotation

    annotation = mark("Reuters", by=people.ben)
    edit_annotation(by=people.ida, annotation=annotation, version=1, note="The agency")
    events = list(history_of("annotation", annotation.pk, people.vera))
    assert [(event.verb, event.person) for event in events] == [
        ("annotation_edited", people.ida),
        ("annotation_added", people.ben),
    ]


def test_a_stranger_reads_no_history(people, project, mark):
    annotation = mark("Reuters")
    assert not history_of("annotation", annotation.pk, people.olu).exists()
    assert not feed(project, people.olu).exists()


def test_the_feed_goes_on_behind_a_number(people, project, mark):
    last = Event.objects.filter(project=project).latest("number").number
    mark("Reuters")
    mark("visitor")
    numbers = [row["number"] for row in event_rows(feed(project, people.vera, after=last))]
    assert numbers == [last + 1, last + 2]


def test_an_annotator_of_a_blind_project_reads_their_own_feed(people, project, mark):
    mark("Reuters", by=people.ana)
    mark("visitor", by=people.ben)
    edit_project(by=people.max, project=project, version=project.version, blind=True)
    assert {row["person"] for row in event_rows(feed(project, people.ben))} == {str(people.ben.pk)}
    assert feed(project, people.ida).count() == feed(project, people.max).count() > 10


def test_an_event_row_holds_all_that_its_hash_covers(people, project, mark):
    from annotations.core.history import canonical, hash_of

    mark("Reuters")
    for row in event_rows(feed(project, people.vera)):
        digest = row.pop("hash")
        assert hash_of(canonical(row)) == digest


# -- verifying --------------------------------------------------------------------------------------------------------


@pytest.fixture
def chain(story, project):
    """The project's chain, with the triggers lifted that forbid what these tests do to it."""
    remove_triggers()
    return Chain.objects.get(project=project)


def change(chain, number, **columns):
    assert chain.events.filter(number=number).update(**columns) == 1


def test_every_chain_holds(story):
    assert verify() is None


@pytest.mark.parametrize("place", [0, 40, -1])
def test_one_changed_byte_is_found_at_its_event(chain, place):
    letters = list(chain.events.get(number=7).body)
    letters[place] = "x"
    change(chain, 7, body="".join(letters))
    broken = verify()
    assert (broken.chain, broken.number) == ("desk", 7)


def test_a_changed_event_with_a_hash_made_anew_breaks_the_next(chain):
    from annotations.core.history import canonical, hash_of

    event = chain.events.get(number=7)
    body = canonical(json.loads(event.body) | {"verb": "member_removed"})
    change(chain, 7, body=body, hash=hash_of(body), verb="member_removed")
    assert verify().number == 8


def test_an_event_filed_under_another_person_is_found(chain, people):
    change(chain, 9, person=people.olu)
    broken = verify()
    assert broken.number == 9
    assert "filed" in broken.reason


@pytest.mark.parametrize(
    "columns", [{"verb": "nothing"}, {"object_kind": "claim"}, {"object_id": "01a1fbf4-e751-71e7-8e26-fe42f4c9d16b"}]
)
def test_an_event_filed_under_other_words_is_found(chain, columns):
    change(chain, 5, **columns)
    assert verify().number == 5


def test_a_missing_event_is_found(chain):
    chain.events.filter(number=4).delete()
    broken = verify()
    assert broken.number == 4
    assert "missing" in broken.reason


def test_events_cut_off_at_the_end_are_found(chain):
    chain.events.filter(number=chain.number).delete()
    assert verify().number == chain.number


def test_only_the_chains_asked_for_are_walked(chain):
    change(chain, 5, verb="nothing")
    assert verify(Chain.objects.filter(project__isnull=True).select_related("project")) is None
