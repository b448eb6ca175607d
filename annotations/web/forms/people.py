"""The forms of accounts: signing in, asking for a new password, setting it, changing it; they look like all others."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.core.errors import TooMany
from annotations.models import Person
from annotations.services.people import (
    count_wrong_try,
    edit_person,
    forget_wrong_tries,
    refuse_after_wrong_tries,
)
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
        address = address_in(self.request) if self.request else ""
        came = {"username": self.cleaned_data.get("username") or "", "address": address}
        try:
            refuse_after_wrong_tries(**came)
        except TooMany as error:
            raise ValidationError(translated(error.message), code="too_many") from error
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            count_wrong_try(**came)
            raise
        if self.user_cache is not None:
            forget_wrong_tries(**came)
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
    """Asks for the old password and sets the new one through the service. Its other sessions end with the old one."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("This is not your password. Capital letters count."),
    }

    def save(self, commit: bool = True) -> Person:
        person = Person.objects.get(pk=self.user.pk)  # the request's own stands behind a proxy, and is no row
        password = self.cleaned_data["new_password1"]
        self.user = edit_person(by=person, person=person, version=person.version, password=password)
        return self.user
