"""Agents that are one: joined with everything that names them, and separated again; agents that are two; grades."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from annotations.core.errors import Clash, IllegalMove, Invalid, Refused, Stale
from annotations.models import Agent, Claim, Event
from annotations.queries.agents import alike, alike_to, grades_of, joined_agent
from annotations.services import agents, disputes, sources
from annotations.services.agents import add_agent, join_agents, rate_agent, separate_agents, tell_apart
from annotations.services.attributions import add_attribution
from annotations.services.claims import add_claim
from annotations.services.disputes import StanceSaid
from annotations.services.projects import edit_project
from annotations.services.sources import add_source


@pytest.fixture
def person(people, project):
    """person(name, *aliases): an agent of ana's."""
    return lambda name, *aliases: add_agent(by=people.ana, project=project, kind="person", name=name, aliases=aliases)


@pytest.fixture
def graded(people, project):
    return edit_project(by=people.max, project=project, version=project.version, grades=True)


def spellings(agent):
    return [agent.name, *agent.aliases.order_by("id").values_list("name", flat=True)]


# -- joining ----------------------------------------------------------------------------------------------------------


def test_what_named_the_one_names_the_other_in_one_event(people, project, person, mark):
    baqeri, bagheri = person("Mohammad Baqeri", "باقری"), person("Mohammad Bagheri", "باقری", "M. Bagheri")
    said = add_attribution(by=people.ana, content=mark("Pure lies"), agent=bagheri, recipient=baqeri)
    source = sources.add_source(by=people.ana, project=project, kind="post", title="T", publisher=bagheri)
    claim = add_claim(by=people.ana, project=project, text="So.")
    Claim.objects.filter(pk=claim.pk).update(claimant=bagheri)
    before = Event.objects.count()
    join_agents(by=people.ana, agent=baqeri, version=1, other=bagheri)
    for row in (said, source, claim, bagheri):
        row.refresh_from_db()
    assert (said.agent, source.publisher, claim.claimant) == (baqeri, baqeri, baqeri)
    assert (said.version, source.version, baqeri.version) == (2, 2, 2)
    assert spellings(baqeri) == ["Mohammad Baqeri", "باقری", "Mohammad Bagheri", "M. Bagheri"]
    assert (bagheri.trashed, bagheri.joined_into) == (True, baqeri)
    assert joined_agent(bagheri) == baqeri
    assert Event.objects.count() == before + 1


def test_joining_is_taken_back_and_what_changed_since_stays(people, project, person):
    one, other = person("One", "Uno"), person("Other", "Otro")
    kept, changed = (
        sources.add_source(by=people.ana, project=project, kind="post", title=title, publisher=other) for title in "KC"
    )
    own = sources.add_source(by=people.ana, project=project, kind="post", title="O", publisher=one)
    join_agents(by=people.ana, agent=one, version=1, other=other)
    sources.edit_source(by=people.ana, source=changed, version=2, publisher=None)
    separate_agents(by=people.ana, agent=one, version=2, other=Agent.objects.get(pk=other.pk))
    for row in (kept, changed, own, other):
        row.refresh_from_db()
    assert (kept.publisher, changed.publisher, own.publisher) == (other, None, one)
    assert (other.trashed, other.joined_into) == (False, None)
    assert (spellings(one), spellings(other)) == (["One", "Uno"], ["Other", "Otro"])
    with pytest.raises(IllegalMove, match="not joined"):
        separate_agents(by=people.ana, agent=one, version=3, other=other)


def test_joined_agent_is_not_restored_alone(people, person):
    one, other = person("One"), person("Other")
    join_agents(by=people.ana, agent=one, version=1, other=other)
    with pytest.raises(IllegalMove, match="joined into “One”"):
        agents.restore_agent(by=people.ana, agent=other, version=2)


def test_stale_and_unequal_joinings_are_refused(people, person, other_project):
    one, other = person("One"), person("Other")
    with pytest.raises(Stale):
        join_agents(by=people.ana, agent=one, version=7, other=other)
    with pytest.raises(Invalid):
        join_agents(by=people.ana, agent=one, version=1, other=one)
    far = add_agent(by=people.stranger, project=other_project, kind="person", name="One")
    with pytest.raises(Invalid):
        join_agents(by=people.ana, agent=one, version=1, other=far)
    other.refresh_from_db()
    assert not other.trashed


def test_only_who_may_change_both_joins_them(people, project, person):
    mine = person("Mine")
    theirs = add_agent(by=people.ben, project=project, kind="person", name="Theirs")
    with pytest.raises(Refused):
        join_agents(by=people.ana, agent=mine, version=1, other=theirs)
    join_agents(by=people.ida, agent=mine, version=1, other=theirs)


def test_in_a_blind_project_adjudicators_join(people, project, person):
    one, other = person("One"), person("Other")
    edit_project(by=people.max, project=project, version=project.version, blind=True)
    one.project.refresh_from_db()
    with pytest.raises(Refused, match="blind"):
        join_agents(by=people.ana, agent=one, version=1, other=other)


def test_parties_that_stand_against_each_other_in_an_answered_dispute_are_two(people, project, contested):
    reuters, hamdan = contested.agents
    disputes.dismiss_dispute(
        by=people.ida, dispute=contested.dispute, version=contested.dispute.version, reason="None."
    )
    with pytest.raises(IllegalMove, match="Both are parties"):
        join_agents(by=people.ida, agent=reuters, version=1, other=hamdan)


def test_who_speaks_for_somebody_is_not_that_one(people, contested, person):
    body, speaker = person("Hamas"), person("A speaker")
    disputes.add_position(
        by=people.ana, dispute=contested.dispute, agent=speaker, on_behalf_of=body,
        stances={contested.claims[0].pk: StanceSaid("deny")},
    )  # fmt: skip
    with pytest.raises(IllegalMove, match="on behalf"):
        join_agents(by=people.ana, agent=body, version=1, other=speaker)


# -- suggesting -------------------------------------------------------------------------------------------------------


def test_spellings_are_suggested_with_the_reason_and_never_joined(project, person):
    baqeri, bagheri, persian = person("Baqeri"), person("Bagheri"), person("باقری")
    found = {frozenset((pair.agent, pair.other)): pair.match for pair in alike(project)}
    assert found[frozenset((baqeri, bagheri))].reason == "“Baqeri” and “Bagheri” sound alike."
    assert found[frozenset((baqeri, persian))].reason == "“Baqeri” and “باقری” sound alike, in two scripts."
    assert not Agent.objects.filter(trashed=True).exists()


def test_similar_names_of_two_people_come_with_their_difference(project, person):
    mahmoud, ali = person("Mahmoud Abbas"), person("Ali Mahmoud Abbas")
    (pair,) = alike(project)
    assert {pair.agent, pair.other} == {mahmoud, ali}
    assert not pair.match.is_same
    assert "has “Ali” beyond" in pair.match.reason


def test_who_was_told_apart_is_not_suggested_again(people, project, person):
    one, other = person("Qaani"), person("Ghaani")
    told = tell_apart(by=people.ana, agent=one, other=other, reason="Father and son.")
    assert alike(project) == alike_to(one) == []
    with pytest.raises(IllegalMove, match="Father and son"):
        join_agents(by=people.ana, agent=one, version=1, other=other)
    with pytest.raises(Clash):
        tell_apart(by=people.ben, agent=other, other=one)
    agents.trash_distinction(by=people.ana, distinction=told, version=1)
    assert len(alike(project)) == 1


def test_what_was_told_apart_stays_apart_from_what_it_is_joined_into(people, project, person):
    one, other, third = person("Qaani"), person("Ghaani"), person("Esmail Something")
    tell_apart(by=people.ana, agent=one, other=other)
    join_agents(by=people.ana, agent=third, version=1, other=other)
    assert alike(project) == []


@pytest.mark.parametrize("wrong", ["42", "q42", "Q042", "Q42 ", "Q4٢", "../Special:Random"])
def test_a_wikidata_id_is_one(people, project, wrong):
    """It is published as a link."""
    with pytest.raises(Invalid, match="Q and a number"):
        add_agent(by=people.ana, project=project, kind="person", name="Somebody", wikidata=wrong)


def test_wikidata_joins_other_names_and_parts_equal_ones(people, project):
    def add(name, wikidata):
        return add_agent(by=people.ana, project=project, kind="person", name=name, wikidata=wikidata)

    mazen, abbas, namesake = add("Abu Mazen", "Q127998"), add("Mahmoud Abbas", "Q127998"), add("Mahmoud Abbas", "Q1")
    (pair,) = alike(project)
    assert {pair.agent, pair.other} == {mazen, abbas}
    assert "Q127998" in pair.match.reason
    assert alike_to(namesake) == []


def test_beside_one_agent_stand_those_like_it(person):
    one, like, _ = person("Esmail Qaani"), person("X", "اسماعیل قاآنی"), person("Reuters")
    (pair,) = alike_to(one)
    assert (pair.agent, pair.other) == (one, like)


# -- grades -----------------------------------------------------------------------------------------------------------


def test_document_has_the_grade_of_its_day(people, graded, person):
    paper = person("The Paper")
    paper.project.refresh_from_db()
    for day, letter, topic in (("2023-01-01", "C", ""), ("2023-06-01", "A", ""), ("2023-06-01", "E", "casualties")):
        rate_agent(by=people.ana, agent=paper, reliability=letter, reason="So.", topic=topic,
                   rated_on=date.fromisoformat(day))  # fmt: skip
    sources = {
        day: add_source(
            by=people.ana, project=paper.project, kind="article", title="X", publisher=paper, published_on=day
        )
        for day in ("2022", "2023-03-05", "2023-05", "2023", "")
    }
    held = grades_of(paper.project, sources.values())
    letters = {day: [(one.topic, one.reliability) for one in held.get(row.pk, [])] for day, row in sources.items()}
    assert letters == {
        "2022": [],
        "2023-03-05": [("", "C")],
        "2023-05": [("", "C")],
        "2023": [("", "A"), ("casualties", "E")],
        "": [("", "A"), ("casualties", "E")],
    }


def test_grade_gives_its_reason_and_no_day_to_come(people, graded, person):
    paper = person("The Paper")
    paper.project.refresh_from_db()
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong in ({"reason": " "}, {"reliability": "G"}, {"rated_on": tomorrow}):
        with pytest.raises(Invalid):
            rate_agent(**({"by": people.ana, "agent": paper, "reliability": "A", "reason": "So."} | wrong))


def test_project_without_grades_grades_nobody(people, person):
    with pytest.raises(Refused, match="uses no grades"):
        rate_agent(by=people.ana, agent=person("The Paper"), reliability="A", reason="So.")
