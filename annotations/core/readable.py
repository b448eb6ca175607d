"""What can be read in the bytes of a page or a document: text, title, date and publisher, as far as they are there.

Pages are read by trafilatura, PDF by pypdf, texts as they are. The bytes come from strangers, so a service runs this
file as a process of its own (`python -m annotations.core.readable MEDIA_TYPE < bytes`), which has little memory and
time: it prints JSON, or ends without a word.
"""

import re
import sys
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import orjson

from annotations.core.dates import check_date
from annotations.core.errors import Invalid
from annotations.core.media import charset_in

TEXT_CODE_POINTS = 2_000_000  # of one document; what is longer is cut, and the copy keeps all of it
LARGEST_PAGE_BYTES = 5 * 1024 * 1024
MOST_PDF_PAGES = 1_000
MEMORY_BYTES = 1024 * 1024 * 1024  # of the process's own address space; a page of 5 MB needs about 300 MB of it
SECONDS = 15  # of the processor
_CANNOT_BE_STORED = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Readable:
    """Empty where the document does not say. `published_on` is YYYY-MM-DD."""

    text: str = ""
    title: str = ""
    published_on: str = ""
    publisher: str = ""


def read(content: bytes, media_type: str, charset: str = "") -> Readable:
    """What stands in the document; nothing for pictures, sounds and whatever cannot be read."""
    if media_type in ("text/html", "application/xhtml+xml"):
        return read_page(content)
    if media_type == "application/pdf":
        return read_pdf(content)
    if media_type.startswith("text/") or media_type == "application/json":
        return Readable(text=storable(decoded(content, charset)))
    return Readable()


def read_page(content: bytes) -> Readable:
    """The article of a page, without what stands around it; the whole text of the page where no article is found."""
    from trafilatura import bare_extraction, html2txt  # a second to import, so not before it is needed

    if len(content) > LARGEST_PAGE_BYTES:
        return Readable()
    found: Any = bare_extraction(content, with_metadata=True, include_comments=False, include_tables=True)
    text = (found.text if found else "") or html2txt(content)
    return Readable(
        text=storable(text or ""),
        title=line((found.title if found else "") or title_in(content), 500),
        published_on=day((found.date if found else "") or ""),
        publisher=line((found.sitename if found else "") or "", 200),
    )


def read_pdf(content: bytes) -> Readable:
    """The text of every page, pages apart by a form feed."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(content))
    pages, length = [], 0
    for page in list(reader.pages)[:MOST_PDF_PAGES]:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > TEXT_CODE_POINTS:
            break
    about = reader.metadata
    made = about.creation_date if about else None
    return Readable(
        text=storable("\f".join(pages)),
        title=line((about.title if about else "") or "", 500),
        published_on=made.strftime("%Y-%m-%d") if made else "",
    )


def title_in(content: bytes) -> str:
    """What the page calls itself in its head."""
    found = re.search(rb"<title[^>]*>([^<]{1,2000})</title", content[:200_000], re.IGNORECASE)
    return decoded(found[1], charset_in(content[:4096])) if found else ""


def decoded(content: bytes, charset: str = "") -> str:
    """Text in the charset that was named, else UTF-8, else Windows-1252, in which every byte is something."""
    for name in filter(None, (charset, "utf-8-sig")):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("windows-1252", "replace")


def storable(text: str) -> str:
    return _CANNOT_BE_STORED.sub("�", text)[:TEXT_CODE_POINTS]


def line(words: str, longest: int) -> str:
    return " ".join(storable(words).split())[:longest]


def day(said: str) -> str:
    try:
        return check_date(said[:10]) if said else ""
    except Invalid:
        return ""


def main(media_type: str, charset: str = "") -> None:
    """Read the standard input within the limits and print what was found."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(orjson.dumps(asdict(read(sys.stdin.buffer.read(), media_type, charset))))


if __name__ == "__main__":
    main(*sys.argv[1:3])
