"""What kind of document some bytes are: found out from the bytes themselves, never believed from a name.

Only the kinds of this list are saved. A name or a header only tells apart what looks alike: kinds of text, and of zip.
"""

import re

from annotations.core.errors import Invalid
from annotations.core.sentences import say, word

HEAD_BYTES = 4096  # enough for every sign below
_OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_TEXTS = {"csv": "text/csv", "json": "application/json", "md": "text/markdown"}
_SIGNS = (
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "audio/wav"),
    (re.compile(rb"OggS"), "audio/ogg"),
    (re.compile(rb"fLaC"), "audio/flac"),
    (re.compile(rb"ID3|\xff[\xfb\xf3\xf2]"), "audio/mpeg"),
    (re.compile(rb"....ftypM4A", re.DOTALL), "audio/mp4"),
    (re.compile(rb"....ftyp", re.DOTALL), "video/mp4"),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/webm"),
)
_PAGE = re.compile(rb"<!doctype html|<(html|head|body|title|meta|article|main|div|p|table|h1)[\s>/]", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

ENDINGS = {
    "text/html": "html", "application/xhtml+xml": "xhtml", "text/plain": "txt", "application/pdf": "pdf",
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "audio/wav": "wav",
    "audio/ogg": "ogg", "audio/flac": "flac", "audio/mpeg": "mp3", "audio/mp4": "m4a", "video/mp4": "mp4",
    "video/webm": "webm", "application/xml": "xml",
    **{media_type: ending for ending, media_type in (_OFFICE | _TEXTS).items()},
}  # fmt: skip
TAKEN = "pages, texts, PDF, tables, office documents, pictures, sounds and films"


def media_type_of(head: bytes, declared: str = "", name: str = "") -> str:
    """The media type of a document that begins with `head` (HEAD_BYTES of it). Raises Invalid for what is not taken."""
    if not head:
        raise Invalid.field("file", "This is empty: there is nothing to save.")
    for sign, media_type in _SIGNS:
        if sign.match(head):
            return media_type
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if head.startswith(b"PK\x03\x04"):
        return office(ending, declared)
    if _CONTROLS.search(head.replace(b"\xff\xfe", b"")) and not is_utf_16(head):
        raise Invalid.field("file", say("No known kind of document. What can be saved: {kinds}.", kinds=word(TAKEN)))
    return text(head, declared, ending)


def office(ending: str, declared: str) -> str:
    if ending in _OFFICE:
        return _OFFICE[ending]
    if declared in _OFFICE.values():
        return declared
    raise Invalid.field(
        "file", say("An archive is not saved; unpack it first. What can be saved: {kinds}.", kinds=word(TAKEN))
    )


def text(head: bytes, declared: str, ending: str) -> str:
    """Which kind of text: a page where it looks like one, whatever it is called, since a browser would think so too."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"<\?xml|<svg", start, re.IGNORECASE):
        if re.search(rb"<svg[\s>]", head, re.IGNORECASE):
            raise Invalid.field("file", "A drawing in SVG can hold scripts and is not saved; save a picture of it.")
        return "application/xhtml+xml" if b"http://www.w3.org/1999/xhtml" in head else "application/xml"
    if _PAGE.search(head) and ending != "md":
        return "text/html"
    if ending in _TEXTS:
        return _TEXTS[ending]
    return declared if declared in _TEXTS.values() else "text/plain"


def is_utf_16(head: bytes) -> bool:
    return head[:2] in (b"\xff\xfe", b"\xfe\xff")


def charset_in(head: bytes) -> str:
    """The charset that a page or text names at its beginning, or has by its mark; empty for none."""
    if is_utf_16(head):
        return "utf-16"
    found = _CHARSET.search(head)
    return found[1].decode("ascii").lower() if found else ""
