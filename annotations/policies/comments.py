"""Who may comment, and who may change, close or make a rule of what somebody commented."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Comment, Person
from annotations.policies.roles import Decision, may_add, may_edit, needs, no


def may_add_comment(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "comments")


def may_edit_comment(person: Person, comment: Comment) -> Decision:
    """Nobody puts words into somebody else's mouth."""
    if comment.author_id != person.pk:
        return no("Only who wrote a comment can change its words.")
    return needs(person, comment.project_id, "annotator", say("Changing a comment"))


def may_trash_comment(person: Person, comment: Comment) -> Decision:
    return may_edit(person, comment, "a comment")


def may_resolve_comment(person: Person, comment: Comment) -> Decision:
    """Whoever may take part in a thread may close it, and open it again."""
    return needs(person, comment.project_id, "annotator", say("Closing a thread"))
