"""Questions with their answers, and the log of searches."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import picked, rows_by_id
from annotations.api.records import CLAIM, QUESTION, SEARCH
from annotations.api.serializers.questions import QuestionBody, SearchBody
from annotations.models import Claim, Evidence, Person, Project, Question, Search
from annotations.services import questions


@lists(QUESTION, find=CLAIM.find, query=TrashQuery)
def list_questions(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """The questions on a claim, with their answers."""
    return Question.objects.visible_to(person).filter(claim=claim, trashed=query.get("trashed", False))


@adds(QUESTION, QuestionBody, find=CLAIM.find)
def add_question(person: Person, claim: Claim, fields: dict[str, Any]) -> Question:
    """Ask what would have to be known, with the answers there are."""
    return questions.add_question(by=person, claim=claim, **found(fields, person, claim.project))


@edits(QUESTION, QuestionBody)
def edit_question(person: Person, question: Question, version: int, fields: dict[str, Any]) -> Question:
    """Change a question, or replace its answers."""
    fields = found(fields, person, question.project)
    return questions.edit_question(by=person, question=question, version=version, **fields)


def found(fields: dict[str, Any], person: Person, project: Project) -> dict[str, Any]:
    """The fields with rows for the evidence that answers name."""
    if "answers" not in fields:
        return fields
    named = [{"evidence": [answer["evidence"]]} for answer in fields["answers"] if answer.get("evidence")]
    rows = rows_by_id(Evidence, named, "evidence", person=person, project=project, field="answers")
    answers = [
        {**answer, "evidence": picked(rows, [answer["evidence"]])[0] if answer.get("evidence") else None}
        for answer in fields["answers"]
    ]
    return {**fields, "answers": answers}


@trashes(QUESTION)
def trash_question(person: Person, question: Question, version: int) -> Question:
    """Move a question to the trash, with its answers."""
    return questions.trash_question(by=person, question=question, version=version)


@moves(QUESTION)
def restore_question(person: Person, question: Question, version: int) -> Question:
    """Take a question out of the trash."""
    return questions.restore_question(by=person, question=question, version=version)


# -- searches ---------------------------------------------------------------------------------------------------------


@lists(SEARCH, find=CLAIM.find, query=TrashQuery)
def list_searches(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """The searches that were logged for a claim."""
    return Search.objects.visible_to(person).filter(claim=claim, trashed=query.get("trashed", False))


@adds(SEARCH, SearchBody, find=CLAIM.find)
def add_search(person: Person, claim: Claim, fields: dict[str, Any]) -> Search:
    """Log one search, found or not."""
    return questions.add_search(by=person, claim=claim, **fields)


@edits(SEARCH, SearchBody)
def edit_search(person: Person, search: Search, version: int, fields: dict[str, Any]) -> Search:
    """Change what was logged of a search."""
    return questions.edit_search(by=person, search=search, version=version, **fields)


@trashes(SEARCH)
def trash_search(person: Person, search: Search, version: int) -> Search:
    """Move a search to the trash."""
    return questions.trash_search(by=person, search=search, version=version)


@moves(SEARCH)
def restore_search(person: Person, search: Search, version: int) -> Search:
    """Take a search out of the trash."""
    return questions.restore_search(by=person, search=search, version=version)
