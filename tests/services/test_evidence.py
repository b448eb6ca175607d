"""Evidence: looked up in its copy, counted together, graded where grades are used; and notes that leave the desk in no
way."""

import pytest
from django.utils import timezone

from annotations.core.errors import IllegalMove, Invalid, Refused
from annotations.models import ConfidentialNote, Event, Evidence, SavedCopy
from annotations.queries.evidence import ledger_of
from annotations.queries.records import KINDS, record_rows
from annotations.services.copies import name_source
from annotations.services.evidence import (
    add_evidence,
    add_evidence_set,
    break_evidence_set,
    check_quotes_again,
    edit_evidence,
    looked_up,
    write_confidential_note,
)
from annotations.services.projects import edit_project
from annotations.services.sources import add_origin, add_source
from annotations.services.write import writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def says(people, project, contested):
    """says(title, origin=...): a document on the second statement, on which nothing is said yet."""

    def says(title, claim=None, **fields):
        source = add_source(by=people.ana, project=project, kind=fields.pop("kind", "document"), title=title)
        said = {"stance": "supports", "ground": "document"} | fields
        return add_evidence(by=people.ana, claim=claim or contested.claims[1], source=source, **said)

    return says


def copied(people, evidence, text):
    return SavedCopy.objects.create(
        project=evidence.project, author=people.ana, source=evidence.source, way="upload", sha256="0" * 64,
        media_type="text/html", size=1, retrieved_at=timezone.now(), text=text,
    )  # fmt: skip


def test_a_quotation_is_looked_up_when_a_copy_arrives_and_when_it_is_written(people, says):
    evidence = says("Gazette", quote="the road will be closed in May")
    assert evidence.quote_found == "unchecked"
    copy = copied(people, evidence, "It says:\n“The road”, and the road  will be\nclosed in June, and in May again.")
    with writing(people.ana, evidence.project_id) as change:
        check_quotes_again(change, copy)
    evidence.refresh_from_db()
    assert (evidence.quote_found, evidence.version) == ("similar", 2)
    assert looked_up(evidence).passage.startswith("the road will be closed in June")
    event = Event.objects.get(verb="quotes_checked")
    assert event.object_kind == "saved_copy"
    edit_evidence(by=people.ana, evidence=evidence, version=2, quote="the road will be closed in June")
    assert Evidence.objects.get(pk=evidence.pk).quote_found == "found"
    edit_evidence(by=people.ana, evidence=evidence, version=evidence.version, quote="a bridge fell into the sea")
    assert Evidence.objects.get(pk=evidence.pk).quote_found == "not_found"


def test_the_usual_ground_is_taken_where_none_was_chosen(says):
    assert says("Paper", kind="article", ground="").ground == "relayed_account"
    assert says("Denial", kind="article", ground="", stance="refutes").ground == "bare_assertion"
    assert says("Register", kind="dataset", ground="").ground == "document"


def test_grades_are_given_where_the_project_uses_them_and_another_grade_gives_its_reason(people, project, says):
    evidence = says("Gazette")
    with pytest.raises(Invalid, match="uses no grades"):
        edit_evidence(by=people.ana, evidence=evidence, version=1, reliability="B", reliability_reason="A copy.")
    edit_project(by=people.max, project=project, version=project.version, grades=True)
    evidence = Evidence.objects.select_related("project").get(pk=evidence.pk)
    with pytest.raises(Invalid, match="Say why the grade differs"):
        edit_evidence(by=people.ana, evidence=evidence, version=1, reliability="B")
    edit_evidence(by=people.ana, evidence=evidence, version=1, reliability="B", reliability_reason="An official copy.")
    edit_evidence(by=people.ana, evidence=evidence, version=2, reliability="C")
    assert (evidence.reliability, evidence.credibility) == ("C", None)


def test_pieces_that_carry_a_stance_only_together_count_once(people, project, contested, says):
    claim = contested.claims[1]
    first, second = (
        says(name, stance="mentions", origin=add_origin(by=people.ana, project=project, label=name)) for name in "AB"
    )
    with pytest.raises(Invalid, match="at least two"):
        add_evidence_set(by=people.ana, claim=claim, members=[first, first], stance="supports")
    with pytest.raises(Invalid, match="on this very claim"):
        add_evidence_set(by=people.ana, claim=claim, members=[first, contested.evidence], stance="supports")
    made = add_evidence_set(by=people.ana, claim=claim, members=[first, second], stance="supports")
    (counted,) = ledger_of([claim.pk], people.ana).counted[claim.pk]
    assert (counted.stance, counted.words) == ("supports", "1 origin, 2 documents")
    fresh = list(Evidence.objects.filter(claim=claim))
    with pytest.raises(Invalid, match="one set at most"):
        add_evidence_set(by=people.ana, claim=claim, members=fresh, stance="supports")
    break_evidence_set(by=people.ana, evidence_set=made, version=made.version)
    (counted,) = ledger_of([claim.pk], people.ana).counted[claim.pk]
    assert (counted.stance, counted.words) == ("mentions", "2 origins, 2 documents")
    with pytest.raises(IllegalMove):
        break_evidence_set(by=people.ana, evidence_set=made, version=made.version)


def test_a_confidential_note_is_read_by_those_who_decide_and_told_by_nothing(people, project, says):
    evidence = says("Gazette")
    note = write_confidential_note(by=people.ben, evidence=evidence, text="The clerk asked not to be named: Q. Zebra")
    readers = [
        name
        for name in ("ana", "ben", "ida", "max", "vera", "olu")
        if ConfidentialNote.objects.visible_to(getattr(people, name)).exists()
    ]
    assert readers == ["ben", "ida", "max"]
    event = Event.objects.get(object_id=note.pk)
    assert "Zebra" not in event.body
    everything = [row for kind in KINDS for row in record_rows(kind, project, None)]
    assert "Zebra" not in repr(everything)
    with pytest.raises(Refused):
        write_confidential_note(by=people.vera, evidence=evidence, text="I only look.")


def test_a_source_that_has_only_its_address_takes_its_name_from_its_page(people, project, says):
    evidence = says("https://example.org/notice", quote="")
    source = evidence.source
    source.url = source.title
    source.save()
    copy = copied(people, evidence, "The road will be closed.")
    copy.title, copy.published_on, copy.publisher_name = "Notice 12", "2024-05", "The city"
    name_source(by=people.ana, copy=copy)
    source.refresh_from_db()
    assert (source.title, source.published_on, source.publisher.name) == ("Notice 12", "2024-05", "The city")
