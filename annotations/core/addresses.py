"""One check for every address that people or files give: http and https only, and nothing that hides where it leads.

Fetching has checks of its own, on what a name resolves to; this one looks at the words alone.
"""

import unicodedata
from urllib.parse import urlsplit

from annotations.core.errors import Invalid

ADDRESS_CODE_POINTS = 2_000
SCHEMES = ("http", "https")

# White space, controls, invisible formatting (which can reverse what is read), halves of characters, private use.
_HIDDEN_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"})
_JOINERS = frozenset("\u200c\u200d")  # Persian and Indic words are spelled with them: harmless in a path
_NOT_IN_A_HOST = frozenset("<>\"'`{}|^%\\,;!$&()*+=~") | _JOINERS


def check_address(address: str, field: str = "url") -> str:
    """`address` as it came, if a browser may be sent there. Raises Invalid under `field`, with the reason in words."""
    if reason := _wrong(address):
        raise Invalid.field(field, reason)
    return address


def _wrong(address: str) -> str:
    if not address:
        return "The address is empty: an address begins with http:// or https://."
    if len(address) > ADDRESS_CODE_POINTS:
        return f"An address has at most {ADDRESS_CODE_POINTS:,} characters; this one has {len(address):,}."
    for at, character in enumerate(address, 1):
        if unicodedata.category(character) in _HIDDEN_CATEGORIES and character not in _JOINERS:
            return f"An address has no spaces and no hidden characters; character {at} is U+{ord(character):04X}."
    scheme, colon, rest = address.partition(":")
    if scheme.lower() not in SCHEMES or not colon:
        begins = f"{scheme[:20]}:" if colon else address[:20]
        return f"An address begins with http:// or https://; this one begins with “{begins}”."
    if not rest.startswith("//"):
        return "An address begins with http:// or https://; here the two slashes are missing."
    return _wrong_host(address)


def _wrong_host(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "The host or port of this address cannot be read."
    if "@" in parts.netloc:
        return "An address holds no user name and no password (the part before the @)."
    if not host.strip(".") or port == 0:
        return "The address names no host." if not host.strip(".") else "Port 0 is no port."
    if "\\" in address or _NOT_IN_A_HOST.intersection(host):
        return "The address holds a character that no host name has."
    return ""
