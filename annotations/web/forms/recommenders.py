"""The form of a recommender: on or off, its name, which label for what it finds, and where an outside one is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.core.matches import LEAST_SCORE
from annotations.models import Recommender
from annotations.services.recommenders import FINDS, labels_for
from annotations.web.fields import Choice, Line, Number, Tick, WriteForm, filled

OUTSIDE = ("http", "label_studio")
FOUND: dict[str, Any] = {
    "quotation": _("Quotations are suggested as"),
    "cue": _("Words of saying and denying are suggested as"),
    "denial": _("Sentences that deny are suggested as"),
    "number": _("Numbers, money and shares are suggested as"),
    "date": _("Dates are suggested as"),
}
PREFIX = "label:"


class RecommenderForm(WriteForm):
    """Fields by the recommender's kind. `labels` are (key, name) of the labels for spans."""

    name = Line(_("Name"), required=True)
    enabled = Tick(_("On"))

    def __init__(self, *args: Any, recommender: Recommender, labels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, called=f"recommender-{recommender.pk}", **kwargs)
        self.recommender = recommender
        for what in FINDS.get(recommender.kind, {}):
            self.fields[f"{PREFIX}{what}"] = Choice(FOUND[what], [("", _("nothing")), *labels])
        if recommender.kind == "matches":
            words = _("In per cent: how often the same words were labelled so where they stood.")
            self.fields["least"] = Number(_("Least score"), 0, 100, help_text=words)
        if recommender.kind in OUTSIDE:
            self.fields["url"] = Line(_("Address"), kind="url")

    def changes(self) -> dict[str, Any]:
        """What was typed, as the service takes it. A box that is not ticked is not sent, and means no."""
        typed = filled(self)
        options = dict(self.recommender.options)
        labels = {name.removeprefix(PREFIX): key for name, key in typed.items() if name.startswith(PREFIX)}
        if labels:
            options["labels"] = {**options.get("labels", {}), **labels}
        if typed.get("least") is not None:
            options["least"] = typed["least"] / 100
        fields: dict[str, Any] = {"enabled": typed.get("enabled", False), "options": options}
        return fields | {name: typed[name] for name in ("name", "url") if name in typed}

    @classmethod
    def initial_of(cls, recommender: Recommender) -> dict[str, Any]:
        chosen = labels_for(recommender)
        shown: dict[str, Any] = {name: getattr(recommender, name) for name in ("name", "enabled", "url")}
        shown |= {f"{PREFIX}{what}": chosen.get(what, "") for what in FINDS.get(recommender.kind, {})}
        least = recommender.options.get("least", LEAST_SCORE)
        return shown | {"least": round(least * 100) if isinstance(least, int | float) else ""}


class NewRecommenderForm(WriteForm):
    """One more: a kind and a name; the rest is set where it then stands."""

    called = "new-recommender"

    kind = Choice(_("Kind"), [], required=True)
    name = Line(_("Name"))
    url = Line(_("Address"), kind="url", help_text=_("Of a model outside; empty for the others."))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = kinds
