"""Who may bring in articles and change what is known about them. Nobody changes a revision."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Article, Person
from annotations.policies.roles import Decision, needs


def may_add_article(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "manager", say("Adding articles"))


def may_edit_article(person: Person, article: Article) -> Decision:
    return needs(person, article.project_id, "manager", say("Changing articles"))
