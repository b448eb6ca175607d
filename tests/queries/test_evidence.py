"""The ledger: grouped and counted by origin, bare assertions apart, the untraced last."""

from annotations.queries.evidence import ledger_of
from annotations.services.evidence import add_evidence, trash_evidence
from annotations.services.sources import add_origin, add_source


def add(people, contested, title, claim=0, stance="supports", ground="document", origin=None):
    source = add_source(by=people.ana, project=contested.dispute.project, kind="article", title=title)
    return add_evidence(
        by=people.ana, claim=contested.claims[claim], source=source, stance=stance, ground=ground, origin=origin
    )


def ledger(people, contested, person="vera"):
    return ledger_of([claim.pk for claim in contested.claims], getattr(people, person))


def counted(people, contested, claim=0):
    rows = ledger(people, contested).counted[contested.claims[claim].pk]
    return {row.stance: (row.words, [source.title for source in row.bare]) for row in rows}


def test_copies_of_one_origin_count_once(people, contested):
    for number in range(3):
        add(people, contested, f"Copy {number}", origin=contested.origin)
    assert counted(people, contested) == {"supports": ("1 origin, 4 documents", [])}
    assert ledger(people, contested).total == "1 origin, 4 documents"


def test_untraced_counts_apart_and_stands_last(people, contested):
    add(people, contested, "Untraced")
    found = ledger(people, contested)
    assert found.total == "1 origin, 1 document, 1 untraced"
    assert [group.origin for group in found.groups] == [contested.origin, None]


def test_bare_denial_is_named_and_adds_to_no_count(people, contested):
    add(people, contested, "A denial", stance="refutes", ground="bare_assertion")
    assert counted(people, contested)["refutes"] == ("", ["A denial"])
    found = ledger(people, contested)
    assert found.total == "1 origin, 1 document"
    assert [source.title for source in found.bare] == ["A denial"]


def test_origin_with_most_sources_comes_first(people, contested):
    other = add_origin(by=people.ana, project=contested.dispute.project, label="Another")
    for number in range(2):
        add(people, contested, f"From another {number}", origin=other)
    assert [group.origin for group in ledger(people, contested).groups] == [other, contested.origin]


def test_columns_are_the_claims_on_which_something_is_said(people, contested):
    assert ledger(people, contested).columns == [contested.claims[0].pk]
    add(people, contested, "On the meeting", claim=1)
    assert ledger(people, contested).columns == [claim.pk for claim in contested.claims]


def test_trash_is_left_out(people, contested):
    trash_evidence(by=people.ida, evidence=contested.evidence, version=1)
    found = ledger(people, contested)
    assert (found.groups, found.total) == ([], "no evidence")


def test_blind_annotator_sees_and_counts_their_own_alone(people, project, contested):
    project.blind = True
    project.save()
    assert ledger(people, contested, "ben").groups == []
    assert ledger(people, contested, "ida").total == "1 origin, 1 document"


def test_one_query_however_long_the_ledger(people, contested, django_assert_num_queries):
    for number in range(8):
        add(people, contested, f"Copy {number}", claim=number % 2)
    with django_assert_num_queries(1):
        ledger(people, contested)
