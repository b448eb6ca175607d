"""One check for every address that people or files give: http and https only, and nothing that hides where it leads.

`check_address` looks at the words alone; `is_public` at what a name resolves to, before anything is fetched from it.
"""

import unicodedata
from collections.abc import Mapping
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

from annotations.core.errors import Invalid

ADDRESS_CODE_POINTS = 2_000
SCHEMES = ("http", "https")

# White space, controls, invisible formatting (which can reverse what is read), halves of characters, private use.
_HIDDEN_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"})
_JOINERS = frozenset("\u200c\u200d")  # Persian and Indic words are spelled with them: harmless in a path
_NOT_IN_A_HOST = frozenset("<>\"'`{}|^%\\,;!$&()*+=~") | _JOINERS


def where_from(meta: Mapping[str, object], *, is_behind_proxy: bool) -> str:
    """Where a request with these variables comes from: behind a proxy of ours, what that proxy put last."""
    if is_behind_proxy:
        return str(meta.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(meta.get("REMOTE_ADDR", ""))


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


# -- addresses of machines --------------------------------------------------------------------------------------------

# What `ipaddress` calls global in some versions, and is none the less no machine of the open internet: protocol
# assignments, the 6to4 relays, benchmarking, what is reserved. Source: the special-purpose registries of IANA.
_NOT_PUBLIC = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "100.64.0.0/10", "224.0.0.0/3"))
)
_GLOBAL_UNICAST = ip_network("2000::/3")  # all of IPv6 that is given out; NAT64, mapped, local: all outside of it
_NOT_UNICAST = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))  # Teredo, 6to4 ...


def is_public(address: str) -> bool:
    """Whether `address` (the digits of IPv4 or IPv6) is one machine of the open internet. What can stand for an address
    inside (mapped, NAT64, 6to4, Teredo) is not, nor is what cannot be read."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    if isinstance(known, IPv4Address):
        return known.is_global and not any(known in net for net in _NOT_PUBLIC)
    return known in _GLOBAL_UNICAST and known.is_global and not any(known in net for net in _NOT_UNICAST)
