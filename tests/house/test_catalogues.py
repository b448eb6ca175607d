"""Every word of the interface is in every language, with the same gaps; what is compiled is what can be read."""

import ast
import re

import pytest

from tests import catalogues
from tests.catalogues import CODE, ENGLISH_ONLY, REFUSALS, ROOT, SOURCE, TRANSLATED, Message, called, calls_in

GAPS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*(?::[^}]*)?\}|</?\w+[^>]*>")
MESSAGES = catalogues.gathered()


def shown(message: Message) -> str:
    return f"{message.context}: {message.one}" if message.context else message.one


def translations(language: str) -> dict[Message, list[str]]:
    rows = {}
    for row in catalogues.catalogue(language):
        if row.id:
            one, many = row.id if isinstance(row.id, tuple) else (row.id, "")
            strings = row.string if isinstance(row.string, tuple) else [row.string]
            rows[Message(one, many, row.context or "")] = list(strings)
    return rows


@pytest.mark.parametrize("language", [SOURCE, *TRANSLATED])
def test_catalogue_holds_what_the_interface_says_and_nothing_else(language):
    assert set(translations(language)) == set(MESSAGES), "make messages brings the catalogues up to date"


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_in_english(language):
    assert [shown(message) for message, strings in translations(language).items() if not all(strings)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_gaps_and_the_markup_of_the_original(language):
    wrong = [
        shown(message)
        for message, strings in translations(language).items()
        if all(strings) and not all(fits(message, string) for string in strings)
    ]
    assert wrong == []


def fits(message: Message, string: str) -> bool:
    """A plural form may say its number as a word ("two marks"), but no form has a gap that nobody fills."""
    wanted, has = sorted(GAPS.findall(message.many or message.one)), sorted(GAPS.findall(string))
    numbers = {
        "%(number)s",
        "{number}",
        "{number:,}",
        "%(count)d",
        "%(rows)s",
        "%(shown)s",
        "%(looked)s",
        "%(changing)s",
        "%(staying)s",
    }
    return has == wanted or (bool(message.many) and has == [gap for gap in wanted if gap not in numbers or gap in has])


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_plural_has_every_form_of_its_language(language):
    forms = catalogues.PLURALS[language][0]
    wrong = [
        shown(message) for message, strings in translations(language).items() if message.many and len(strings) != forms
    ]
    assert wrong == []


@pytest.mark.parametrize("language", [SOURCE, *TRANSLATED])
def test_compiled_catalogue_is_the_one_that_can_be_read(language):
    compiled = catalogues.path_of(language, "mo").read_bytes()
    assert compiled == catalogues.as_mo(catalogues.catalogue(language)), "make messages compiles them"


# Where the screen of an article stands, and the way to it.
SCREEN = ("articles", "annotations", "relations", "revisions", "suggestions", "occurrences", "concordance", "presence",
          "parts", "people/sign_in.html", "projects/queue.html", "projects/_rows.html")  # fmt: skip
NOT_SAID = re.compile(
    r"\{#.*?#\}|\{% comment.*?endcomment %\}|\{% blocktranslate.*?endblocktranslate %\}"
    r"|\{% block (?:body_class|head).*?endblock %\}|\{%.*?%\}|\{\{.*?\}\}|<kbd.*?</kbd>|<code.*?</code>",
    re.DOTALL,
)
SAID = re.compile(r">([^<>]*)<|\b(?:aria-label|title|placeholder|alt|data-word-\w+|data-say-\w+)=\"([^\"]*)\"")


def screen_templates():
    folder = ROOT / "templates" / "annotations"
    found = (path for name in SCREEN for path in ([folder / name] if "." in name else (folder / name).rglob("*.html")))
    return sorted(str(path.relative_to(ROOT)) for path in found)


def test_templates_of_the_screen_say_nothing_in_english_alone():
    found = {name: english_in(name) for name in screen_templates()}
    assert {name: words for name, words in found.items() if words} == {}


def english_in(name):
    bare = NOT_SAID.sub(" ", (ROOT / name).read_text(encoding="utf-8"))
    words = [text.strip() for found in SAID.findall(f">{bare}<") for text in found]
    return [text for text in words if re.search("[A-Za-z]{2,}", text)]


def screen_code():
    paths = (path for folder in CODE for path in (ROOT / folder).rglob("*.py"))
    return sorted(str(path.relative_to(ROOT)) for path in paths if not ENGLISH_ONLY.search(str(path)))


def test_what_fills_a_sentence_stays_apart_from_it():
    """An f-string cannot be looked up: `say("At most {most:,} characters.", most=500)` can."""
    found = {name: lines_of_filled_sentences(name) for name in screen_code()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def lines_of_filled_sentences(name):
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    return [
        call.lineno
        for call in calls_in(tree)
        if called(call) in REFUSALS
        for arg in call.args[REFUSALS[called(call)] : REFUSALS[called(call)] + 1]
        if isinstance(arg, ast.JoinedStr)
    ]
