"""The rows of a native file are named, and stand in the order that the contract gives. Ours stand between."""

from annotations.core.records import RECORD_KINDS, fields_of

CONTRACT = (
    "person project membership label scheme_version guideline_version article revision annotation anchor relation"
    " agent alias agent_distinction claim mention attribution quantity claim_relation triage_criterion triage_mark"
    " origin source saved_copy agent_rating evidence evidence_set question search verdict_scale assessment dispute"
    " position resolution approval dissent report report_edition correction comment_request comment round assignment"
    " event"
)


def test_the_kinds_stand_in_the_contracts_order():
    order = CONTRACT.split()
    assert set(RECORD_KINDS) <= set(order)
    assert list(RECORD_KINDS) == sorted(RECORD_KINDS, key=order.index)


def test_every_row_but_people_projects_and_events_carries_its_project():
    for kind in set(RECORD_KINDS) - {"person", "project"}:
        assert "project" in fields_of(kind), kind
    for kind in set(RECORD_KINDS) - {"event"}:
        assert "id" in fields_of(kind), kind


def test_a_person_is_an_id_and_a_name_and_nothing_else():
    assert fields_of("person") == {"id", "display_name"}


def test_fields_that_only_some_formats_ask_for_are_not_in_a_native_row():
    assert not {"prefix", "suffix", "revision_number"} & fields_of("annotation")
