"""Comments on the records of a project, and their threads."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.answers import models_by_kind
from annotations.api.named import with_records
from annotations.api.records import COMMENT, PROJECT
from annotations.api.serializers.comments import CommentBody, CommentEdit, CommentQuery
from annotations.core.errors import Invalid
from annotations.models import Comment, Person, Project
from annotations.models.comments import COMMENTED
from annotations.queries.lookups import as_uuid, related
from annotations.services import comments

COLUMNS = {"thread": "thread_id", "author": "author_id", "mentions": "mentions__person_id"}


@lists(COMMENT, find=PROJECT.find, query=CommentQuery)
def list_comments(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The comments of a project, or those on one record."""
    by = {column: query[name] for name, column in COLUMNS.items() if name in query}
    if "on" in query:
        kind, pk = kind_and_id(query["on"])
        by[f"{kind}_id"] = pk
    if "resolved" in query:
        by |= {"thread": None, "resolved_at__isnull": not query["resolved"]}
    return Comment.objects.visible_to(person).filter(project=project, trashed=query.get("trashed", False), **by)


@adds(COMMENT, CommentBody, find=PROJECT.find)
def add_comment(person: Person, project: Project, fields: dict[str, Any]) -> Comment:
    """Comment on a record, or answer in its thread."""
    kind, pk = kind_and_id(fields["on"])
    fields = with_records(fields, person, project, thread=Comment)
    on = related(models_by_kind()[kind], pk, person=person, project=project, field="on")
    return comments.add_comment(by=person, **{**fields, "on": on})


def kind_and_id(said: str) -> tuple[str, Any]:
    """`claim:<id>` in its two parts. Raises Invalid in words that repeat no id."""
    kind, _, pk = said.partition(":")
    found = as_uuid(pk)
    if kind not in COMMENTED or found is None:
        raise Invalid.field("on", f"One of {', '.join(COMMENTED)}, a colon and the id of the record.")
    return kind, found


@edits(COMMENT, CommentEdit)
def edit_comment(person: Person, comment: Comment, version: int, fields: dict[str, Any]) -> Comment:
    """Change one's own words."""
    fields.setdefault("text", comment.text)
    return comments.edit_comment(by=person, comment=comment, version=version, **fields)


@trashes(COMMENT)
def trash_comment(person: Person, comment: Comment, version: int) -> Comment:
    """Move a comment to the trash. Answers to it stay."""
    return comments.trash_comment(by=person, comment=comment, version=version)


@moves(COMMENT)
def restore_comment(person: Person, comment: Comment, version: int) -> Comment:
    """Take a comment out of the trash."""
    return comments.restore_comment(by=person, comment=comment, version=version)


@moves(COMMENT)
def resolve_comment(person: Person, comment: Comment, version: int) -> Comment:
    """Close a thread, by its first comment."""
    return comments.resolve_comment(by=person, comment=comment, version=version)


@moves(COMMENT)
def reopen_comment(person: Person, comment: Comment, version: int) -> Comment:
    """Open a thread again."""
    return comments.reopen_comment(by=person, comment=comment, version=version)
