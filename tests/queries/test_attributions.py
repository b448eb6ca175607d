"""Chains of sayings: any depth, through links that the text does not have, read from either end."""

import pytest

from annotations.queries.attributions import attributions_in, chain_of, chains_at
from annotations.services.agents import add_agent
from annotations.services.attributions import add_attribution


@pytest.fixture
def five(people, project, mark, contested):
    """Haniyeh was told by Khamenei; three officials say so; Reuters has it from them; an agency from Reuters; and a
    broadcaster, known from evidence alone and in no article, from the agency: the outlet has it from there."""

    def agent(name, kind="person"):
        return add_agent(by=people.ana, project=project, kind=kind, name=name)

    def said(**fields):
        return add_attribution(by=people.ana, **fields)

    content = mark("the visitor was told to stay silent", by=people.ana)
    article = content.article
    broadcaster = said(agent=agent("Radio One", "outlet"), basis="external", evidence=contested.evidence)
    agency = said(article=article, agent=agent("The Agency", "outlet"), parent=broadcaster)
    reuters = said(article=article, agent=contested.agents[0], parent=agency)
    officials = said(
        article=article, naming="unnamed", count=3, access="briefed", basis="external", evidence=contested.evidence,
        parent=reuters, agent=agent("Officials", "group"), recipient=agent("Ismail Haniyeh"),
    )  # fmt: skip
    innermost = said(content=content, naming="not_stated", agent=agent("Ali Khamenei"), parent=officials)
    return content, broadcaster, innermost


NAMES = ["The Wire", "Radio One", "The Agency", "Reuters", "Officials", "Ali Khamenei"]


def test_chain_of_five_goes_through_a_link_outside_every_article(people, five, django_assert_max_num_queries):
    content, broadcaster, innermost = five
    assert broadcaster.article is None
    with django_assert_max_num_queries(3):
        known = attributions_in([content.article_id], [], people.ida)
    chain = chain_of(innermost, known, "The Wire")
    assert [str(link.name) for link in chain] == NAMES
    assert [link.drawn for link in chain] == ["inside", "outside", "inside", "inside", "outside", "inside"]
    assert [list(map(str, link.short)) for link in reversed(chain)] == [
        ["not stated"], ["unnamed", "3 of them", "from evidence"], [], [], ["from evidence"], [],
    ]  # fmt: skip


def test_chains_are_found_from_the_words(people, five, mark):
    content, *_ = five
    silent = mark("Both sides")
    chains = chains_at([content.pk, silent.pk], people.ida)
    assert [str(link.name) for link in chains[content.pk]] == NAMES
    assert silent.pk not in chains


def test_words_of_nobody_cost_nothing(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert chains_at([], people.ida) == {}
