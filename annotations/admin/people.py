"""Accounts and their tokens. Accounts change through `services.people`; tokens are their owners' and shown only."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from annotations.admin.base import RecordAdmin
from annotations.admin.editing import ServiceAdmin, ServiceForm, operator_of
from annotations.admin.links import linked, page_of
from annotations.core.errors import WorkbenchError
from annotations.models import Event, Membership, Person, SignInTry, Token
from annotations.refusals import status_of
from annotations.services.people import edit_person, make_person, remove_person

WITHOUT_ONE = "Left empty, nobody can sign in with this account until it gets a password."
AS_IT_IS = "Left empty, the password stays as it is."


class PersonForm(SetPasswordMixin, ServiceForm):
    """An account with Django's own fields for a new password, which may stay empty."""

    password1, password2 = SetPasswordMixin.create_password_fields("New password", "New password again")
    renamed = {"password": "password1"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            self.fields[name].required = False
        self.fields["password2"].help_text = WITHOUT_ONE if self.instance._state.adding else AS_IT_IS
        if "may_make_projects" in self.fields:
            self.fields["may_make_projects"].help_text = "Whoever makes a project is its first manager."
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].label = "operator"
            self.fields["is_superuser"].help_text = "Works in this administration, and can be a member of no project."

    def clean(self) -> dict[str, Any]:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if bool(first) != bool(second) and not self.errors:
            self.add_error("password2", "Enter the new password in both fields.")
        self.validate_passwords()
        self.validate_password_for_user(self.instance)
        return super().clean()


class RemovalForm(forms.Form):
    """Why an account is blanked, and which version of it the person saw."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}), strip=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


@admin.register(Person)
class PersonAdmin(ServiceAdmin):
    form = PersonForm
    list_display = (
        "username", "display_name", "email", "is_active", "is_superuser", "may_make_projects", "created_at",
        "last_login",
    )  # fmt: skip
    list_filter = ("is_active", "is_superuser", "may_make_projects")
    search_fields = ("username", "display_name", "email")
    left_out = frozenset({"password"})
    to_add = (
        "username", "display_name", "email", "may_make_projects", "is_superuser", "password1", "password2",
    )  # fmt: skip
    to_edit = ("display_name", "email", "is_active", "may_make_projects", "password1", "password2")
    actions = ("deactivate", "activate")

    def add(self, by: Person, fields: dict[str, Any]) -> Person:
        return make_person(by=by, password=fields.pop("password1") or None, **without_repeat(fields))

    def edit(self, by: Person, row: Person, version: int, fields: dict[str, Any]) -> Person:
        if password := fields.pop("password1", ""):
            fields["password"] = password
        return edit_person(by=by, person=row, version=version, **without_repeat(fields))

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Operators who give themselves a new password stay signed in."""
        person = super().save_form(request, form, change)
        if person.pk == request.user.pk and "password1" in form.changed_data:
            update_session_auth_hash(request, person)
        return person

    @admin.action(description="Switch off the chosen accounts", permissions=["change"])
    def deactivate(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        def switch_off(person: Person) -> None:
            edit_person(by=operator_of(request), person=person, version=person.version, is_active=False)

        self.each(request, people.filter(is_active=True), switch_off, "switched off")

    @admin.action(description="Switch on the chosen accounts", permissions=["change"])
    def activate(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        def switch_on(person: Person) -> None:
            edit_person(by=operator_of(request), person=person, version=person.version, is_active=True)

        self.each(request, people.filter(is_active=False), switch_on, "switched on")

    # -- blanking an account ------------------------------------------------------------------------------------------

    def further_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.remove_view)
        return [path("<path:object_id>/remove/", view, name="annotations_person_remove")]

    def tools(self, row: Person) -> list[tuple[str, str]]:
        add_member = reverse("admin:annotations_membership_add")
        can_join = row.is_active and not row.is_superuser
        member = [("Add to a project", f"{add_member}?person={row.pk}")] if can_join else []
        return [*member, ("Blank this account", reverse("admin:annotations_person_remove", args=[row.pk]))]

    def remove_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for the reason, says what will happen, and blanks the account on POST."""
        person = self.get_object(request, unquote(object_id))
        if person is None:
            return self.not_there(request, object_id)
        form = RemovalForm(request.POST if request.method == "POST" else None, initial={"version": person.version})
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                self.remove(request, person, **form.cleaned_data)
                return HttpResponseRedirect(page_of(Person, person.pk))
            except WorkbenchError as refusal:
                form.add_error("reason" if "reason" in refusal.errors else None, refusal.message)
                status = status_of(refusal)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Blank the account of {person}",
            "form": form,
            "person": person,
            "opts": self.opts,
            "memberships": Membership.objects.active().filter(person=person).select_related("project"),
        }
        return TemplateResponse(request, "admin/annotations/person/remove.html", context, status=status)

    def remove(self, request: HttpRequest, person: Person, reason: str, version: int) -> None:
        person.version = version  # the one that the page showed: the service compares it with the row
        remove_person(by=operator_of(request), person=person, reason=reason)
        self.message_user(request, "The account is blank now. What it made stays.", messages.SUCCESS)


def without_repeat(fields: dict[str, Any]) -> dict[str, Any]:
    """The second password field is for the form alone."""
    return {name: value for name, value in fields.items() if name != "password2"}


@admin.register(Token)
class TokenAdmin(RecordAdmin):
    """The key itself is not stored, and what is stored of it is not shown."""

    list_display = ("__str__", linked("user", "person"), "scope", linked("project"), "created", "expiry")
    list_select_related = ("user", "project")
    list_filter = ("scope", "project")
    search_fields = ("name", "user__username", "user__display_name")
    ordering = ("-created",)
    found_by_id = ("user", "project")
    left_out = frozenset({"digest", "token_key"})
    told_by = "user"

    def events_of(self, row: Any) -> QuerySet[Event]:
        return super().events_of(row).filter(verb__startswith="token_")


@admin.register(SignInTry)
class SignInTryAdmin(RecordAdmin):
    """How often wrong passwords came; for which name and from where stands in it as a keyed hash alone."""

    list_display = ("since", "wrong", "digest")
    list_filter = ("wrong",)
    search_fields = ("=digest",)
    found_by_id = ("digest",)

    def events_of(self, row: SignInTry) -> QuerySet[Any]:
        return Event.objects.none()
