"""Questions, their answers and the log of searches, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import Answer, Question, Search


@admin.register(Question)
class QuestionAdmin(RecordAdmin):
    list_display = ("created_at", excerpt("text"), linked("claim"), linked("author"), "trashed")
    list_select_related = ("claim", "author")
    list_filter = ("trashed", "project")
    search_fields = ("text", "claim__text")


@admin.register(Answer)
class AnswerAdmin(RecordAdmin):
    list_display = ("created_at", "type", excerpt("text"), linked("question"), linked("evidence"))
    list_select_related = ("question", "evidence")
    list_filter = ("type", "project")
    search_fields = ("text", "explanation", "question__text")
    told_by = "question"


@admin.register(Search)
class SearchAdmin(RecordAdmin):
    list_display = ("created_at", "place", excerpt("query"), linked("claim"), linked("author"), "trashed")
    list_select_related = ("claim", "author")
    list_filter = ("trashed", "project")
    search_fields = ("place", "query", "found", "claim__text")
