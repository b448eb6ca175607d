"""The forms of revisions: a corrected text, and where an annotation stands in it.

A text comes as a file, as it was shown in a preview (JSON, which no form changes), or by paste, whose line ends a
browser writes its own way.
"""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.core.errors import Invalid
from annotations.core.formats.txt import decoded
from annotations.core.json_text import parse_json
from annotations.models import Revision
from annotations.web.fields import Text, Tick, WriteForm

LINE_ENDS = _(
    "A browser writes every line end of a pasted text the same way (LF). Where the text has to stay exactly as it is, "
    "bring it as a file instead."
)


class RevisionForm(WriteForm):
    """A corrected text: pasted, or a file."""

    called = "revision"

    text = Text(_("The corrected text"), rows=12, help_text=LINE_ENDS)
    keep_line_ends = Tick(_("Write the line ends as the newest revision has them (CR LF)"))
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_(".txt in UTF-8, taken byte for byte. A file goes before what was pasted."),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    note = Text(_("What was corrected"), rows=2)

    def __init__(self, *args: Any, newest: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_windows_ends(newest.text):
            del self.fields["keep_line_ends"]

    def corrected(self) -> str:
        """The text that came in, exactly. Raises Invalid under `text` or `file`."""
        if file := self.files.get("file"):
            try:
                return decoded(file.read())
            except Invalid as error:
                raise Invalid.field("file", error.message) from error
        pasted: str = self.cleaned_data.get("text", "")
        if not pasted and (shown := self.data.get("exact", "")):
            return exact_from(shown)
        if not pasted:
            raise Invalid.field("text", "Paste the corrected text, or choose a file.")
        return pasted.replace("\n", "\r\n") if self.cleaned_data.get("keep_line_ends") else pasted


def has_windows_ends(text: str) -> bool:
    """Whether every line of a text ends with CR LF."""
    return "\r\n" in text and text.count("\r\n") == text.count("\n") == text.count("\r")


def as_exact(text: str) -> str:
    """A text for a hidden field: line ends stand in it as escapes."""
    return json.dumps(text, ensure_ascii=False)


def exact_from(shown: str) -> str:
    text = parse_json(shown)
    if not isinstance(text, str):
        raise Invalid.field("text", "Paste the corrected text, or choose a file.")
    return text
