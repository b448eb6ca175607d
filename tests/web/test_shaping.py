"""A stored annotation through the page: its ends moved, cut in two, joined with another, a part of it taken away."""

import json

import pytest

from annotations.models import Annotation
from annotations.services.annotations import merge_annotations
from tests.web.forms import form_in

PHRASE = "Pure lies and slander"


@pytest.fixture
def ana(at, people, labels, article):
    return at(people.ana)


def address(article):
    return f"/articles/{article.pk}/"


def open_page(client, annotation):
    return client.get(f"{address(annotation.article)}?annotation={annotation.pk}")


def test_passage_is_moved_split_and_merged_by_plain_forms(ana, mark, send):
    annotation = mark(PHRASE)
    here = f"/annotations/{annotation.pk}/"
    ends = {"start": annotation.start + 5, "end": annotation.end}
    assert send(ana, open_page(ana, annotation), here, number=2, **ends, segments=None, quote=None).status_code == 303
    annotation.refresh_from_db()
    assert annotation.quote == "lies and slander"
    send(ana, open_page(ana, annotation), f"{here}split/", at=annotation.start + 4)
    assert quotes() == ["lies", "and slander"]
    other = Annotation.objects.exclude(pk=annotation.pk).get()
    form = form_in(open_page(ana, annotation), f"{here}merge/")
    assert form["with"] == str(other.pk), "the one that follows is offered first"
    send(ana, open_page(ana, annotation), f"{here}merge/", gap="join")
    assert quotes() == ["lies and slander"]


def quotes():
    return list(Annotation.objects.active().order_by("start").values_list("quote", flat=True))


def test_split_answers_htmx_with_both_spans(ana, mark, send):
    annotation = mark(PHRASE)
    page = open_page(ana, annotation)
    answer = send(ana, page, f"/annotations/{annotation.pk}/split/", htmx=True, at=annotation.start + 4)
    events = json.loads(answer.headers["HX-Trigger-After-Settle"])
    assert events["span-changed"]["id"] == str(annotation.pk)
    [second] = events["spans-changed"]["changed"]
    assert f'data-annotation="{second["id"]}"' in answer.content.decode(), "its chip came with the gutter"


def test_cut_outside_the_passage_is_refused_beside_the_field(ana, mark, send):
    annotation = mark(PHRASE)
    page = open_page(ana, annotation)
    answer = send(ana, page, f"/annotations/{annotation.pk}/split/", htmx=True, at=0)
    assert answer.status_code == 422
    assert "A place inside the span is needed" in answer.content.decode()
    assert quotes() == [PHRASE]


def test_part_is_taken_away_and_its_words_go_with_it(ana, people, mark, send):
    one, two = mark("Pure lies"), mark("Osama Hamdan")
    merge_annotations(by=people.ana, annotation=one, version=1, other=two)
    page = open_page(ana, one)
    assert send(ana, page, f"/annotations/{one.pk}/", number=3).status_code == 303
    assert quotes() == ["Osama Hamdan"]
