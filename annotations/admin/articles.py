"""Articles and their revisions, to look at. Of a text only the beginning is shown: it may have millions of letters."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from annotations.admin.base import RecordAdmin
from annotations.admin.links import linked
from annotations.models import Article, Revision

BEGINNING_CODE_POINTS = 2_000


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    list_display = (
        "title", "outlet", "published_on", "language", linked("project"), linked("author"), "trashed", "created_at",
    )  # fmt: skip
    list_select_related = ("project", "author")
    list_filter = ("trashed", "project")
    search_fields = ("title", "outlet", "url", "byline", "external_id")


@admin.register(Revision)
class RevisionAdmin(RecordAdmin):
    list_display = ("__str__", linked("article"), "code_points", "sha256", linked("author"), "created_at")
    list_select_related = ("article", "author")
    list_filter = ("project",)
    search_fields = ("article__title", "sha256", "note")
    shown_as = {"text": "beginning"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        """Lists do without the texts; the page of one revision reads its own."""
        return super().get_queryset(request).defer("text")

    @admin.display(description="beginning of the text")
    def beginning(self, revision: Revision) -> str:
        text = revision.text
        rest = len(text) - BEGINNING_CODE_POINTS
        more = f" … and {rest:,} code points more" if rest > 0 else ""
        return format_html('<div class="exact" dir="auto">{}</div>{}', text[:BEGINNING_CODE_POINTS], more)
