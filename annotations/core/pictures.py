"""Figures as plain geometry: where each box, line and word of a drawing stands. A template turns it into SVG.

Layout is deterministic and measured without a browser, so widths are taken generously: a word never leaves its box, in
any script. Words are centred in their boxes, which reads the same in both directions; `mirrored` turns a whole figure.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

LETTER = 13.0  # the size of the words of a figure
LINE = 17.0
WIDE, BROAD, MIDDLE, NARROW = 1.06, 0.82, 0.62, 0.36  # of the size: a generous width of a character
PADDING = 10.0
GAP = 14.0
ARROW = 34.0
HEAD_OF = 6.0  # the head of an arrow


class Text(NamedTuple):
    """One line of words, centred at `x`; `y` is its base line."""

    x: float
    y: float
    words: str
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its lines; `kind` is a class of the style sheet, `title` all its words where they were cut."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    lines: tuple[Text, ...]
    title: str = ""

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Link:
    """A line from one box to another, as the path of an SVG."""

    path: str
    kind: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole figure. `heads` are the words above its columns."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()
    heads: tuple[Text, ...] = ()


# -- words ------------------------------------------------------------------------------------------------------------


def width_of(words: str, size: float = LETTER) -> float:
    """At most how wide these words are. Marks that stand on other letters take no room."""
    return sum(advance(letter) for letter in words) * size


def advance(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F") or ord(letter) > 0xFFFF:
        return WIDE
    if letter in "mwMW@%—…" or letter.isupper():
        return BROAD
    return NARROW if letter in "ijlt.,:;'|!()[] " else MIDDLE


def wrapped(words: str, width: float, most: int, size: float = LETTER) -> list[str]:
    """Lines that fit `width`; what does not fit into `most` lines ends in an ellipsis. A long word is broken."""
    lines: list[str] = []
    current = ""
    for word in pieces(words, width, size):
        longer = f"{current} {word}" if current else word
        if width_of(longer, size) <= width:
            current = longer
            continue
        lines.append(current)
        current = word
    lines.append(current)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(lines[most - 1], width, size)]


def pieces(words: str, width: float, size: float) -> Iterable[str]:
    """The words one by one, those wider than a line in parts that fit."""
    for word in words.split():
        part = ""
        for letter in word:
            if part and width_of(part + letter, size) > width and not unicodedata.combining(letter):
                yield part
                part = ""
            part += letter
        yield part


def shortened(line: str, width: float, size: float) -> str:
    while line and width_of(f"{line}…", size) > width:
        line = line[:-1].rstrip()
    return f"{line}…"


def box(x: float, y: float, width: float, kind: str, name: str, below: Sequence[str] = (), most: int = 3) -> Box:
    """A box as high as its words need: a name, and smaller words below it."""
    inner = width - 2 * PADDING
    named = wrapped(name, inner, most) if name else []
    small = [line for part in below if part for line in wrapped(part, inner, 2)]
    lines = [(line, "name") for line in named] + [(line, "small") for line in small]
    texts = tuple(
        Text(round(x + width / 2, 1), round(y + PADDING + LINE * (at + 0.75), 1), line, shown)
        for at, (line, shown) in enumerate(lines)
    )
    height = 2 * PADDING + LINE * max(1, len(lines))
    is_cut = any(line.endswith("…") for line, _kind in lines)
    whole = " · ".join(part for part in (name, *below) if part)
    return Box(x, y, width, height, kind, texts, whole if is_cut else "")


# -- the chain of an attribution --------------------------------------------------------------------------------------


class Hop(NamedTuple):
    """One link of a chain: who, in which words besides, and where the name comes from (a class of the style sheet)."""

    name: str
    parts: tuple[str, ...] = ()
    kind: str = "inside"


def chain_picture(hops: Sequence[Hop], width: float = 190.0, across: int = 3) -> Picture:
    """The hops from the outlet inward, with an arrow from each to the one it cites; a long chain goes on below."""
    boxes: list[Box] = []
    top = 1.0
    for start in range(0, len(hops), across):
        row = [
            box(1.0 + at * (width + ARROW), top, width, hop.kind, hop.name, hop.parts)
            for at, hop in enumerate(hops[start : start + across])
        ]
        tallest = max(one.height for one in row)
        boxes += [replace(lowered(one, (tallest - one.height) / 2), y=top, height=tallest) for one in row]
        top += tallest + ARROW
    links = [Link(arrow(one, other), "cites") for one, other in pairwise(boxes)]
    right = max((one.x + one.width for one in boxes), default=0.0)
    return Picture(right + 1, max(top - ARROW + 1, 1.0), tuple(boxes), tuple(links))


def arrow(one: Box, other: Box) -> str:
    """Along the row, or down and back to the beginning of the next, with a head at its end."""
    if other.x > one.x:
        x, y = other.x, one.middle
        return f"M{one.x + one.width:g} {y:g}H{x:g}M{x - HEAD_OF:g} {y - 4:g}L{x:g} {y:g}L{x - HEAD_OF:g} {y + 4:g}"
    middle, x, y = one.x + one.width / 2, other.x + other.width / 2, other.y
    between = one.y + one.height + ARROW / 2
    head = f"M{x - 4:g} {y - HEAD_OF:g}L{x:g} {y:g}L{x + 4:g} {y - HEAD_OF:g}"
    return f"M{middle:g} {one.y + one.height:g}V{between:g}H{x:g}V{y:g}{head}"


# -- the map of a dispute ---------------------------------------------------------------------------------------------

COLUMN = 170.0
BETWEEN = 90.0
HEAD = 30.0


class Node(NamedTuple):
    """Something in one column of a map."""

    key: str
    name: str
    below: str = ""


class Edge(NamedTuple):
    """A line between two nodes; `kind` is the stance, and a class of the style sheet."""

    start: str
    end: str
    kind: str


@dataclass(frozen=True, slots=True)
class MapOf:
    """Columns of nodes from left to right, with the words above each, and the lines between neighbours."""

    columns: Sequence[tuple[str, Sequence[Node]]] = ()
    edges: Sequence[Edge] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    between: float = BETWEEN


def map_picture(map_of: MapOf) -> Picture:
    """Columns of boxes, each column centred on the tallest one, nodes ordered so that lines cross little."""
    ordered = uncrossed(map_of)
    columns: list[list[Box]] = []
    heads: list[Text] = []
    x = 1.0
    keys: dict[str, Box] = {}
    for at, (head, nodes) in enumerate(ordered):
        width = map_of.widths.get(at, COLUMN)
        heads.append(Text(round(x + width / 2, 1), LINE, shortened_to(head, width), "head"))
        columns.append(stacked(nodes, x, width, f"column-{at}"))
        x += width + map_of.between
    tall = max((column[-1].y + column[-1].height for column in columns if column), default=HEAD)
    for (_, nodes), column in zip(ordered, columns, strict=True):
        down = (tall - column[-1].y - column[-1].height) / 2 if column else 0.0
        for node, one in zip(nodes, column, strict=True):
            keys[node.key] = lowered(one, down)
    links = [Link(curve(keys[edge.start], keys[edge.end]), edge.kind) for edge in map_of.edges]
    return Picture(x - map_of.between + 1, tall + 1, tuple(keys.values()), tuple(links), tuple(heads))


def shortened_to(words: str, width: float) -> str:
    return words if width_of(words) <= width else shortened(words, width, LETTER)


def stacked(nodes: Sequence[Node], x: float, width: float, kind: str) -> list[Box]:
    boxes: list[Box] = []
    top = HEAD
    for node in nodes:
        one = box(x, top, width, kind, node.name, [node.below])
        boxes.append(one)
        top += one.height + GAP
    return boxes


def lowered(one: Box, down: float) -> Box:
    texts = tuple(text._replace(y=round(text.y + down, 1)) for text in one.lines)
    return replace(one, y=round(one.y + down, 1), lines=texts)


def curve(start: Box, end: Box) -> str:
    """From the right side of one box to the left side of the other, leaving and arriving level."""
    if end.x < start.x:
        start, end = end, start
    left, right = start.x + start.width, end.x
    half = (left + right) / 2
    return f"M{left:g} {start.middle:g}C{half:g} {start.middle:g} {half:g} {end.middle:g} {right:g} {end.middle:g}"


def uncrossed(map_of: MapOf) -> list[tuple[str, list[Node]]]:
    """Every column but the one with most lines sorted by the mean place of what its nodes touch: two sweeps."""
    columns = [(head, list(nodes)) for head, nodes in map_of.columns]
    touches: dict[str, list[str]] = {}
    for edge in map_of.edges:
        touches.setdefault(edge.start, []).append(edge.end)
        touches.setdefault(edge.end, []).append(edge.start)
    fixed = max(range(len(columns)), key=lambda at: lines_in(columns[at][1], touches), default=0)
    outward = [*range(fixed + 1, len(columns)), *range(fixed - 1, -1, -1)]
    for at in outward:
        inner = at - 1 if at > fixed else at + 1
        place = {node.key: number for number, node in enumerate(columns[inner][1])}
        columns[at][1].sort(key=lambda node: mean_place(node, place, touches))
    return columns


def lines_in(nodes: Sequence[Node], touches: Mapping[str, list[str]]) -> int:
    return sum(len(touches.get(node.key, ())) for node in nodes)


def mean_place(node: Node, place: Mapping[str, int], touches: Mapping[str, list[str]]) -> float:
    found = [place[key] for key in touches.get(node.key, ()) if key in place]
    return sum(found) / len(found) if found else float(len(place))


# -- the other direction ----------------------------------------------------------------------------------------------


def mirrored(picture: Picture) -> Picture:
    """The same from right to left, for readers who read that way."""
    width = picture.width

    def flip(text: Text) -> Text:
        return text._replace(x=round(width - text.x, 1))

    boxes = tuple(
        replace(one, x=round(width - one.x - one.width, 1), lines=tuple(flip(text) for text in one.lines))
        for one in picture.boxes
    )
    links = tuple(replace(link, path=mirrored_path(link.path, width)) for link in picture.links)
    return replace(picture, boxes=boxes, links=links, heads=tuple(flip(text) for text in picture.heads))


def mirrored_path(path: str, width: float) -> str:
    """Our own paths only: M, L, C with pairs, H with an x, V with a y."""
    out: list[str] = []
    for command, figures in commands_in(path):
        if command in "MLC":
            figures = [width - figure if at % 2 == 0 else figure for at, figure in enumerate(figures)]
        elif command == "H":
            figures = [width - figure for figure in figures]
        out.append(command + " ".join(f"{figure:g}" for figure in figures))
    return "".join(out)


def commands_in(path: str) -> list[tuple[str, list[float]]]:
    found: list[tuple[str, str]] = []
    for letter in path:
        if letter in "MLCHV":
            found.append((letter, ""))
        else:
            command, figures = found[-1]
            found[-1] = (command, figures + letter)
    return [(command, [float(figure) for figure in figures.split()]) for command, figures in found]
