"""How operators sign in and change their own password. The password goes through `services.people`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from annotations.core.addresses import where_from
from annotations.core.errors import TooMany
from annotations.models import Person
from annotations.services.people import edit_person, trying_password

NO_ENTRY = (
    "This username and this password do not belong to an operator. Capital letters count in the password. "
    "All other work is done in the workbench itself."
)


class OperatorSignInForm(AdminAuthenticationForm):
    """One answer for a wrong name, a wrong password, an account that is off, and an account that is no operator's."""

    error_messages = {"invalid_login": NO_ENTRY, "inactive": NO_ENTRY}

    def clean(self) -> dict[str, Any]:
        """Wrong passwords count here as they do at everybody's door."""
        name, password = (self.cleaned_data.get(field) or "" for field in ("username", "password"))
        with counted(address_of(self.request) if self.request else "", name, password):
            cleaned: dict[str, Any] = super().clean()
        return cleaned

    def confirm_login_allowed(self, user: Person) -> None:
        if not (user.is_active and user.is_superuser):
            raise ValidationError(NO_ENTRY, code="invalid_login")


def address_of(request: HttpRequest) -> str:
    return where_from(request.META, is_behind_proxy=bool(settings.SECURE_PROXY_SSL_HEADER))


@contextmanager
def counted(address: str, username: str, password: str) -> Iterator[None]:
    """`trying_password`, whose refusal is an error of the form."""
    try:
        with trying_password(username=username, address=address, password=password):
            yield
    except TooMany as error:
        raise ValidationError(str(error.message), code="too_many") from error


class OwnPasswordForm(PasswordChangeForm):
    """Asks for the old password, of which wrong ones count, and sets the new one."""

    required_css_class = "required"

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


class OwnPassword(PasswordChangeView):
    """Django's page, with the form above."""

    form_class = OwnPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "address": address_of(self.request)}
