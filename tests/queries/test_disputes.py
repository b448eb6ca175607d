"""The grid, the moves and the checklist of a dispute, as one person may see them."""

import pytest

from annotations.core.places import Place
from annotations.models import Dispute
from annotations.queries.disputes import checklist, grid_of, places_of, possible_changes, possible_moves
from annotations.services.agents import add_agent
from annotations.services.disputes import StanceSaid, add_position, dismiss_dispute, trash_position
from annotations.services.evidence import add_evidence, trash_evidence
from annotations.services.resolutions import VerdictSaid, propose_resolution


def fresh(contested):
    return Dispute.objects.select_related("project").get(pk=contested.dispute.pk)


def position(people, contested, agent, stance, **fields):
    stances = {contested.claims[0].pk: StanceSaid(stance)}
    return add_position(by=people.ida, dispute=contested.dispute, agent=agent, stances=stances, **fields)


def proposal(people, contested):
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,))}
    return propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=said, rationale="So.")


# -- the grid ---------------------------------------------------------------------------------------------------------


def test_grid_agrees_with_the_dispute_itself(people, contested):
    grid = grid_of(contested.dispute, people.vera)
    assert {row.claim.pk: row.place for row in grid.statements} == contested.dispute.places()
    assert [row.name for row in grid.statements] == ["S1", "S2"]
    assert [(place, len(rows)) for place, rows in grid.by_place] == [(Place.IN_DISPUTE, 1), (Place.NOT_STATED, 1)]


def test_parties_stand_in_the_order_in_which_they_first_spoke(people, project, contested):
    early = add_agent(by=people.ana, project=project, kind="body", name="Early")
    late = add_agent(by=people.ana, project=project, kind="body", name="Late")
    position(people, contested, late, "deny", stated_on="2026-02")
    position(people, contested, early, "affirm", stated_on="2026-01")
    names = [party.agent.name for party in grid_of(contested.dispute, people.vera).parties]
    assert names == ["Early", "Late", "Reuters", "Osama Hamdan"]


def test_later_position_supersedes_and_keeps_the_earlier(people, contested):
    position(people, contested, contested.agents[1], "qualify", stated_on="2026-03")
    grid = grid_of(contested.dispute, people.vera)
    cell = next(cell for cell in grid.statements[0].cells if cell.party.agent == contested.agents[1])
    assert cell.stance.stance == "qualify"
    assert [stance.stance for stance in cell.earlier] == ["deny"]
    assert cell.party.latest.stated_on == "2026-03"


def test_silence_never_takes_back_what_was_said(people, contested):
    position(people, contested, contested.agents[1], "declined", stated_on="2026-03")
    grid = grid_of(contested.dispute, people.vera)
    cell = next(cell for cell in grid.statements[0].cells if cell.party.agent == contested.agents[1])
    assert cell.stance.stance == "deny"
    assert grid.statements[0].place == Place.IN_DISPUTE


def test_trashed_position_is_in_no_column(people, contested):
    trash_position(by=people.ida, position=contested.positions[1], version=1)
    assert [party.agent.name for party in grid_of(contested.dispute, people.vera).parties] == ["Reuters"]


def test_blind_annotator_sees_their_own_positions_alone(people, project, contested):
    project.blind = True
    project.save()
    assert grid_of(contested.dispute, people.ana).parties == []
    assert len(grid_of(contested.dispute, people.ida).parties) == 2


def test_places_of_a_list_are_those_of_each(people, contested):
    found = places_of([contested.dispute], people.vera)
    assert found == {contested.dispute.pk: contested.dispute.places()}


def test_a_quote_in_the_trash_quotes_nobody(people, contested):
    met, quotes = contested.claims[1], []
    for agent in contested.agents:
        quoted = {"source": contested.source, "stance": "supports", "quote": f"We met, says {agent}."}
        quotes.append(add_evidence(by=people.ana, claim=met, **quoted))
        said = {met.pk: StanceSaid("affirm", evidence=(quotes[-1],))}
        add_position(by=people.ida, dispute=contested.dispute, agent=agent, stances=said)
    assert fresh(contested).places()[met.pk] == Place.AGREED
    trash_evidence(by=people.ana, evidence=quotes[0], version=1)
    assert fresh(contested).places()[met.pk] == Place.NOT_CONTESTED


def test_grid_takes_four_queries_however_many_parties(people, project, contested, django_assert_num_queries):
    for number in range(6):
        agent = add_agent(by=people.ana, project=project, kind="body", name=f"Body {number}")
        position(people, contested, agent, "deny")
    with django_assert_num_queries(4):
        grid_of(contested.dispute, people.ida)


# -- moves ------------------------------------------------------------------------------------------------------------


def allowed(contested, person, resolution=None):
    dispute = fresh(contested)
    moves = possible_moves(dispute, person, grid_of(dispute, person), resolution)
    return {verb for verb, move in moves.items() if move.possible}


def test_moves_of_an_open_dispute(people, contested):
    assert allowed(contested, people.ida) == {"propose_resolution", "dismiss"}
    assert allowed(contested, people.ana) == set()


def test_moves_in_review_differ_for_the_proposer(people, contested):
    resolution = proposal(people, contested)
    assert allowed(contested, people.ida, resolution) == {"propose_resolution", "send_back"}
    decides = {"propose_resolution", "send_back", "approve_resolution", "dissent_from_resolution"}
    assert allowed(contested, people.jo, resolution) == decides


def test_moves_of_a_closed_dispute(people, contested):
    dismiss_dispute(by=people.ida, dispute=contested.dispute, version=1, reason="No.")
    assert allowed(contested, people.jo) == {"reopen"}


def test_every_move_that_is_not_possible_has_its_reason(people, contested):
    resolution = proposal(people, contested)
    dispute = fresh(contested)
    for person in (people.vera, people.ana, people.ida, people.jo):
        for move in possible_moves(dispute, person, grid_of(dispute, person), resolution).values():
            assert bool(move.possible) != bool(move.possible.reason)


@pytest.mark.parametrize(("name", "may"), [("vera", False), ("ana", True), ("ida", True)])
def test_changes_follow_role_and_state(people, contested, name, may):
    person = getattr(people, name)
    assert bool(possible_changes(contested.dispute, person)["add_position"]) is may
    dismiss_dispute(by=people.ida, dispute=contested.dispute, version=1, reason="No.")
    closed = possible_changes(fresh(contested), person)
    assert not closed["add_position"]
    assert not closed["edit_dispute"]


# -- the checklist ----------------------------------------------------------------------------------------------------


def test_checklist_of_a_dispute_that_is_ready_to_propose(people, contested):
    dispute = fresh(contested)
    checks = checklist(dispute, grid_of(dispute, people.ida), None, ["S2"])
    assert [check.done for check in checks] == [True, True, True, False, False]


def test_checklist_names_the_statements_without_evidence(people, contested):
    dispute = fresh(contested)
    checks = checklist(dispute, grid_of(dispute, people.ida), None, ["S1", "S2"])
    assert checks[2] == (False, "Evidence on every statement in dispute: none yet on S1")


def test_closed_dispute_has_no_checklist(people, contested):
    dismiss_dispute(by=people.ida, dispute=contested.dispute, version=1, reason="No.")
    dispute = fresh(contested)
    assert checklist(dispute, grid_of(dispute, people.ida), None, []) == []
