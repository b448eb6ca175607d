"""The pages of the four records that operators change: people, memberships, projects and labels.

A form shapes what was entered; the service decides, writes and records. What the service refuses comes back as an error
of the form, in the service's words, and the page is drawn again from a transaction of its own.
"""

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from annotations.admin.base import RecordAdmin
from annotations.admin.links import shortened
from annotations.core.errors import Stale, WorkbenchError
from annotations.core.json_text import parse_json
from annotations.models import Person
from annotations.queries.lookups import as_uuid
from annotations.refusals import status_of

NO_VERSION = "This page did not say which version it shows. Open it again."
NOT_AGAIN = "What you entered is still here and nothing was saved; open this page anew to see the newer version."


def operator_of(request: HttpRequest) -> Person:
    """Who acts. Behind the site's own door it is always a person."""
    return cast(Person, request.user)


class LinesField(forms.CharField):
    """A long text exactly as entered. Browsers send every line end as CR LF; one that was LF has to stay LF."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class StrictJsonField(forms.JSONField):
    """JSON read as strictly as the API reads it: to a stated depth, no key twice, nothing that cannot be stored."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                parse_json(value)
            except WorkbenchError as error:
                raise ValidationError(error.message) from error
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What is shown again: Django's own would read without looking how deep."""
        try:
            self.to_python(data)
        except ValidationError:
            return InvalidJSONInput(data)
        return super().bound_data(data, initial)


class ServiceForm(forms.ModelForm):
    """What was entered, and the version that the person saw. It never touches the row: services do."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    refusal: WorkbenchError | None = None  # why the service said no, when the page is drawn again
    renamed: ClassVar[dict[str, str]] = {}  # what a service calls a field -> what this form calls it

    def _post_clean(self) -> None:
        """Django would write the values into the row here, and services could no longer see what changes."""

    def clean(self) -> dict[str, Any]:
        if not self.instance._state.adding and self.cleaned_data.get("version") is None:
            self.add_error(None, NO_VERSION)
        if self.refusal:
            self.say_why(self.refusal)
        return self.cleaned_data

    def say_why(self, refusal: WorkbenchError) -> None:
        for name, sentences in (refusal.errors or {"": [refusal.message]}).items():
            field = self.renamed.get(name, name)
            self.add_error(field if field in self.fields and field != "version" else None, sentences)
        if isinstance(refusal, Stale):
            self.add_error(None, NOT_AGAIN)


class ServiceAdmin(RecordAdmin):
    """A record that changes through `add` and `edit`, each one call of a service."""

    form: type[ServiceForm] = ServiceForm
    formfield_overrides = {
        models.TextField: {"form_class": LinesField},
        models.JSONField: {"form_class": StrictJsonField},
    }
    to_add: ClassVar[tuple[str, ...]] = ()  # fields of the form for a new record; none: not made here
    to_edit: ClassVar[tuple[str, ...]] = ()

    def add(self, by: Any, fields: dict[str, Any]) -> Any:
        """The new row."""
        raise NotImplementedError

    def edit(self, by: Any, row: Any, version: int, fields: dict[str, Any]) -> Any:
        """The changed row; `fields` are those that differ from what the page showed."""
        raise NotImplementedError

    def may_edit(self, row: Any) -> bool:
        """Whether this row's page is a form."""
        return True

    # -- what Django asks ---------------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(self.to_add)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or self.may_edit(obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.to_add
        if not self.has_change_permission(request, obj):
            return self.columns()
        return [*self.to_edit, *self.get_readonly_fields(request, obj), "version"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ()
        return [name for name in self.columns() if name not in self.to_edit and name != "version"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without Django's pop-up buttons beside related records: the lists lead there too."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except WorkbenchError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            response = super().changeform_view(request, object_id, form_url, extra_context)
            response.status_code = status_of(refusal)
            return response

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Here a form becomes a call of a service; Django goes on with the row that the service gives back."""
        entered = form.cleaned_data
        if not change:
            return self.add(operator_of(request), {name: entered[name] for name in self.to_add})
        changed = {name: entered[name] for name in self.to_edit if name in form.changed_data}
        return self.edit(operator_of(request), form.instance, entered["version"], changed)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Done by the service."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Done by the service."""

    # -- actions ------------------------------------------------------------------------------------------------------

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any) -> Any:
        if all(map(as_uuid, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            return super().response_action(request, queryset)
        self.message_user(request, "Something was chosen that is no record.", messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def each(self, request: HttpRequest, rows: QuerySet[Any], verb: Callable[[Any], Any], done: str) -> None:
        """Do a verb of services to every chosen row, each in a transaction of its own, and say what came of it."""
        count = 0
        for row in rows.order_by("pk"):
            try:
                verb(row)
                count += 1
            except WorkbenchError as refusal:
                self.message_user(request, f"{shortened(row)}: {refusal.message}", messages.ERROR)
        if count:
            self.message_user(request, f"{count} {done}.", messages.SUCCESS)
