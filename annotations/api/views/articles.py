"""Articles."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.records import ARTICLE, PROJECT
from annotations.api.serializers.articles import ArticleBody, ArticleEdit, ArticleQuery
from annotations.models import Article, Person, Project
from annotations.services import articles


@lists(ARTICLE, find=PROJECT.find, query=ArticleQuery)
def list_articles(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The articles of a project, without their texts."""
    by = {"external_id": query["external_id"]} if "external_id" in query else {}
    return Article.objects.filter(project=project, trashed=query.get("trashed", False), **by)


@adds(ARTICLE, ArticleBody, find=PROJECT.find)
def add_article(person: Person, project: Project, fields: dict[str, Any]) -> Article:
    """Bring in an article. Its text is kept code point for code point."""
    return articles.add_article(by=person, project=project, **fields)


@edits(ARTICLE, ArticleEdit)
def edit_article(person: Person, article: Article, version: int, fields: dict[str, Any]) -> Article:
    """Change what is known about an article, never its text."""
    return articles.edit_article(by=person, article=article, version=version, **fields)


@trashes(ARTICLE)
def trash_article(person: Person, article: Article, version: int) -> Article:
    """Move an article to the trash."""
    return articles.trash_article(by=person, article=article, version=version)


@moves(ARTICLE)
def restore_article(person: Person, article: Article, version: int) -> Article:
    """Take an article out of the trash."""
    return articles.restore_article(by=person, article=article, version=version)
