"""Who may ask what would have to be known, answer it, and log what was searched for."""

from typing import Any

from annotations.models import Person, Question, Search
from annotations.policies.roles import Decision, may_add, may_edit


def may_add_question(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "questions")


def may_edit_question(person: Person, question: Question) -> Decision:
    return may_edit(person, question, "a question")


def may_add_search(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "searches")


def may_edit_search(person: Person, search: Search) -> Decision:
    return may_edit(person, search, "a search")
