"""What the concordance is asked, as its address says it, and the rows that were ticked for a change."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.core.errors import Invalid
from annotations.queries.concordance import Filters
from annotations.queries.lookups import as_uuid

SORT_WORDS = (
    ("newest", _("newest first")),
    ("text", _("by the words")),
    ("left", _("by what stands before")),
    ("right", _("by what stands after")),
    ("article", _("by article")),
)
TEXT_SORT_WORDS = tuple((key, words) for key, words in SORT_WORDS if key != "newest")
LONGEST = 200


def filters_in(said: QueryDict) -> Filters:
    """The filters of an address. An id that is none narrows nothing."""
    ids: dict[str, Any] = {name: as_uuid(said.get(name, "")) for name in ("label", "author", "article")}
    texts: dict[str, Any] = {
        name: said.get(name, "").replace("\x00", "�")[:LONGEST] for name in ("words", "note", "attribute", "value")
    }
    return Filters(**ids, **texts)


def versions_in(rows: Iterable[str]) -> dict[UUID, int]:
    """The ticked annotations with the versions that were seen. Raises Invalid for what no page sends."""
    found: dict[UUID, int] = {}
    for row in rows:
        pk, _colon, version = row.partition(":")
        known = as_uuid(pk)
        if known is None or not (version.isascii() and version.isdigit() and len(version) < 10):
            raise Invalid.field("annotations", "A row names an annotation and its version.")
        found[known] = int(version)
    return found


def attribute_names(labels: Iterable[Any]) -> list[str]:
    """Every attribute that a label defines, once."""
    return list(dict.fromkeys(attribute["name"] for label in labels for attribute in label.attributes))
