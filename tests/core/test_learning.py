"""Learning: finds what it was shown, refuses what is too little, and packs into bytes that run nothing."""

import io

import numpy as np
import pytest

from annotations.core.errors import Invalid
from annotations.core.features import tokens
from annotations.core.learning import (
    NEEDS_EXTRA,
    Example,
    best_spans,
    learnable,
    needed,
    pack,
    prepare,
    propose,
    tagged,
    train,
    unpack,
)
from annotations.core.measuring import measure, spans_in
from tests.benchmarks.reports import reports


def nothing():
    pass


@pytest.fixture(scope="module")
def learned():
    """(examples, labels, rows, model) of a few dozen made-up reports, two of every ten kept from the model."""
    examples = reports(50)
    labels = learnable(examples)
    rows = prepare(examples, labels, nothing)
    return examples, labels, rows, train(rows[:40], labels, nothing)


def test_model_finds_spans_in_texts_it_never_saw(learned):
    examples, labels, _, model = learned
    wanted = found = hit = 0
    for example in examples[40:]:
        spans = {(start, end, key) for key in labels for start, end in example.spans.get(key, ())}
        seen = {(*proposal.extent, proposal.label_key) for proposal in propose(model, example.text)}
        wanted, found, hit = wanted + len(spans), found + len(seen), hit + len(spans & seen)
    assert hit / wanted > 0.85
    assert hit / found > 0.85


def test_proposals_have_chances_as_scores_and_stand_in_order(learned):
    proposals = propose(learned[3], learned[0][41].text)
    assert proposals
    assert all(0 < proposal.score <= 1 for proposal in proposals)
    assert [proposal.extent for proposal in proposals] == sorted(proposal.extent for proposal in proposals)
    assert propose(learned[3], learned[0][41].text, least=1.01) == []


def test_same_examples_give_the_same_model(learned):
    _, labels, rows, model = learned
    assert pack(train(rows[:40], labels, nothing)) == pack(model)


def test_packed_model_proposes_the_same(learned):
    _, _, _, model = learned
    again = unpack(pack(model))
    assert propose(again, learned[0][45].text) == propose(model, learned[0][45].text)
    assert len(pack(model)) < 1_000_000


def test_measured_quality_counts_every_span_once(learned):
    examples, labels, rows, _ = learned
    figures = measure(rows, labels, nothing)
    assert set(figures["labels"]) == set(labels)
    assert figures["all"]["annotations"] == sum(len(spans) for one in examples for spans in one.spans.values())
    assert figures["all"]["f1"] > 0.8
    assert figures["all"]["overlap"] >= figures["all"]["f1"]


def test_empty_text_has_no_proposals(learned):
    assert propose(learned[3], "") == propose(learned[3], " \n") == []


# -- too little, or too strange ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "examples",
    [
        [],
        [Example("A text.", {"claim": [(0, 1)]})] * 4,
        [Example("A text.", {"claim": [(0, 1), (2, 6)] * 10})] * 2,
        [Example("A text.", {str(number): [(0, 1)]}) for number in range(30)],
    ],
)
def test_too_little_is_refused_in_numbers(examples):
    with pytest.raises(Invalid, match="too little to learn from"):
        learnable(examples)


def test_label_with_few_examples_is_left_out():
    examples = [Example("A text.", {"claim": [(0, 1), (2, 6)]}) for _ in range(12)]
    examples[0].spans["rare"] = [(0, 1)]
    assert learnable(examples) == ["claim"]


def with_objects():
    buffer = io.BytesIO()
    np.savez(buffer, said=np.array([{"format": 1}], dtype=object), offsets=np.zeros(1))
    return buffer.getvalue()


@pytest.mark.parametrize("packed", [b"", b"no model", b"\x80\x04N.", with_objects()])
def test_bytes_that_are_no_model_are_refused_and_never_run(packed):
    with pytest.raises(Invalid, match="Train the recommender again"):
        unpack(packed)


def test_missing_extra_is_named_with_the_way_to_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sklearn.linear_model", None)
    with pytest.raises(Invalid) as caught:
        needed()
    assert caught.value.message == NEEDS_EXTRA


# -- spans as tokens --------------------------------------------------------------------------------------------------


def test_spans_become_tokens_and_spans_again():
    text = "The agency said that the bridge was closed."
    spans = [(4, 10), (21, 42)]
    rows = prepare([Example(text, {"x": spans})], ["x"], nothing)
    assert spans_in(rows[0], "x") == spans


def test_of_nested_spans_the_longest_is_learned():
    places = tokens("one two three four")
    assert tagged(places, [(4, 7), (4, 13), (8, 18)]) == ([1], [2], [3])


def test_span_goes_on_only_behind_its_beginning():
    assert best_spans([0.1, 0.1, 0.1], [0.9, 0.9, 0.9]) == []
    found = best_spans([0.1, 0.9, 0.1, 0.9], [0.9, 0.9, 0.9, 0.1])
    assert [(first, last) for first, last, _ in found] == [(1, 2), (3, 3)]
    assert [round(score, 3) for _, _, score in found] == [0.9, 0.9]
    assert best_spans([], []) == []
