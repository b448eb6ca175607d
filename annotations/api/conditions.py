"""The version that a change is based on: If-Match going in, ETag coming out. A strong ETag is the version itself."""

import re

from django.http import HttpRequest

from annotations.api.errors import BadRequest, VersionNeeded

TAG = re.compile(r'"([\x21\x23-\x7e\x80-\xff]*)"')
VERSION = re.compile(r"[1-9][0-9]{0,8}")
NO_VERSION = 0  # versions count from 1, so this matches none: a foreign tag is a stale one


def etag_of(version: int) -> str:
    return f'"{version}"'


def version_in(request: HttpRequest) -> int:
    """The version that If-Match names. Raises VersionNeeded for none and `*`, BadRequest for what is no strong tag."""
    said = request.headers.get("If-Match", "").strip()
    if said in ("", "*"):
        raise VersionNeeded
    if said.startswith("W/"):
        raise BadRequest("If-Match takes a strong ETag; W/ marks a weak one.", "If-Match")
    tag = TAG.fullmatch(said)
    if tag is None:
        raise BadRequest('If-Match takes one ETag in double quotes, like "3".', "If-Match")
    return int(tag[1]) if VERSION.fullmatch(tag[1]) else NO_VERSION
