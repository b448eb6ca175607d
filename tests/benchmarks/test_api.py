"""What the API costs in process: milliseconds and statements of the requests that a day of work is made of."""

import itertools
import json

import pytest
from django.test import Client

from annotations.models import Annotation
from annotations.services.articles import add_article
from annotations.services.labels import add_label
from annotations.services.people import create_token
from tests.benchmarks.measure import milliseconds, show, statements
from tests.conftest import make_people, make_project

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

SENTENCE = "Reuters reported that the visitor was told to stay silent, and the visitor denied it. "


@pytest.fixture
def desk():
    people = make_people()
    project = make_project(people)
    label = add_label(by=people.max, project=project, key="claim")
    secret = create_token(by=None, person=people.ana)[1]
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    return people, project, label, client


def article_with(people, project, label, count):
    """An article of 5 KB with `count` annotations."""
    text = SENTENCE * 60
    article = add_article(by=people.max, project=project, title=f"With {count}", text=text)
    rows = (
        Annotation(
            project=project,
            author=people.ana,
            article=article,
            revision=article.revision,
            label=label,
            segments=[[number, number + 7]],
            start=number,
            end=number + 7,
            quote=text[number : number + 7],
        )
        for number in range(count)
    )
    Annotation.objects.bulk_create(rows, batch_size=1_000)
    return article


def answered(response, status):
    assert response.status_code == status, response.content
    return response


def test_create_one_annotation(desk):
    people, project, label, client = desk
    article = article_with(people, project, label, 0)
    body = json.dumps({"segments": [[0, 7]], "quote": "Reuters", "label": "claim"})
    keys = itertools.count()

    def create():
        headers = {"Idempotency-Key": f"k{next(keys)}"}
        address = f"/api/v1/articles/{article.pk}/annotations/"
        return answered(client.post(address, body, content_type="application/json", headers=headers), 201)

    took = milliseconds(create, times=400)
    show("create one annotation", took, statements(create), "aim: at most 10 statements, toward 3 ms")


@pytest.mark.parametrize(("count", "aim"), [(10, "toward 4 ms"), (1_000, "toward 10 ms")])
def test_read_an_article_with_its_annotations(desk, count, aim):
    people, project, label, client = desk
    article = article_with(people, project, label, count)

    def read():
        answered(client.get(f"/api/v1/articles/{article.pk}/"), 200)
        listed = answered(client.get(f"/api/v1/articles/{article.pk}/annotations/?limit=1000"), 200)
        assert len(listed.json()["results"]) == count

    def whole():
        answered(client.get(f"/api/v1/articles/{article.pk}/"), 200)

    def annotations():
        answered(client.get(f"/api/v1/articles/{article.pk}/annotations/?limit=1000"), 200)

    read()
    show("read an article (its text)", milliseconds(whole), statements(whole), "")
    show(f"read its {count:,} annotations", milliseconds(annotations), statements(annotations), f"aim: {aim}")


def test_lists_of_fifty_first_and_deep(desk):
    people, project, label, client = desk
    article_with(people, project, label, 4_000)
    article_with(people, project, label, 4_000)
    address = f"/api/v1/projects/{project.slug}/annotations/?limit=50"
    deep = f"/api/v1/projects/{project.slug}/annotations/?limit=1000"
    for _ in range(6):
        deep = answered(client.get(deep), 200).json()["next"].removeprefix("http://testserver")
    deep = deep.replace("limit=1000", "limit=50")
    for name, where in (("first 50 annotations of a list", address), ("50 annotations deep in a list", deep)):

        def read(where=where):
            assert len(answered(client.get(where), 200).json()["results"]) == 50

        show(name, milliseconds(read), statements(read), "aim: toward 5 ms")
