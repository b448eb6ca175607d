"""A text with its marks as plain elements: for print, for readers without highlights.

The text is cut into pieces wherever a mark begins or ends. Each piece is wrapped in the marks over it, the longest
outermost, so that overlapping marks need no element that crosses another, and each label can be switched off alone.
"""

from bisect import bisect_left
from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from annotations.core.text import Block, blocks
from annotations.models import Article, Label, Person, Revision
from annotations.queries.relations import relations_in
from annotations.web.desk import swatches
from annotations.web.marks import Mark

NESTED_AT_MOST = 4  # marks around one piece: the shortest ones; all of them are named
RELATIONS_AT_MOST = 500


class Piece(NamedTuple):
    """A stretch of text under the same marks; `ends` are the marks whose span ends with it."""

    text: str
    marks: list[Mark]
    ends: list[Mark]
    is_line_end: bool

    @property
    def slot(self) -> int:
        return min(self.marks, key=length_of)["slot"]

    @property
    def numbers(self) -> str:
        return ", ".join(str(mark["number"]) for mark in self.marks)


def flat_blocks(text: str, marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """The paragraphs, each as pieces that tile it."""
    spanned = [mark for mark in marks if mark["segments"]]
    bounds = sorted({place for mark in spanned for segment in mark["segments"] for place in segment})
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in spanned:
        for start, end in mark["segments"]:
            opening.setdefault(start, []).append(mark)
            closing.setdefault(end, []).append(mark)
    active: dict[str, Mark] = {}
    return [
        {"start": block.start, "pieces": pieces(text, block, bounds, opening, closing, active)}
        for block in blocks(text)
    ]


def pieces(
    text: str,
    block: Block,
    bounds: list[int],
    opening: dict[int, list[Mark]],
    closing: dict[int, list[Mark]],
    active: dict[str, Mark],
) -> list[Piece]:
    """One block cut at every bound in it. `active` carries the marks that reach over from the block before."""
    inner = bounds[bisect_left(bounds, block.start + 1) : bisect_left(bounds, block.end)]
    cuts = sorted({block.start, block.words_start, *inner, block.words_end, block.end})
    found = []
    for left, right in pairwise(cuts):
        for mark in closing.get(left, ()):
            active.pop(mark["id"], None)
        active |= {mark["id"]: mark for mark in opening.get(left, ())}
        ends = [mark for mark in closing.get(right, []) if mark["segments"][-1][1] == right]
        is_line_end = right <= block.words_start or left >= block.words_end
        found.append(Piece(text[left:right], list(active.values()), ends, is_line_end))
    return found


def length_of(mark: Mark) -> int:
    return sum(end - start for start, end in mark["segments"])


def reading_context(article: Article, revision: Revision, marks: list[Mark], person: Person) -> dict[str, Any]:
    """What the reading view shows of a text with these marks. Two queries."""
    legend = legend_of(article, marks)
    return {
        "section": "queue",
        "project": article.project,
        "article": article,
        "revision": revision,
        "marks": marks,
        "document_marks": [mark for mark in marks if not mark["segments"]],
        "legend": legend,
        "blocks": paragraphs(revision.text, marks, legend),
        "relations": relations_on(article, person, marks),
    }


# -- as HTML ----------------------------------------------------------------------------------------------------------


def paragraphs(text: str, marks: Iterable[Mark], legend: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each paragraph with where it starts and its `html`. Written here and not in a template: 5,000 marks make 10,000
    pieces, and a template takes a second for them."""
    places = {swatch["key"]: swatch for swatch in legend}
    written = (
        (block["start"], "".join(piece_html(piece, places) for piece in block["pieces"]))
        for block in flat_blocks(text, marks)
    )
    return [{"start": start, "html": mark_safe(html)} for start, html in written]  # noqa: S308 - escaped below


def piece_html(piece: Piece, legend: dict[str, dict[str, Any]]) -> str:
    words = exactly(piece.text)
    if piece.is_line_end:
        words = f'<span class="eol">{words}</span>'
    elif piece.marks:
        shortest = sorted(piece.marks, key=length_of)[:NESTED_AT_MOST]
        numbers = escape(piece.numbers)
        for mark in shortest:  # the last one written is the outermost
            place = legend[mark["label"]]["place"]
            words = f'<mark class="l-{mark["slot"]} k-{place}" data-marks="{numbers}">{words}</mark>'
    return words + "".join(reference_html(mark, legend) for mark in piece.ends)


def reference_html(mark: Mark, legend: dict[str, dict[str, Any]]) -> str:
    """The number behind a mark, as a footnote's. It is drawn from an attribute, so that the text stays the text."""
    number, swatch = mark["number"], legend[mark["label"]]
    name = _("Mark %(number)s: %(label)s") % {"number": number, "label": mark["label_name"]}
    return (
        f'<a class="ref k-{swatch["place"]}" id="ref-{number}" href="#mark-{number}" aria-label="{escape(name)}" '
        f'data-ref="{number}" data-code="{escape(swatch["code"])}"></a>'
    )


def exactly(words: str) -> str:
    """As templatetags/text.py writes a text: the parser would fold a carriage return into a line feed."""
    return escape(words).replace("\r", "&#13;")


def legend_of(article: Article, marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """The labels that the marks have, each with its swatch, its `place` in the list and how many marks. One query."""
    counts: dict[str, int] = {}
    for mark in marks:
        counts[mark["label"]] = counts.get(mark["label"], 0) + 1
    labels = Label.objects.filter(project_id=article.project_id, key__in=list(counts))
    return [
        swatch | {"place": place, "count": counts[swatch["key"]]} for place, swatch in enumerate(swatches(labels), 1)
    ]


def relations_on(article: Article, person: Person, marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """The relations between these marks, by their numbers. One query."""
    known = {mark["id"]: mark for mark in marks}
    rows = relations_in(article, person).values_list("from_annotation_id", "to_annotation_id", "label__name")
    return [
        {"from": known[str(one)], "to": known[str(other)], "name": name}
        for one, other, name in rows[:RELATIONS_AT_MOST]
        if str(one) in known and str(other) in known
    ]
