"""How operators sign in and change their own password. The password goes through `services.people`."""

from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError

from annotations.core.addresses import where_from
from annotations.core.errors import TooMany
from annotations.models import Person
from annotations.services.people import (
    count_wrong_try,
    edit_person,
    forget_wrong_tries,
    refuse_after_wrong_tries,
)

NO_ENTRY = (
    "This username and this password do not belong to an operator. Capital letters count in the password. "
    "All other work is done in the workbench itself."
)


class OperatorSignInForm(AdminAuthenticationForm):
    """One answer for a wrong name, a wrong password, an account that is off, and an account that is no operator's."""

    error_messages = {"invalid_login": NO_ENTRY, "inactive": NO_ENTRY}

    def clean(self) -> dict[str, Any]:
        """Wrong passwords count here as they do at everybody's door."""
        came = {"username": self.cleaned_data.get("username") or "", "address": address_of(self.request)}
        try:
            refuse_after_wrong_tries(**came)
        except TooMany as error:
            raise ValidationError(str(error.message), code="too_many") from error
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            count_wrong_try(**came)
            raise
        if self.user_cache is not None:  # without a password nothing was tried
            forget_wrong_tries(**came)
        return cleaned

    def confirm_login_allowed(self, user: Person) -> None:
        if not (user.is_active and user.is_superuser):
            raise ValidationError(NO_ENTRY, code="invalid_login")


def address_of(request: Any) -> str:
    return where_from(
        str(request.META.get("REMOTE_ADDR", "")),
        request.headers.get("X-Forwarded-For", ""),
        is_behind_proxy=bool(settings.SECURE_PROXY_SSL_HEADER),
    )


class OwnPasswordForm(PasswordChangeForm):
    """Asks for the old password and sets the new one."""

    required_css_class = "required"

    def save(self, commit: bool = True) -> Person:
        person = Person.objects.get(pk=self.user.pk)  # the request's own stands behind a proxy, and is no row
        password = self.cleaned_data["new_password1"]
        self.user = edit_person(by=person, person=person, version=person.version, password=password)
        return self.user
