"""What one would have to know to judge a claim, with the answers that were found; and the log of what was searched."""

from collections.abc import Mapping, Sequence
from typing import Any

from annotations.core.errors import IllegalMove
from annotations.core.sentences import say
from annotations.models import Answer, Claim, Person, Question, Search
from annotations.models.questions import ANSWER_TYPES
from annotations.policies.questions import may_add_question, may_add_search, may_edit_question, may_edit_search
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.trash import restore, trash
from annotations.services.write import writing

SEARCH_FIELDS = ("place", "query", "searched_on", "found")
ANSWERS_AT_MOST = 20
YES_NO = ("Yes", "No")
Answers = Sequence[Mapping[str, Any]]


def add_question(*, by: Person, claim: Claim, text: str, answers: Answers = ()) -> Question:
    """Ask what would have to be known, with the answers there are: `{type, text?, explanation?, evidence?}` each.

    Raises Refused, Invalid, IllegalMove for a trashed claim.
    """
    check_question(claim.project_id, claim, text, answers)
    with writing(by, claim.project_id) as change:
        change.allow(may_add_question(by, claim.project_id))
        refuse_trashed(claim)
        question = Question(project_id=claim.project_id, author=by, claim=claim, text=text)
        change.add(question, "question_added", answers=as_said(answers))
        write_answers(question, answers)
        return question


def edit_question(
    *, by: Person, question: Question, version: int, text: str | None = None, answers: Answers | None = None
) -> Question:
    """Change a question; `answers` replaces all of its answers. Raises Refused, Invalid, Stale."""
    text = question.text if text is None else text
    check_question(question.project_id, question.claim, text, answers or ())
    with writing(by, question.project_id) as change:
        change.allow(may_edit_question(by, question))
        change.check_version(question, version)
        was = stored_answers(question)
        will = was if answers is None else as_said(answers)
        children = {} if was == will else {"before": {"answers": was}, "after": {"answers": will}}
        change.edit(question, version, "question_edited", text=text, **children)
        if children:
            question.answers.all().delete()
            write_answers(question, answers or ())
        return question


def trash_question(*, by: Person, question: Question, version: int) -> Question:
    """Move a question to the trash, with its answers."""
    with writing(by, question.project_id) as change:
        change.allow(may_edit_question(by, question))
        return trash(change, question, version, "question_trashed")


def restore_question(*, by: Person, question: Question, version: int) -> Question:
    """Take a question out of the trash."""
    with writing(by, question.project_id) as change:
        change.allow(may_edit_question(by, question))
        return restore(change, question, version, "question_restored")


def check_question(project_id: Any, claim: Claim, text: Any, answers: Answers) -> None:
    checks = Checks()
    checks.text("text", text, required=True, longest=2_000)
    if len(answers) > ANSWERS_AT_MOST:
        checks.wrong("answers", say("At most {most} answers to one question.", most=ANSWERS_AT_MOST))
    for answer in answers:
        check_answer(checks, claim, answer)
    checks.done()
    same_project(project_id, answers=[answer["evidence"] for answer in answers if answer.get("evidence")])


def check_answer(checks: Checks, claim: Claim, answer: Mapping[str, Any]) -> None:
    """The shape of AVeriTeC: a boolean answer is Yes or No and explained; an unanswerable one has no words."""
    kind, words, why = answer.get("type"), answer.get("text", ""), answer.get("explanation", "")
    checks.word("answers", kind, ANSWER_TYPES)
    checks.text("answers", words)
    checks.text("answers", why)
    if kind == "boolean" and (words not in YES_NO or not str(why).strip()):
        checks.wrong("answers", "A boolean answer is Yes or No, with an explanation.")
    elif kind == "unanswerable" and str(words).strip():
        checks.wrong("answers", "An unanswerable question has no answer; say in the explanation where you looked.")
    elif kind in ("extractive", "abstractive") and not str(words).strip():
        checks.wrong("answers", "Write the answer, or choose “unanswerable”.")
    evidence = answer.get("evidence")
    if kind == "extractive" and evidence is None:
        checks.wrong("answers", "An extractive answer is read word for word from a piece of evidence: choose it.")
    if evidence is not None and evidence.claim_id != claim.pk:
        checks.wrong("answers", "An answer is read from evidence on this very claim.")


def as_said(answers: Answers) -> list[dict[str, Any]]:
    return [
        {
            "type": answer["type"],
            "text": answer.get("text", ""),
            "explanation": answer.get("explanation", ""),
            "evidence": str(answer["evidence"].pk) if answer.get("evidence") else None,
        }
        for answer in answers
    ]


def stored_answers(question: Question) -> list[dict[str, Any]]:
    return as_said(
        [
            {"type": row.type, "text": row.text, "explanation": row.explanation, "evidence": row.evidence}
            for row in question.answers.select_related("evidence").order_by("id")
        ]
    )


def write_answers(question: Question, answers: Answers) -> None:
    Answer.objects.bulk_create(
        Answer(
            project_id=question.project_id,
            question=question,
            type=answer["type"],
            text=answer.get("text", ""),
            explanation=answer.get("explanation", ""),
            evidence=answer.get("evidence"),
        )
        for answer in answers
    )


def refuse_trashed(claim: Claim) -> None:
    if claim.trashed:
        raise IllegalMove("This claim is in the trash; restore it first.")


# -- searches ---------------------------------------------------------------------------------------------------------


def add_search(*, by: Person, claim: Claim, place: str, query: str, **fields: Any) -> Search:
    """Log one search that was made for a claim, found or not. Raises Refused, Invalid, IllegalMove."""
    only_known(fields, SEARCH_FIELDS)
    fields |= {"place": place, "query": query}
    check_search(fields)
    with writing(by, claim.project_id) as change:
        change.allow(may_add_search(by, claim.project_id))
        refuse_trashed(claim)
        return change.add(Search(project_id=claim.project_id, author=by, claim=claim, **fields), "search_added")


def edit_search(*, by: Person, search: Search, version: int, **fields: Any) -> Search:
    """Change what was logged of a search. Raises Refused, Invalid, Stale."""
    only_known(fields, SEARCH_FIELDS)
    check_search(fields)
    with writing(by, search.project_id) as change:
        change.allow(may_edit_search(by, search))
        return change.edit(search, version, "search_edited", **fields)


def trash_search(*, by: Person, search: Search, version: int) -> Search:
    """Move a search to the trash."""
    with writing(by, search.project_id) as change:
        change.allow(may_edit_search(by, search))
        return trash(change, search, version, "search_trashed")


def restore_search(*, by: Person, search: Search, version: int) -> Search:
    """Take a search out of the trash."""
    with writing(by, search.project_id) as change:
        change.allow(may_edit_search(by, search))
        return restore(change, search, version, "search_restored")


def check_search(fields: Mapping[str, Any]) -> None:
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "place":
                checks.text(name, value, required=True, longest=200)
            case "query":
                checks.text(name, value, required=True, longest=2_000)
            case "searched_on":
                checks.date(name, value)
            case "found":
                checks.text(name, value)
    checks.done()
