"""A plain text file as one article: the text to the last byte, and what its head shows of title, outlet and date.

Nothing is guessed silently: each finding says where it stands (`shown`), has the basis "printed", and every doubt is a
note. What the head does not show stays empty, but for the title, for which the file's name serves, with a note.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

from annotations.core.dates import MONTHS, check_date
from annotations.core.errors import Invalid
from annotations.core.formats.draft import ArticleDraft, Shown
from annotations.core.text import blocks, check_storable

NAME = "txt"
EXTENSION = "txt"
HEAD_LINES = 12  # a title, a date and an outlet stand above this, or are not looked for
HEAD_CODE_POINTS = 10_000
TITLE_CODE_POINTS = 300
DATELINE_PARAGRAPHS = 3  # a summary may stand before the paragraph that names the agency
PARAGRAPH_CODE_POINTS = 120  # a line this long is running text, whatever it ends with


def read(raw: bytes, name: str = "") -> ArticleDraft:
    """The draft of one file. `name` is the file's name. Raises Invalid: not UTF-8, empty, or not storable."""
    text = decoded(raw)
    if not text.strip():
        raise Invalid.field("text", "This file holds no text.")
    check_storable(text)
    head = _Head(text)
    title, notes = _title(head, name)
    shown = {"title": title, "outlet": head.outlet, "published_on": head.published_on}
    found = {field: place for field, place in shown.items() if place is not None}
    values = {field: place.value for field, place in found.items()}
    return ArticleDraft(
        text=text,
        title=values.get("title", "") or PurePath(name).stem[:TITLE_CODE_POINTS],
        outlet=values.get("outlet", ""),
        published_on=values.get("published_on", ""),
        published_basis="printed" if "published_on" in values else "",
        shown=found,
        notes=(*head.notes, *notes),
    )


def decoded(raw: bytes) -> str:
    """The text of a file, byte for byte. Raises Invalid where it is not UTF-8."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Invalid.field("text", "This file is UTF-16: save it as UTF-8.")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Invalid.field("text", f"This file is not UTF-8: byte {error.start + 1} cannot be read.") from None


# ------------------------------------------------------------------------------------------------------------ the head


class _Line(NamedTuple):
    """One line of the head without the white space around it."""

    words: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)


class _Head:
    """The lines above the first paragraph, sorted into dates, furniture and what may be a title."""

    def __init__(self, text: str) -> None:
        self.titles: list[_Line] = []
        self.notes: list[str] = []
        self.published_on: Shown | None = None
        self.outlet: Shown | None = None
        self.paragraphs = 0
        for line in _lines(text):
            if self.paragraphs or _is_paragraph(line):
                self.paragraphs += 1
                self._read_dateline(line, text)
            elif not self._is_date(line):
                self._sort(line)
            if self.outlet or self.paragraphs == DATELINE_PARAGRAPHS:
                return

    def _is_date(self, line: _Line) -> bool:
        found = _DATE_LINE.fullmatch(line.words)
        if found is None:
            return False
        value = _date_of(found)
        if value and self.published_on is None:
            at = line.start + found.start("date")
            self.published_on = Shown(value, at, at + len(found["date"]))
        elif not value:
            self.notes.append(f"The date “{line.words}” can be read in two ways, so it was not taken.")
        return True

    def _sort(self, line: _Line) -> None:
        if _REPEATED.fullmatch(line.words) or _RUN_TOGETHER.fullmatch(line.words):
            self.notes.append(f"The line “{line.words}” was taken for a part of the page, not of the article.")
        elif len(line.words) <= TITLE_CODE_POINTS:
            self.titles.append(line)

    def _read_dateline(self, line: _Line, text: str) -> None:
        """What stands before the sentence: `date 2024-03-18 Outlet - `, `Outlet - `, `AGENCY: `, `CITY (Agency) - `."""
        rest = line
        if labelled := _DATE_LABEL.match(line.words):
            value = _date_of(labelled)
            if value and self.published_on is None:
                at = line.start + labelled.start("date")
                self.published_on = Shown(value, at, at + len(labelled["date"]))
            rest = _Line(line.words[labelled.end() :], line.start + labelled.end())
        found = _DATELINE.match(rest.words)
        if found is None:
            return
        group = "agency" if found["agency"] else "name"
        if _is_outlet(found[group], text):
            self.outlet = Shown(found[group], rest.start + found.start(group), rest.start + found.end(group))
        elif self.paragraphs == 1:
            self.notes.append(f"“{found[group]}” before the first sentence may be a place: it was not taken as outlet.")


def _lines(text: str) -> Iterator[_Line]:
    for block in blocks(text[:HEAD_CODE_POINTS])[:HEAD_LINES]:
        line = text[block.words_start : block.words_end]
        words = line.strip(" \t\ufeff\u00a0")
        if words:
            yield _Line(words, block.words_start + line.index(words))


def _is_paragraph(line: _Line) -> bool:
    is_sentence = bool(_SENTENCE_END.search(line.words)) and len(line.words.split()) >= 8
    return len(line.words) >= PARAGRAPH_CODE_POINTS or is_sentence


def _title(head: _Head, name: str) -> tuple[Shown | None, list[str]]:
    lines = head.titles if head.paragraphs else []
    if len(lines) == 2 and lines[0].words.endswith(":"):
        return _shown(lines[1]), [f"“{lines[0].words}” above the title was not taken into it."]
    if len(lines) == 1:
        return _shown(lines[0]), []
    serves = "The file's name serves as title" if name else "The article has no title yet"
    if not lines:
        return None, [f"{serves}: the text shows none above its first paragraph."]
    several = " / ".join(f"“{line.words}”" for line in lines)
    return None, [f"{serves}: several lines above the first paragraph could be the title: {several}."]


def _shown(line: _Line) -> Shown:
    return Shown(line.words, line.start, line.end)


# --------------------------------------------------------------------------------------------------------------- words

_MONTHS = {month.lower(): number for number, month in enumerate(MONTHS, 1)}
_MONTH = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_DATE = (
    r"(?P<date>(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<slashed>\d{1,2}[/.]\d{1,2}[/.]\d{4})"
    rf"|{_DAY}\s+{_MONTH},?\s+{_YEAR}"
    rf"|{_MONTH.replace('month', 'month2')}\s+{_DAY.replace('day', 'day2')},?\s+{_YEAR.replace('year', 'year2')})"
)
_LABEL = r"(?:(?:publish(?:ed|ing)?|publication)(?:\s+(?:date|on))?|posted(?:\s+on)?|dated?)\s*:?\s+"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_ZONE = r"(?:\s?(?:Z|[A-Z]{2,5}|[+-]\d{2}:?\d{2})){0,2}"
_TIME = rf"(?:[,T\s|–-]*\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\s?[AP]\.?M\.?)?{_ZONE})?"
_DATE_LINE = re.compile(rf"(?:{_LABEL})?{_WEEKDAY}{_DATE}{_TIME}", re.IGNORECASE)
_DATE_LABEL = re.compile(rf"{_LABEL}{_WEEKDAY}{_DATE}{_TIME}\s+", re.IGNORECASE)

_NAMED = r"[^\W\d_][\w.’'&]*(?:[ -][^\W\d_][\w.’'&]*){0,4}"
_DATELINE = re.compile(
    rf"(?P<name>{_NAMED})(?:,[^()\n]{{1,30}})?(?:\s*\((?P<agency>{_NAMED})\))?\s*(?:\s[-–—]+\s|:\s)(?=\S)"
)
_SENTENCE_END = re.compile(r"[.!?…。؟۔][”’\"')\]»]*$")
_REPEATED = re.compile(r"(.{3,}?)\1+")
# Two section names that lost the space between them, as pages do when they are saved: "Middle EastWorld News".
_RUN_TOGETHER = re.compile(r"(?:[A-Z][\w&]* ){0,3}[A-Z][a-z]{3,}[A-Z][a-z]{3,}(?: [A-Z][\w&]*){0,3}")
_PRESS = """
    agency daily gazette guardian herald journal mail monitor news newspaper observer post press radio review standard
    telegraph telegram times today tribune tv weekly
"""
_AGENCY = """
    afp ana ani ansa ap bernama dpa efe fars interfax irna isna kuna mehr mna petra pti reuters ria sana spa tasnim
    tass upi wafa wam xinhua yonhap
"""
_PRESS_WORDS = frozenset(_PRESS.split())
_AGENCIES = frozenset(_AGENCY.split())


def _date_of(found: re.Match[str]) -> str:
    """The date as YYYY-MM-DD; empty where day and month cannot be told apart or it is in no calendar."""
    if found["iso"]:
        return _checked(found["iso"])
    if found["slashed"]:
        first, second, year = re.split(r"[/.]", found["slashed"])
        day, month = (first, second) if int(first) > 12 else (second, first)
        return _checked(f"{year}-{int(month):02}-{int(day):02}") if int(day) > 12 or first == second else ""
    month_name = found["month"] or found["month2"]
    day, year = found["day"] or found["day2"], found["year"] or found["year2"]
    return _checked(f"{year}-{_MONTHS[month_name[:3].lower()]:02}-{int(day):02}")


def _checked(value: str) -> str:
    try:
        return check_date(value)
    except Invalid:
        return ""


def _is_outlet(name: str, text: str) -> bool:
    """A name with a word of the trade in it, a known agency, or one that stands alone on a line of the text."""
    words = name.replace("-", " ").split()
    if any(word[0].islower() for word in words):
        return False  # "he told the agency: ..."
    if _PRESS_WORDS.intersection(name.lower().split()) or name.lower() in _AGENCIES:
        return True
    return re.search(rf"^[ \t]*{re.escape(name)}[ \t\r]*$", text, re.MULTILINE) is not None
