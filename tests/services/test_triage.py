"""Triage: criteria with weights, marks, and the priority that they come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.core.errors import Clash, IllegalMove, Invalid, Refused
from annotations.core.triage import priority_of
from annotations.models import Event, TriageCriterion, TriageMark
from annotations.services import claims, triage
from annotations.services.triage import Rating
from tests.conftest import make_people, make_project


@pytest.fixture
def claim(people, project):
    return claims.add_claim(by=people.ana, project=project, text="They met.")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_plain_priority_needs_no_setting_up(people, project, claim):
    mark = triage.add_triage_mark(by=people.ana, claim=claim, level="high", reason="It spreads.")
    assert (mark.criterion.key, fresh(claim).priority, fresh(claim).version) == ("priority", 3, 1)
    with pytest.raises(Clash, match="change that one"):
        triage.add_triage_mark(by=people.ida, claim=claim, level="low")


def test_five_of_fable_are_set_up_once(people, project):
    assert len(triage.take_preset(by=people.max, project=project)) == 5
    assert triage.take_preset(by=people.max, project=project) == []
    assert TriageCriterion.objects.filter(project=project).count() == 5


def test_another_weight_ranks_all_claims_anew_in_one_event(people, project, claim):
    harm = triage.add_criterion(by=people.max, project=project, name="Harm", weight=2)
    for level, one in (("high", claim), ("low", claims.add_claim(by=people.ana, project=project, text="Not."))):
        triage.add_triage_mark(by=people.ana, claim=one, criterion=harm, level=level)
    before = Event.objects.count()
    harm = triage.edit_criterion(by=people.max, criterion=harm, version=1, weight=5)
    assert Event.objects.count() == before + 1
    assert sorted(type(claim).objects.values_list("priority", flat=True)) == [5, 15]
    triage.trash_criterion(by=people.max, criterion=harm, version=2)
    assert fresh(claim).priority == 0
    triage.restore_criterion(by=people.max, criterion=fresh(harm), version=3)
    assert fresh(claim).priority == 15


def test_several_marks_at_once_change_only_what_differs(people, project, claim):
    harm, reach = (triage.add_criterion(by=people.max, project=project, name=name) for name in ("Harm", "Reach"))
    triage.rate_claim(by=people.ana, claim=claim, ratings={harm: Rating("high", "Why."), reach: Rating("low")})
    before = Event.objects.count()
    triage.rate_claim(by=people.ana, claim=claim, ratings={harm: Rating("high", "Why."), reach: Rating("")})
    assert Event.objects.count() == before + 1
    assert [mark.criterion for mark in TriageMark.objects.active()] == [harm]
    assert fresh(claim).priority == 3


def test_who_may_and_what_is_refused(people, project, claim):
    with pytest.raises(Refused):
        triage.add_criterion(by=people.ida, project=project, name="Harm")
    with pytest.raises(Refused):
        triage.add_triage_mark(by=people.vera, claim=claim, level="high")
    mark = triage.add_triage_mark(by=people.ana, claim=claim, level="high")
    with pytest.raises(Refused):
        triage.edit_triage_mark(by=people.ben, mark=mark, version=1, level="low")
    with pytest.raises(Invalid):
        triage.add_triage_mark(by=people.ana, claim=claim, level="urgent")
    with pytest.raises(Invalid, match="10"):
        triage.add_criterion(by=people.max, project=project, name="Harm", weight=11)
    claims.reject_claim(by=people.ida, claim=claim, version=1, reason="No.")
    triage.trash_triage_mark(by=people.ana, mark=mark, version=1)
    with pytest.raises(IllegalMove):
        triage.trash_triage_mark(by=people.ana, mark=fresh(mark), version=2)


LEVELS = st.sampled_from(["low", "medium", "high", ""])


class Priorities(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = people = make_people()
        project = make_project(people)
        cls.criteria = [triage.add_criterion(by=people.max, project=project, name=name, weight=1) for name in "ABC"]
        cls.claim = claims.add_claim(by=people.ana, project=project, text="They met.")

    @given(st.lists(st.tuples(st.sampled_from(["rate", "weigh", "trash"]), st.integers(0, 2), LEVELS), max_size=12))
    def test_priority_is_always_the_sum_of_the_marks(self, acts):
        people, criteria, claim = self.people, self.criteria, fresh(self.claim)
        for number, (act, which, level) in enumerate(acts):
            row = fresh(criteria[which])
            if act == "rate":
                triage.rate_claim(by=people.ana, claim=claim, ratings={row: Rating(level)})
            elif act == "weigh":
                triage.edit_criterion(by=people.max, criterion=row, version=row.version, weight=number % 11)
            else:
                turn = triage.restore_criterion if row.trashed else triage.trash_criterion
                turn(by=people.max, criterion=row, version=row.version)
        marks = TriageMark.objects.active().filter(claim=claim, criterion__trashed=False).select_related("criterion")
        assert fresh(claim).priority == priority_of([(mark.criterion.weight, mark.level) for mark in marks])
