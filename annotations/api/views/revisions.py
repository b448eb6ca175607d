"""Revisions of an article, and the anchors that carry its annotations from one to the next."""

from typing import Any

from annotations.api.actions import adds, lists, moves
from annotations.api.records import ADDED_REVISION, ANCHOR, ARTICLE, REVISION
from annotations.api.serializers.revisions import UNDECIDED, AnchorQuery, RemarkBody, RevisionBody
from annotations.models import Anchor, Article, Person, Revision
from annotations.queries.revisions import anchors_in
from annotations.services import revisions


@lists(REVISION, find=ARTICLE.find)
def list_revisions(person: Person, article: Article, query: dict[str, Any]) -> Any:
    """The revisions of an article, without their texts."""
    return Revision.objects.filter(article=article)


@adds(ADDED_REVISION, RevisionBody, find=ARTICLE.find)
def add_revision(person: Person, article: Article, fields: dict[str, Any]) -> Revision:
    """Store a corrected text. Annotations whose place is sure come along at once, the others wait for a person."""
    return revisions.add_revision(by=person, article=article, **fields)


@lists(ANCHOR, find=ARTICLE.find, query=AnchorQuery)
def list_anchors(person: Person, article: Article, query: dict[str, Any]) -> Any:
    """The anchors of an article, one for each annotation and later revision."""
    rows: Any = anchors_in(article, person)
    by = {"state": query["state"]} if "state" in query else {}
    if "decision" in query:
        by["decision"] = "" if query["decision"] == UNDECIDED else query["decision"]
    return (rows.undecided() if "waiting" in query else rows).filter(**by)


@moves(ANCHOR)
def accept_anchor(person: Person, anchor: Anchor, version: int) -> Anchor:
    """Take the place that was found."""
    return revisions.accept_anchor(by=person, anchor=anchor, version=version)


@moves(ANCHOR, RemarkBody)
def remark_anchor(person: Person, anchor: Anchor, version: int, fields: dict[str, Any]) -> Anchor:
    """Mark anew where the annotation stands."""
    return revisions.remark_anchor(by=person, anchor=anchor, version=version, **fields)


@moves(ANCHOR)
def drop_anchor(person: Person, anchor: Anchor, version: int) -> Anchor:
    """Let the annotation go: it moves to the trash."""
    return revisions.drop_anchor(by=person, anchor=anchor, version=version)


@moves(ANCHOR)
def reopen_anchor(person: Person, anchor: Anchor, version: int) -> Anchor:
    """Take a decision back."""
    return revisions.reopen_anchor(by=person, anchor=anchor, version=version)
