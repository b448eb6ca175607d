"""The forms of reports: publishing, correcting, taking back, what a reader asks for, and the desk's answer to it."""

from django.utils.translation import gettext_lazy as _

from annotations.templatetags.reports import KINDS
from annotations.web.fields import Choice, Line, Text, WriteForm


class PublishForm(WriteForm):
    called = "publish"

    title = Line(
        _("Title"),
        max_length=300,
        help_text=_("The headline, and the address of the page: that part never changes afterwards."),
    )


class CorrectionForm(WriteForm):
    called = "correction"

    kind = Choice(_("What it is"), list(KINDS.items()), required=True, radios=True, initial="correction")
    was = Text(_("Was"), rows=2, help_text=_("What the page said. A correction needs it."))
    now = Text(_("Now"), rows=2, help_text=_("What it should say. A correction needs it."))
    why = Text(_("Why"), required=True, help_text=_("For readers. It is public and cannot be changed afterwards."))


class CorrectClaimForm(WriteForm):
    """A correction that takes the claim back into work."""

    called = "correct"

    was = Text(_("Was"), required=True, rows=2)
    now = Text(_("Now"), required=True, rows=2)
    why = Text(_("Why"), required=True, rows=2)


class RetractForm(WriteForm):
    called = "retract"

    reason = Text(_("Why"), required=True, help_text=_("For readers: the page is kept, with this note on top."))


class AskForm(WriteForm):
    """For readers, without an account. `website` is for machines that fill in everything; people do not see it."""

    called = "ask"

    text = Text(
        _("What is wrong, and how do you know?"),
        required=True,
        rows=5,
        help_text=_("Name the paragraph by its mark, such as ¶3."),
    )
    contact = Line(
        _("How to reach you"),
        max_length=300,
        help_text=_("Only the desk sees it, and erases it when it is no longer needed."),
    )


class AnswerForm(WriteForm):
    called = "answer"

    state = Choice(
        _("Answer"), [("accepted", _("Accept: a correction follows")), ("declined", _("Decline"))], required=True
    )
    answer = Text(_("Why"), rows=2, help_text=_("For the desk. To decline needs a reason."))
