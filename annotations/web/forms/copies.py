"""The form of an uploaded copy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.web.fields import WriteForm


class CopyForm(WriteForm):
    """One file, kept byte for byte."""

    called = "copy"

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("A page, text, PDF, table, office document, picture, sound or film. It is kept byte for byte."),
        widget=forms.FileInput(),
    )
