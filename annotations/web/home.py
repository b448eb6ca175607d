"""What is open in a project, for its home page; and the one line that a newcomer to the demo begins with."""

from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.core.lifecycle import ClaimState
from annotations.models import Article, Claim, Dispute, Label, Membership, Person, Project
from annotations.queries.comment_requests import request_counts
from annotations.queries.copies import changed_pages
from annotations.web.desk import swatches
from annotations.web.queue import queue_rows

ARTICLES_SHOWN = 12
DISPUTES_SHOWN = 5
DEMO_PROJECT = "seeds"


def home_context(person: Person, project: Project) -> dict[str, Any]:
    """Eight queries."""
    return {
        "changed_pages": changed_pages(person, project),
        "requests": request_counts(project, person),
        "rows": queue_rows(person, project, size=ARTICLES_SHOWN),
        "article_count": Article.objects.visible_to(person).active().filter(project=project).count(),
        "claim_states": claims_by_state(person, project),
        "dispute_states": disputes_by_state(person, project),
        "disputes": disputes_that_wait(person, project)[:DISPUTES_SHOWN],
        "labels": swatches(Label.objects.filter(project=project, retired=False)),
        "members": Membership.objects.active().filter(project=project).select_related("person").order_by("created_at"),
    }


def claims_by_state(person: Person, project: Project) -> list[tuple[str, int]]:
    """How many claims stand in each state, in the order of the work; states without any are left out."""
    rows = Claim.objects.visible_to(person).active().filter(project=project).order_by()
    counts = dict(rows.values_list("state").annotate(number=Count("pk")))
    return [(state, counts[state]) for state in ClaimState if state in counts]


def disputes_by_state(person: Person, project: Project) -> list[tuple[str, int]]:
    """Open and in review by state, closed ones by their outcome."""
    rows = Dispute.objects.visible_to(person).active().filter(project=project).order_by()
    counts = rows.values_list("state", "outcome").annotate(number=Count("pk")).order_by("state", "outcome")
    return [(outcome or state, number) for state, outcome, number in counts]


def disputes_that_wait(person: Person, project: Project) -> "QuerySet[Any]":
    """Those that are not closed, the oldest first."""
    rows = Dispute.objects.visible_to(person).active().filter(project=project).exclude(state="closed")
    return rows.order_by("id")


def start_here(person: Person) -> dict[str, str] | None:
    """In the demo: the article that carries the richest dispute, so that a newcomer sees one at once."""
    if not settings.DEMO:
        return None
    articles = (
        Article.objects.visible_to(person)
        .active()
        .filter(project__slug=DEMO_PROJECT, annotations__mentions__claim__statements__dispute__in=decided(person))
        .order_by()
        .annotate(statements=Count("annotations__mentions__claim__statements", distinct=True))
    )
    article = articles.order_by("-statements", "id").first()
    if article is None:
        return None
    return {
        "url": reverse("web:article", args=[article.pk]),
        "words": _("Reuters reports, Hamdan denies"),
        "title": article.title,
    }


def decided(person: Person) -> "QuerySet[Any]":
    return Dispute.objects.visible_to(person).active().exclude(outcome="not_a_dispute")
