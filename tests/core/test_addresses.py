"""One validator behind every door: http and https only, and nothing that hides where it leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.addresses import ADDRESS_CODE_POINTS, check_address
from annotations.core.errors import Invalid

GOOD = [
    "http://a.example/b",
    "HTTPS://Example.org:8080/x?y=1,2&z=(3)#part",
    "https://example.org",
    "https://[2001:db8::1]/",
    "https://пример.рф/новости",
    "https://fa.example/wiki/می\u200cخواهم",
    "https://news_desk.example/",
    "https://example.org/@someone/1?q='a'",
]

BAD = [
    ("", "empty"),
    ("javascript:alert(1)", "“javascript:”"),
    ("JavaScript://example.org/%0aalert(1)", "“JavaScript:”"),
    ("data:text/html,<b>", "“data:”"),
    ("file:///etc/passwd", "“file:”"),
    ("ftp://example.org", "“ftp:”"),
    ("//example.org/x", "begins with"),
    ("example.org", "begins with"),
    ("http:example.org", "slashes"),
    ("https:///path", "no host"),
    ("https://:80/", "no host"),
    ("https://./", "no host"),
    ("https://ana:secret@example.org/", "password"),
    ("https://example.org@evil.example/", "user name"),
    ("https://example.org\\@evil.example/", "user name"),
    ("https://evil.example\\.example.org/", "no host name has"),
    (" https://example.org", "U+0020"),
    ("https://example.org/a b", "character 22 is U+0020"),
    ("java\nscript:alert(1)", "U+000A"),
    ("https://example.org/\x00", "U+0000"),
    ("https://example.org/\x7f", "U+007F"),
    ("https://example.org/\u202egpj.exe", "U+202E"),
    ("https://example.org/\u00a0", "U+00A0"),
    ("https://example.org/\ud800", "U+D800"),
    ("https://exam\u200cple.org/", "no host name has"),
    ("https://exa%6dple.org/", "no host name has"),
    ("https://example.org:99999/", "cannot be read"),
    ("https://example.org:0/", "Port 0"),
    ("https://[::1/", "cannot be read"),
    ("https://example.org/" + "x" * ADDRESS_CODE_POINTS, "2,000"),
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_the_web_is_kept_as_it_came(address):
    assert check_address(address) == address


@pytest.mark.parametrize(("address", "reason"), BAD)
def test_any_other_address_is_refused_with_the_reason(address, reason):
    with pytest.raises(Invalid) as refused:
        check_address(address, "url")
    assert reason in refused.value.errors["url"][0]
    assert refused.value.message.encode()


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http:", "javascript:", "https://a.example"]))
def test_no_input_does_anything_but_pass_or_be_refused(words, begins):
    address = begins + words
    try:
        kept, sentence = check_address(address), ""
    except Invalid as refused:
        kept, sentence = "", refused.message
    assert bool(kept) != bool(sentence.encode())
    if kept:
        assert kept == address
        assert kept.lower().startswith(("http://", "https://"))
        assert not any(character.isspace() for character in kept)
