"""A part of a page's marks is the same as that part of all of them, numbers too."""

import random

import pytest

from annotations.models import Annotation
from annotations.policies.annotations import may_add_annotation
from annotations.services.articles import add_article
from annotations.services.projects import edit_project
from annotations.web.marks import NEAREST, gutters_at, marks_around, marks_on, visible_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_article(people, project, labels):
    text = "\n\n".join("word " * 60 for _ in range(40))
    return add_article(by=people.max, project=project, title="Long", text=text)


def strewn(people, article, label, count, seed=7):
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        start = chance.randrange(len(article.revision.text) - 30)
        end = start + chance.randrange(1, 30)
        rows.append(
            Annotation(
                project=article.project, article=article, revision=article.revision, label=label,
                author=chance.choice([people.ana, people.ben]), segments=[[start, end]], start=start, end=end,
                quote=article.revision.text[start:end], trashed=chance.random() < 0.1,
            )
        )  # fmt: skip
    Annotation.objects.bulk_create(rows)
    return chance


@pytest.mark.parametrize("blind", [False, True])
def test_marks_around_a_place_are_those_of_the_whole_page(people, project, labels, long_article, blind):
    if blind:
        edit_project(by=people.max, project=project, version=project.version, blind=True)
    chance = strewn(people, long_article, labels["claim"], 300)
    revision, text = long_article.revision, long_article.revision.text
    everything = marks_on(long_article, revision, people.ana)
    for _ in range(12):
        places = sorted(chance.randrange(len(text)) for _ in range(chance.randrange(1, 4)))
        some = marks_around(long_article, revision, people.ana, places)
        assert all(mark in everything for mark in some)
        assert gutters_at(text, some, places) == gutters_at(text, everything, places)
        before = [mark for mark in everything if mark["segments"][0][0] < places[0]][-NEAREST:]
        behind = [mark for mark in everything if mark["segments"][0][0] > places[0]][:NEAREST]
        assert all(mark in some for mark in [*before, *behind])


def test_far_ones_are_there_when_named(people, labels, long_article):
    strewn(people, long_article, labels["claim"], 300)
    everything = marks_on(long_article, long_article.revision, people.ana)
    last = everything[-1]
    assert last not in marks_around(long_article, long_article.revision, people.ana, [0])
    assert last in marks_around(long_article, long_article.revision, people.ana, [0], [last["id"]])


def test_statements_do_not_grow_with_the_page(people, project, labels, long_article, django_assert_num_queries):
    strewn(people, long_article, labels["claim"], 300)
    people.ana.remembered_ranks = {}  # as in a request, where a policy was asked before
    may_add_annotation(people.ana, project.pk)
    with django_assert_num_queries(4):
        marks_around(long_article, long_article.revision, people.ana, [5, 900, 4000])


@pytest.mark.parametrize("blind", [False, True])
def test_the_short_way_to_see_all_shows_nobody_more(people, project, labels, long_article, blind):
    edit_project(by=people.max, project=project, version=project.version, blind=blind)
    long_article.project.refresh_from_db()
    strewn(people, long_article, labels["claim"], 30)
    for person in vars(people).values():
        asked = Annotation.objects.visible_to(person).filter(article=long_article)
        assert set(visible_on(long_article, person)) == set(asked), person
