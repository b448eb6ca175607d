"""The vocabulary. Labels change through `services.labels`; keys and kinds never do."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from annotations.admin.editing import ServiceAdmin, ServiceForm, operator_of
from annotations.admin.links import linked
from annotations.models import Label, Person
from annotations.models.labels import COLOUR_SLOTS
from annotations.services.labels import add_label, edit_label, restore_label, retire_label

ATTRIBUTES_LOOK = 'A list as JSON: [{"name": "tone", "kind": "choice", "choices": ["calm", "heated"]}]'
SLOTS = [(slot, str(slot)) for slot in COLOUR_SLOTS]


class LabelForm(ServiceForm):
    """On a new label, key and colour may stay empty: the service makes them."""

    colour = forms.TypedChoiceField(coerce=int, choices=SLOTS, help_text="A slot of the palette.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = "Made from the name where it is empty. It never changes."
        if self.instance._state.adding:
            self.fields["colour"] = forms.TypedChoiceField(
                coerce=int, empty_value=None, required=False, choices=[("", "the next one"), *SLOTS]
            )
        if "parent" in self.fields:
            self.choose_parents(self.fields["parent"])
        if "attributes" in self.fields:
            self.fields["attributes"].help_text = ATTRIBUTES_LOOK

    def choose_parents(self, field: Any) -> None:
        """Labels of the same project; for a new label, whose project is not known yet, of all projects by name."""
        labels = Label.objects.select_related("project").order_by("project__name", "order", "pk")
        if self.instance._state.adding:
            field.queryset = labels
            field.label_from_instance = lambda label: f"{label.project}: {label.name}"
        else:
            field.queryset = labels.filter(project=self.instance.project_id).exclude(pk=self.instance.pk)


@admin.register(Label)
class LabelAdmin(ServiceAdmin):
    form = LabelForm
    list_display = (
        "name",
        "key",
        "kind",
        "colour",
        "shortcut",
        "order",
        "retired",
        linked("project"),
        linked("parent"),
    )
    list_select_related = ("project", "parent")
    list_filter = ("kind", "retired", "project")
    search_fields = ("name", "key", "description")
    found_by_id = ("pk", "project")
    ordering = ("project", "order", "pk")
    to_add = ("project", "name", "key", "kind", "colour", "shortcut", "description", "parent", "attributes")
    to_edit = ("name", "colour", "shortcut", "description", "parent", "attributes", "order")
    actions = ("retire", "restore")

    def add(self, by: Person, fields: dict[str, Any]) -> Label:
        return add_label(by=by, **fields)

    def edit(self, by: Person, row: Label, version: int, fields: dict[str, Any]) -> Label:
        if "attributes" in fields and fields["attributes"] is None:
            fields["attributes"] = []  # an empty box
        return edit_label(by=by, label=row, version=version, **fields)

    @admin.action(description="Retire the chosen labels", permissions=["change"])
    def retire(self, request: HttpRequest, labels: QuerySet[Label]) -> None:
        def take_out(label: Label) -> None:
            retire_label(by=operator_of(request), label=label, version=label.version)

        self.each(request, labels, take_out, "retired")

    @admin.action(description="Bring the chosen labels back", permissions=["change"])
    def restore(self, request: HttpRequest, labels: QuerySet[Label]) -> None:
        def bring_back(label: Label) -> None:
            restore_label(by=operator_of(request), label=label, version=label.version)

        self.each(request, labels, bring_back, "brought back")
