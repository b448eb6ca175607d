"""What the annotate screen costs in Chromium: bytes and requests of a cold cache, time to the painted marks, frames
while scrolling, and a span on its way to the server and back."""

import statistics

import pytest
from django.db import connection
from playwright.sync_api import sync_playwright

from annotations.models import Annotation
from annotations.services.articles import add_article
from annotations.services.labels import add_label
from tests.benchmarks.serving import served, session_of
from tests.browser.conftest import LAUNCH_ARGS
from tests.conftest import make_people, make_project
from tests.provide import find_chromium

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

ANSWERS = """() => performance.getEntriesByType('resource').filter((one) => /annotations\\/$/.test(one.name))
  .map((one) => one.responseEnd - one.startTime)"""
BETWEEN_MARKS = 500  # ms
SENTENCE = "Reuters reported that the visitor was told to stay silent, and the visitor denied it. "
READY = "() => performance.getEntriesByName('marks-painted').length"
TIMES = """() => {
  const [page] = performance.getEntriesByType('navigation');
  const [painted] = performance.getEntriesByName('marks-painted');
  return { byte: page.responseStart, parsed: page.domInteractive, painted: painted.startTime };
}"""
SCROLL = """async () => {
  const pane = document.getElementById('text');
  const gaps = [];
  let last = performance.now();
  for (let step = 0; step < 120; step += 1) {
    pane.scrollTop += pane.clientHeight / 3;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  return gaps;
}"""
ADD_IN_PAGE = """(spans) => spans.map((detail) => {
  const begun = performance.now();
  document.dispatchEvent(new CustomEvent('span-changed', { detail }));
  return performance.now() - begun;
})"""
ROUND_TRIP = """() => new Promise((resolve) => {
  const begun = performance.now();
  document.addEventListener('span-changed', () => {
    const answered = performance.now() - begun;
    requestAnimationFrame(() => setTimeout(() => resolve([answered, performance.now() - begun])));
  }, { once: true });
  document.querySelector('#marking [data-label-key]').click();
})"""


@pytest.fixture
def desk(tmp_path):
    people = make_people()
    project = make_project(people)
    labels = [add_label(by=people.max, project=project, key=f"label-{slot}", colour=slot) for slot in range(1, 6)]
    with served(tmp_path) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGS)
        yield people, project, labels, chromium, address
        chromium.close()


def article_with(desk, text, count, length=40):
    people, project, labels, *_ = desk
    article = add_article(by=people.max, project=project, title=f"{len(text)} with {count}", text=text)
    step = max(1, (len(text) - length) // max(1, count))
    rows = (
        Annotation(
            project=project,
            author=people.ana,
            article=article,
            revision=article.revision,
            label=labels[number % len(labels)],
            segments=[[at, at + length]],
            start=at,
            end=at + length,
            quote=text[at : at + length],
        )
        for number, at in ((number, number * step) for number in range(count))
    )
    Annotation.objects.bulk_create(rows, batch_size=1_000)
    return article


def opened(desk, article):
    """The page on a cold cache, with what came over the wire: bytes by address."""
    people, _, _, chromium, address = desk
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    context.add_cookies([session_of(people.ana)])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    addresses, received = {}, {}
    wire.on("Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(f"{address}/articles/{article.pk}/", timeout=60_000)
    page.wait_for_function(READY, timeout=60_000)
    page.wait_for_timeout(300)
    return page, {addresses.get(key, key): size for key, size in received.items()}


def say(name, value, aim):
    print(f"{connection.vendor:10} {name:56} {value:>16}   {aim}")


def paragraphs(characters):
    return "\n\n".join([SENTENCE * 6] * (characters // (len(SENTENCE) * 6)))


def test_article_of_5_kb_with_10_spans(desk):
    article = article_with(desk, paragraphs(5_000), 10)
    took = []
    for _ in range(5):
        page, wire = opened(desk, article)
        times = page.evaluate(TIMES)
        took.append(times["painted"] - times["byte"])
        page.context.close()
    web = {url: size for url, size in wire.items() if url.startswith("http")}
    for url, size in sorted(web.items(), key=lambda row: -row[1]):
        print(f"{'':10} {size / 1024:7.1f} KB  {url.split('/', 3)[-1][:70]}")
    say("5 KB, 10 spans, cold cache: requests", len(web), "at most 8")
    say("5 KB, 10 spans, cold cache: received", f"{sum(web.values()) / 1024:.1f} KB", "at most 60 KB")
    say("5 KB, 10 spans: first byte to painted marks, p50", f"{statistics.median(took):.0f} ms", "at most 300 ms")


def test_200_kb_with_5000_overlapping_spans(desk):
    article = article_with(desk, paragraphs(200_000), 5_000)
    took, scrolled = [], []
    for _ in range(3):
        page, wire = opened(desk, article)
        times = page.evaluate(TIMES)
        took.append(times["painted"] - times["parsed"])
        scrolled += page.evaluate(SCROLL)
        last = page
    say("200 KB, 5,000 spans: received", f"{sum(wire.values()) / 1024:.0f} KB", "")
    say("200 KB, 5,000 spans: parsed to painted, p50", f"{statistics.median(took):.0f} ms", "at most 150 ms")
    say("200 KB, 5,000 spans: longest frame while scrolling", f"{max(scrolled):.0f} ms", "at most 50 ms")
    spans = [
        {"id": f"new-{n}", "segments": [[n * 50, n * 50 + 30]], "slot": 1 + n % 6, "number": 6_000 + n, "flag": False}
        for n in range(20)
    ]
    added = last.evaluate(ADD_IN_PAGE, spans)
    say("200 KB, 5,000 spans: a span in the page, p50", f"{statistics.median(added):.1f} ms", "under 5 ms")
    answered, painted = zip(*trips(last), strict=True)
    say("200 KB, 5,000 spans: mark to answer and back, p50", f"{statistics.median(answered):.0f} ms", "under 50 ms")
    say("200 KB, 5,000 spans: mark to its painted frame, p50", f"{statistics.median(painted):.0f} ms", "")
    asked = sorted(last.evaluate(ANSWERS))
    say("200 KB, 5,000 spans: of these the server and the wire", f"{statistics.median(asked):.0f} ms", "under 20 ms")


def trips(page, count=12):
    """By the keyboard: v, a word, Enter, the label. What is timed is from the label to the painted span."""
    took = []
    for _ in range(count):
        page.keyboard.press("v")
        page.keyboard.type("den")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        took.append(page.evaluate(ROUND_TRIP))
        page.wait_for_timeout(BETWEEN_MARKS)  # nobody marks faster, and the page has time to put its queue away
    return took


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("5 million characters on one line", "word " * 1_000_000, 10),
        ("10,000 spans on one page of 200 KB", paragraphs(200_000), 10_000),
    ],
)
def test_very_long_pages_open(desk, name, text, count):
    article = article_with(desk, text, count, length=9)
    page, wire = opened(desk, article)
    times = page.evaluate(TIMES)
    say(f"{name}: asked to painted", f"{times['painted']:.0f} ms", "within 5,000 ms")
    say(f"{name}: received", f"{sum(wire.values()) / 1024:.0f} KB", "")
    say(f"{name}: longest frame while scrolling", f"{max(page.evaluate(SCROLL)):.0f} ms", "stays usable")
