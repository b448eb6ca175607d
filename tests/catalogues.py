"""Gathers what has to be translated and brings the catalogues in locale/ up to date: `make messages`.

Words come from the templates ({% translate %}), from Python (gettext and its kin), and from the domain, which knows no
gettext: `say`, `count` and `word`, the sentences of refusals, and the tables of words named here.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
SOURCE = "en"  # its catalogue holds every message and no translation: the English stands in the code
TRANSLATED = ("ar", "fa")
PLURALS = {  # as Django's own catalogues have them, for it merges ours into those
    "en": (2, "(n != 1)"),
    "fa": (2, "(n > 1)"),
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5)"),
}
TEMPLATES = ("templates",)
CODE = ("annotations/core", "annotations/models", "annotations/policies", "annotations/services", "annotations/queries",
        "annotations/templatetags", "annotations/web")  # fmt: skip
# What is refused elsewhere than on the screen of an article, to operators and importers, is said in English.
ENGLISH_ONLY = re.compile(r"core/(formats|json_text|history|learning)|(seeds|originals|imports|exports|projects|labels|"
                          r"disputes|resolutions|judged|standing|constraints|recommenders|jobs)\.py$")  # fmt: skip


class Compiled(list):
    """As much of a catalogue as the compiler asks for."""

    charset = "utf-8"


class Message(NamedTuple):
    one: str
    many: str = ""
    context: str = ""


# Calls of gettext: which of their arguments is the context, the message, its plural. A name of ours is one of them too.
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "say"), (None, 0, None)),
    "_move": (None, 3, None),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "count"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
OURS = ("say", "count", "word", "word_choices", "may_add", "may_edit")
# The sentence of a refusal, by the place of the argument that holds it.
REFUSALS = {
    **dict.fromkeys(
        ("Invalid", "Refused", "NotFound", "IllegalMove", "Clash", "Stale", "KeyReused", "TooMany", "no"), 0
    ),
    **dict.fromkeys(("field", "wrong"), 1),
}
# Tables of words: the values of a constant, and under which context they are looked up.
TABLES = {
    "annotations/core/wording.py": {"VERBS": "", "PAST": "", "FIELD_WORDS": "name of a field", "VALUE_WORDS": "value"},
    "annotations/core/places.py": {"OUTCOME_WORDS": ""},
    "annotations/core/lifecycle.py": {"STATE_WORDS": "state"},
    "annotations/queries/attributions.py": {"WORDS_OF": "", "IN_WHOSE_WORDS": ""},
    "annotations/templatetags/web.py": {"AGES": ""},
    "annotations/models/claims.py": {"CLAIM_TYPES": "value"},
    "annotations/models/comparisons.py": {"FIRST_RELATION_TYPES": "value", "MORE_RELATION_TYPES": "value"},
}
CONTEXTS = {"NOUN": "noun", "ROLE": "role", "STATE": "state", "MOVE": "move", "FIELD": "name of a field",
            "VERB": "what happened", "VALUE": "value"}  # fmt: skip
# Words that reach the catalogues through a variable.
NOUNS = (
    "agent", "annotation", "article", "attribution", "claim", "claim mention", "dispute", "evidence", "label", "origin",
    "position", "relation", "resolution", "revision", "source", "person", "project", "mention",
    "agents", "annotations", "claims", "positions", "relations", "sources", "origins",
    "an agent", "an annotation", "a claim", "a dispute", "a position", "a relation", "a source", "an origin",
)  # fmt: skip
FIELDS = (
    "text", "label", "note", "quote", "title", "name", "kind", "stance", "ground", "layer", "types", "checkability",
    "claim date", "owner", "deadline", "language", "agent", "recipient", "parent", "evidence", "form", "naming",
    "count", "access", "terms", "tone", "basis", "origin", "source", "publisher", "credibility", "state", "outcome",
    "attributes", "content", "published on", "outlet", "byline", "external id", "score", "annotation", "claim",
    "reason", "level", "speaker segments", "cue segments", "description", "origin label", "position", "question",
)  # fmt: skip
ROLES = ("viewer", "annotator", "adjudicator", "manager")
MOVES = ("take", "park", "resume", "reject", "reconsider", "propose a resolution", "send back", "approve", "dissent",
         "dismiss", "reopen")  # fmt: skip


# -- what there is to say ---------------------------------------------------------------------------------------------


def gathered() -> dict[Message, list[str]]:
    """Every message, and the files it comes from."""
    found: dict[Message, list[str]] = {}
    for name, messages in [*from_templates(), *from_code(), ("annotations/core/sentences.py", through_variables())]:
        for message in messages:
            places = found.setdefault(message, [])
            if name not in places:
                places.append(name)
    return found


def from_templates() -> Iterator[tuple[str, list[Message]]]:
    for path in sorted(path for folder in TEMPLATES for path in (ROOT / folder).rglob("*.*")):
        if path.suffix in (".html", ".txt"):
            yield str(path.relative_to(ROOT)), in_template(path.read_text(encoding="utf-8"))


def in_template(source: str) -> list[Message]:
    """Django turns a template into calls of gettext between X's; the calls are read as Python."""
    calls = re.findall(
        r"\b(?:n?p?gettext|_)\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\)", templatize(source)
    )
    return [message for call in calls for message in in_python(ast.parse(re.sub(r",\s*\w+\)$", ", 1)", call)))]


def from_code() -> Iterator[tuple[str, list[Message]]]:
    for path in sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py")):
        name = str(path.relative_to(ROOT))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        says = not ENGLISH_ONLY.search(name)
        yield name, [*in_python(tree), *(refusals(tree) if says else []), *tables(tree, TABLES.get(name, {}))]


def in_python(tree: ast.AST) -> list[Message]:
    found = []
    for call in calls_in(tree):
        name = called(call)
        if is_method(call) and name in OURS:
            continue  # `checks.word`, `words.count`: another thing of the same name
        if name in CALLS:
            context, one, many = (strings(call, place) for place in CALLS[name])
            found += [
                Message(*words)
                for words in zip(one, many or [""] * len(one), (context or [""]) * len(one), strict=False)
            ]
        elif name == "word":
            context = CONTEXTS.get(getattr(call.args[1], "id", "")) if len(call.args) > 1 else "value"
            found += [Message(words, context=context) for words in strings(call, 0) if context]
        elif name == "word_choices":
            found += [Message(arg.value.replace("_", " "), context="value") for arg in call.args if is_text(arg)]
        elif name in ("may_add", "may_edit"):
            found += [Message(words, context="noun") for words in strings(call, 2)]
        elif name == "job":
            found += [
                Message(given.value.value) for given in call.keywords if given.arg == "title" and is_text(given.value)
            ]
    return found


def refusals(tree: ast.AST) -> list[Message]:
    sentences = [
        words for call in calls_in(tree) if called(call) in REFUSALS for words in strings(call, REFUSALS[called(call)])
    ]
    titles = [
        line.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.Assign) and line.targets[0].id == "title" and is_text(line.value)
    ]
    return [Message(words) for words in [*sentences, *titles]]


def tables(tree: ast.Module, wanted: dict[str, str]) -> list[Message]:
    found = []
    for line in tree.body:
        name = line.targets[0].id if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) else ""
        if name in wanted:
            rows = line.value.values if isinstance(line.value, ast.Dict) else line.value.elts
            found += [Message(*ast.literal_eval(row), context=wanted[name]) if isinstance(row, ast.Tuple)
                      else Message(spelled(row.value, wanted[name]), context=wanted[name]) for row in rows]  # fmt: skip
    return found


def spelled(stored: str, context: str) -> str:
    """A stored word is read with spaces."""
    return stored.replace("_", " ") if context == "value" else stored


def through_variables() -> list[Message]:
    groups = {"noun": NOUNS, "name of a field": FIELDS, "role": ROLES, "move": MOVES}
    return [Message(words, context=context) for context, known in groups.items() for words in known]


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            note_names(function)
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def note_names(function: ast.FunctionDef) -> None:
    """Each call learns what the names around it hold: `words = "At most {most}."`, then `say(words, most=5)`."""
    given: dict[str, list[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and is_text(node.value) and isinstance(node.targets[0], ast.Name):
            given.setdefault(node.targets[0].id, []).append(node.value.value)
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            node.given = given


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_method(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute)


def strings(call: ast.Call, place: int | None) -> list[str]:
    """The text at a place of a call; both texts of `a if b else c`; what a name was given in the same function."""
    if place is None or place >= len(call.args):
        return []
    arg = call.args[place]
    if isinstance(arg, ast.Name):
        return getattr(call, "given", {}).get(arg.id, []) if called(call) in OURS else []
    branches = [arg.body, arg.orelse] if isinstance(arg, ast.IfExp) else [arg]
    return [branch.value for branch in branches if is_text(branch) and branch.value]


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


# -- catalogues -------------------------------------------------------------------------------------------------------


def path_of(language: str, kind: str = "po") -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django.{kind}"


def catalogue(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        book = read_po(file, locale=language)
    book._num_plurals, book._plural_expr = PLURALS[language]
    return book


def updated(language: str, messages: dict[Message, list[str]]) -> Catalog:
    """The catalogue with exactly these messages; what was translated before is kept, what nobody says any more goes."""
    known = catalogue(language) if path_of(language).exists() else Catalog(locale=language)
    fresh = Catalog(locale=language, project="Workbench", version="", fuzzy=False, charset="utf-8", domain="django")
    fresh._num_plurals, fresh._plural_expr = PLURALS[language]
    for message in sorted(messages):
        ident = (message.one, message.many) if message.many else message.one
        before = known.get(ident, context=message.context or None)
        translation = before.string if before else None
        # A blank English stands for the message itself.
        places = [(place, None) for place in sorted(messages[message])]
        flags = {"python-brace-format"} & (before.flags if before else set())
        fresh.add(ident, translation, locations=places, context=message.context or None, flags=flags)
    return fresh


def as_po(book: Catalog) -> bytes:
    """Without a date or a tool's name: the same messages give the same bytes."""
    file = BytesIO()
    write_po(file, book, width=110, omit_header=True, include_lineno=False)
    plural = f'"Plural-Forms: {book.plural_forms}\\n"\n' if book.locale else ""
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {book.locale}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n{plural}\n'
    )
    return head.encode() + file.getvalue().lstrip(b"\n")


def as_mo(book: Catalog) -> bytes:
    """As compiled as gettext would have it, with a head that names no date and no tool."""
    head = f"Language: {book.locale}\nContent-Type: text/plain; charset=utf-8\nPlural-Forms: {book.plural_forms}\n"
    file = BytesIO()
    write_mo(file, Compiled([Entry("", head), *(row for row in book if row.id)]))
    return file.getvalue()


def main() -> None:
    messages = gathered()
    for language in (SOURCE, *TRANSLATED):
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(as_po(updated(language, messages)))
        path_of(language, "mo").write_bytes(as_mo(catalogue(language)))
        missing = [message for message in catalogue(language) if message.id and not all_of(message.string)]
        sys.stdout.write(
            f"{language}: {len(messages)} messages"
            + (f", {len(missing)} untranslated\n" if language != SOURCE else "\n")
        )


def all_of(string: str | tuple[str, ...] | None) -> bool:
    return bool(string) and all(string if isinstance(string, tuple | list) else [string])


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    main()
