"""Articles: a text comes in once, exactly, as its first revision; what is known about it can change."""

from datetime import datetime
from typing import Any

from annotations.core.errors import Clash, IllegalMove, Invalid
from annotations.core.sentences import say
from annotations.core.text import check_storable, sha256_of
from annotations.models import Article, Person, Project, Revision, StanceCitation
from annotations.models.articles import BASES
from annotations.policies.articles import may_add_article, may_edit_article
from annotations.services.fields import NAME_LENGTH, Checks, only_known
from annotations.services.trash import restore, trash
from annotations.services.write import writing

LONGEST_TEXT = 6_000_000  # code points; the browser and the form limits are set for five million
ABOUT = ("title", "outlet", "url", "byline", "published_on", "published_basis", "language", "note", "external_id")


def add_article(
    *,
    by: Person,
    project: Project,
    title: str,
    text: str,
    retrieved_at: datetime | None = None,
    **about: Any,
) -> Article:
    """Bring in an article. The text is stored code point for code point; `article.revision` is its first revision.

    Raises Refused, Invalid (U+0000 and lone surrogates by their place), Clash for an external id that is here already.
    """
    only_known(about, ABOUT)
    about["title"] = title
    check_about(about)
    check_text(text)
    with writing(by, project.pk) as change:
        change.allow(may_add_article(by, project.pk))
        free_external_id(project.pk, about.get("external_id", ""), None)
        article = change.add(Article(project=project, author=by, **about), "article_added")
        revision = Revision(
            project=project,
            author=by,
            article=article,
            number=1,
            text=text,
            sha256=sha256_of(text),
            code_points=len(text),
            retrieved_at=retrieved_at,
        )
        article.revision = change.add(revision, "revision_added")
        return article


def edit_article(*, by: Person, article: Article, version: int, **about: Any) -> Article:
    """Change what is known about an article, never its text. Raises Refused, Invalid, Clash, Stale."""
    only_known(about, ABOUT)
    check_about(about)
    with writing(by, article.project_id) as change:
        change.allow(may_edit_article(by, article))
        free_external_id(article.project_id, about.get("external_id", ""), article)
        return change.edit(article, version, "article_edited", **about)


def trash_article(*, by: Person, article: Article, version: int) -> Article:
    """Move an article, and with it what is seen of its annotations, to the trash.

    Raises IllegalMove while a position in a dispute quotes one of them.
    """
    with writing(by, article.project_id) as change:
        change.allow(may_edit_article(by, article))
        change.check_version(article, version)
        if StanceCitation.objects.filter(annotation__article=article, stance__position__trashed=False).exists():
            raise IllegalMove("A position in a dispute quotes this article; take the quotes out of the position first.")
        return trash(change, article, version, "article_trashed")


def restore_article(*, by: Person, article: Article, version: int) -> Article:
    """Take an article out of the trash. Raises Clash where its external id is taken now."""
    with writing(by, article.project_id) as change:
        change.allow(may_edit_article(by, article))
        free_external_id(article.project_id, article.external_id, article)
        return restore(change, article, version, "article_restored")


def check_about(about: dict[str, Any]) -> None:
    checks = Checks()
    for name, value in about.items():
        match name:
            case "title":
                checks.text(name, value, required=True, longest=NAME_LENGTH)
            case "url":
                checks.address(name, value)
            case "published_on":
                checks.date(name, value)
            case "published_basis":
                checks.word(name, value, BASES, blank=True)
            case "language":
                checks.text(name, value, longest=35)
            case "note":
                checks.text(name, value)
            case "byline":
                checks.text(name, value, longest=300)
            case _:
                checks.text(name, value, longest=200)
    checks.done()


def check_text(text: Any) -> None:
    """Raise Invalid for a text that is none, empty, too long, or holds what cannot be stored."""
    if not isinstance(text, str) or not text:
        raise Invalid.field("text", "An article needs a text.")
    if len(text) > LONGEST_TEXT:
        raise Invalid.field(
            "text", say("At most {longest:,} characters; this has {length:,}.", longest=LONGEST_TEXT, length=len(text))
        )
    try:
        check_storable(text)
    except Invalid as error:
        raise Invalid.field("text", error.message) from error


def free_external_id(project_id: Any, external_id: str, article: Article | None) -> None:
    taken = Article.objects.active().filter(project_id=project_id, external_id=external_id)
    others = taken.exclude(pk=article.pk) if article else taken
    if external_id and others.exists():
        sentence = "An article with this external id is here already."
        raise Clash(sentence, errors={"external_id": [sentence]})
