"""How the forms of the pages are built: words are never trimmed, refusals of services stand beside the field they name.

A form only reads what was typed. What is valid is the services' business; they raise, and `refuse` puts their sentences
where they belong. Names of fields are those of the API.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.http import HttpRequest, QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from annotations.core.errors import Invalid, WorkbenchError
from annotations.core.json_text import parse_json
from annotations.core.sentences import say
from annotations.templatetags.languages import said, translated

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = Iterable["tuple[str, StrOrPromise]"]
lazy_said = lazy(said, str)  # in the language of the request that shows it


class Renderer(TemplatesSetting):
    field_template_name = "annotations/_field.html"


class Sentences(ErrorList):
    template_name = "annotations/_errors.html"


class WriteForm(forms.Form):
    """`called` makes the ids of its fields differ from those of the other forms on the page."""

    default_renderer = Renderer
    use_required_attribute = False  # the reason stands in the page, also inside a folded part
    called = "form"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{kwargs.pop('called', self.called)}-%s")
        kwargs.setdefault("error_class", Sentences)
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def refuse(self, error: WorkbenchError) -> None:
        """Put the sentences of a refusal beside their fields; what names no field here stands above the form."""
        if isinstance(error, Unreadable):
            return  # they are there already
        if not error.errors:
            self.add_error(None, translated(error.message))
        for name, sentences in error.errors.items():
            field = name if name in self.fields else None
            for sentence in sentences:
                words = translated(sentence)
                self.add_error(field, words if field or len(error.errors) == 1 else f"{name}: {words}")

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed into the fields that were sent: a service leaves the rest as it is."""
        return {name: value for name, value in self.cleaned_data.items() if self.was_sent(name)}

    def was_sent(self, name: str) -> bool:
        widget = self.fields[name].widget
        return not widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: all that was sent, also where that is nothing; None where a page is only read."""
    return request.POST if request.method == "POST" else None


def filled(form: WriteForm) -> dict[str, Any]:
    """What was typed, once every field could be read. Raises Invalid in the words of the fields."""
    if form.is_valid():
        return form.typed
    errors = {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}
    raise Unreadable(next(iter(errors.values()))[0], errors=errors)


class Unreadable(Invalid):
    """A field could not even be read; the form has the sentences already."""


def version_of(request: HttpRequest) -> int:
    """The version that the form was opened at. Raises Invalid where it is missing or no number."""
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise Invalid("This form does not say which version it changes. Load the page again, then send it again.")
    return int(version)


def json_in(request: HttpRequest, name: str, default: Any = None) -> Any:
    """A field that holds JSON: segments, and quotes, whose line ends no form encoding can change that way."""
    written = request.POST.get(name, "")
    if not written:
        return default
    try:
        return parse_json(written)
    except Invalid as error:
        raise Invalid.field(name, error.message) from error


# -- fields -----------------------------------------------------------------------------------------------------------


FILL_IN = {"required": _("Please fill this in.")}
NOT_SAID = _("not said")
NO_VERSION = _("This form does not say which version it changes. Load the page again, then send it again.")
CHOOSE = {
    "required": _("Please choose one."),
    "invalid_choice": _("“%(value)s” is none of these."),
}


class Line(forms.CharField):
    """One line of words, as typed."""

    def __init__(self, label: "StrOrPromise", *, required: bool = False, kind: str = "text", **kwargs: Any) -> None:
        attrs = {"dir": "auto", "autocomplete": "off"} | kwargs.pop("attrs", {})
        widget = forms.TextInput(attrs=attrs)
        widget.input_type = kind
        super().__init__(label=label, required=required, strip=False, widget=widget, error_messages=FILL_IN, **kwargs)


class Text(forms.CharField):
    """Several lines. A browser sends their ends as CR LF; they are stored as LF, the way they are typed."""

    def __init__(self, label: "StrOrPromise", *, required: bool = False, rows: int = 3, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"} | kwargs.pop("attrs", {}))
        super().__init__(label=label, required=required, strip=False, widget=widget, error_messages=FILL_IN, **kwargs)

    def to_python(self, value: Any) -> Any:
        return with_line_feeds(super().to_python(value) or "")


class Choice(forms.ChoiceField):
    """One of a list, shown as a menu or, with `radios`, all at once."""

    def __init__(
        self, label: "StrOrPromise", choices: Choices, *, required: bool = False, radios: bool = False, **kwargs: Any
    ) -> None:
        widget = forms.RadioSelect if radios else forms.Select
        super().__init__(
            label=label, choices=choices, required=required, widget=widget, error_messages=CHOOSE, **kwargs
        )


class Several(forms.MultipleChoiceField):
    """Any number of a list, as check boxes."""

    def __init__(self, label: "StrOrPromise", choices: Choices, **kwargs: Any) -> None:
        super().__init__(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class Tick(forms.BooleanField):
    def __init__(self, label: "StrOrPromise", **kwargs: Any) -> None:
        super().__init__(label=label, required=False, **kwargs)


class Number(forms.IntegerField):
    """A whole number between two others, both included."""

    def __init__(self, label: "StrOrPromise", low: int, high: int, *, required: bool = False, **kwargs: Any) -> None:
        words = lazy_said(say("A whole number from {low} to {high:,}.", low=low, high=high))
        messages = FILL_IN | dict.fromkeys(("invalid", "min_value", "max_value"), words)
        super().__init__(
            label=label, required=required, min_value=low, max_value=high, error_messages=messages, **kwargs
        )


class Version(forms.IntegerField):
    """The version of one row of several that a form changes, which the page carries unseen."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=True, min_value=0, max_value=999_999_999, error_messages={"required": NO_VERSION})


def with_line_feeds(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n")


def unchanged(typed: Mapping[str, Any], row: Any) -> dict[str, Any]:
    """What was typed, but for words that came back as the form had to show them: a stored CR or line end that a field
    of a page cannot carry is kept, unless somebody really changed the words."""
    return {
        name: stored if isinstance(stored := getattr(row, name, None), str) and is_as_shown(value, stored) else value
        for name, value in typed.items()
    }


def is_as_shown(value: Any, stored: str) -> bool:
    return value in (with_line_feeds(stored), with_line_feeds(stored).replace("\n", ""))


def blank_first(choices: Choices, words: "StrOrPromise" = NOT_SAID) -> list[tuple[str, "StrOrPromise"]]:
    return [("", words), *choices]
