"""What the built-in recommenders find of a labelled set, and how long they take: precision, recall, milliseconds."""

import time

import pytest

from annotations.core.cues import find_attributions, find_cues
from annotations.core.figures import find_figures
from annotations.core.matches import Labelled, find_matches, phrases_of
from tests.benchmarks.suggested import CUES, FIGURES, QUOTATIONS
from workbench.env import ROOT

pytestmark = pytest.mark.benchmark

SEED = (ROOT / "seeds/articles/003-qaani-reuters-hamdan.txt").read_text(encoding="utf-8")
LONG = SEED * 20


def cues_in(sample):
    return {(cue.start, cue.end) for cue in find_cues(sample.text, sample.language)}


def quotations_in(sample):
    found = find_attributions(sample.text, {"quotation": "quote"}, sample.language)
    return {proposal.extent for proposal in found if "inside another" not in proposal.why}


def figures_in(sample):
    return {(figure.start, figure.end) for figure in find_figures(sample.text)}


FINDERS = {"cues": (CUES, cues_in), "quotations": (QUOTATIONS, quotations_in), "figures": (FIGURES, figures_in)}


@pytest.mark.parametrize("name", FINDERS)
def test_precision_and_recall_on_the_labelled_set(name):
    samples, find = FINDERS[name]
    right = wrong = missed = 0
    for sample in samples:
        found = find(sample)
        right += len(found & sample.spans)
        for kind, spans in (("wrong", found - sample.spans), ("missed", sample.spans - found)):
            wrong += len(spans) if kind == "wrong" else 0
            missed += len(spans) if kind == "missed" else 0
            for start, end in sorted(spans):
                print(f"  {name} {kind}: {sample.text[start:end]!r} in {sample.text[:70]!r}")
    precision, recall = right / (right + wrong), right / (right + missed)
    print(f"{name:12} {right + missed:3} spans   precision {precision:.2f}   recall {recall:.2f}")
    assert precision >= 0.85
    assert recall >= 0.85


def test_milliseconds_for_ten_thousand_characters():
    words = [word for word in set(SEED.split()) if len(word) > 4]
    phrases = phrases_of({f"{word} {number}": [Labelled("x", 1)] for number in range(100) for word in words}, [SEED])
    for name, find in (
        (f"matches ({len(phrases.labels):,} phrases)", lambda: find_matches(LONG, phrases)),
        ("cues, quotations", lambda: find_attributions(LONG, {"cue": "c", "quotation": "q", "denial": "d"}, "en")),
        ("figures", lambda: find_figures(LONG)),
    ):
        find()
        begun = time.perf_counter()
        find()
        took = (time.perf_counter() - begun) * 1_000 * 10_000 / len(LONG)
        print(f"{name:28} {took:7.1f} ms for 10,000 characters")
