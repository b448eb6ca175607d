"""Bytes of JSON, for every answer of the API."""

import json
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer


def json_bytes(value: Any) -> bytes:
    """A value as JSON in UTF-8. Half of a character, which a refusal may quote, leaves as a question mark."""
    try:
        return orjson.dumps(value)
    except TypeError:
        words = json.dumps(value, ensure_ascii=False, allow_nan=False)
        return words.encode("utf-8", "replace")


class OrjsonRenderer(BaseRenderer):
    """Stands for JSON where the framework settles which form an answer has."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else json_bytes(data)
