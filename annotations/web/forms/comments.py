"""The forms of comments: a comment or an answer, other words for it, and the guideline that a thread becomes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import Comment, Project
from annotations.web.fields import FILL_IN, Text, WriteForm


class CommentForm(WriteForm):
    """`data-mentions` lets mentions.js suggest members while `@` is typed."""

    text = Text(_("Comment"), required=True, rows=2, attrs={"data-mentions": ""})


class GuidelinesForm(WriteForm):
    """Another text of the guidelines, and what led to it."""

    called = "guidelines"

    text = Text(_("Guidelines"), rows=16, help_text=_("Markdown. What one marks, what one does not, and why."))
    reason = Text(_("What led to it"), rows=2, help_text=_("Stands beside the version, for whoever asks later."))

    def clean_text(self) -> str:
        """An empty text clears the guidelines, so a form that leaves the field out does not count as one."""
        if not self.was_sent("text"):
            raise forms.ValidationError(FILL_IN["required"], code="required")
        text: str = self.cleaned_data["text"]
        return text


def initial_from(comment: Comment, project: Project, words: str) -> dict[str, Any]:
    """The guidelines as they are, with the words of a thread behind them; a manager makes a rule of them."""
    lines = " ".join(comment.text.split())
    text = project.guidelines.rstrip()
    return {"text": f"{text}\n\n- {lines}\n" if text else f"- {lines}\n", "reason": words}
