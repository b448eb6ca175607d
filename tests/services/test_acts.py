"""Undo and redo: one's own acts, one at a time, and never over what somebody else did meanwhile."""

import pytest

from annotations.core.errors import IllegalMove, Refused
from annotations.models import Act, Agent, Annotation, Attribution, Event
from annotations.services import agents, annotations, attributions, claims, relations
from annotations.services.acts import KEPT, annotations_of, undo_act
from annotations.services.projects import edit_member

pytestmark = pytest.mark.django_db


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_undoing_is_told_in_events_of_its_own(marked, undo, people, project):
    row = marked()
    last = Event.objects.filter(project=project).latest("number").number
    undo()
    event = Event.objects.get(project=project, number=last + 1)
    assert (event.verb, event.object_id, event.person) == ("annotation_trashed", row.pk, people.ana)


def test_new_act_forgets_what_was_undone(marked, undo, redo):
    marked()
    undo()
    marked("Both sides")
    with pytest.raises(IllegalMove, match="nothing left to redo"):
        redo()


def test_undoing_records_no_act(marked, undo, redo):
    marked()
    act = Act.objects.get()
    undo()
    redo()
    assert list(Act.objects.values_list("pk", "state")) == [(act.pk, "done")]


def test_fifty_acts_are_kept(do, marked, undo):
    row = marked()
    for number in range(KEPT + 5):
        row = do(annotations.edit_annotation, annotation=row, version=row.version, note=f"note {number}")
    assert Act.objects.count() == KEPT
    for _ in range(KEPT):
        undo()
    assert fresh(row).note == "note 4"
    with pytest.raises(IllegalMove, match="nothing left to undo"):
        undo()


def test_acts_are_ones_own(marked, undo, people):
    marked()
    with pytest.raises(IllegalMove, match="nothing left to undo"):
        undo(people.ida)


def test_each_article_has_its_own_acts(marked, people, project, do, labels):
    from annotations.services.articles import add_article

    other = add_article(by=people.max, project=project, title="Another", text="Other words.")
    row = marked()
    do(annotations.add_annotation, article=other, segments=[[0, 5]], quote="Other", label=labels["claim"])
    undo_act(by=people.ana, article=other)
    assert not fresh(row).trashed
    assert Annotation.objects.get(article=other).trashed


# -- somebody else was there ------------------------------------------------------------------------------------------


def test_what_another_person_changed_is_not_undone_and_they_are_named(marked, undo, people, labels):
    row = marked()
    annotations.edit_annotation(by=people.ida, annotation=fresh(row), version=1, note="Sure?")
    with pytest.raises(IllegalMove, match="Ida changed “Pure lies and slander” since"):
        undo()
    assert not fresh(row).trashed
    assert fresh(row).note == "Sure?"


def test_a_change_of_another_column_stays_and_ones_own_goes_back(marked, do, undo, people, labels):
    row = marked()
    do(annotations.edit_annotation, annotation=row, version=1, label=labels["denial"])
    annotations.edit_annotation(by=people.ida, annotation=fresh(row), version=2, note="Sure?")
    undo()
    assert (fresh(row).label.key, fresh(row).note) == ("claim", "Sure?")


def relabel_three(do, marked, labels):
    rows = [marked("Pure lies"), marked("Both sides"), marked("Reuters")]

    def relabel(*, by):
        for row in rows:
            annotations.edit_annotation(by=by, annotation=row, version=1, label=labels["quote"])

    do(relabel)


def test_nothing_of_an_act_is_undone_where_one_of_its_rows_was_changed(do, marked, undo, people, labels):
    relabel_three(do, marked, labels)
    rows = list(Annotation.objects.order_by("id"))
    annotations.edit_annotation(by=people.ida, annotation=rows[2], version=2, label=labels["source"])
    with pytest.raises(IllegalMove, match="“Reuters”"):
        undo()
    assert [fresh(row).label.key for row in rows] == ["quote", "quote", "source"]


def test_a_speaker_that_others_name_too_stays(say_who, undo, redo, people, mark):
    say_who()
    agent = Agent.objects.get()
    attributions.add_attribution(by=people.ben, content=mark("Both sides", by=people.ben), agent=agent)
    undo()
    assert not fresh(agent).trashed
    redo()
    assert Attribution.objects.active().filter(agent=agent).count() == 2


@pytest.fixture
def say_who(do, marked, project):
    """The speaker is new, and made on the way."""
    content = marked()

    def say(*, by):
        agent = agents.add_agent(by=by, project=project, kind="person", name="Osama")
        return attributions.add_attribution(by=by, content=content, agent=agent)

    return lambda: do(say)


def test_guards_of_the_service_hold(marked, undo, people, project):
    from annotations.services.disputes import StanceSaid, add_position, open_dispute

    row = marked()
    claim = claims.add_claim(by=people.ana, project=project, text="So.")
    dispute = open_dispute(by=people.ana, project=project, question="So?", statements=[claim])
    party = agents.add_agent(by=people.ana, project=project, kind="body", name="A")
    add_position(by=people.ida, dispute=dispute, agent=party, stances={claim.pk: StanceSaid("deny", "blanket", (row,))})
    with pytest.raises(IllegalMove, match="A position in a dispute quotes"):
        undo()


def test_a_viewer_may_not_undo_what_they_did_as_annotator(marked, undo, people, project):
    marked()
    member = project.memberships.get(person=people.ana)
    edit_member(by=people.max, membership=member, version=member.version, role="viewer")
    people.ana.remembered_ranks = {}
    with pytest.raises(Refused, match="needs the role"):
        undo()


# -- what it is called, where it shows --------------------------------------------------------------------------------


def test_acts_are_told_in_words(marked, do, labels, project):
    row = marked()
    do(annotations.edit_annotation, annotation=row, version=1, label=labels["denial"])
    do(annotations.edit_annotation, annotation=row, version=2, note="n")
    do(claims.add_claim, project=project, text="It is slander.", mentions=[row])
    do(annotations.trash_annotation, annotation=row, version=3)
    assert list(Act.objects.order_by("id").values_list("words", flat=True)) == [
        "Marked “Pure lies and slander” as Claim",
        "Relabelled “Pure lies and slander” as Denial",
        "Described “Pure lies and slander”",
        "Made the claim “It is slander.”",
        "Moved “Pure lies and slander” to the trash",
    ]


def test_words_fit_whatever_was_marked(marked, article):
    marked(article.revisions.get().text)
    assert len(Act.objects.get().words) <= 200


def test_an_act_holds_no_words_of_the_article_in_its_steps(do, marked):
    row = marked("Pure lies")
    where = {"segments": [[row.start, row.end + 12]], "quote": "Pure lies and slander"}
    do(annotations.edit_annotation, annotation=row, version=1, **where)
    assert "slander" not in str(list(Act.objects.values_list("steps", flat=True)))


def test_an_act_knows_its_annotations(do, marked, arrow, people):
    one, other = marked("Pure lies"), marked("Both sides")
    do(relations.add_relation, from_annotation=one, to_annotation=other, label=arrow)
    assert set(annotations_of(Act.objects.latest("id"))) == {one.pk, other.pk}


def test_what_cannot_be_taken_back_is_no_act(do, people, project, article):
    do(claims.take_claim, by=people.ida, claim=claims.add_claim(by=people.ana, project=project, text="So."), version=1)
    assert not Act.objects.exists()
