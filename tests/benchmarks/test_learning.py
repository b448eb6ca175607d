"""What learning costs: reading, measuring, training and asking, in seconds, memory and bytes; and how good it gets."""

import resource
import time

import pytest

from annotations.core import learning, measuring
from tests.benchmarks.reports import reports

pytestmark = pytest.mark.benchmark

SIZES = (100, 1_000)


def nothing():
    pass


def timed(call):
    begun = time.perf_counter()
    made = call()
    return made, time.perf_counter() - begun


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


@pytest.mark.parametrize("size", SIZES)
def test_learning_from_articles(size):
    learning.needed()  # the import alone takes seconds
    before, examples = peak_megabytes(), reports(size)
    labels = learning.learnable(examples)
    rows, prepared = timed(lambda: learning.prepare(examples, labels, nothing))
    figures, measured = timed(lambda: measuring.measure(rows, labels, nothing))
    model, trained = timed(lambda: learning.train(rows, labels, nothing))
    packed, _ = timed(lambda: learning.pack(model))
    read, unpacked = timed(lambda: learning.unpack(packed))
    text = examples[0].text * 10
    found, asked = timed(lambda: learning.propose(read, text))
    tokens = sum(len(row.places) for row in rows)
    annotations = figures["all"]["annotations"]
    print(f"\n{size:,} articles, {tokens:,} tokens, {annotations:,} annotations, {len(labels)} labels")
    print(f"  read {prepared:.1f} s   measured {measured:.1f} s   trained {trained:.1f} s   more memory "
          f"{peak_megabytes() - before:.0f} MB (aim: 1,000 articles in 120 s and 500 MB)")  # fmt: skip
    print(f"  packed {len(packed) / 1024:.0f} KB   unpacked {unpacked * 1000:.0f} ms   "
          f"asked about {len(text):,} characters in {asked * 1000:.0f} ms: {len(found)} proposals")  # fmt: skip
    for name, one in {**figures["labels"], "all": figures["all"]}.items():
        print(f"  {name:10} precision {one['precision']:.3f}   recall {one['recall']:.3f}   F1 {one['f1']:.3f}   "
              f"overlap {one['overlap']:.3f}   {one['annotations']:,} annotations")  # fmt: skip
    assert found
