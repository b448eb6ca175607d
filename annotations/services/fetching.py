"""Pages of the open web, fetched for people: http and https only, from public addresses only, within limits of time and
size, and without a word of the page in any refusal.

A name is looked up once, every address that it has must be public, and one of those very addresses is connected to.
Each redirect is a new place and checked like the first. No proxy, no cookie, no referrer. `services.outside`, which
asks models that the operator named, shares the connection and not the rule.
"""

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO
from urllib.parse import quote, urljoin, urlsplit

import httpcore
from django.conf import settings

from annotations.core.addresses import check_address, is_public
from annotations.core.errors import Invalid
from annotations.core.sentences import say

SECONDS_TO_CONNECT = 5.0
SECONDS_TO_LOOK_UP = 5.0
SECONDS_IN_ALL = 30.0  # redirects and all; a worker that is silent for longer than a minute counts as dead
MOST_HOPS = 5
PIECE_BYTES = 64 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PORTS = {"http": 80, "https": 443}
LEFT_IN_A_PATH = "/%:=&?~#+!$,;'@()*[]"  # everything else is percent-encoded
ASKED_FOR = {
    "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
    "User-Agent": "Mozilla/5.0 (compatible; workbench; saves one copy for a citation)",
}


# -- connections that end ---------------------------------------------------------------------------------------------


class Limited(httpcore.NetworkStream):
    """A connection that nothing keeps open longer than until `deadline`, however little it sends at a time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.left())

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Limited(self.stream.start_tls(ssl_context, server_hostname, self.left()), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class LookedUp(httpcore.NetworkBackend):
    """Connects to the one address that was looked up, whatever the name says by now."""

    def __init__(self, address: str, deadline: float, seconds_to_connect: float = SECONDS_TO_CONNECT) -> None:
        self.address, self.deadline, self.seconds_to_connect = address, deadline, seconds_to_connect

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        stream = httpcore.SyncBackend().connect_tcp(self.address, port, self.seconds_to_connect)
        return Limited(stream, self.deadline)


# -- where an address leads -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the web, taken apart for a request."""

    scheme: str
    host: str
    port: int
    target: str
    called: str  # the host that was asked for first: what an answer sends on to is a stranger's word

    @property
    def url(self) -> httpcore.URL:
        return httpcore.URL(
            scheme=self.scheme.encode(), host=self.host.encode(), port=self.port, target=self.target.encode()
        )

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def place_of(url: str) -> Place:
    """The place that an address names. Raises Invalid in words for anything but a sound http or https address."""
    check_address(url)
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    try:
        name = parts.hostname or ""
        host = name if ":" in name else name.encode("idna").decode()
    except UnicodeError:
        raise wrong(say("The host of this address cannot be read.")) from None
    path = quote(parts.path or "/", safe=LEFT_IN_A_PATH)
    query = f"?{quote(parts.query, safe=LEFT_IN_A_PATH)}" if parts.query else ""
    return Place(scheme, host, parts.port or PORTS[scheme], path + query, host)


def wrong(sentence: str) -> Invalid:
    return Invalid.field("url", sentence)


def look_up(host: str, port: int) -> list[str]:
    """Every address that a name has. Raises OSError. A name server that does not answer is not waited for."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(SECONDS_TO_LOOK_UP)
    if not found or isinstance(found[0], Exception):
        raise OSError("no answer")
    return [str(entry[4][0]) for entry in found[0]]


def address_of(place: Place) -> str:
    """One address of the place, looked up once. Raises Invalid unless every address that it has may be connected to."""
    resolve: Callable[[str, int], list[str]] = settings.FETCH_RESOLVER or look_up
    try:
        found = resolve(place.host, place.port)
    except OSError:
        found = []
    if not found:
        raise wrong(say("There is no machine called {host}.", host=place.host))
    if not all(may_connect(address, place.port) for address in found):
        raise wrong(say("{host} is not on the open web, so nothing is fetched from it.", host=place.host))
    return found[0]


def may_connect(address: str, port: int) -> bool:
    """Public addresses at the ports of the web. Tests name exceptions; no variable of the environment does."""
    return (is_public(address) and port in PORTS.values()) or (address, port) in settings.FETCH_EXCEPTIONS


# -- fetching ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: from which address in the end, what the server calls it, how many bytes after unpacking."""

    url: str
    media_type: str
    size: int


def fetch(url: str, into: BinaryIO, *, sign: Callable[[], None] = lambda: None) -> Fetched:
    """Write what stands at an address into a file. `sign` is called now and then, for a job to show that it lives.

    Raises Invalid, in our own words, for whatever is not a whole page within the limits.
    """
    deadline = time.monotonic() + SECONDS_IN_ALL
    place = place_of(url)
    address = address_of(place)
    for _ in range(MOST_HOPS + 1):
        sign()
        try:
            onward = one_hop(place, address, url, into, deadline, sign)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise wrong(say("{host} did not answer in time.", host=place.called)) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ssl.SSLError) as error:
            raise wrong(say("{host} could not be reached, or does not speak HTTP.", host=place.called)) from error
        if isinstance(onward, Fetched):
            return onward
        url = onward
        place, address = sent_on(url, place.called)
    raise wrong(say("This address sends on more than {most} times.", most=MOST_HOPS))


def one_hop(
    place: Place, address: str, url: str, into: BinaryIO, deadline: float, sign: Callable[[], None]
) -> Fetched | str:
    """What came, or the address that the answer sends on to."""
    network = LookedUp(address, deadline)
    headers = {"Host": place.host_header, **ASKED_FOR}
    with (
        httpcore.ConnectionPool(network_backend=network, retries=0) as pool,
        pool.stream("GET", place.url, headers=headers) as response,  # type: ignore[arg-type]
    ):
        said = {name.lower(): value for name, value in response.headers}
        if response.status in REDIRECTS and said.get(b"location"):
            return joined(url, said[b"location"])
        if response.status != 200:
            raise wrong(say("{host} answered with the status {status}.", host=place.called, status=response.status))
        size = 0
        for piece in unpacked(response.iter_stream(), said, place):
            size += len(piece)
            if size > settings.COPY_LARGEST_BYTES:
                most = settings.COPY_LARGEST_BYTES // 1024 // 1024
                raise wrong(say("This page has more than {most} MB, which is the most that is saved.", most=most))
            into.write(piece)
            sign()
        media_type = said.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
        return Fetched(url, media_type, size)


def joined(url: str, location: bytes) -> str:
    try:
        return urljoin(url, location.decode("utf-8", "replace")).partition("#")[0]
    except ValueError:
        return ""


def sent_on(url: str, called: str) -> tuple[Place, str]:
    """The next place of a redirect and its address. Raises Invalid, without a word of the header."""
    try:
        place = replace(place_of(url), called=called)
        return place, address_of(place)
    except Invalid:
        raise wrong(say("This address sends on to one that is not fetched.")) from None


def unpacked(pieces: Iterable[bytes], said: dict[bytes, bytes], place: Place) -> Iterator[bytes]:
    """The bytes as the page has them, a piece at a time: a bomb goes off in no memory. Raises Invalid."""
    coding = said.get(b"content-encoding", b"identity").strip().lower()
    if coding in (b"", b"identity"):
        yield from pieces
        return
    if coding not in (b"gzip", b"x-gzip"):
        raise wrong(say("{host} packs its pages in a way that was not asked for.", host=place.called))
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for piece in pieces:
            while piece:
                yield packed.decompress(piece, PIECE_BYTES)
                piece = packed.unconsumed_tail
        if not packed.eof:
            raise wrong(say("What {host} sent cannot be unpacked.", host=place.called))
    except zlib.error as error:
        raise wrong(say("What {host} sent cannot be unpacked.", host=place.called)) from error
