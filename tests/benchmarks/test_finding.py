"""What finding costs: in a project of 10,000 articles, among 10,000 annotations, in a text of 5 MB."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations.core.occurrences import Finder, Options, find
from annotations.core.text import sha256_of
from annotations.models import Annotation, Article, Revision
from annotations.queries.concordance import SORTS, Filters, lines
from annotations.queries.occurrences import occurrences
from annotations.services.articles import add_article
from annotations.services.concordance import relabel_annotations, undo_bulk_change
from annotations.services.labels import add_label
from annotations.services.occurrences import Place, label_occurrences
from tests.benchmarks.measure import show, statements
from tests.benchmarks.test_exports import PeakMemory
from tests.conftest import make_people, make_project

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]
ARTICLES, SPANS = 10_000, 10_000
SENTENCE = "Reuters reported that “the visitor” was told to stay silent, and the visitor’s aide denied it. "
RARE = "Osama Hamdan spoke. "


@pytest.fixture
def desk():
    people = make_people()
    project = make_project(people)
    labels = [add_label(by=people.max, project=project, key=key) for key in ("claim", "quote")]
    return people, project, labels


@pytest.fixture
def many(desk):
    """Articles of 4 KB; one in a hundred names Hamdan."""
    people, project, _ = desk
    rows = [Article(project=project, author=people.max, title=f"Article {number}") for number in range(ARTICLES)]
    Article.objects.bulk_create(rows, batch_size=1_000)
    texts = [SENTENCE * 42 + (RARE if number % 100 == 0 else "") for number in range(ARTICLES)]
    Revision.objects.bulk_create(
        (
            Revision(
                project=project, author=people.max, article=row, number=1, text=text,
                sha256=sha256_of(text), code_points=len(text),
            )
            for row, text in zip(rows, texts, strict=True)
        ),
        batch_size=500,
    )  # fmt: skip
    return desk


def took(call):
    begun = time.perf_counter()
    result = call()
    return result, (time.perf_counter() - begun) * 1_000


@pytest.mark.parametrize(
    ("what", "words", "options"),
    [
        ("rare, folded", "osama hamdan", Options()),
        ("rare, letter for letter", "Osama Hamdan", Options(case=True, accents=True)),
        ("nowhere, with accents", "قدس", Options()),
        ("everywhere, first page", "reuters", Options()),
    ],
)
def test_occurrences_in_ten_thousand_articles(many, what, words, options):
    people, project, labels = many

    def look():
        return occurrences(project, people.ana, Finder(words, options), label=labels[0])

    with PeakMemory() as memory:
        found, first = took(look)
    again = [took(look)[1] for _ in range(3)]
    name = f"occurrences, {what} ({len(found.hits)} hits)"
    show(name, sorted([first, *again]), statements(look), f"memory +{memory.growth:.0f} MiB   aim: under 3 s, 60 MiB")
    assert memory.growth < 60


def test_a_thousand_places_labelled_relabelled_and_taken_back(desk):
    people, project, labels = desk
    text = SENTENCE * 1_000
    row = add_article(by=people.max, project=project, title="Long", text=text)
    hits = [Place(row.revision.pk, [[start, end]], text[start:end]) for start, end in find(text, "Reuters")]
    bulk, label = took(lambda: label_occurrences(by=people.ana, project=project, label=labels[0], hits=hits))
    versions = dict(Annotation.objects.values_list("pk", "version"))
    relabelled, relabel = took(
        lambda: relabel_annotations(by=people.ana, project=project, versions=versions, label=labels[1])
    )
    _, undo = took(lambda: undo_bulk_change(by=people.ana, bulk_change=relabelled))
    assert bulk.rows.count() == len(hits) == 1_000
    for name, spent in (("label", label), ("relabel", relabel), ("take back", undo)):
        print(f"{connection.vendor:10} {name} 1,000 annotations as one event: {spent:.0f} ms   aim: under 2 s")


def spans_on(people, labels, row, count, length=40):
    text = row.revision.text
    step = max(1, (len(text) - length) // count)
    Annotation.objects.bulk_create(
        (
            Annotation(
                project_id=row.project_id, author=(people.ana, people.ben)[number % 2], article=row,
                revision=row.revision, label=labels[number % 2], segments=[[number * step, number * step + length]],
                start=number * step, end=number * step + length, quote=text[number * step : number * step + length],
            )
            for number in range(count)
        ),
        batch_size=1_000,
    )  # fmt: skip


@pytest.mark.parametrize("sort", SORTS)
def test_concordance_of_ten_thousand_annotations(desk, sort):
    people, project, labels = desk
    for number in range(20):
        row = add_article(by=people.max, project=project, title=f"Article {number}", text=SENTENCE * 210)
        spans_on(people, labels, row, SPANS // 20)

    def first():
        return lines(project, people.ida, Filters(), sort=sort)

    page = first()
    for _ in range(20):
        page = lines(project, people.ida, Filters(), sort=sort, after=page.next)
    behind = page.next

    def deep():
        return lines(project, people.ida, Filters(), sort=sort, after=behind)

    for name, call in (("first page", first), ("page 22", deep)):
        spent = sorted(took(call)[1] for _ in range(5))
        show(f"concordance by {sort}, {name}", spent, statements(call), "aim: toward 50 ms, by context 300 ms")


@pytest.mark.parametrize(("size", "count"), [(200_000, 5_000), (5_000_000, 100)])
def test_reading_view(desk, size, count):
    people, project, labels = desk
    row = add_article(
        by=people.max, project=project, title="Long", text=(SENTENCE * (size // len(SENTENCE) + 1))[:size]
    )
    spans_on(people, labels, row, count, length=90)
    client = Client()
    client.force_login(people.ana)

    def read():
        assert client.get(reverse("web:read_article", args=[row.pk])).status_code == 200

    spent = sorted(took(read)[1] for _ in range(3))
    show(f"reading view, {size:,} characters, {count:,} spans", spent, statements(read), "aim: under 2 s")


def test_finding_in_five_million_characters():
    text = (SENTENCE * (5_000_000 // len(SENTENCE) + 1))[:5_000_000]
    for words in ("visitor", "nowhere", "تهران"):
        hits, spent = took(lambda words=words: sum(1 for _ in find(text, words)))
        print(f"find “{words}” in 5,000,000 characters: {hits:,} hits in {spent:.0f} ms")
