"""Citations: CSL-JSON as what is kept, BibTeX and RIS on the way in and out.

BibTeX is read by bibtexparser (its grammar is no matter of a few lines); RIS is one tag a line and read here. What a
citation says of a source's own columns comes out of `columns_in`; `csl_of` puts the two together again.
Sources: the CSL-JSON schema 1.0; the RIS tags as reference managers write them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from annotations.core.addresses import check_address
from annotations.core.dates import check_date
from annotations.core.errors import Invalid
from annotations.core.json_text import parse_json
from annotations.core.sentences import say

CITATION_CODE_POINTS = 50_000
Csl = dict[str, Any]

# -- the words of each side -------------------------------------------------------------------------------------------

TYPE_OF_KIND = {
    "article": "article-newspaper", "official_statement": "speech", "document": "report", "dataset": "dataset",
    "interview": "interview", "post": "post", "image": "graphic", "video": "motion_picture",
}  # fmt: skip
KIND_OF_TYPE = {
    "article-newspaper": "article", "article-magazine": "article", "article-journal": "article", "article": "article",
    "webpage": "article", "post-weblog": "post", "post": "post", "dataset": "dataset", "interview": "interview",
    "graphic": "image", "motion_picture": "video", "broadcast": "video", "speech": "official_statement",
    "report": "document", "book": "document", "chapter": "document", "thesis": "document",
    "legislation": "document", "legal_case": "document", "bill": "document", "manuscript": "document",
}  # fmt: skip
TYPE_OF_RIS = {
    "NEWS": "article-newspaper", "MGZN": "article-magazine", "JOUR": "article-journal", "ELEC": "webpage",
    "BLOG": "post-weblog", "RPRT": "report", "BOOK": "book", "CHAP": "chapter", "THES": "thesis", "DATA": "dataset",
    "VIDEO": "motion_picture", "ART": "graphic", "STAT": "legislation", "CASE": "legal_case", "BILL": "bill",
    "PCOMM": "interview", "GEN": "document",
}  # fmt: skip
RIS_OF_TYPE = {csl: ris for ris, csl in TYPE_OF_RIS.items()} | {"post": "BLOG", "interview": "PCOMM", "speech": "GEN"}
TYPE_OF_BIBTEX = {
    "article": "article-journal", "book": "book", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "article-journal", "techreport": "report", "report": "report", "phdthesis": "thesis",
    "mastersthesis": "thesis", "online": "webpage", "dataset": "dataset", "video": "motion_picture", "misc": "webpage",
}  # fmt: skip
BIBTEX_OF_TYPE = {
    "article-newspaper": "article", "article-magazine": "article", "article-journal": "article", "report": "techreport",
    "book": "book", "chapter": "incollection", "thesis": "phdthesis",
}  # fmt: skip
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_RIS_LINE = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: (.*))?$")
_SPECIAL = re.compile(r"([\\{}%$#&_^~])")
_ESCAPES = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


# -- reading ----------------------------------------------------------------------------------------------------------


def read_citation(words: str) -> Csl:
    """One citation, in whichever of the three forms it is, as CSL-JSON. Raises Invalid in words."""
    words = words.strip().lstrip("\ufeff")
    if not words or len(words) > CITATION_CODE_POINTS:
        raise wrong(say("A citation in BibTeX, RIS or CSL-JSON, of at most {most:,} characters.",
                        most=CITATION_CODE_POINTS))  # fmt: skip
    if words.startswith(("{", "[")):
        return one_of(read_csl(words))
    if re.search(r"^TY  ?-", words, re.MULTILINE):
        return one_of(read_ris(words))
    if words.startswith(("@", "%")):
        return one_of(read_bibtex(words))
    raise wrong(say("This is neither BibTeX (it begins with @), nor RIS (with TY  -), nor CSL-JSON (with {{)."))


def wrong(sentence: str) -> Invalid:
    return Invalid.field("citation", sentence)


def one_of(found: list[Csl]) -> Csl:
    if len(found) != 1:
        raise wrong(say("One citation at a time; here are {number}.", number=len(found)))
    return {name: value for name, value in found[0].items() if value not in ("", [], {}, None)}


def read_csl(words: str) -> list[Csl]:
    try:
        said = parse_json(words)
    except Invalid as error:
        raise wrong(error.message) from None
    found = said if isinstance(said, list) else [said]
    if not all(isinstance(one, dict) for one in found):
        raise wrong(say("A citation is a CSL-JSON object."))
    return found


def read_ris(words: str) -> list[Csl]:
    """Each record from TY to ER; a line without a tag goes on with the one before."""
    found: list[dict[str, list[str]]] = []
    last: list[str] = []
    for line in words.splitlines():
        tagged = _RIS_LINE.match(line.rstrip())
        if tagged and tagged[1] == "TY":
            found.append({})
        if not found:
            continue
        if tagged and tagged[1] != "ER":
            last = found[-1].setdefault(tagged[1], [])
            last.append((tagged[2] or "").strip())
        elif not tagged and line.strip() and last:
            last[-1] += f" {line.strip()}"
    return [csl_of_ris(record) for record in found]


def csl_of_ris(said: Mapping[str, list[str]]) -> Csl:
    def first(*tags: str) -> str:
        return next((said[tag][0] for tag in tags if said.get(tag) and said[tag][0]), "")

    pages = "-".join(filter(None, (first("SP"), first("EP"))))
    return {
        "type": TYPE_OF_RIS.get(first("TY"), "document"),
        "title": first("TI", "T1", "CT"),
        "author": [person(name) for tag in ("AU", "A1") for name in said.get(tag, ())],
        "container-title": first("JF", "JO", "T2", "JA"),
        "publisher": first("PB"),
        "issued": issued(first("DA", "PY", "Y1").replace("/", "-")),
        "URL": first("UR", "L1"),
        "DOI": first("DO"),
        "ISSN": first("SN"),
        "volume": first("VL"),
        "issue": first("IS"),
        "page": pages,
        "language": first("LA"),
        "abstract": first("AB", "N2"),
        "note": first("N1"),
    }


def read_bibtex(words: str) -> list[Csl]:
    import bibtexparser  # not before it is needed

    try:
        library = bibtexparser.parse_string(words)
    except Exception:  # whatever its grammar stumbles over is one thing to whoever pasted it
        raise wrong(say("This BibTeX cannot be read.")) from None
    if not library.entries:
        raise wrong(say("This BibTeX cannot be read."))
    return [csl_of_bibtex(entry) for entry in library.entries]


def csl_of_bibtex(entry: Any) -> Csl:
    raw = {field.key.lower(): str(field.value).strip() for field in entry.fields}
    said = {name: value if name in ("url", "doi", "howpublished") else plain(value) for name, value in raw.items()}
    kind = TYPE_OF_BIBTEX.get(entry.entry_type.lower(), "document")
    journal = said.get("journal") or said.get("journaltitle") or said.get("booktitle") or ""
    return {
        "id": entry.key,
        "type": kind,
        "title": said.get("title", ""),
        "author": [named(name) for name in re.split(r"\s+and\s+", raw.get("author", "")) if name],
        "container-title": journal,
        "publisher": said.get("publisher") or said.get("institution") or said.get("organization") or "",
        "issued": issued(said.get("date") or year_and_month(said)),
        "URL": said.get("url", "").replace("\\", "") or address_in(said.get("howpublished", "")),
        "DOI": said.get("doi", ""),
        "volume": said.get("volume", ""),
        "issue": said.get("number", ""),
        "page": re.sub("-+|–", "-", said.get("pages", "")),
        "language": said.get("language", ""),
        "abstract": said.get("abstract", ""),
        "note": said.get("note", ""),
    }


def plain(latex: str) -> str:
    """LaTeX as letters; what cannot be read stays as it is."""
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

    try:
        return " ".join(LatexNodes2Text().latex_to_text(latex).split())
    except Exception:  # it promises no kind of its own
        return latex


def named(name: str) -> dict[str, str]:
    """A name in braces is one that is not to be taken apart."""
    name = name.strip()
    return {"literal": plain(name)} if name.startswith("{") and name.endswith("}") else person(plain(name))


def year_and_month(said: Mapping[str, str]) -> str:
    month = said.get("month", "")[:3].lower()
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month) if month.isdecimal() else 0
    day = said.get("day", "")
    parts = [said.get("year", ""), f"{number:02d}" if 0 < number < 13 else "", day.zfill(2) if day.isdecimal() else ""]
    return "-".join(parts[: next((at for at, part in enumerate(parts) if not part), 3)])


def address_in(words: str) -> str:
    found = re.search(r"https?://[^\s{}]+", words)
    return found[0] if found else ""


def person(name: str) -> dict[str, str]:
    """`Doe, Jane` and `Jane Doe`; one of one word is literal."""
    name = " ".join(name.strip().split())
    family, comma, given = name.partition(",")
    if not comma:
        given, _, family = name.rpartition(" ")
    return {"family": family.strip(), "given": given.strip()} if given.strip() else {"literal": name.strip(" ,")}


def issued(date: str) -> Csl:
    """`2023-11-16` as CSL has it; nothing for what is no date."""
    found = re.match(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", date)
    return {"date-parts": [[int(part) for part in found.groups() if part]]} if found else {}


# -- what a source has of its own -------------------------------------------------------------------------------------


def columns_in(csl: Mapping[str, Any]) -> dict[str, str]:
    """What a citation says of a source: title, url, published_on, publisher (a name), kind. Only what is sound."""
    found = {
        "title": text_of(csl.get("title"))[:500],
        "url": sound(check_address, text_of(csl.get("URL")) or doi_address(text_of(csl.get("DOI")))),
        "published_on": sound(check_date, date_of(csl)),
        "publisher": (text_of(csl.get("container-title")) or text_of(csl.get("publisher")))[:200],
        "kind": KIND_OF_TYPE.get(text_of(csl.get("type")), ""),
    }
    return {name: value for name, value in found.items() if value}


def sound(check: Any, value: str) -> str:
    try:
        return str(check(value)) if value else ""
    except Invalid:
        return ""


def text_of(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def doi_address(doi: str) -> str:
    return f"https://doi.org/{doi}" if doi.startswith("10.") else ""


def date_of(csl: Mapping[str, Any]) -> str:
    said = csl.get("issued")
    parts = said.get("date-parts") if isinstance(said, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    known = [str(part) for part in first[:3]]
    if not known or not all(part.isdecimal() for part in known):
        return ""
    return "-".join([known[0].zfill(4), *(part.zfill(2) for part in known[1:])])


def csl_of(source: Mapping[str, Any], publisher: str = "") -> Csl:
    """The citation of a source: what was pasted, with what its columns say in front of it."""
    known = {
        "type": TYPE_OF_KIND.get(source["kind"], "document"),
        "title": source["title"],
        "URL": source["url"],
        "issued": issued(source["published_on"]),
    }
    stored = {name: value for name, value in source["citation"].items() if isinstance(name, str)}
    kind = KIND_OF_TYPE.get(str(stored.get("type")))
    if kind == source["kind"]:
        known.pop("type")  # the citation's own word says more than ours
    if publisher:
        known["publisher" if source["kind"] in ("document", "dataset") else "container-title"] = publisher
    csl = {**stored, **{name: value for name, value in known.items() if value}}
    return {"id": str(source["id"]), **csl}


def csl_of_article(*, byline: str, outlet: str, language: str) -> Csl:
    """What is known of an article beside the columns of the source that it becomes."""
    said = {
        "type": TYPE_OF_KIND["article"],
        "author": [{"literal": byline}] if byline else [],
        "container-title": outlet,
        "language": language,
    }
    return {name: value for name, value in said.items() if value}


# -- writing ----------------------------------------------------------------------------------------------------------


def as_ris(csl: Mapping[str, Any]) -> str:
    def line(tag: str, value: str) -> list[str]:
        return [f"{tag}  - {' '.join(value.split())}"] if value else []

    lines = line("TY", RIS_OF_TYPE.get(text_of(csl.get("type")), "GEN")) + line("TI", text_of(csl.get("title")))
    for one in authors_in(csl):
        lines += line("AU", ", ".join(filter(None, (one.get("family", ""), one.get("given", "")))) or one["literal"])
    for tag, name in (
        ("T2", "container-title"),
        ("PB", "publisher"),
        ("UR", "URL"),
        ("DO", "DOI"),
        ("SN", "ISSN"),
        ("VL", "volume"),
        ("IS", "issue"),
        ("LA", "language"),
        ("AB", "abstract"),
        ("N1", "note"),
    ):
        lines += line(tag, text_of(csl.get(name)))  # fmt: skip
    first, _, last = text_of(csl.get("page")).partition("-")
    lines += line("SP", first) + line("EP", last)
    if date := date_of(csl):
        lines += line("PY", date[:4]) + line("DA", date.replace("-", "/"))
    return "\r\n".join([*lines, "ER  - ", ""])


def as_bibtex(csl: Mapping[str, Any]) -> str:
    kind = BIBTEX_OF_TYPE.get(text_of(csl.get("type")), "misc")
    names = [f"{{{escaped(one['literal'])}}}" if one.get("literal") else escaped(f"{one['family']}, {one['given']}")
             for one in authors_in(csl)]  # fmt: skip
    date = date_of(csl).split("-") if date_of(csl) else []
    fields = {
        "title": f"{{{escaped(text_of(csl.get('title')))}}}",
        "author": " and ".join(names),
        "journal" if kind == "article" else "howpublished": escaped(text_of(csl.get("container-title"))),
        "institution" if kind == "techreport" else "publisher": escaped(text_of(csl.get("publisher"))),
        "year": date[0] if date else "",
        "month": str(int(date[1])) if len(date) > 1 else "",
        "day": str(int(date[2])) if len(date) > 2 else "",
        "url": text_of(csl.get("URL")).replace("{", "%7B").replace("}", "%7D"),
        **{name: escaped(text_of(csl.get(of))) for name, of in (("doi", "DOI"), ("volume", "volume"),
           ("number", "issue"), ("pages", "page"), ("language", "language"), ("note", "note"))},
    }  # fmt: skip
    key = re.sub(r"[^A-Za-z0-9:_-]", "", text_of(csl.get("id"))) or "source"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value and value != "{}"]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def escaped(words: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[1], f"\\{found[1]}"), words)


def authors_in(csl: Mapping[str, Any]) -> Iterable[dict[str, str]]:
    """The authors that can be written: with a family and a given name, or literal."""
    authors: Any = csl.get("author")
    for one in authors if isinstance(authors, list) else ():
        if isinstance(one, Mapping):
            said = {name: text_of(one.get(name)) for name in ("family", "given", "literal")}
            if said["family"] and said["given"]:
                yield {"family": said["family"], "given": said["given"]}
            elif name := said["literal"] or said["family"] or said["given"]:
                yield {"literal": name}
