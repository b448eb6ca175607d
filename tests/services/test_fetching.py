"""Pages of the open web: from which addresses, over how many hops, in what time and size. Against real small servers.

The names of these tests lead to a server on loopback by a resolver of their own; only its address and port are excepted
from the rule.
"""

import gzip
import io
import time
import tracemalloc
import zlib

import pytest

from annotations.core.addresses import is_public
from annotations.core.errors import Invalid
from annotations.services import fetching
from tests.services.outside_servers import dripping, dripping_headers, endless, serving, silent, telling

PAGE = "<title>Ähm</title><p>Words.".encode()
SECRET = b"<h1>remote words</h1>"


class Names:
    """A resolver: each name has its addresses, one list after the other each time that it is asked."""

    def __init__(self):
        self.known, self.asked = {}, []

    def __call__(self, host, port):
        self.asked.append(host)
        lists = self.known.get(host)
        if lists is None:
            raise OSError
        return lists.pop(0) if len(lists) > 1 else lists[0]


@pytest.fixture
def names(settings):
    settings.FETCH_RESOLVER = Names()
    return settings.FETCH_RESOLVER


@pytest.fixture
def server(settings, names):
    """A server that is called `paper.test`, and that may be connected to though it is on loopback."""
    with serving({}) as running:
        port = running.server_address[1]
        settings.FETCH_EXCEPTIONS = frozenset({("127.0.0.1", port)})
        names.known["paper.test"] = [["127.0.0.1"]]
        running.port, running.url = port, f"http://paper.test:{port}"
        yield running


def fetch(url):
    into = io.BytesIO()
    return fetching.fetch(url, into), into.getvalue()


def refusal(url):
    with pytest.raises(Invalid) as caught:
        fetch(url)
    assert "remote" not in caught.value.message
    return caught.value.message


# -- what comes -------------------------------------------------------------------------------------------------------


def test_page_comes_byte_for_byte_with_its_name_and_nothing_of_ours(server):
    server.answers["/a%20b?q=1"] = telling(PAGE, Content_Type="text/html; charset=utf-8")
    found, content = fetch(f"{server.url}/a%20b?q=1#part")
    assert content == PAGE
    assert (found.media_type, found.size) == ("text/html", len(PAGE))
    _, headers, _ = server.heard[0]
    assert headers["Host"] == f"paper.test:{server.port}"
    assert not {"Cookie", "Referer", "Authorization"} & set(headers)


def test_letters_of_any_script_are_encoded_on_the_way(server):
    server.answers["/%D8%A8%D8%A7"] = telling(PAGE)
    assert fetch(f"{server.url}/با")[1] == PAGE


def test_packed_page_is_unpacked(server):
    server.answers["/"] = telling(gzip.compress(PAGE), Content_Encoding="gzip", Content_Type="text/html")
    assert fetch(server.url)[1] == PAGE


def test_redirects_are_followed_and_the_last_address_is_told(server, names):
    names.known["new.test"] = [["127.0.0.1"]]
    server.answers["/old"] = telling(SECRET, status=301, Location="/moved")
    server.answers["/moved"] = telling(SECRET, status=302, Location=f"http://new.test:{server.port}/page")
    server.answers["/page"] = telling(PAGE)
    found, content = fetch(f"{server.url}/old")
    assert (found.url, content) == (f"http://new.test:{server.port}/page", PAGE)


def test_proxy_of_the_environment_is_not_asked(server, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.answers["/"] = telling(PAGE)
    assert fetch(server.url)[1] == PAGE


# -- where one may go -------------------------------------------------------------------------------------------------

INSIDE = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "192.0.0.8", "192.88.99.1", "198.18.0.1", "240.0.0.1", "192.0.2.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808",
    "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "3fff::1", "100::1", "5f00::1", "", "paper",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_address_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::200e"])
def test_address_of_the_open_web_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", [one for one in INSIDE if one])
def test_name_that_leads_inside_is_refused_before_anything_is_sent(names, address):
    names.known["inner.test"] = [[address]]
    assert "not on the open web" in refusal("http://inner.test/")


def test_one_address_inside_among_public_ones_is_enough_to_refuse(names):
    names.known["mixed.test"] = [["8.8.8.8", "127.0.0.1"]]
    assert "not on the open web" in refusal("https://mixed.test/")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"]
)
def test_every_spelling_of_this_machine_is_refused_by_what_it_resolves_to(host):
    words = refusal(f"http://{host}/").replace(host, "")
    assert "open web" in words or "no machine" in words


def test_other_port_of_the_same_machine_is_refused(server, names):
    assert "not on the open web" in refusal(f"http://paper.test:{server.port + 1}/")


def test_public_address_at_another_port_is_refused(names):
    names.known["db.test"] = [["8.8.8.8"]]
    assert "not on the open web" in refusal("http://db.test:5432/")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://paper.test/", "gopher://paper.test/", "javascript:alert(1)", "", "//paper.test"],
)
def test_other_schemes_are_refused(names, url):
    refusal(url)
    assert names.asked == []


@pytest.mark.parametrize(
    "location", ["http://169.254.169.254/latest/", "http://inner.test/", "file:///etc/passwd", "http://u:p@paper.test/",
                 "javascript:alert(1)", "//inner.test/", "http://[/"]
)  # fmt: skip
def test_redirect_to_where_one_may_not_go_is_refused(server, names, location):
    names.known |= {"inner.test": [["10.0.0.1"]], "169.254.169.254": [["169.254.169.254"]]}
    server.answers["/"] = telling(SECRET, status=302, Location=location)
    words = refusal(server.url)
    assert "sends on to one that is not fetched" in words
    assert "inner" not in words
    assert len(server.heard) == 1


def test_name_that_changes_its_mind_is_connected_to_where_it_was_looked_up(server, names):
    """Rebinding: what is checked and what is connected to is one look-up, and the next one is checked anew."""
    names.known["rebound.test"] = [["127.0.0.1"], ["10.0.0.1"]]
    server.answers["/"] = telling(PAGE)
    url = f"http://rebound.test:{server.port}/"
    assert fetch(url)[1] == PAGE
    assert names.asked == ["rebound.test"]
    assert "not on the open web" in refusal(url)


def test_circle_of_redirects_ends(server):
    server.answers["/"] = telling(SECRET, status=302, Location="/")
    assert "more than 5 times" in refusal(server.url)
    assert len(server.heard) == 6


def test_unknown_name_is_told(names):
    assert "no machine called nowhere.test" in refusal("http://nowhere.test/")


# -- bad servers ------------------------------------------------------------------------------------------------------

BAD = {
    "an error": (telling(SECRET, status=500), "status 500"),
    "nothing": (telling(b"", status=204), "status 204"),
    "packed otherwise": (telling(SECRET, Content_Encoding="br"), "not asked for"),
    "packed badly": (telling(SECRET, Content_Encoding="gzip"), "cannot be unpacked"),
    "cut off": (telling(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), "cannot be unpacked"),
    "endless": (endless, "the most that is saved"),
    "silent": (silent, "in time"),
    "dripping": (dripping, "in time"),
    "dripping headers": (dripping_headers, "in time"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_answer_is_refused_in_our_words_and_in_time(server, monkeypatch, settings, name):
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", 0.6)
    settings.COPY_LARGEST_BYTES = 3 * 1024 * 1024
    server.answers["/"], sentence = BAD[name]
    begun = time.monotonic()
    assert sentence in refusal(server.url)
    assert time.monotonic() - begun < 4


def test_bomb_goes_off_in_no_memory(server):
    """A GB of nothing in a MB: refused at the limit, long before it is all there."""
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    first = packer.compress(bytes(16)) + packer.flush(zlib.Z_FULL_FLUSH)
    sixteen_mb = packer.compress(bytes(16 * 1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    server.answers["/"] = telling(first + 64 * sixteen_mb, Content_Encoding="gzip", Content_Type="text/html")

    class Counting(io.RawIOBase):
        size = 0

        def write(self, piece):
            self.size += len(piece)
            assert len(piece) <= fetching.PIECE_BYTES
            return len(piece)

    into, begun = Counting(), time.monotonic()
    tracemalloc.start()
    try:
        with pytest.raises(Invalid, match="the most that is saved"):
            fetching.fetch(server.url, into)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.monotonic() - begun < 10
    assert peak < 100 * 1024 * 1024
    assert into.size <= 50 * 1024 * 1024


def test_name_server_that_does_not_answer_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS_TO_LOOK_UP", 0.2)
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
    begun = time.monotonic()
    assert "no machine" in refusal("http://slow.test/")
    assert time.monotonic() - begun < 1


def test_server_that_is_gone_is_named(server):
    server.shutdown()
    server.server_close()
    assert "paper.test could not be reached" in refusal(server.url)
