"""A stored reason is recognised by its words, and what people wrote stays theirs."""

from pathlib import Path

import pytest

from annotations.core import comparisons, quantities
from annotations.core.reasons import INSIDE, REASONS, reason_said
from annotations.core.sentences import Sentence, listed, say
from tests.catalogues import ast, in_python

LIVE_ONLY = {"Both name {shared}.", "They share {number} telling word."}  # of a list that is never stored


@pytest.mark.parametrize("module", [comparisons, quantities], ids=["comparisons", "quantities"])
def test_every_reason_that_is_given_is_known_here(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    reasons = [node for node in functions if "Suggestion" in ast.dump(node) or "Compared" in ast.dump(node)]
    given = {message.one for node in reasons for message in in_python(node)} - LIVE_ONLY
    assert given
    assert given <= {*REASONS, *INSIDE}


@pytest.mark.parametrize("template", REASONS)
def test_a_reason_is_recognised_with_all_that_fills_it(template):
    gaps = {"shared": "Haniyeh, Tehran", "one": "1,200", "other": "over 1,400 people", "new": "5", "old": "7",
            "new_date": "2023-11-16", "old_date": "2023-11", "when": "as of 2023-11"}  # fmt: skip
    words = str(say(template, **gaps))
    found = reason_said(words)
    assert isinstance(found, Sentence)
    assert (found, found.template) == (words, template)


def test_what_fills_a_gap_is_recognised_too():
    when, figures = say("from {start} to {end}", start="2023-10-07", end="2023-11"), {"one": "5", "other": "7"}
    template = "The same measure {when}, from one origin, with another figure: {one} and {other}."
    found = reason_said(str(say(template, when=when, **figures)))
    assert found.values["when"].template == "from {start} to {end}"
    shared = reason_said("Nearly the same words: Haniyeh, Tehran.").values["shared"]
    assert (shared, shared.parts) == (listed(["Haniyeh", "Tehran"]), ["Haniyeh", "Tehran"])


@pytest.mark.parametrize("words", ["", "The same.", "Both say so: I asked them.", "The same words. Or nearly."])
def test_what_a_person_wrote_is_left_alone(words):
    assert reason_said(words) is words
