"""The forms of accounts: signing in, asking for a new password, setting it, changing it; they look like all others."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.core.errors import TooMany
from annotations.models import Person
from annotations.services.people import edit_person, trying_password
from annotations.templatetags.languages import translated
from annotations.web.fields import Renderer, Sentences
from annotations.web.limits import address_in


class Styled(forms.Form):
    """Django's own forms, drawn like ours."""

    default_renderer = Renderer
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"label_suffix": "", "error_class": Sentences}
        super().__init__(*args, **kwargs)


@contextmanager
def counted(address: str, username: str, password: str) -> Iterator[None]:
    """`trying_password`, whose refusal is an error of the form."""
    try:
        with trying_password(username=username, address=address, password=password):
            yield
    except TooMany as error:
        raise ValidationError(translated(error.message), code="too_many") from error


NO_MATCH = _("This username and this password do not belong together. Capital letters count in the password.")


class SignInForm(Styled, AuthenticationForm):
    """One answer for a wrong name, a wrong password and an account that is off."""

    error_messages = {"invalid_login": NO_MATCH, "inactive": NO_MATCH}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Username")
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autofocus": False}

    def clean(self) -> dict[str, Any]:
        """Wrong passwords are counted; behind the last of them the right one is refused too, in the same words."""
        name, password = (self.cleaned_data.get(field) or "" for field in ("username", "password"))
        with counted(address_in(self.request) if self.request else "", name, password):
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class ResetForm(Styled, PasswordResetForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Mail address of your account")


class PasswordForm(Styled, SetPasswordForm):
    """Sets the password through the service, so that the chain of accounts tells of it."""

    def save(self, commit: bool = True) -> Person:
        person = self.user
        password = self.cleaned_data["new_password1"]
        return edit_person(by=person, person=person, version=person.version, password=password)


class ChangePasswordForm(Styled, PasswordChangeForm):
    """Asks for the old password, of which wrong ones count as at the door: whoever found an open session cannot try
    without end. Sets the new one through the service. Its other sessions end with the old one."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("This is not your password. Capital letters count."),
    }

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_old_password(self) -> str:
        password = self.cleaned_data["old_password"]
        with counted(self.address, self.user.username, password):
            return super().clean_old_password()

    def save(self, commit: bool = True) -> Person:
        person = Person.objects.get(pk=self.user.pk)  # the request's own stands behind a proxy, and is no row
        password = self.cleaned_data["new_password1"]
        self.user = edit_person(by=person, person=person, version=person.version, password=password)
        return self.user
