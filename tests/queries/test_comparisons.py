"""Related claims are found by their words, whoever wrote them and in whatever letters, and only among what one sees."""

import pytest

from annotations.models import ClaimWord, Project
from annotations.queries.comparisons import related_claims
from annotations.services.claims import add_claim, edit_claim, trash_claim

pytestmark = pytest.mark.django_db

TOLD = "Khamenei told Haniyeh in Tehran that Iran would not enter the war."
DENIED = "Hamas denied that Khamenei told Haniyeh that Iran would not enter the war."


@pytest.fixture
def claims(people, project):
    texts = (TOLD, DENIED, "The Rafah crossing opened on 21 October 2023.", "General Bagheri inspected the base.")
    return [add_claim(by=people.ana, project=project, text=text) for text in texts]


def test_the_nearest_claim_is_found_with_the_reason(people, project, claims):
    found = related_claims("Haniyeh was told by Khamenei that Iran would enter the war", project, people.vera)
    assert [one.claim for one in found][:2] == claims[:2] or {one.claim for one in found} == set(claims[:2])
    assert all(one.reason for one in found)


def test_a_claim_is_compared_with_the_others_and_not_with_itself(people, project, claims):
    found = related_claims(TOLD, project, people.ana, claim=claims[0])
    assert [(one.claim, one.suggestion.type) for one in found] == [(claims[1], "disputes")]


def test_names_are_found_in_other_spellings_and_scripts(people, project, claims):
    assert related_claims("Baqeri was at the base", project, people.ana)[0].claim == claims[3]
    persian = add_claim(by=people.ana, project=project, text="باقری از پایگاه بازدید کرد")
    found = [one.claim for one in related_claims("Bagheri inspected the base.", project, people.ana)]
    assert found[0] == claims[3]
    assert persian.words.exists()


def test_an_edited_text_is_found_by_its_new_words(people, project, claims):
    edit_claim(by=people.ana, claim=claims[2], version=1, text="The Erez checkpoint was destroyed.")
    assert related_claims("Erez checkpoint", project, people.ana)[0].claim == claims[2]
    assert related_claims("Rafah crossing", project, people.ana) == []


def test_the_trash_and_other_projects_are_not_searched(people, project, other_project, claims):
    trash_claim(by=people.ana, claim=claims[2], version=1)
    add_claim(by=people.stranger, project=other_project, text="The Rafah crossing opened on 21 October 2023.")
    assert related_claims("The Rafah crossing opened", project, people.ana) == []


def test_a_blind_project_shows_an_annotator_their_own_claims_only(people, project, claims):
    Project.objects.filter(pk=project.pk).update(blind=True)
    project.refresh_from_db()
    assert related_claims(TOLD, project, people.ben) == []
    assert related_claims(TOLD, project, people.ana)


def test_words_that_find_nothing_find_nothing(people, project, claims):
    assert related_claims("", project, people.ana) == related_claims("the of and", project, people.ana) == []


def test_the_search_costs_five_statements(people, project, claims, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        related_claims(TOLD, project, people.ana)


def test_a_word_is_kept_once_a_claim(people, project):
    claim = add_claim(by=people.ana, project=project, text="Rafah, Rafah and RAFAH.")
    assert ClaimWord.objects.filter(claim=claim).count() == 2  # the word, and the name that it may be
