"""The folds of the inspector: forms and lists that are made when somebody opens them, and not with every answer.

A fold has a name: `note`, `claim`, `attribution`, `attribution:<id>`, `evidence:<id of the claim>`, `relation`,
`relation:<id>`, `merge`, `ends`, `history`. A whole page has all of them, so that it works without a script; an answer
to htmx has those that are asked for, or refused, and the page asks for the others (`?fold=`).
"""

from collections.abc import Container, Mapping
from typing import Any

from annotations.core.errors import NotFound

TEMPLATES = {
    name: f"annotations/annotations/folds/{template}.html"
    for name, template in {
        "note": "note",
        "claim": "claim",
        "attribution": "attribution",
        "attribution:": "saying",
        "evidence:": "evidence",
        "relation": "relate",
        "relation:": "relation",
        "merge": "merge",
        "ends": "ends",
        "history": "history",
    }.items()
}
WITH_MENUS = ("attribution", "relation", "merge")  # these offer other annotations, so they need to know of them
WITH_NAMES = ("attribution", "evidence")  # and these complete names of agents


class Every(Container[str]):
    """All folds, whatever their names: the folds of a whole page."""

    def __contains__(self, name: object) -> bool:
        return True


EVERY = Every()
NONE: Container[str] = frozenset()


def kind_of(name: str) -> str:
    """`evidence:` for `evidence:0192...`: the name without the id."""
    kind, colon, _ = name.partition(":")
    return kind + colon


def template_of(name: str) -> str:
    """Raises NotFound for a name that is none."""
    if kind_of(name) not in TEMPLATES:
        raise NotFound("There is nothing here.")
    return TEMPLATES[kind_of(name)]


def offers_others(folds: Container[str]) -> bool:
    return isinstance(folds, Every) or any(name.split(":")[0] in WITH_MENUS for name in folds)  # type: ignore[attr-defined]


def completes_names(folds: Container[str]) -> bool:
    return isinstance(folds, Every) or any(name.split(":")[0] in WITH_NAMES for name in folds)  # type: ignore[attr-defined]


def context_of(name: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """What the template of one fold shows, out of what the whole inspector would. Raises NotFound where it has none."""
    kind = kind_of(name)
    if not kind.endswith(":"):
        return dict(context)
    noun = {"attribution:": "chains", "evidence:": "claims", "relation:": "relations"}[kind]
    rows = [one for row in context[noun] for one in (row, *row.get("relays", ()))]
    row = next((row for row in rows if row["fold"] == name), None)
    if row is None:
        raise NotFound("There is nothing here.")
    beside = {"chain": row, "row": row, "claim": row.get("claim"), "form": row.get("evidence_form")}
    return dict(context) | beside
