"""What people read in the templates can be translated: no text, and no attribute that is read out, stands outside
gettext. The admin is for operators, who read English; the other exceptions are named here.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
IN_ENGLISH = {"500.html", "annotations/api/docs.html", "annotations/api/plain.html"}  # for what broke, and for programs
NAMES = {"BibTeX", "RIS", "CSL-JSON", "SHA-256", "Wikidata", "ClaimReview"}
SAID = re.compile(
    r"\{#.*?#\}|\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}"
    r"|\{%\s*blocktranslate\b.*?\{%\s*endblocktranslate\s*%\}"
    r"|\{%\s*block body_class\s*%\}.*?\{%\s*endblock\s*%\}",
    re.DOTALL,
)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
GIVEN = re.compile(r'\b(?:words|title|list_words|action)="([^"]*[A-Za-z]{2}[^"]*)"')  # what an include shows as it is
INSTEAD = re.compile(r'\|default(?:_if_none)?:"([^"]*[A-Za-z]{2}[^"]*)"')  # what a filter shows for nothing
READ_OUT = {"aria-label", "title", "placeholder", "alt", "data-h"}
NOT_READ = {"script", "style", "code", "pre", "kbd"}
A_WORD = re.compile(r"[A-Za-z]{2}")


class Visible(HTMLParser):
    """Collects what people see or hear of a template whose tags are taken out."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.depth = 0

    def handle_starttag(self, tag, attrs):
        self.depth += tag in NOT_READ
        self.found += [value for name, value in attrs if name in READ_OUT and value]

    def handle_endtag(self, tag):
        self.depth -= tag in NOT_READ

    def handle_data(self, words):
        if not self.depth:
            self.found.append(words)


def untranslated(source):
    source = SAID.sub("", source)
    parser = Visible()
    parser.feed(TAG.sub("", source))
    found = [words.strip(" \n·:") for words in parser.found]
    given = [words for tag in TAG.findall(source) if "include" in tag for words in GIVEN.findall(tag)]
    given += [words for tag in TAG.findall(source) for words in INSTEAD.findall(tag)]
    return [words for words in [*found, *given] if A_WORD.search(words) and words not in NAMES]


def templates():
    paths = (path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*.html"))
    return sorted(str(path) for path in paths if path.parts[0] != "admin" and str(path) not in IN_ENGLISH)


def test_every_visible_word_can_be_translated():
    found = {name: untranslated((TEMPLATES / name).read_text(encoding="utf-8")) for name in templates()}
    assert {name: words for name, words in found.items() if words} == {}


def test_plain_words_are_found():
    """So that the test above cannot pass for want of anything to find."""
    plain = '<p title="Aside">Plain {{ x }}</p>{% include "a.html" with words="Save" only %}'
    assert untranslated(plain) == ["Aside", "Plain", "Save"]
    assert untranslated('{{ x|default:"none yet" }}{{ y|default:_("undated") }}') == ["none yet"]
    assert untranslated('<p title="{% translate "Aside" %}">{% translate "Plain" %} <kbd>Del</kbd></p>') == []
