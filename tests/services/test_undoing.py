"""Each kind of act goes back and forth through the services of its records, and any number of them."""

import random

import pytest

from annotations.core.errors import WorkbenchError
from annotations.models import (
    Act,
    Agent,
    Annotation,
    Attribution,
    Claim,
    ClaimMention,
    Evidence,
    Relation,
    Source,
)
from annotations.services import agents, annotations, attributions, claims, evidence, relations, sources
from annotations.services.undoing import digest_of

pytestmark = pytest.mark.django_db
COMPARED = (Annotation, Attribution, Claim, ClaimMention, Relation, Evidence, Agent, Source)


def everything():
    """What is there and not in the trash: whoever undid everything has this as it was."""
    return {str(row.pk): digest_of(row) for model in COMPARED for row in model.objects.filter(trashed=False)}


# -- each kind --------------------------------------------------------------------------------------------------------


def relabelled(do, marked, labels, **_):
    row = marked()
    return lambda: do(annotations.edit_annotation, annotation=row, version=1, label=labels["denial"], note="n")


def moved(do, marked, **_):
    row = marked("Pure lies")
    end = row.end + len(" and slander")
    where = {"segments": [[row.start, end]], "quote": "Pure lies and slander"}
    return lambda: do(annotations.edit_annotation, annotation=row, version=1, **where)


def created(marked, **_):
    return marked


def trashed(do, marked, **_):
    row = marked()
    return lambda: do(annotations.trash_annotation, annotation=row, version=1)


def restored(do, marked, people, **_):
    row = marked()
    annotations.trash_annotation(by=people.ana, annotation=row, version=1)
    return lambda: do(annotations.restore_annotation, annotation=row, version=2)


def split(do, marked, **_):
    row = marked()
    return lambda: do(annotations.split_annotation, annotation=row, version=1, at=row.start + 5)


def merged(do, marked, people, project, arrow, **_):
    """With a claim, a saying and a relation that come along."""
    one, other, third = marked("Pure lies"), marked("slander"), marked("Both sides")
    claims.add_claim(by=people.ana, project=project, text="It is slander.", mentions=[other])
    attributions.add_attribution(by=people.ana, content=other)
    relations.add_relation(by=people.ana, from_annotation=third, to_annotation=other, label=arrow)
    relations.add_relation(by=people.ana, from_annotation=other, to_annotation=one, label=arrow)
    return lambda: do(annotations.merge_annotations, annotation=one, version=1, other=other, gap="join")


def with_claim(do, marked, project, **_):
    row = marked()
    return lambda: do(claims.add_claim, project=project, text="It is slander.", mentions=[row])


def said_again(do, marked, project, people, **_):
    row, other = marked(), marked("Both sides")
    claim = claims.add_claim(by=people.ana, project=project, text="So.", mentions=[row])
    return lambda: do(claims.edit_claim, claim=claim, version=1, text="Not so.", mentions=[other])


def attributed(do, marked, article, project, labels, **_):
    """The speaker is new, and made on the way."""
    content = marked()
    place = [[article.revisions.get().text.index("said"), article.revisions.get().text.index("said") + 4]]

    def say(*, by):
        agent = agents.add_agent(by=by, project=project, kind="person", name="Osama")
        return attributions.add_attribution(by=by, content=content, agent=agent, cue_segments=place, cue_quote="said")

    return lambda: do(say)


def said_otherwise(do, marked, people, article, **_):
    row = attributions.add_attribution(by=people.ana, content=marked(), tone="neutral")
    fields = {"tone": "distancing", "count": 2, "speaker_segments": [[0, 7]], "speaker_quote": "Reuters"}
    return lambda: do(attributions.edit_attribution, attribution=row, version=1, **fields)


def drawn(do, marked, arrow, **_):
    one, other = marked("Pure lies"), marked("Both sides")
    return lambda: do(relations.add_relation, from_annotation=one, to_annotation=other, label=arrow)


def turned(do, marked, arrow, people, **_):
    one, other = marked("Pure lies"), marked("Both sides")
    row = relations.add_relation(by=people.ana, from_annotation=one, to_annotation=other, label=arrow)
    return lambda: do(relations.turn_relation, relation=row, version=1)


def proved(do, marked, people, project, **_):
    claim = claims.add_claim(by=people.ana, project=project, text="So.", mentions=[marked()])

    def prove(*, by):
        source = sources.add_source(by=by, project=project, kind="article", title="A report")
        return evidence.add_evidence(by=by, claim=claim, source=source, stance="supports", ground="document")

    return lambda: do(prove)


def many(do, marked, labels, **_):
    rows = [marked("Pure lies"), marked("Both sides"), marked("Reuters")]

    def relabel(*, by):
        for row in rows:
            annotations.edit_annotation(by=by, annotation=row, version=1, label=labels["quote"])

    return lambda: do(relabel)


KINDS = [
    created, relabelled, moved, trashed, restored, split, merged, with_claim, said_again, attributed, said_otherwise,
    drawn, turned, proved, many,
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_of_act_is_undone_and_redone(kind, do, marked, labels, people, project, article, arrow, undo, redo):
    act = kind(do=do, marked=marked, labels=labels, people=people, project=project, article=article, arrow=arrow)
    before = everything()
    act()
    after = everything()
    assert before != after
    for _ in range(2):
        undo()
        assert everything() == before
        redo()
        assert everything() == after


# -- all of it, back and forth ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_any_acts_are_undone_to_the_start_and_redone_to_the_end(
    seed, do, marked, labels, people, project, article, arrow, undo, redo
):
    """Many random acts; the state after each is passed again on the way back and on the way forth."""
    some = random.Random(seed)
    states = [everything()]
    for _ in range(25):
        before = Act.objects.count()
        random_act(some, do, marked, labels, project, arrow)
        if Act.objects.count() > before:
            states.append(everything())
    for state in reversed(states[:-1]):
        undo()
        assert everything() == state
    for state in states[1:]:
        redo()
        assert everything() == state


def random_act(some, do, marked, labels, project, arrow):
    rows = list(Annotation.objects.active().order_by("id"))
    row = some.choice(rows) if rows else None
    other = some.choice(rows) if rows else None
    choice = some.choice(["mark", "mark", "relabel", "note", "trash", "claim", "say", "draw", "merge", "split"])
    try:
        if choice == "mark" or row is None:
            marked(some.choice(["Reuters", "Pure lies", "slander", "Both sides", "the meeting", "an hour"]))
        elif choice == "relabel":
            fields = {"label": some.choice(list(labels.values())), "note": row.note}
            do(annotations.edit_annotation, annotation=row, version=row.version, **fields)
        elif choice == "note":
            do(annotations.edit_annotation, annotation=row, version=row.version, note=str(some.random()))
        elif choice == "trash":
            do(annotations.trash_annotation, annotation=row, version=row.version)
        elif choice == "claim":
            do(claims.add_claim, project=project, text="So.", mentions=[row, other])
        elif choice == "say":
            do(attributions.add_attribution, content=row)
        elif choice == "draw":
            do(relations.add_relation, from_annotation=row, to_annotation=other, label=arrow)
        elif choice == "merge":
            fields = {"other": other, "gap": "join", "label": row.label}
            do(annotations.merge_annotations, annotation=row, version=row.version, **fields)
        else:
            do(annotations.split_annotation, annotation=row, version=row.version, at=row.start + 3)
    except WorkbenchError:
        return  # not every act is possible
