"""The folds of the inspector: fetched when opened, all there on a page without a script; and what a mark costs."""

import pytest

from tests.web.test_annotations import HTMX, PHRASE, address, mark_it


@pytest.fixture
def ana(at, people, labels, article):
    return at(people.ana)


def test_mark_costs_few_statements_and_a_small_answer(ana, article, labels, mark, django_assert_max_num_queries):
    """Thirteen of them are the write itself: places checked, row, act, event, key. No fold is filled."""
    mark("Both sides")
    with django_assert_max_num_queries(24):
        answer = mark_it(ana, article, htmx=True)
    assert answer.status_code == 200
    assert len(answer.content) < 14_000
    assert "<textarea" not in answer.content.decode()


@pytest.mark.parametrize(
    ("fold", "field"),
    [("note", 'name="note"'), ("claim", 'name="text"'), ("attribution", 'name="agent"'), ("merge", "no other passage"),
     ("ends", 'name="start"'), ("history", "timeline"), ("relation", "")],
)  # fmt: skip
def test_fold_is_fetched_when_it_is_opened(ana, article, mark, fold, field):
    annotation = mark(PHRASE)
    region = ana.get(f"/annotations/{annotation.pk}/", headers=HTMX).content.decode()
    assert f'hx-get="/annotations/{annotation.pk}/?fold={fold}"' in region or fold == "relation"
    answer = ana.get(f"/annotations/{annotation.pk}/?fold={fold}", headers=HTMX)
    assert answer.status_code == 200
    assert field in answer.content.decode()


@pytest.mark.parametrize("fold", ["nothing", "evidence:1", "attribution:", "relation:0"])
def test_fold_that_is_none_is_not_found(ana, article, mark, fold):
    assert ana.get(f"/annotations/{mark(PHRASE).pk}/?fold={fold}", headers=HTMX).status_code == 404


def test_page_with_an_annotation_has_every_form_without_a_script(ana, article, mark):
    page = ana.get(f"{address(article)}?annotation={mark(PHRASE).pk}").content.decode()
    assert "?fold=" not in page
    assert 'name="agent"' in page
