"""A small model that learns where labels stand, from the features of `features`: trained, asked, packed.

For each label two classifiers say of every token how likely a span begins there, and how likely one that stands before
it goes on; the best sequence under those odds gives the spans. numpy is needed for all of it, scikit-learn only to
train, both only once called. A packed model is an .npz without objects: nothing in it is run by reading it.
"""

import io
import math
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zipfile import BadZipFile

from annotations.core.errors import Invalid
from annotations.core.features import DIMENSIONS, Features, Token, tokens
from annotations.core.json_text import parse_json
from annotations.core.recommending import Proposal

FORMAT = 1
FOLDS = 3
EPOCHS = 6
ARTICLES_A_BATCH = 250
STRENGTH = 2e-6  # of the pull towards zero; found best on held-out articles of the benchmark
WEIGHTS_KEPT = 30_000  # of one classifier, the heaviest; the rest moves no span
MOST_TOKENS = 600_000  # of all texts together: what fits into about 300 MB while training
LEAST_ARTICLES, LEAST_ANNOTATIONS, LEAST_OF_A_LABEL = 5, 20, 10
NEEDS_EXTRA = (
    "This recommender learns with scikit-learn, which is not installed here. "
    "Whoever runs the workbench installs it with: make learn"
)

Span = tuple[int, int]
Sign = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Example:
    """One article: its text, and the spans that people labelled in it, by the label's key."""

    text: str
    spans: Mapping[str, Sequence[Span]]


@dataclass(slots=True)
class Prepared:
    """An example as numbers. By label, the numbers of the tokens that begin a span, that go on with one, and that stand
    behind the last of one."""

    places: list[Token]
    values: Any
    bounds: Any
    begins: dict[str, list[int]] = field(default_factory=dict)
    goes_on: dict[str, list[int]] = field(default_factory=dict)
    ends: dict[str, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Model:
    """`weights` is DIMENSIONS by two a label (begins, goes on), `offsets` two a label."""

    labels: list[str]
    weights: Any
    offsets: Any


class Found(NamedTuple):
    """A span that a model sees, with how likely it is."""

    label: str
    start: int
    end: int
    score: float


def learnable(examples: Sequence[Example]) -> list[str]:
    """The labels with enough spans in enough articles, sorted. Raises Invalid, in numbers, where there are none."""
    counts: dict[str, list[int]] = {}
    for example in examples:
        for key, spans in example.spans.items():
            if spans:
                count = counts.setdefault(key, [0, 0])
                count[0] += len(spans)
                count[1] += 1
    enough = sorted(key for key, (times, here) in counts.items() if times >= LEAST_OF_A_LABEL and here >= FOLDS)
    total = sum(count for count, _ in counts.values())
    if len(examples) < LEAST_ARTICLES or total < LEAST_ANNOTATIONS or not enough:
        raise Invalid(
            f"There is too little to learn from: {total} annotations in {len(examples)} articles. It takes at least "
            f"{LEAST_ANNOTATIONS} in {LEAST_ARTICLES} articles, and {LEAST_OF_A_LABEL} of one label in {FOLDS} of them."
        )
    return enough


# -- examples as numbers ----------------------------------------------------------------------------------------------


def prepare(examples: Iterable[Example], labels: Sequence[str], sign: Sign) -> list[Prepared]:
    """The first of these examples, until there are MOST_TOKENS."""
    features, left = Features(), MOST_TOKENS
    prepared: list[Prepared] = []
    for example in examples:
        places = tokens(example.text)
        left -= len(places)
        if left < 0 and prepared:
            break
        values, bounds = features.of(example.text, places)
        row = Prepared(places, values, bounds)
        for label in labels:
            row.begins[label], row.goes_on[label], row.ends[label] = tagged(places, example.spans.get(label, ()))
        prepared.append(row)
        sign()
    return prepared


def tagged(places: Sequence[Token], spans: Iterable[Span]) -> tuple[list[int], list[int], list[int]]:
    """The tokens that begin a span, go on with one, and stand behind one. Of spans over one token the longest stays."""
    begins: list[int] = []
    goes_on: list[int] = []
    ends: list[int] = []
    taken = -1
    starts = [place.start for place in places]
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        first = first_in(places, starts, start)
        if first <= taken or first >= len(places) or places[first].start >= end:
            continue
        last = first
        while last + 1 < len(places) and places[last + 1].start < end:
            last += 1
        begins.append(first)
        goes_on.extend(range(first + 1, last + 1))
        ends.extend([last + 1] if last + 1 < len(places) else [])
        taken = last
    return begins, goes_on, ends


def first_in(places: Sequence[Token], starts: Sequence[int], offset: int) -> int:
    """The number of the token that `offset` stands in or before."""
    from bisect import bisect_right

    number = bisect_right(starts, offset) - 1
    return number if number >= 0 and places[number].end > offset else number + 1


# -- training ---------------------------------------------------------------------------------------------------------


def train(rows: Sequence[Prepared], labels: Sequence[str], sign: Sign) -> Model:
    """Two classifiers a label, by stochastic gradient descent in batches of articles. The same rows give the same."""
    np, classifier = needed()
    columns, offsets = [], []
    batches = [rows[start : start + ARTICLES_A_BATCH] for start in range(0, len(rows), ARTICLES_A_BATCH)]
    known = [(matrix_of(batch), batch) for batch in batches]
    sign()
    for label in labels:
        for lesson in (beginning, going_on):
            model = classifier(loss="log_loss", alpha=STRENGTH, average=10, random_state=0)
            lessons = [lesson(matrix, batch, label) for matrix, batch in known]
            for _ in range(EPOCHS):
                for matrix, targets in lessons:
                    if len(targets):
                        model.partial_fit(matrix, targets, classes=np.array([0, 1]))
                sign()
            columns.append(pruned(model.coef_[0]))
            offsets.append(model.intercept_[0])
    return Model(list(labels), np.stack(columns, axis=1), np.array(offsets, dtype=np.float32))


def needed() -> tuple[Any, Any]:
    """numpy, and the classifier. Raises Invalid in words where they are not installed."""
    try:
        import numpy as np
        from sklearn.linear_model import SGDClassifier
    except ImportError as error:
        raise Invalid(NEEDS_EXTRA) from error
    return np, SGDClassifier


def numpy_needed() -> Any:
    try:
        import numpy as np
    except ImportError as error:
        raise Invalid(NEEDS_EXTRA) from error
    return np


def matrix_of(batch: Sequence[Prepared]) -> Any:
    """The tokens of some articles as the rows of one sparse matrix."""
    import numpy as np
    from scipy.sparse import csr_matrix

    values = np.concatenate([np.zeros(0, dtype=np.int32), *(np.frombuffer(row.values, np.int32) for row in batch)])
    bounds, reached = [np.zeros(1, dtype=np.int32)], 0
    for row in batch:
        if row.places:
            bounds.append(np.frombuffer(row.bounds, dtype=np.int32)[1:] + reached)
            reached += len(row.values)
    ones = np.ones(len(values), dtype=np.float32)
    tokens_in = sum(len(row.places) for row in batch)
    return csr_matrix((ones, values, np.concatenate(bounds)), shape=(tokens_in, DIMENSIONS))


def beginning(matrix: Any, batch: Sequence[Prepared], label: str) -> tuple[Any, Any]:
    """Of every token: does a span begin here?"""
    import numpy as np

    targets = np.zeros(matrix.shape[0], dtype=np.int8)
    targets[numbers_in(batch, "begins", label)] = 1
    return matrix, targets


def going_on(matrix: Any, batch: Sequence[Prepared], label: str) -> tuple[Any, Any]:
    """Of every token behind one of a span: does the span go on here? What lies far from any span says nothing of it."""
    import numpy as np

    on, ends = numbers_in(batch, "goes_on", label), numbers_in(batch, "ends", label)
    rows = np.concatenate([on, ends])
    order = np.argsort(rows, kind="stable")
    targets = np.concatenate([np.ones(len(on), dtype=np.int8), np.zeros(len(ends), dtype=np.int8)])
    return matrix[rows[order]], targets[order]


def numbers_in(batch: Sequence[Prepared], which: str, label: str) -> Any:
    """The numbers of tokens, counted over all articles of a batch."""
    import numpy as np

    numbers: list[int] = []
    reached = 0
    for row in batch:
        numbers.extend(number + reached for number in getattr(row, which)[label])
        reached += len(row.places)
    return np.array(numbers, dtype=np.int64)


def pruned(weights: Any) -> Any:
    """Only the heaviest, in half precision: what is measured is what is stored."""
    import numpy as np

    if np.count_nonzero(weights) > WEIGHTS_KEPT:
        least = np.partition(np.abs(weights), -WEIGHTS_KEPT)[-WEIGHTS_KEPT]
        weights = np.where(np.abs(weights) >= least, weights, 0)
    return weights.astype(np.float16).astype(np.float32)


# -- asking -----------------------------------------------------------------------------------------------------------


def find(model: Model, row: Prepared) -> list[Found]:
    """The spans that the model sees, by label and then by place."""
    if not row.places:
        return []
    odds = odds_of(model, row)
    found = []
    for number, label in enumerate(model.labels):
        begins, goes_on = odds[:, 2 * number].tolist(), odds[:, 2 * number + 1].tolist()
        for first, last, score in best_spans(begins, goes_on):
            found.append(Found(label, row.places[first].start, row.places[last].end, score))
    return found


def odds_of(model: Model, row: Prepared) -> Any:
    """By token and classifier, how likely it says yes. In pieces, so that a long text needs no more memory."""
    np = numpy_needed()
    values, bounds = np.frombuffer(row.values, dtype=np.int32), np.frombuffer(row.bounds, dtype=np.int32)
    pieces = []
    for start in range(0, len(row.places), 2_000):
        part = bounds[start : start + 2_001]
        heard = model.weights[values[part[0] : part[-1]]]
        pieces.append(np.add.reduceat(heard, part[:-1] - part[0], axis=0) + model.offsets)
    return 1 / (1 + np.exp(-np.clip(np.concatenate(pieces), -30, 30)))


def best_spans(begins: Sequence[float], goes_on: Sequence[float]) -> list[tuple[int, int, float]]:
    """(first token, last token, score) of the likeliest way through. `goes_on` counts only behind a token of a span.

    The score is the mean of the chances of its tokens. Source: A. Viterbi, 1967.
    """
    log, tiny = math.log, 1e-9
    out, inside = 0.0, -math.inf
    ways: list[tuple[int, int]] = []  # by token: where `out` came from, and where `inside` did (2: a span begins)
    for begin, on in zip(begins, goes_on, strict=True):
        left = inside + log(max(1 - on, tiny))  # a span before this token ends with it
        free, freely = (out, 0) if out >= left else (left, 1)
        fresh, further = free + log(max(begin, tiny)), inside + log(max(on, tiny))
        ways.append((freely, 2 + freely if fresh > further else 1))
        out, inside = free + log(max(1 - begin, tiny)), max(fresh, further)
    return traced(ways, begins, goes_on, is_inside=inside > out)


def traced(
    ways: Sequence[tuple[int, int]], begins: Sequence[float], goes_on: Sequence[float], *, is_inside: bool
) -> list[tuple[int, int, float]]:
    """The spans of the best way, read from its end."""
    spans: list[tuple[int, int, float]] = []
    last = -1
    for number in range(len(ways) - 1, -1, -1):
        if not is_inside:
            is_inside = ways[number][0] == 1
            continue
        last = number if last < 0 else last
        if (way := ways[number][1]) >= 2:
            chances = [begins[number], *goes_on[number + 1 : last + 1]]
            spans.append((number, last, sum(chances) / len(chances)))
            is_inside, last = way == 3, -1
    return spans[::-1]


def propose(model: Model, text: str, least: float = 0.0) -> list[Proposal]:
    """What the model proposes for a text, in the order of places."""
    places = tokens(text)[:MOST_TOKENS]
    values, bounds = Features().of(text, places)
    found = sorted(find(model, Prepared(places, values, bounds)), key=lambda span: (span.start, span.end))
    return [
        Proposal(((span.start, span.end),), span.label, round(span.score, 4), f"learned: {round(100 * span.score)} %")
        for span in found
        if span.score >= least
    ]


# -- packing ----------------------------------------------------------------------------------------------------------


def pack(model: Model) -> bytes:
    """The model as bytes: what of each classifier is not zero, and the labels as JSON."""
    np = numpy_needed()
    import json

    said = json.dumps({"format": FORMAT, "labels": model.labels}).encode()
    arrays = {"said": np.frombuffer(said, dtype=np.uint8), "offsets": model.offsets}
    for number in range(model.weights.shape[1]):
        kept = np.flatnonzero(model.weights[:, number])
        arrays[f"at{number}"] = kept.astype(np.uint32)
        arrays[f"by{number}"] = model.weights[kept, number].astype(np.float16)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def unpack(packed: bytes) -> Model:
    """The model again. Raises Invalid for what this version cannot read."""
    np = numpy_needed()
    try:
        with np.load(io.BytesIO(bytes(packed)), allow_pickle=False) as arrays:
            said = parse_json(arrays["said"].tobytes().decode())
            if said["format"] != FORMAT:
                raise ValueError
            offsets = arrays["offsets"]
            weights = np.zeros((DIMENSIONS, len(offsets)), dtype=np.float32)
            for number in range(len(offsets)):
                weights[arrays[f"at{number}"], number] = arrays[f"by{number}"]
            return Model(list(said["labels"]), weights, offsets)
    except (ValueError, LookupError, TypeError, OSError, EOFError, BadZipFile, zlib.error, Invalid) as error:
        raise Invalid("What was learned cannot be read by this version. Train the recommender again.") from error
