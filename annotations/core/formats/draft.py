"""What a file says of one article, before anything is stored: the text exactly, and what is known beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class SpanDraft(NamedTuple):
    """A span that came with the article; its quote was compared with the text. The label is still only a word."""

    start: int
    end: int
    label: str
    quote: str


class Shown(NamedTuple):
    """A value that the text itself shows, and where: text[start:end] is what was read."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """One article to be. `shown` says where the text shows title, outlet or date; `notes` are what to tell people."""

    text: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published_on: str = ""
    published_basis: str = ""
    language: str = ""
    external_id: str = ""
    spans: tuple[SpanDraft, ...] = ()
    shown: Mapping[str, Shown] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def about(self) -> dict[str, str]:
        """What is known, without the text and what is not known: as `services.articles.add_article` takes it."""
        named = ("title", "outlet", "url", "published_on", "published_basis", "language", "external_id")
        return {name: value for name in named if (value := getattr(self, name))}
