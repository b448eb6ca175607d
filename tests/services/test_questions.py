"""Questions in AVeriTeC's shape, and the log of searches."""

import pytest

from annotations.core.errors import Invalid
from annotations.models import Question, Search
from annotations.queries.questions import question_rows, search_rows
from annotations.services.questions import add_question, add_search, edit_question, edit_search

pytestmark = pytest.mark.django_db


def test_answers_keep_their_shape(people, contested):
    claim = contested.claims[0]
    answers = [
        {"type": "extractive", "text": "was told to stay silent", "evidence": contested.evidence},
        {"type": "boolean", "text": "Yes", "explanation": "Reuters says so."},
        {"type": "unanswerable", "explanation": "No minutes are public."},
    ]
    question = add_question(by=people.ana, claim=claim, text="Was he told?", answers=answers)
    (row,) = question_rows(Question.objects.all())
    assert [answer["type"] for answer in row["answers"]] == ["extractive", "boolean", "unanswerable"]
    assert row["answers"][0]["evidence"] == str(contested.evidence.pk)
    edit_question(by=people.ana, question=question, version=1, text="Was he told so?")
    assert question.answers.count() == 3
    edit_question(by=people.ana, question=question, version=2, answers=answers[2:])
    assert (question.answers.count(), question.version) == (1, 3)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"type": "boolean", "text": "Maybe", "explanation": "So."}, "Yes or No"),
        ({"type": "boolean", "text": "Yes"}, "with an explanation"),
        ({"type": "abstractive"}, "Write the answer"),
        ({"type": "extractive", "text": "words"}, "word for word"),
        ({"type": "unanswerable", "text": "words"}, "has no answer"),
        ({"type": "guess", "text": "words"}, "One of"),
    ],
)
def test_another_shape_is_refused(people, contested, answer, why):
    with pytest.raises(Invalid, match=why):
        add_question(by=people.ana, claim=contested.claims[0], text="Was he told?", answers=[answer])


def test_an_answer_is_read_from_evidence_on_that_claim(people, contested):
    answer = {"type": "abstractive", "text": "Yes, in May.", "evidence": contested.evidence}
    with pytest.raises(Invalid, match="this very claim"):
        add_question(by=people.ana, claim=contested.claims[1], text="When?", answers=[answer])


def test_a_search_says_where_for_what_and_when(people, contested):
    search = add_search(by=people.ana, claim=contested.claims[0], place="The archive", query="minutes of the meeting")
    edit_search(by=people.ana, search=search, version=1, searched_on="2024-05", found="Nothing public.")
    (row,) = search_rows(Search.objects.all())
    assert (row["place"], row["searched_on"], row["found"]) == ("The archive", "2024-05", "Nothing public.")
    with pytest.raises(Invalid):
        edit_search(by=people.ana, search=search, version=2, place=" ")
