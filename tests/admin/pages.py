"""The pages of the admin for tests: every model, its addresses, and what a browser would post from a form."""

from django import forms
from django.apps import apps
from django.urls import reverse

MODELS = list(apps.get_app_config("annotations").get_models())
CHANGED_BY_OPERATORS = {"person", "membership", "project", "label"}
READ_ONLY = [model for model in MODELS if model._meta.model_name not in CHANGED_BY_OPERATORS]


def by_name(model):
    return model._meta.model_name


def address(row_or_model, page="changelist"):
    """The address of a model's list or empty form, or of a row's own page."""
    model = row_or_model if isinstance(row_or_model, type) else type(row_or_model)
    args = [] if page in ("changelist", "add") else [row_or_model.pk]
    return reverse(f"admin:annotations_{by_name(model)}_{page}", args=args)


def filled_in(client, where):
    """The fields of a form page as they stand there."""
    form = client.get(where).context["adminform"].form
    values = {bound.name: posted(bound.field, bound.value()) for bound in form}
    return {name: value for name, value in values.items() if value is not None}


def posted(field, value):
    if isinstance(field, forms.BooleanField):
        return "on" if value else None
    return "" if value is None else value


def send(client, where, **changed):
    """Open a form page, change some fields and save. None takes a field away, as an empty box does."""
    values = filled_in(client, where) | changed
    return client.post(where, {name: value for name, value in values.items() if value is not None})


def errors_of(response):
    """What a form page that came back says, by field; "__all__" for what belongs to none."""
    return {name: " ".join(words) for name, words in response.context["adminform"].form.errors.items()}
