"""The queue: a person's articles, each with its age, its claims and disputes, and the marks they made in it.

Everything is counted in the one query that lists, and only what the person may see.
"""

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.models import Anchor, Annotation, Article, ClaimMention, Dispute, Person, Project

TABS = (("all", _("All")), ("mine", _("Mine")), ("disputed", _("Disputed")))
ROWS_A_PAGE = 50


def articles_of(person: Person, project: Project | None = None) -> "QuerySet[Any]":
    """The articles that a person may see, the newest first."""
    rows = Article.objects.visible_to(person).active().newest_first()
    return rows.filter(project=project) if project else rows


def in_tab(articles: "QuerySet[Any]", tab: str, person: Person) -> "QuerySet[Any]":
    match tab:
        case "mine":
            return articles.filter(is_mine(person))
        case "disputed":
            return articles.filter(is_disputed(person))
        case _:
            return articles


def tab_counts(person: Person, project: Project | None = None) -> dict[str, int]:
    """How many articles each tab holds. One query."""
    return (
        articles_of(person, project)
        .order_by()
        .aggregate(
            all=Count("pk"), mine=Count("pk", filter=is_mine(person)), disputed=Count("pk", filter=is_disputed(person))
        )
    )


def queue_rows(
    person: Person,
    project: Project | None = None,
    *,
    tab: str = "all",
    current: UUID | None = None,
    start: int = 0,
    size: int = ROWS_A_PAGE,
) -> list[dict[str, Any]]:
    """The rows of one tab, as `row_of` makes them.

    One query. `state` is the person's own: not_started or in_progress, until readings are submitted."""
    rows = in_tab(articles_of(person, project), tab, person).annotate(
        marks=counted(Annotation.objects.active().filter(article=OuterRef("pk"), author=person), "article"),
        claims=counted(mentions_in(person), "annotation__article", "claim"),
        disputed=counted(disputed_mentions(person), "annotation__article", "claim"),
        waiting=counted(waiting_anchors(person), "annotation__article"),
    )
    return [row_of(article, current) for article in rows.select_related("project")[start : start + size]]


def row_of(article: Any, current: UUID | None) -> dict[str, Any]:
    return {
        "id": str(article.pk),
        "url": reverse("web:article", args=[article.pk]),
        "title": article.title,
        "outlet": article.outlet,
        "published_on": article.published_on,
        "created_at": article.created_at,
        "project": article.project,
        "state": "in_progress" if article.marks else "not_started",
        "marks": article.marks,
        "claims": article.claims,
        "disputed": article.disputed,
        "is_current": article.pk == current,
        "waiting": article.waiting,
    }


# -- what is counted --------------------------------------------------------------------------------------------------


def mentions_in(person: Person) -> "QuerySet[Any]":
    """The mentions of claims in the article of the outer query."""
    return (
        ClaimMention.objects.visible_to(person)
        .active()
        .filter(annotation__article=OuterRef("pk"), annotation__trashed=False, claim__trashed=False)
    )


def waiting_anchors(person: Person) -> "QuerySet[Any]":
    """The annotations of that article whose words changed with the text, and on which nobody has decided."""
    return Anchor.objects.visible_to(person).undecided().filter(annotation__article=OuterRef("pk"))


def disputed_mentions(person: Person) -> "QuerySet[Any]":
    """Those whose claim is a statement of a dispute that was not dismissed."""
    disputes = Dispute.objects.visible_to(person).active().exclude(outcome="not_a_dispute")
    return mentions_in(person).filter(claim__statements__dispute__in=disputes)


def counted(rows: "QuerySet[Any]", by: str, what: str = "pk") -> Coalesce:
    """How many different `what` the correlated rows hold; 0 for none."""
    numbers = rows.order_by().values(by).annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), Value(0))


def is_mine(person: Person) -> Q:
    return Q(Exists(Annotation.objects.active().filter(article=OuterRef("pk"), author=person)))


def is_disputed(person: Person) -> Q:
    return Q(Exists(disputed_mentions(person)))
