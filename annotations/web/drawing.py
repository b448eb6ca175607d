"""What the figures are drawn from: a published edition, or a dispute as it is now. `core.pictures` lays them out.

Every figure has the same in words beside it; a figure that would show nothing is None.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from annotations.core.pictures import (
    Edge,
    Hop,
    MapOf,
    Node,
    Picture,
    chain_picture,
    map_picture,
    mirrored,
)
from annotations.core.places import BARE_ASSERTION, Place
from annotations.models import Evidence
from annotations.models.disputes import VOICED
from annotations.queries.disputes import Grid
from annotations.queries.evidence import Ledger
from annotations.templatetags.dates import partial_date
from annotations.templatetags.words import in_words

Part = Mapping[str, Any]
DRAWN = {"stated": "inside", "external": "outside", "inferred": "inferred"}
ACCESS = {
    "present": gettext_lazy("was there"),
    "briefed": gettext_lazy("was briefed"),
    "hearsay": gettext_lazy("by hearsay"),
}
TERMS = {"on_record": gettext_lazy("on the record"), "background": gettext_lazy("on background")}
MOST_CHAINS = 6  # of one report: further ones say the same in other articles
HOPS_ACROSS = 4  # in one row of the widest column
ON_A_PHONE = 280.0  # what a screen of 360 pixels has room for
WORDS, NUMBER, CLOSE = 114.0, 56.0, 24.0  # columns of a map on a phone, and what lies between them


class Said(NamedTuple):
    """A line of a map in words: who, how, what, for the table beside it."""

    who: str
    how: str
    what: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure and the table beside it; the same for a phone, where boxes hold short names that `names` explains."""

    picture: Picture
    rows: list[Said]
    narrow: Picture
    names: list[Node]


def directed(picture: Picture) -> Picture:
    return mirrored(picture) if get_language_bidi() else picture


# -- chains -----------------------------------------------------------------------------------------------------------


class Chain(NamedTuple):
    """Who says it, through whom: the figure, the same one below the other for a phone, the same in a sentence, and the
    statements it stands for."""

    picture: Picture
    narrow: Picture
    words: str
    names: str


def chains_in(content: Part) -> list[Chain]:
    """The chains of a report's statements, each once, with the names of the statements that came that way."""
    found: list[tuple[list[Hop], str, list[str]]] = []
    for row in content["statements"]:
        outlets = {one["outlet"].casefold() for one in row["appearances"]}
        for links in row["chains"]:
            hops = [hop_of(link) for link in links]
            known = next((names for seen, _words, names in found if seen == hops), None)
            if known is None:
                found.append((hops, chain_in_words(links, outlets), known := []))
            if (name := f"S{row['number']}") not in known:
                known.append(name)
    long_ones = [one for one in found if len(one[0]) > 1][:MOST_CHAINS]
    return [
        Chain(
            directed(chain_picture(hops, across=HOPS_ACROSS)),
            directed(chain_picture(hops, width=ON_A_PHONE, across=1)),
            words,
            ", ".join(names),
        )
        for hops, words, names in long_ones
    ]


def chain_in_words(links: list[Part], outlets: Container[str] = ()) -> str:
    """As a reader expects it: who says it first, then whom they cite; the outlet that only carries it comes last.
    `outlets` are those of the articles, which their own text may credit."""
    first, *inward = links
    is_carried = bool(inward) and (first["is_outlet"] or first["name"].casefold() in outlets)
    *citing, words = map(isolated, inward if is_carried else links)
    for name in reversed(citing):
        words = _("{name}, citing {rest}").format(name=name, rest=words)
    return _("{said} (carried by {outlet})").format(said=words, outlet=isolated(first)) if is_carried else words


def isolated(link: Part) -> str:
    """A name in whatever script, which does not turn the words around it."""
    return f"\u2068{link['name'] or _('Not stated')}\u2069"


def how_many(people: int) -> str:
    words = ngettext("{number} of them", "{number} of them", people)
    return words.format(number=people) if people > 1 else ""


def hop_of(link: Part) -> Hop:
    if link["is_outlet"]:
        return Hop(link["name"], (_("carries it"),))
    parts = [
        _("not named") if link["naming"] == "unnamed" else "",
        how_many(link["count"] or 1),
        str(ACCESS.get(link["access"], "")),
        str(TERMS.get(link["terms"], "")),
        where(link),
    ]
    return Hop(link["name"] or _("Not stated"), tuple(part for part in parts if part), DRAWN[link["basis"]])


def where(link: Part) -> str:
    if link["basis"] == "external":
        source = link["source"]
        return _("not in the text, from {source}").format(source=source) if source else _("from outside the text")
    return _("inferred from the text") if link["basis"] == "inferred" else ""


# -- the map ----------------------------------------------------------------------------------------------------------


def map_in(content: Part) -> Drawn | None:
    """The map of what was published."""
    statements = [row for row in content["statements"] if row["place"] != Place.OUT_OF_SCOPE]
    numbers = {row["number"] for row in statements}
    names = {row["id"]: f"S{row['number']}" for row in statements}
    parties = [Node(f"p{at}", party["name"], party["on_behalf_of"]) for at, party in enumerate(content["parties"])]
    stances = [
        Edge(f"p{at}", names[pk], stance["stance"])
        for at, party in enumerate(content["parties"])
        for pk, stance in party["stances"].items()
        if stance["stance"] in VOICED and pk in names
    ]
    passages = [
        (one, passage) for one in content["sources"] for passage in one["passages"] if passage["statement"] in numbers
    ]
    heard = [
        (f"S{passage['statement']}", f"e{one['number']}", passage["stance"], passage["ground"], passage["origin"])
        for one, passage in passages
    ]
    sources = [source_node(f"e{one['number']}", one["publisher"] or one["title"], one["published_on"])
               for one in content["sources"]]  # fmt: skip
    nodes = [Node(names[row["id"]], names[row["id"]], row["text"]) for row in statements]
    return drawn(parties, nodes, sources, stances, heard)


def map_of(grid: Grid, ledger: Ledger) -> Drawn | None:
    """The map of a dispute as it is now, as one person may see it."""
    in_scope = [row for row in grid.statements if row.place != Place.OUT_OF_SCOPE]
    names = {row.claim.pk: row.name for row in in_scope}
    keys = {party.agent.pk: f"p{at}" for at, party in enumerate(grid.parties)}
    parties = [Node(keys[party.agent.pk], party.agent.name, behalf_of(party.latest)) for party in grid.parties]
    stances = [
        Edge(keys[cell.party.agent.pk], row.name, cell.stance.stance)
        for row in in_scope
        for cell in row.cells
        if cell.stance and cell.stance.stance in VOICED
    ]
    evidence = [one for one in ledger.evidence if one.claim_id in names]
    sources = {one.source_id: one.source for one in evidence}
    nodes = [
        source_node(f"e{pk}", source.publisher.name if source.publisher else source.title, source.published_on)
        for pk, source in sources.items()
    ]
    heard = [heard_in(one, names) for one in evidence]
    return drawn(parties, [Node(row.name, row.name, row.claim.text) for row in in_scope], nodes, stances, heard)


def behalf_of(position: Any) -> str:
    return position.on_behalf_of.name if position.on_behalf_of else ""


def heard_in(one: Evidence, names: Mapping[Any, str]) -> tuple[str, str, str, str, str]:
    origin = one.origin.label if one.origin else ""
    return names[one.claim_id], f"e{one.source_id}", one.stance, one.ground, origin


def source_node(key: str, name: str, published_on: str) -> Node:
    return Node(key, name, partial_date(published_on))


def drawn(
    parties: list[Node],
    statements: list[Node],
    sources: list[Node],
    stances: list[Edge],
    heard: Iterable[tuple[str, str, str, str, str]],
) -> Drawn | None:
    heard = list(dict.fromkeys(heard))
    if not (stances or heard):
        return None
    said = [Edge(name, source, "bare" if ground == BARE_ASSERTION else stance)
            for name, source, stance, ground, _origin in heard]  # fmt: skip
    traced = list(dict.fromkeys((source, origin) for _name, source, _stance, _ground, origin in heard if origin))
    origins = list(dict.fromkeys(origin for _source, origin in traced))
    roots = [Edge(source, f"o:{origin}", "from") for source, origin in traced]
    mentioned = {edge.end for edge in said}
    columns = [
        (_("Parties"), parties),
        (_("Statements"), statements),
        (_("Sources"), [node for node in sources if node.key in mentioned]),
        (_("Origins"), [Node(f"o:{origin}", origin) for origin in origins]),
    ]
    shown = [(head, nodes) for head, nodes in columns if nodes]
    lines = [*stances, *dict.fromkeys(said)]
    picture = directed(map_picture(MapOf(shown, [*lines, *roots])))
    narrow = directed(map_picture(on_a_phone(columns, lines, traced)))
    return Drawn(picture, in_table(columns, stances, said, roots), narrow, statements)


def on_a_phone(columns: list[tuple[str, list[Node]]], lines: list[Edge], traced: list[tuple[str, str]]) -> MapOf:
    """Statements by their numbers alone, and the origins in the boxes of their sources."""
    parties, (_head, statements), (sources_head, sources), _origins = columns
    roots: dict[str, list[str]] = {}
    for source, origin in traced:
        roots.setdefault(source, []).append(origin)
    rooted = [node._replace(below=", ".join(roots.get(node.key, ())) or node.below) for node in sources]
    every = [
        (parties, WORDS),
        (("", [node._replace(below="") for node in statements]), NUMBER),
        ((sources_head, rooted), WORDS),
    ]
    shown = [(column, width) for column, width in every if column[1]]
    widths = {at: width for at, (_column, width) in enumerate(shown)}
    return MapOf([column for column, _width in shown], lines, widths, CLOSE)


def in_table(columns: list[tuple[str, list[Node]]], *edges: list[Edge]) -> list[Said]:
    names = {node.key: node.name for _head, nodes in columns for node in nodes}
    stances, said, roots = edges
    rows = [Said(names[edge.start], in_words(edge.kind), names[edge.end]) for edge in stances]
    rows += [Said(names[edge.end], evidence_in_words(edge.kind), names[edge.start]) for edge in dict.fromkeys(said)]
    return rows + [Said(names[edge.start], _("Goes back to"), names[edge.end]) for edge in roots]


def evidence_in_words(kind: str) -> str:
    return _("Only asserts or denies") if kind == "bare" else in_words(kind)
