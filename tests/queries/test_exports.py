"""Exports: every record that a person may see, in one order, the same bytes each time, and nothing written."""

import json
from itertools import pairwise

import pytest
from django.apps import apps

from annotations.core.errors import Invalid, Refused
from annotations.core.records import RECORD_KINDS
from annotations.models import Annotation, Event, Resolution, Revision
from annotations.queries.exports import FORMAT_NAMES, export, export_report
from annotations.services.annotations import add_annotation
from annotations.services.claims import add_claim, add_mention
from annotations.services.labels import add_label
from annotations.services.people import remove_person
from annotations.services.projects import add_member, edit_project, remove_member

pytestmark = pytest.mark.django_db

PEOPLE_COLUMNS = ("author", "owner", "person", "proposer")


def bytes_of(project, person=None, format="jsonl"):
    return b"".join(export(project, person, format).chunks)


def lines_of(project, person=None):
    return [json.loads(line) for line in bytes_of(project, person).splitlines()]


def of_kind(lines, kind):
    return [line for line in lines if line["record"] == kind]


def test_every_stored_record_is_in_the_file(story, project):
    lines = lines_of(project)
    apart = {"statement", "stance", "stance_citation", "verdict", "verdict_citation", "decision", "person", "project"}
    for model in apps.get_app_config("annotations").get_models():
        kind = str(model._meta.verbose_name).replace(" ", "_")
        if kind in RECORD_KINDS and kind not in apart:
            assert len(of_kind(lines, kind)) == model._default_manager.filter(project=project).count(), kind
    assert len(of_kind(lines, "approval")) == len(of_kind(lines, "dissent")) == 1
    assert {line["record"] for line in lines} == set(RECORD_KINDS)


def test_records_stand_by_kind_and_then_by_id(story, project):
    keys = [
        (RECORD_KINDS.index(line["record"]), line["number"] if line["record"] == "event" else line["id"])
        for line in lines_of(project)
    ]
    assert all(before < after for before, after in pairwise(keys))


def test_two_exports_of_the_same_records_are_the_same_bytes(story, people, project):
    assert bytes_of(project) == bytes_of(project) == bytes_of(project, people.max)
    assert bytes_of(project, None, "web_annotation") == bytes_of(project, people.vera, "web_annotation")


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_exporting_writes_nothing(story, people, project, format, django_assert_max_num_queries):
    before = Event.objects.count()
    with django_assert_max_num_queries(80) as queries:
        bytes_of(project, people.vera, format)
    assert Event.objects.count() == before
    assert [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_the_trash_is_exported_with_its_state(story, project):
    states = [line["state"] for line in of_kind(lines_of(project), "annotation")]
    assert states.count("trashed") == 1
    assert export_report(project, None, "jsonl")["records"]["annotation"] == {
        "written": len(states),
        "lost": 0,
        "reasons": [],
    }


def test_the_report_says_what_web_annotation_cannot_carry(story, project):
    report = export_report(project, None, "web_annotation")["records"]
    count = Annotation.objects.count()
    assert (report["annotation"]["written"], report["annotation"]["lost"]) == (count - 1, 1)
    assert report["claim"]["lost"] == 3
    assert report["event"]["lost"] == Event.objects.filter(project=project).count()


def test_all_formats_account_for_the_same_records(story, project):
    reports = [export_report(project, None, format)["records"] for format in FORMAT_NAMES]
    counts = [{kind: said["written"] + said["lost"] for kind, said in report.items()} for report in reports]
    assert counts[0] == counts[1]


def test_a_web_annotation_selects_by_place_and_by_words(story, project):
    page = json.loads(bytes_of(project, None, "web_annotation"))
    assert page["total"] == len(page["first"]["items"])
    marks = [written for written in page["first"]["items"] if written["motivation"] == "classifying"]
    assert len(marks) == len(page["first"]["items"]) - 1, "the relation that is not in the trash"
    for written in marks:
        targets = written["target"] if isinstance(written["target"], list) else [written["target"]]
        for target in targets:
            for place, words in [target["selector"]] if "selector" in target else []:
                article, number = target["source"].rpartition("/articles/")[2].split("/revisions/")
                text = Revision.objects.get(article=article, number=number.strip("/")).text
                assert text[place["start"] : place["end"]] == words["exact"]


# -- who sees what ----------------------------------------------------------------------------------------------------


def test_a_stranger_exports_nothing(people, project):
    with pytest.raises(Refused):
        export(project, people.olu, "jsonl")


def test_a_superuser_exports_nothing(people, project):
    with pytest.raises(Refused):
        export(project, people.sam, "jsonl")


def test_an_unknown_format_is_not_valid(people, project):
    with pytest.raises(Invalid, match="docx"):
        export(project, people.vera, "docx")


def test_people_are_an_id_and_a_name_and_nothing_else(story, project):
    assert {frozenset(line) for line in of_kind(lines_of(project), "person")} == {
        frozenset({"record", "id", "display_name"})
    }


def test_everybody_whom_a_row_names_is_in_the_file_and_nobody_else(story, people, project, other_project):
    lines = lines_of(project)
    known = {line["id"] for line in of_kind(lines, "person")}
    named = {line[name] for line in lines for name in PEOPLE_COLUMNS if line.get(name)}
    assert named == known
    assert str(people.stranger.pk) not in known


def test_an_operator_who_changed_a_label_is_named(people, project):
    """Superusers are members nowhere, and yet what they did in the admin bears their name."""
    event = Event.objects.filter(project=project).latest("number")
    Event.objects.bulk_create(
        [
            Event(
                chain=event.chain,
                project=project,
                number=event.number + 1,
                person=people.sam,
                verb="label_edited",
                object_kind="label",
                object_id=project.pk,
                at=event.at,
                body=event.body,
                hash=event.hash,
            )
        ]
    )
    assert str(people.sam.pk) in {line["id"] for line in of_kind(lines_of(project), "person")}


def test_somebody_who_left_stays_named(story, people, project):
    membership = project.memberships.get(person=people.ana)
    remove_member(by=people.max, membership=membership, version=membership.version)
    remove_person(by=None, person=people.ana, reason="Asked for it.")
    names = {line["id"]: line["display_name"] for line in of_kind(lines_of(project), "person")}
    assert names[str(people.ana.pk)] == ""


def test_nothing_of_another_project_is_in_the_file(story, people, project, other_project):
    add_label(by=people.stranger, project=other_project, key="theirs")
    assert b"theirs" not in bytes_of(project)
    assert str(project.pk).encode() not in bytes_of(other_project)


@pytest.fixture
def blind(story, people, project):
    """The project made blind, with an annotation and a claim of ben's own, the claim mentioned by ida as well."""
    edit_project(by=people.max, project=project, version=project.version, blind=True)
    article, label = story.annotations[0].article, story.annotations[0].label
    own = add_annotation(by=people.ben, article=article, segments=[[0, 7]], quote="Reuters", label=label)
    claim = add_claim(by=people.ben, project=project, text="Reuters reported it.", mentions=[own])
    add_mention(by=people.ida, claim=claim, annotation=story.annotations[0])
    return claim


def test_in_a_blind_project_an_annotator_exports_only_their_own(blind, people, project):
    lines = lines_of(project, people.ben)
    for kind in ("annotation", "relation", "claim", "mention", "evidence", "attribution", "position", "dispute"):
        assert {line["author"] for line in of_kind(lines, kind)} <= {str(people.ben.pk)}, kind
    assert of_kind(lines, "resolution") == of_kind(lines, "approval") == of_kind(lines, "dissent") == []
    assert {line["person"] for line in of_kind(lines, "event")} == {str(people.ben.pk)}
    assert Resolution.objects.exists()


def test_in_a_blind_project_others_mentions_of_ones_claim_stay_hidden(blind, people, project):
    (own,) = of_kind(lines_of(project, people.ben), "claim")
    (seen,) = [line for line in of_kind(lines_of(project, people.ida), "claim") if line["id"] == str(blind.pk)]
    assert (len(own["mentions"]), len(seen["mentions"])) == (1, 2)


def test_in_a_blind_project_whoever_decides_exports_all(blind, people, project):
    assert bytes_of(project, people.ida) == bytes_of(project)


def test_a_blind_project_counts_nothing_hidden(blind, people, project):
    report = export_report(project, people.ben, "web_annotation")["records"]
    assert report["annotation"]["written"] == Annotation.objects.filter(author=people.ben).count()
    assert "dispute" not in report


def test_a_viewer_who_joins_later_sees_the_same(story, people, project):
    add_member(by=people.max, project=project, person=people.olu, role="viewer")
    assert bytes_of(project, people.olu) == bytes_of(project, people.max)
