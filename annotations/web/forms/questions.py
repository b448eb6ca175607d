"""The forms of questions with their answers, and of searches."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.core.dates import date_in_words
from annotations.models import Answer, Search
from annotations.models.questions import ANSWER_TYPES
from annotations.web.fields import Choice, Choices, Line, Text, WriteForm, blank_first


class QuestionForm(WriteForm):
    called = "question"

    text = Line(_("Question"), required=True, max_length=2000)


class AnswerForm(WriteForm):
    """One answer; without a kind it is no answer. Its prefix is its place among the others."""

    called = "answer"

    type = Choice(_("Kind"), blank_first(ANSWER_TYPES, _("no answer")))
    text = Text(_("Answer"), rows=1, help_text=_("A boolean answer is Yes or No."))
    explanation = Text(_("Explanation"), rows=1)
    evidence = Choice(_("Read from"), ())

    def __init__(self, *args: Any, number: int, evidence: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"answer{number}", **kwargs)
        self.fields["evidence"].choices = blank_first(evidence, _("no piece of evidence"))  # type: ignore[attr-defined]


class SearchForm(WriteForm):
    called = "search"

    place = Line(_("Where"), required=True, max_length=200, help_text=_("An archive, a register, a search engine."))
    query = Text(_("For what"), required=True, rows=1)
    searched_on = Line(_("When"), max_length=10, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD"))
    found = Text(_("Found"), rows=1, help_text=_("Empty: nothing."))


def initial_answer(answer: Answer) -> dict[str, Any]:
    columns = ("type", "text", "explanation")
    return {name: getattr(answer, name) for name in columns} | {"evidence": str(answer.evidence_id or "")}


def initial_search(search: Search) -> dict[str, Any]:
    return {name: getattr(search, name) for name in ("place", "query", "searched_on", "found")}


def as_search_log(searches: Iterable[Search]) -> str:
    """The searches as the search log of a proposal: a line each."""
    return "\n".join(
        f"{search.place}{f' ({date_in_words(search.searched_on)})' if search.searched_on else ''}: {search.query}"
        f" – {search.found or gettext('nothing found')}"
        for search in searches
    )
