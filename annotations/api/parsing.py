"""The body of a request: at most 24 MB of JSON, read by the strict parser of `core`."""

from typing import Any

from django.conf import settings
from rest_framework.parsers import BaseParser

from annotations.api.errors import TooLarge
from annotations.core.json_text import parse_json


class JsonParser(BaseParser):
    """Reads application/json. An empty body says nothing about any field."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(largest + 1)
        if len(raw) > largest:
            raise TooLarge
        return parse_json(raw) if raw else {}
