"""What is looked for, as the address of a preview says it; and the places that were ticked, as its form sends them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.core.errors import Invalid
from annotations.core.json_text import parse_json
from annotations.core.occurrences import LONGEST_WORDS, Options
from annotations.queries.lookups import as_uuid
from annotations.queries.occurrences import Hit
from annotations.services.occurrences import Place

TICKS = ("case", "accents", "whole_words")


class Asked(NamedTuple):
    """`within` is `article` or `project`; `query` repeats what was asked, for the address of the next page."""

    words: str
    within: str
    options: Options

    @property
    def query(self) -> str:
        said = QueryDict(mutable=True)
        said.update({"asked": "1", "words": self.words, "within": self.within})
        said.update({name: "1" for name in TICKS if getattr(self.options, name)})
        return said.urlencode()

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The same for hidden fields; words as JSON, because no form may change their line ends."""
        ticked = [(name, "1") for name in TICKS if getattr(self.options, name)]
        return [("asked", "1"), ("words_json", json.dumps(self.words)), ("within", self.within), *ticked]


def asked_in(said: Mapping[str, str], words: str = "") -> Asked:
    """What an address or a form asks for; before anybody asked: `words`, in this article, whole words."""
    if not said.get("asked"):
        return Asked(said.get("words", words), known_place(said.get("within")), Options())
    typed = said.get("words", words)
    if written := said.get("words_json"):
        typed = words_of(written)
    return Asked(typed, known_place(said.get("within")), Options(*(bool(said.get(name)) for name in TICKS)))


def words_of(written: str) -> str:
    """The words in a hidden field; nothing where somebody wrote something else into it."""
    try:
        words = parse_json(written)
    except Invalid:
        return ""
    return words if isinstance(words, str) else ""


def known_place(said: str | None) -> str:
    return "project" if said == "project" else "article"


def too_long(words: str) -> str:
    if len(words) <= LONGEST_WORDS:
        return ""
    return _("At most %(most)s characters are looked for.") % {"most": LONGEST_WORDS}


def place_json(hit: Hit) -> str:
    """A hit as its tick sends it."""
    said = {"revision": str(hit.revision), "segments": hit.segments, "quote": hit.quote}
    return json.dumps(said, ensure_ascii=False)


def places_in(ticked: Iterable[str]) -> list[Place]:
    """The ticked hits. Raises Invalid for what no page sends."""
    return [place_of(parse_json(written)) for written in ticked]


def place_of(said: Any) -> Place:
    if not isinstance(said, dict):
        raise Invalid.field("hits", "A place names its revision, its segments and its quote.")
    return Place(as_uuid(said.get("revision")), said.get("segments"), said.get("quote"))
