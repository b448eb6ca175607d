"""Comments: threads on spans, claims, evidence, positions, resolutions, sources and disputes, and whom they call."""

from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Lower
from django.utils import timezone

from annotations.core.errors import IllegalMove, Invalid
from annotations.core.mentions import names_called
from annotations.core.sentences import NOUN, say, word
from annotations.models import Comment, CommentMention, Person
from annotations.models.comments import COMMENTED
from annotations.policies.comments import may_add_comment, may_edit_comment, may_resolve_comment, may_trash_comment
from annotations.policies.roles import Decision
from annotations.services.fields import Checks, same_project
from annotations.services.trash import restore, trash
from annotations.services.write import writing

LONGEST_COMMENT = 10_000


def add_comment(*, by: Person, on: Any, text: str, thread: Comment | None = None) -> Comment:
    """Comment on a record; `thread` is the comment that this one answers. `@name` calls a member of the project.

    Raises Refused, Invalid, IllegalMove for a record in the trash or a thread that is resolved.
    """
    kind = type(on).record_kind()
    if kind not in COMMENTED:
        raise Invalid.field("on", say("Nobody comments on a {noun}.", noun=word(kind.replace("_", " "), NOUN)))
    check_text(text)
    first = first_of(on, thread)
    with writing(by, on.project_id) as change:
        change.allow(may_add_comment(by, on.project_id))
        refuse_in_trash(on, first)
        comment = Comment(project_id=on.project_id, author=by, text=text, thread=first, **{kind: on})
        called = people_called(comment)
        change.add(comment, "comment_added", mentions=[person.pk for person in called])
        call(comment, called)
        return comment


def first_of(on: Any, thread: Comment | None) -> Comment | None:
    """The comment with which a thread begins. Raises Invalid for one that is about another record."""
    if thread is None:
        return None
    same_project(on.project_id, thread=thread)
    first: Comment = thread.thread or thread
    if getattr(first, f"{type(on).record_kind()}_id") != on.pk:
        raise Invalid.field("thread", "This thread is about another record.")
    return first


def refuse_in_trash(on: Any, first: Comment | None) -> None:
    if getattr(on, "trashed", False):
        raise IllegalMove("This is in the trash; restore it before commenting on it.")
    if first is not None and first.trashed:
        raise IllegalMove("This thread is in the trash.")
    if first is not None and first.resolved_at:
        raise IllegalMove("This thread is resolved; reopen it to go on.")


def edit_comment(*, by: Person, comment: Comment, version: int, text: str) -> Comment:
    """Change one's own words. Whoever they call anew is told. Raises Refused, Invalid, Stale."""
    check_text(text)
    with writing(by, comment.project_id) as change:
        change.allow(may_edit_comment(by, comment))
        if comment.trashed:
            raise IllegalMove("This comment is in the trash.")
        change.edit(comment, version, "comment_edited", text=text)
        called = people_called(comment)
        comment.mentions.exclude(person__in=called).delete()
        known = set(comment.mentions.values_list("person_id", flat=True))
        call(comment, [person for person in called if person.pk not in known])
        return comment


def trash_comment(*, by: Person, comment: Comment, version: int) -> Comment:
    """Move a comment to the trash; answers to it stay. Raises Refused, Stale, IllegalMove."""
    with writing(by, comment.project_id) as change:
        change.allow(may_trash_comment(by, comment))
        return trash(change, comment, version, "comment_trashed")


def restore_comment(*, by: Person, comment: Comment, version: int) -> Comment:
    """Take a comment out of the trash. Raises Refused, Stale, IllegalMove."""
    with writing(by, comment.project_id) as change:
        change.allow(may_trash_comment(by, comment))
        return restore(change, comment, version, "comment_restored")


# -- threads ----------------------------------------------------------------------------------------------------------


def resolve_comment(*, by: Person, comment: Comment, version: int) -> Comment:
    """Close a thread. Raises Refused, Stale, IllegalMove for an answer, or one that is resolved."""
    with writing(by, comment.project_id) as change:
        allow_on_thread(change.allow, by, comment)
        if comment.resolved_at:
            raise IllegalMove("This thread is resolved already.")
        return change.edit(comment, version, "comment_resolved", resolved_at=timezone.now(), resolved_by=by)


def reopen_comment(*, by: Person, comment: Comment, version: int) -> Comment:
    """Open a thread again. Raises Refused, Stale, IllegalMove for one that is open."""
    with writing(by, comment.project_id) as change:
        allow_on_thread(change.allow, by, comment)
        if not comment.resolved_at:
            raise IllegalMove("This thread is open already.")
        return change.edit(comment, version, "comment_reopened", resolved_at=None, resolved_by=None)


def allow_on_thread(allow: Any, by: Person, comment: Comment) -> None:
    decision: Decision = may_resolve_comment(by, comment)
    allow(decision)
    if comment.thread_id:
        raise IllegalMove("A thread is resolved and opened again as a whole, by its first comment.")
    if comment.trashed:
        raise IllegalMove("This thread is in the trash.")


# -- mentions ---------------------------------------------------------------------------------------------------------


def people_called(comment: Comment) -> list[Person]:
    """The members whom the words call, but for the author. One query, and none where nobody is called."""
    names = names_called(comment.text)
    if not names:
        return []
    rows = Person.objects.annotate(name_in_lower_case=Lower("username")).filter(
        name_in_lower_case__in=names,
        is_active=True,
        memberships__project_id=comment.project_id,
        memberships__trashed=False,
    )
    found = {person.username.lower(): person for person in rows.exclude(pk=comment.author_id)}
    return list(dict.fromkeys(found[name] for name in names if name in found))


def call(comment: Comment, people: Iterable[Person]) -> None:
    CommentMention.objects.bulk_create(
        CommentMention(project_id=comment.project_id, comment=comment, person=person) for person in people
    )


def see_mentions(*, by: Person, comment: Comment | None = None) -> int:
    """Note that a person has read where they are called, in one comment or in all; how many were new to them.

    What somebody has read is no record of the project: it writes no event.
    """
    rows = CommentMention.objects.filter(person=by, seen_at=None)
    if comment is not None:
        rows = rows.filter(comment=comment)
    return rows.update(seen_at=timezone.now())


def check_text(text: Any) -> None:
    checks = Checks()
    checks.text("text", text, required=True, longest=LONGEST_COMMENT)
    checks.done()
