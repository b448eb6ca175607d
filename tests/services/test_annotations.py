"""Annotations that are split and merged: what each half keeps, what comes along, and what is refused."""

import pytest

from annotations.core.errors import IllegalMove, Invalid, Refused, Stale
from annotations.models import Annotation, Attribution, ClaimMention, Event, Relation
from annotations.services.annotations import (
    edit_annotation,
    merge_annotations,
    restore_annotation,
    split_annotation,
    trash_annotation,
)
from annotations.services.attributions import add_attribution
from annotations.services.claims import add_claim


@pytest.fixture
def passage(mark):
    return mark("Pure lies and slander")


def at_word(annotation, word):
    return annotation.start + annotation.quote.index(word)


def events_since(number):
    return list(Event.objects.filter(number__gt=number).order_by("number"))


def head(project):
    project.chain.refresh_from_db()
    return project.chain.number


# -- split ------------------------------------------------------------------------------------------------------------


def test_both_halves_keep_label_and_author_and_the_first_keeps_the_rest(people, project, passage):
    edit_annotation(by=people.ana, annotation=passage, version=1, note="Keep me.")
    claim = add_claim(by=people.ana, project=project, text="So it was.", mentions=[passage])
    before = head(project)
    first, second = split_annotation(by=people.ida, annotation=passage, version=2, at=at_word(passage, "and"))
    first, second = Annotation.objects.get(pk=first.pk), Annotation.objects.get(pk=second.pk)
    assert (first.quote, second.quote) == ("Pure lies", "and slander")
    assert (first.pk, first.version, first.note, second.note) == (passage.pk, 3, "Keep me.", "")
    assert (second.label_id, second.author_id, second.version) == (first.label_id, people.ana.pk, 1)
    assert list(claim.mentions.values_list("annotation_id", flat=True)) == [first.pk]
    [event] = events_since(before)
    assert (event.verb, event.object_id, event.person) == ("annotation_split", first.pk, people.ida)
    assert str(second.pk) in event.body


def test_old_version_stranger_and_trash_are_refused(people, passage):
    at = at_word(passage, "and")
    with pytest.raises(Refused):
        split_annotation(by=people.ben, annotation=passage, version=1, at=at)
    with pytest.raises(Stale):
        split_annotation(by=people.ana, annotation=passage, version=7, at=at)
    trash_annotation(by=people.ana, annotation=passage, version=1)
    with pytest.raises(IllegalMove, match="trash"):
        split_annotation(by=people.ana, annotation=passage, version=2, at=at)
    assert Annotation.objects.count() == 1


def test_place_outside_is_refused_and_nothing_written(people, passage):
    with pytest.raises(Invalid, match="inside the span"):
        split_annotation(by=people.ana, annotation=passage, version=1, at=passage.end)
    assert Annotation.objects.get().version == 1


# -- merge ------------------------------------------------------------------------------------------------------------


def test_merged_passage_is_in_parts_or_joined(people, mark):
    one, two = mark("Pure lies"), mark("slander")
    merged = merge_annotations(by=people.ana, annotation=one, version=1, other=two)
    assert merged.quote == "Pure lies … slander"
    assert Annotation.objects.get(pk=two.pk).trashed
    three = mark("Pure")
    joined = merge_annotations(by=people.ana, annotation=three, version=1, other=merged, gap="join")
    assert joined.quote == "Pure lies and slander"


def test_what_stood_on_the_other_comes_along_in_one_event(people, project, mark):
    one, two, far = mark("Pure lies"), mark("slander"), mark("Osama Hamdan")
    claim = add_claim(by=people.ana, project=project, text="So it was.", mentions=[two])
    said = add_attribution(by=people.ana, content=two)
    relation = arrow(one, two, far, people, project)
    before = head(project)
    merged = merge_annotations(by=people.ana, annotation=one, version=1, other=two)
    assert [row.annotation_id for row in ClaimMention.objects.filter(claim=claim)] == [merged.pk]
    assert Attribution.objects.get(pk=said.pk).content_id == merged.pk
    assert Relation.objects.get(pk=relation.pk).from_annotation_id == merged.pk
    assert Relation.objects.active().count() == 1, "the arrow between the two is gone: it would lead to itself"
    [event] = events_since(before)
    assert (event.verb, event.object_id) == ("annotations_merged", merged.pk)


def arrow(one, two, far, people, project):
    from annotations.services.labels import add_label

    label = add_label(by=people.max, project=project, key="says", kind="relation")
    common = {"project": project, "author": people.ana, "article": one.article, "label": label}
    Relation.objects.create(from_annotation=one, to_annotation=two, **common)
    return Relation.objects.create(from_annotation=two, to_annotation=far, **common)


def test_claim_that_both_make_is_mentioned_once(people, project, mark):
    one, two = mark("Pure lies"), mark("slander")
    claim = add_claim(by=people.ana, project=project, text="So it was.", mentions=[one, two])
    merge_annotations(by=people.ana, annotation=one, version=1, other=two)
    assert ClaimMention.objects.active().filter(claim=claim).count() == 1


def test_two_labels_need_a_choice(people, mark, labels):
    one, two = mark("Pure lies"), mark("slander", "denial")
    with pytest.raises(Invalid, match="say which label stays") as refused:
        merge_annotations(by=people.ana, annotation=one, version=1, other=two)
    assert list(refused.value.errors) == ["label"]
    assert merge_annotations(
        by=people.ana, annotation=one, version=1, other=two, label=labels["denial"]
    ).label.key == "denial"  # fmt: skip


def test_merge_of_others_work_of_itself_and_of_what_a_position_quotes_is_refused(people, mark, contested):
    one, others = mark("Pure lies"), mark("slander", by=people.ben)
    with pytest.raises(Refused):
        merge_annotations(by=people.ana, annotation=one, version=1, other=others)
    with pytest.raises(Invalid, match="same one"):
        merge_annotations(by=people.ana, annotation=one, version=1, other=one)
    cited = cited_annotation()
    with pytest.raises(IllegalMove, match="quotes"):
        merge_annotations(by=people.ida, annotation=one, version=1, other=cited, label=one.label)


def cited_annotation():
    from annotations.models import StanceCitation

    return StanceCitation.objects.exclude(annotation=None).first().annotation


def test_restored_other_comes_back_as_it_was_marked(people, mark):
    one, two = mark("Pure lies"), mark("slander")
    merge_annotations(by=people.ana, annotation=one, version=1, other=two)
    back = restore_annotation(by=people.ana, annotation=Annotation.objects.get(pk=two.pk), version=2)
    assert (back.quote, back.trashed) == ("slander", False)
