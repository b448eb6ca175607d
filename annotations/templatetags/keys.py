"""Every key of the annotate screen, in one table: the cheat sheet is drawn from it.

A key is an attribute (data-key) of the button that it presses. A new one gets its row here: tests compare this table
with the templates, and with the pages as they stand in a browser, and fail for a key that is missing or that lies.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()


class Row(NamedTuple):
    """Keys as data-key has them, and what they do. Several share a row where one is the other's counterpart."""

    keys: tuple[str, ...]
    words: "StrOrPromise"


class Group(NamedTuple):
    name: "StrOrPromise"
    rows: tuple[Row, ...]


ANYWHERE = Group(
    _("Anywhere"),
    (
        Row(("j", "k"), _("next, previous paragraph")),
        Row(("n", "p"), _("next, previous annotation")),
        Row(("F6",), _("next pane: queue, article, inspector")),
        Row(("/",), _("search in the article")),
        Row(("t", "T"), _("next, previous paragraph without a mark")),
        Row(("y", "Y"), _("next, previous place where people differ")),
        Row(("b", "B"), _("next, previous annotation of one label")),
        Row(("J", "K"), _("next, previous article")),
        Row(("H",), _("hide the highlights, or show them")),
        Row(("R",), _("show or hide the arcs of relations")),
        Row(("u", "U"), _("undo, do it again")),
        Row(("g q",), _("to the queue")),
        Row(("g d",), _("to the disputes")),
        Row(("g p",), _("to the project")),
        Row(("g e",), _("to the export")),
        Row(("?",), _("these keys")),
    ),
)
AN_ANNOTATION = Group(
    _("The annotation that is open"),
    (
        Row(("l", "."), _("another label, by its first letters; the last label again")),
        Row(("i",), _("its attributes and its note")),
        Row(("c",), _("its claim; then Enter makes it")),
        Row(("C",), _("a claim that they said it")),
        Row(("w",), _("who says it")),
        Row(("e",), _("evidence")),
        Row(("d",), _("the dispute")),
        Row(("m",), _("comments")),
        Row(("o",), _("find the same words elsewhere")),
        Row(("r",), _("relate it to another")),
        Row(("[", "]"), _("move its start, its end")),
        Row(("&", ";"), _("another part of the same span; the selection as a part of it")),
        Row(("S",), _("split it in two")),
        Row(("M",), _("merge it with another")),
        Row(("Delete",), _("move it to the trash")),
    ),
)
MARKING = Group(
    _("Marking"),
    (
        Row(("v",), _("begin: first letters of the start, Enter, of the last word, Enter")),
        Row(("Enter", "Backspace"), _("a step on, a step back")),
        Row(("Tab",), _("the next word that begins so")),
        Row(("ArrowLeft", "ArrowRight"), _("by word, to the side of the arrow")),
        Row(("ArrowUp", "ArrowDown"), _("by sentence")),
        Row(("Shift",), _("with an arrow: extend")),
        Row(("+", "-"), _("quotation, sentence, paragraph, and back")),
        Row((",", "."), _("the end, a character less, a character more")),
        Row(("<", ">"), _("the start, a character earlier, a character later")),
        Row(("_",), _("leave out the spaces at the ends, or keep them")),
        Row(("*",), _("the last label sticks: Enter marks with it")),
        Row(("Escape",), _("leave")),
    ),
)
SUGGESTED = Group(
    _("Suggestions"),
    (
        Row(("s",), _("show them, ask for them, hide them; while they are shown n and p go through them")),
        Row(("a", "x"), _("accept, reject the one that is shown; a label’s digit accepts it as that")),
        Row(("A",), _("accept many at once")),
    ),
)
WRITING = Group(
    _("In a form"),
    (
        Row(("Ctrl+Enter",), _("save what one writes")),
        Row(("Escape",), _("from the inspector back to the text; what one wrote stays")),
    ),
)
GROUPS = (ANYWHERE, AN_ANNOTATION, MARKING, SUGGESTED, WRITING)
# How a key reads on its cap.
CAPS = {
    "ArrowLeft": "←", "ArrowRight": "→", "ArrowUp": "↑", "ArrowDown": "↓", "Delete": "Del", "Escape": "Esc",
}  # fmt: skip


@register.simple_tag
def key_groups() -> list[dict[str, Any]]:
    """For the cheat sheet: groups of rows, each key as the caps that are pressed after or with each other."""
    return [
        {
            "name": group.name,
            "rows": [{"keys": [shown(key) for key in row.keys], "words": row.words} for row in group.rows],
        }
        for group in GROUPS
    ]


def shown(key: str) -> dict[str, Any]:
    parts = key.split("+") if "+" in key and len(key) > 1 else key.split(" ") if len(key) > 1 else [key]
    return {"key": key, "caps": [CAPS.get(part, part) for part in parts]}
