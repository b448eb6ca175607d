"""Who may ask for suggestions, and decide on them. A decision is work of one's own, as any annotation is."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Person, Suggestion
from annotations.policies.roles import Decision, needs


def may_suggest(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "annotator", say("Asking for suggestions"))


def may_decide_suggestion(person: Person, suggestion: Suggestion) -> Decision:
    return needs(person, suggestion.project_id, "annotator", say("Accepting or rejecting a suggestion"))


def may_reopen_suggestion(person: Person, suggestion: Suggestion) -> Decision:
    """Who decided takes it back; adjudicators take back anybody's decision."""
    if suggestion.decided_by_id in (None, person.pk):
        return needs(person, suggestion.project_id, "annotator", say("Taking a decision on a suggestion back"))
    doing = say("Taking back a decision on a suggestion that someone else made")
    return needs(person, suggestion.project_id, "adjudicator", doing)
