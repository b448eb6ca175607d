"""The ledger: grouped and counted by origin, bare assertions apart, the untraced last."""

from annotations.queries.evidence import ledger_of, stretch_of
from annotations.services.evidence import add_evidence, add_evidence_set, trash_evidence
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


# -- a stretch of it --------------------------------------------------------------------------------------------------


def pieces(groups):
    return [(group.origin, row.source, piece) for group in groups for row in group.rows for piece in row.passages]


def much(people, contested):
    """Evidence on one claim of every sort: two origins, untraced, a set, bare assertions, two passages of a source."""
    claim, other = contested.claims[0], add_origin(by=people.ana, project=contested.dispute.project, label="Another")
    together = [add(people, contested, f"From another {number}", origin=other) for number in range(2)]
    add_evidence_set(by=people.ana, claim=claim, members=together, stance="refutes")
    for stance in ("refutes", "supports"):
        add(people, contested, f"Only says: {stance}", stance=stance, ground="bare_assertion")
    again = add(people, contested, "Untraced", stance="mentions").source
    add_evidence(by=people.ana, claim=claim, source=again, stance="qualifies", ground="document")
    return claim


def test_a_stretch_counts_and_orders_as_the_whole_ledger(people, contested, django_assert_num_queries):
    claim = much(people, contested)
    whole = ledger_of([claim.pk], people.vera)
    with django_assert_num_queries(3):
        all_of_it = stretch_of(claim, people.vera, 0)
    assert pieces(all_of_it.groups) == pieces(whole.groups)
    assert (all_of_it.total, all_of_it.counted) == (whole.total, whole.counted[claim.pk])
    first, rest = stretch_of(claim, people.vera, 0, 3), stretch_of(claim, people.vera, 3)
    assert pieces(first.groups) + pieces(rest.groups) == pieces(whole.groups)
    assert first.total == rest.total == whole.total
    assert first.in_all == 7


def test_a_stretch_of_nothing_is_empty(people, contested):
    found = stretch_of(contested.claims[1], people.vera, 0)
    assert (found.groups, found.total, found.counted, found.in_all) == ([], "no evidence", [], 0)
