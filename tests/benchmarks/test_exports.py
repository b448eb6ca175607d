"""What an export of 100,000 annotations costs: the whole, the first byte, and the memory that it takes meanwhile."""

import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from annotations.models import Annotation
from annotations.queries.exports import FORMAT_NAMES, export
from annotations.services.articles import add_article
from annotations.services.labels import add_label
from tests.conftest import make_people, make_project

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

COUNT = 100_000
ARTICLES = 200
SENTENCE = "Reuters reported that the visitor was told to stay silent, and the visitor denied it. "


@pytest.fixture
def desk():
    people = make_people()
    project = make_project(people)
    labels = [add_label(by=people.max, project=project, key=key) for key in ("claim", "quote", "source")]
    texts = [f"{number}. {SENTENCE * 40}" for number in range(ARTICLES)]
    articles = [add_article(by=people.max, project=project, title=text[:20], text=text) for text in texts]
    Annotation.objects.bulk_create(annotations(people, labels, articles, texts), batch_size=5_000)
    return project


def annotations(people, labels, articles, texts):
    for number in range(COUNT):
        article, start = articles[number % ARTICLES], number % 3_000
        yield Annotation(
            project_id=article.project_id,
            author=(people.ana, people.ben)[number % 2],
            article=article,
            revision=article.revision,
            label=labels[number % 3],
            segments=[[start, start + 24]],
            start=start,
            end=start + 24,
            quote=texts[number % ARTICLES][start : start + 24],
        )


class PeakMemory:
    """The largest resident size of the process while the block ran, beyond that at its beginning, in MiB."""

    def __enter__(self):
        self.begun, self.largest, self.done = resident(), resident(), threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()
        return self

    def watch(self):
        while not self.done.wait(0.005):
            self.largest = max(self.largest, resident())

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()
        self.growth = self.largest - self.begun


def resident():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_export_of_a_hundred_thousand_annotations(desk, format):
    with PeakMemory() as memory:
        begun = time.perf_counter()
        chunks = export(desk, None, format).chunks
        size = len(next(chunks))
        first = (time.perf_counter() - begun) * 1_000
        size += sum(map(len, chunks))
        whole = time.perf_counter() - begun
    told = f"{whole:5.2f} s   first byte {first:5.1f} ms   memory +{memory.growth:4.1f} MiB   {size / 2**20:5.1f} MiB"
    aim = "aim: toward 1 s, 50 ms, under 30 MiB"
    print(f"{connection.vendor:10} export of {COUNT:,} annotations as {format:16} {told}   {aim}")
    assert memory.growth < 30
