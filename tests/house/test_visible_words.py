"""What people read can be translated: in the templates no text, and no attribute that is read out, stands outside
gettext; nor does a phrase, whole or in pieces, in the views and forms. The admin is for operators, who read English;
the other exceptions are named here.
"""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.catalogues import CALLS, OURS, REFUSALS, called, is_text

WEB = Path(__file__).resolve().parents[2] / "annotations" / "web"
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


# -- views and forms --------------------------------------------------------------------------------------------------

A_PHRASE = re.compile(r"[^\W\d_]{2}[,:]? [^\W\d_]{2}")
TOLD = re.compile(r"messages\.(success|info|warning|error)$")
TRANSLATING = {*CALLS, *OURS, *REFUSALS}
NOT_TOLD = {
    "middleware.py": {"private, no-cache"},
    "views/reports.py": {"public, no-cache"},
    "guidelines.py": {"noopener noreferrer nofollow"},
    "errors.py": {"Server error", "Something went wrong on our side. Nothing was changed."},  # to programs
    "desk.py": {"This is revision {number}, an earlier text. New marks are made on revision {newest}."},  # to `say`
    "fields.py": {"tuple[str, StrOrPromise]"},
    "forms/labels.py": {"yes or no", "choice of ", ": choice of "},  # typed as they are
    "views/presence.py": {": still here\n\n"},
}


def phrases(tree):
    """What reads like words for people and is no argument of gettext, of a refusal, and no docstring; of an f-string
    each of its pieces, wherever it stands. What a notice says is one even if it is a single word."""
    pieces = [part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values]
    fine = {id(node) for node in ast.walk(tree) for node in [*translated_in(node), *docstring_of(node)]}
    fine |= {id(part) for part in pieces if is_markup(part)}
    said = [node.args[1] for node in ast.walk(tree) if is_notice(node)]
    told = {id(part) for node in said for part in [node, *getattr(node, "values", [])]}
    return [
        node.value
        for node in ast.walk(tree)
        if is_text(node) and id(node) not in fine and (A_PHRASE.search(node.value) or id(node) in told)
    ]


def translated_in(node):
    """The texts that a call of gettext, or a refusal, is given as they are, in both branches of a condition."""
    if not isinstance(node, ast.Call) or called(node) not in TRANSLATING:
        return []
    ends = [[arg.body, arg.orelse] if isinstance(arg, ast.IfExp) else [arg] for arg in node.args]
    return [end for pair in ends for end in pair if is_text(end)]


def docstring_of(node):
    has_one = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    return [node.body[0].value] if has_one and node.body and isinstance(node.body[0], ast.Expr) else []


def is_markup(node):
    return is_text(node) and "<" in node.value


def is_notice(node):
    return isinstance(node, ast.Call) and len(node.args) > 1 and bool(TOLD.fullmatch(ast.unparse(node.func)))


def not_translated(path, tree):
    return [words for words in phrases(tree) if words not in NOT_TOLD.get(path, ())]


def test_every_phrase_of_a_view_can_be_translated():
    paths = sorted(str(path.relative_to(WEB)) for path in WEB.rglob("*.py"))
    found = {path: not_translated(path, ast.parse((WEB / path).read_text(encoding="utf-8"))) for path in paths}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('back(request, "You parked the claim.")', ["You parked the claim."]),
        ('sentence = f"You approved resolution {number}."', ["You approved resolution "]),
        ('raise Invalid.field("name", f"There is no {name}.")', ["There is no "]),
        ('messages.success(request, "Saved.")', ["Saved."]),
        ('messages.success(request, f"{name}: saved")', [": saved"]),
        ('back(request, gettext(f"You approved {name}."))', ["You approved "]),
        ('back(request, gettext("You parked the claim."))', []),
        ('messages.success(request, gettext("Saved."))', []),
        ('raise Invalid.field("name", "Choose a name first.")', []),
        ('def view():\n    """Some words on it."""', []),
    ],
)
def test_bare_words_of_a_view_are_found(code, found):
    assert phrases(ast.parse(code)) == found
