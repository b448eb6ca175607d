"""Every template compiles, and none holds what the content policy would refuse."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDERS = [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]]
NAMES = sorted(str(path.relative_to(folder)) for folder in FOLDERS for path in folder.rglob("*.html"))
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}", re.DOTALL)
REFUSED = {
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\shx-on\b", re.IGNORECASE),
    "js: or javascript:": re.compile(r"[\"'\s](js|javascript):", re.IGNORECASE),
    "another host's file": re.compile(r"<(script|link|img)\b[^>]*\b(src|href)=[\"'](https?:)?//", re.IGNORECASE),
}


def offences(source: str) -> list[str]:
    bare = COMMENT.sub("", source)
    return [what for what, pattern in REFUSED.items() if pattern.search(bare)]


def test_templates_compile():
    """A template that does not is told by its own error, with its place."""
    for name in NAMES:
        get_template(name)


def test_templates_keep_to_the_content_policy():
    found = {name: offences(get_template(name).template.source) for name in NAMES}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("<script>go()</script>", "a script in the page"),
        ("<style>p {}</style>", "a style element"),
        ('<p class="a" style="color: red">', "a style attribute"),
        ('<p onclick="go()">', "an event attribute"),
        ('<p hx-on:click="go()">', "hx-on"),
        ("<p hx-vals='js:{}'>", "js: or javascript:"),
        ('<a href="javascript:go()">', "js: or javascript:"),
        ('<script src="//elsewhere.example/a.js"></script>', "another host's file"),
    ],
)
def test_offence_is_seen(source, what):
    assert what in offences(source)


def test_innocent_template_has_no_offence():
    source = '<script src="{% static "a.js" %}" defer></script><p hx-get="/" data-style="x">on = style = {# <style> #}'
    assert offences(source) == []


def test_there_are_templates_to_look_at():
    assert NAMES
