"""How many keys a span takes: every span of the gold of article 003, marked in Chromium with real keys.

The article and its gold stand beside the repository, in shared/seeds; without them nothing is measured, and said so.
"""

import hashlib
import json
import statistics

import pytest
from playwright.sync_api import sync_playwright

from tests.benchmarks.strategy import BEGIN, SHORTEST
from tests.browser.conftest import LAUNCH_ARGS
from tests.browser.harness.pages import annotate_page
from tests.browser.harness.reading import posted
from tests.browser.harness.server import Harness
from tests.provide import find_chromium
from workbench.env import ROOT

ORIGINALS = ROOT.parent / "shared" / "seeds"
GOLD = ORIGINALS / "gold-003.json"
ENOUGH = 9
pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not GOLD.is_file(), reason=f"THE ORIGINALS ARE NOT HERE: no {GOLD.name} in shared/seeds"),
]


def spans_in(value):
    """Every place that the gold names, wherever it stands in it."""
    if isinstance(value, list):
        return [span for inner in value for span in spans_in(inner)]
    if not isinstance(value, dict):
        return []
    own = [(value["start"], value["end"], value["sha256_16"])] if "sha256_16" in value else []
    return own + [span for inner in value.values() for span in spans_in(inner)]


@pytest.fixture(scope="module")
def gold():
    article = next(ORIGINALS.glob("003_*.txt")).read_bytes().decode()
    spans = sorted(set(spans_in(json.loads(GOLD.read_text()))))
    assert all(hashlib.sha256(article[a:b].encode()).hexdigest()[:16] == digest for a, b, digest in spans)
    return article, [[start, end] for start, end, _ in spans]


@pytest.fixture
def screen(gold):
    harness = Harness()
    harness.pages["/annotate/"] = annotate_page(text=gold[0])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGS)
        page = chromium.new_page(base_url=harness.url, viewport={"width": 1440, "height": 960})
        page.goto("/annotate/")
        page.wait_for_selector("html[data-annotate=ready]")
        yield page, harness
        chromium.close()
    harness.shutdown()


def keys_for(page, span, previous=None, plain=False):
    """With the bar open, as it stands over the text then: the keys behind `v`, up to the digit."""
    begin = page.evaluate(BEGIN, previous)
    page.keyboard.press("v")
    return page.evaluate(SHORTEST, {"span": span, "begin": begin, "plain": plain})


def test_every_gold_span_is_marked_with_real_keys_in_reading_order(gold, screen):
    (text, spans), (page, harness) = gold, screen
    counts, previous = [], None
    for number, span in enumerate(spans, 1):
        keys = keys_for(page, span, previous)
        assert keys, f"no way to {text[slice(*span)]!r}"
        for key in keys:
            page.keyboard.press(key)
        stored, quote, _ = posted(harness, page, number)[-1]
        assert (stored, quote) == ([span], text[slice(*span)]), keys
        counts.append(len(keys) + 1)
        previous = span
    tell("in reading order, practised, real keys", counts, len(spans))


@pytest.mark.parametrize(("who", "plain"), [("practised", False), ("letters, Tab and Enter only", True)])
def test_every_gold_span_from_the_top_of_a_fresh_page(gold, screen, who, plain):
    (_, spans), (page, _) = gold, screen
    found = []
    for span in spans:
        page.evaluate("() => document.getElementById('text').scrollTo(0, 0)")
        found.append(keys_for(page, span, plain=plain))
        page.keyboard.press("Escape")
    tell(f"from the top of a fresh page, {who}", [len(keys) + 1 for keys in found if keys], len(spans))


def tell(how, counts, spans):
    counts.sort()
    share = sum(count <= ENOUGH for count in counts) / spans
    p90 = counts[int(len(counts) * 0.9) - 1]
    figures = f"median {statistics.median(counts):g}, 90 % {p90}, most {counts[-1]}, at most {ENOUGH}: {share:.0%}"
    print(f"\nkeys a gold span ({len(counts)} of {spans}), {how}: {figures}, aim: median and 80 % within 9")
