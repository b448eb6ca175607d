"""The moves of claims and disputes, as the domain's table has them."""

import pytest

from annotations.core.errors import IllegalMove
from annotations.core.lifecycle import CLAIM_MOVES, ClaimState, moves_from, reached_by, why_not

TABLE = {
    "take": {"inbox": "in_work"},
    "park": {"inbox": "parked", "in_work": "parked"},
    "resume": {"parked": "inbox"},
    "reject": {"inbox": "closed", "in_work": "closed"},
    "reconsider": {"closed": "inbox"},
    "split": {"inbox": "inbox", "in_work": "in_work", "parked": "parked"},
    "merge": {"inbox": "closed", "in_work": "closed", "parked": "closed"},
    "propose_resolution": {"in_work": "in_review"},
    "send_back": {"in_review": "in_work"},
    "approve_resolution": {"in_review": "approved"},
    "dissent_from_resolution": {"in_review": "in_review"},
    "publish": {"approved": "published"},
    "correct": {"published": "in_work"},
    "retract": {"published": "closed"},
}


def test_every_move_is_in_the_table():
    assert set(CLAIM_MOVES) == set(TABLE)


@pytest.mark.parametrize("state", ClaimState)
@pytest.mark.parametrize("verb", TABLE)
def test_claim_moves_as_the_table_says_and_no_other_way(verb, state):
    if state in TABLE[verb]:
        assert reached_by("claim", verb, state) == TABLE[verb][state]
        assert verb in [move.verb for move in moves_from("claim", state)]
    else:
        assert why_not("claim", verb, state).startswith("This claim is ")
        with pytest.raises(IllegalMove):
            reached_by("claim", verb, state)
