"""Comments and whom they call, to look at."""

from django.contrib import admin

from annotations.admin.base import RecordAdmin
from annotations.admin.links import excerpt, linked
from annotations.models import Comment, CommentMention


@admin.register(Comment)
class CommentAdmin(RecordAdmin):
    list_display = (
        excerpt("text"),
        linked("author"),
        "on_kind",
        linked("thread"),
        "resolved_at",
        "trashed",
        "created_at",
    )
    list_select_related = ("author", "thread")
    list_filter = ("trashed", "project")
    search_fields = ("text", "author__username")

    @admin.display(description="on")
    def on_kind(self, comment: Comment) -> str:
        return comment.on_kind


@admin.register(CommentMention)
class CommentMentionAdmin(RecordAdmin):
    list_display = ("created_at", linked("person"), linked("comment"), "seen_at")
    list_select_related = ("person", "comment")
    list_filter = ("project",)
    search_fields = ("person__username", "comment__text")
    told_by = "comment"
