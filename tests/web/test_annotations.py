"""Annotations through the page: marked, relabelled, described, trashed and brought back; with htmx and without."""

import json
from uuid import uuid4

import pytest

from annotations.models import Annotation, Article, Event
from tests.web.forms import form_in

HTMX = {"HX-Request": "true"}
PHRASE = "Pure lies and slander"


@pytest.fixture
def ana(at, people, labels, article):
    return at(people.ana)


def address(article):
    return f"/articles/{article.pk}/"


def marked(article, phrase=PHRASE, label="claim", **fields):
    start = article.revisions.get().text.index(phrase)
    return {
        "segments": json.dumps([[start, start + len(phrase)]]),
        "quote": json.dumps(phrase),
        "label": label,
        "idempotency_key": str(uuid4()),
    } | fields


def mark_it(client, article, htmx=False, **fields):
    return client.post(f"{address(article)}annotations/", marked(article, **fields), headers=HTMX if htmx else {})


# -- making -----------------------------------------------------------------------------------------------------------


def test_mark_without_htmx_leads_to_the_article_with_the_annotation_chosen(ana, people, article):
    answer = mark_it(ana, article)
    annotation = Annotation.objects.get()
    assert (answer.status_code, answer.url) == (303, f"{address(article)}?annotation={annotation.pk}")
    assert (annotation.quote, annotation.author, annotation.label.key) == (PHRASE, people.ana, "claim")


def test_mark_with_htmx_answers_with_inspector_gutter_and_span(ana, article):
    answer = mark_it(ana, article, htmx=True)
    annotation = Annotation.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert "data-article-text" not in page, "the article is never swapped"
    assert 'hx-swap-oob="beforeend:#gutter-' in page, "one chip more, and no other anew"
    assert f'data-annotation="{annotation.pk}"' in page
    span = json.loads(answer.headers["HX-Trigger"])["span-changed"]
    assert span == {
        "id": str(annotation.pk), "segments": annotation.segments, "slot": annotation.label.colour, "number": 1,
        "flag": False, "label": "claim", "by": annotation.author_id.hex[-8:],
    }  # fmt: skip


def test_only_the_gutter_of_the_block_is_sent(ana, article, mark):
    mark("Both sides")
    page = mark_it(ana, article, htmx=True).content.decode()
    assert page.count('class="gut"') == 1


def test_the_form_on_the_page_is_complete(ana, article):
    fields = form_in(ana.get(address(article)), f"{address(article)}annotations/", 1)
    assert {"csrfmiddlewaretoken", "idempotency_key", "revision", "segments", "quote", "label"} <= set(fields)


def test_same_form_sent_twice_marks_once(ana, article):
    fields = marked(article)
    first, second = (ana.post(f"{address(article)}annotations/", fields) for _ in range(2))
    assert Annotation.objects.count() == 1
    assert first.url == second.url


def test_used_key_with_other_words_is_refused_in_words(ana, article):
    fields = marked(article)
    ana.post(f"{address(article)}annotations/", fields)
    answer = ana.post(f"{address(article)}annotations/", fields | {"label": "denial"}, headers=HTMX)
    assert answer.status_code == 422
    assert "used before" in answer.content.decode()
    assert Annotation.objects.count() == 1


def test_carriage_returns_and_clusters_arrive_as_they_stand(ana, article):
    phrase = "👩‍👩‍👧 “Pure lies and slander”, said Osama Hamdan.\r\n\r\nBoth sides say that the meeting took place."
    phrase += " Cafe\u0301"
    assert mark_it(ana, article, phrase=phrase).status_code == 303
    assert Annotation.objects.get().quote == phrase


def test_several_segments_are_one_annotation(ana, article):
    text = article.revisions.get().text
    first, second = text.index("Reuters"), text.index("Both")
    answer = ana.post(
        f"{address(article)}annotations/",
        {
            "segments": json.dumps([[first, first + 7], [second, second + 4]]),
            "quote": '"Reuters … Both"',
            "label": "claim",
        },
    )
    assert answer.status_code == 303
    assert Annotation.objects.get().quote == "Reuters … Both"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"quote": '"Pure lies and slanders"'}, "The quote is not what stands there"),
        ({"segments": "[[9, 3]]"}, "is reversed"),
        ({"segments": "[[5, 5]]"}, "is empty"),
        ({"segments": "[[0, 99999]]"}, "ends outside the text"),
        ({"segments": "[[-1, 3]]"}, "begins before the text"),
        ({"segments": "[[60, 61]]"}, "cuts a character in two"),
        ({"segments": "nonsense"}, "This is not JSON"),
        ({"segments": "[" * 100_000}, "nested more than"),
        ({"segments": "[[0, 1e400]]"}, "too large"),
        ({"quote": '"\\u0000"'}, "U+0000"),
        ({"quote": '"\\ud800"'}, "U+D800"),
        ({"quote": "7"}, "The quote is a string"),
        ({"label": "no-such-label"}, "Choose a label"),
        ({"label": ""}, "Choose a label"),
        ({"revision": str(uuid4())}, "There is no such revision"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_bad_mark_is_refused_in_words_and_nothing_is_stored(ana, article, fields, words, htmx):
    answer = mark_it(ana, article, htmx=htmx, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("&#x27;", "'")
    assert not Annotation.objects.exists()


def test_viewer_is_told_who_may_mark(at, people, labels, article):
    vera = at(people.vera)
    page = vera.get(address(article)).content.decode()
    assert "Adding annotations needs the role annotator" in page
    assert 'id="mark-form"' not in page
    answer = mark_it(vera, article, htmx=True)
    assert answer.status_code == 403
    assert "Adding annotations needs the role annotator" in answer.content.decode()


def test_stranger_finds_nothing_to_mark(at, people, labels, article):
    assert mark_it(at(people.olu), article).status_code == 404
    assert mark_it(at(people.sam), article).status_code == 404


def test_label_of_another_project_is_unknown(ana, article, other_project, people):
    from annotations.services.labels import add_label

    foreign = add_label(by=people.stranger, project=other_project, key="theirs", name="Theirs")
    answer = mark_it(ana, article, label=str(foreign.pk))
    assert answer.status_code == 422
    assert "Choose a label" in answer.content.decode()


# -- by offsets, without JavaScript -----------------------------------------------------------------------------------


def test_offsets_show_the_words_before_anything_is_stored(ana, article, send):
    start = article.revisions.get().text.index(PHRASE)
    add = f"{address(article)}annotations/"
    asked = send(ana, ana.get(address(article)), add, start=str(start), end=str(start + len(PHRASE)), label="denial")
    assert asked.status_code == 200
    assert PHRASE in asked.content.decode()
    assert not Annotation.objects.exists()
    done = send(ana, asked, add)
    assert done.status_code == 303
    assert Annotation.objects.get().quote == PHRASE


def test_offsets_take_several_parts(ana, article, send):
    text = article.revisions.get().text
    first, second = text.index("Reuters"), text.index("Both")
    add = f"{address(article)}annotations/"
    page = ana.get(address(article))
    asked = send(ana, page, add, start=str(second), end=str(second + 4), more=f"{first}-{first + 7}\r\n", label="claim")
    assert "Reuters … Both" in asked.content.decode()
    assert send(ana, asked, add).status_code == 303
    assert Annotation.objects.get().segments == [[first, first + 7], [second, second + 4]]


def test_carriage_returns_survive_the_page_of_offsets(ana, article, send):
    text = article.revisions.get().text
    start, end = text.index("Hamdan."), text.index("Both")
    add = f"{address(article)}annotations/"
    asked = send(ana, ana.get(address(article)), add, start=str(start), end=str(end), label="claim")
    assert send(ana, asked, add).status_code == 303
    assert Annotation.objects.get().quote == "Hamdan.\r\n\r\n"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"start": "9", "end": "3"}, "is reversed"),
        ({"start": "0", "end": "99999"}, "ends outside the text"),
        ({"start": "60", "end": "61"}, "cuts a character in two"),
        ({"start": "x", "end": "3"}, "whole number"),
        ({"start": "0", "end": "3", "more": "five to six"}, "is not a start and an end"),
        ({"start": "0", "end": "3", "label": "none"}, "Choose a label"),
        ({"start": "", "end": ""}, "At least one segment"),
    ],
)
def test_bad_offsets_come_back_with_what_was_typed(ana, article, typed, words):
    answer = ana.post(f"{address(article)}annotations/", {"label": "claim"} | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert (
        f'name="start" type="number" min="0" max="{article.revisions.get().code_points}" value="{typed["start"]}"'
        in page
    )


# -- one annotation ---------------------------------------------------------------------------------------------------


def test_region_for_htmx_and_redirect_without(ana, article, mark):
    annotation = mark(PHRASE)
    region = ana.get(f"{address(article)}?annotation={annotation.pk}", headers=HTMX)
    assert region.status_code == 200
    assert PHRASE in region.content.decode()
    assert "<html" not in region.content.decode()
    plain = ana.get(f"/annotations/{annotation.pk}/")
    assert (plain.status_code, plain.url) == (303, f"{address(article)}?annotation={annotation.pk}")


def test_another_label_is_one_form(ana, article, mark, send):
    annotation = mark(PHRASE)
    page = ana.get(f"{address(article)}?annotation={annotation.pk}")
    answer = send(ana, page, f"/annotations/{annotation.pk}/", htmx=True, label="denial")
    annotation.refresh_from_db()
    assert answer.status_code == 200
    assert (annotation.label.key, annotation.version) == ("denial", 2)
    assert json.loads(answer.headers["HX-Trigger-After-Settle"])["span-changed"]["slot"] == annotation.label.colour


def test_note_keeps_its_lines(ana, article, mark, send):
    annotation = mark(PHRASE)
    page = ana.get(f"{address(article)}?annotation={annotation.pk}")
    answer = send(ana, page, f"/annotations/{annotation.pk}/", number=1, note="  two\r\nlines ")
    assert answer.status_code == 303
    assert Annotation.objects.get().note == "  two\nlines "


def test_note_with_a_carriage_return_is_not_touched_by_an_unchanged_form(ana, people, article, mark, send):
    from annotations.services.annotations import edit_annotation

    annotation = edit_annotation(by=people.ana, annotation=mark(PHRASE), version=1, note="a\rb\r\nc")
    page = ana.get(f"{address(article)}?annotation={annotation.pk}")
    assert send(ana, page, f"/annotations/{annotation.pk}/", number=1).status_code == 303
    assert Annotation.objects.get().note == "a\rb\r\nc"


def test_attributes_are_asked_for_and_kept(ana, people, article, labels, mark, send):
    from annotations.services.labels import edit_label

    attributes = [
        {"name": "Sure?", "kind": "choice", "choices": ["low", "high"]},
        {"name": "Said twice", "kind": "yes_no"},
    ]
    edit_label(by=people.max, label=labels["claim"], version=1, attributes=attributes)
    annotation = mark(PHRASE)
    page = ana.get(f"{address(article)}?annotation={annotation.pk}")
    typed = {"attribute:0": "high", "attribute:1": "no"}
    assert send(ana, page, f"/annotations/{annotation.pk}/", number=1, **typed).status_code == 303
    assert Annotation.objects.get().attributes == {"Sure?": "high", "Said twice": False}


def test_stale_form_says_so_and_shows_the_newer_one(ana, people, article, mark, send):
    from annotations.services.annotations import edit_annotation

    annotation = mark(PHRASE)
    page = ana.get(f"{address(article)}?annotation={annotation.pk}")
    edit_annotation(by=people.ida, annotation=annotation, version=1, note="from Ida")
    answer = send(ana, page, f"/annotations/{annotation.pk}/", htmx=True, label="denial")
    words = answer.content.decode()
    assert answer.status_code == 412
    assert 'role="alert"' in words
    assert "Use mine" in words
    assert "from Ida" in words
    assert Annotation.objects.get().label.key == "claim"


def test_form_without_a_version_is_refused(ana, article, mark):
    annotation = mark(PHRASE)
    answer = ana.post(f"/annotations/{annotation.pk}/", {"label": "denial"}, headers=HTMX)
    assert answer.status_code == 422
    assert "which version" in answer.content.decode()


def test_annotator_may_not_change_what_another_made(ana, people, article, mark):
    annotation = mark(PHRASE, by=people.ben)
    page = ana.get(f"{address(article)}?annotation={annotation.pk}").content.decode()
    assert "Changing an annotation that someone else made needs the role adjudicator" in page
    answer = ana.post(f"/annotations/{annotation.pk}/", {"label": "denial", "version": 1}, headers=HTMX)
    assert answer.status_code == 403
    assert Annotation.objects.get().label.key == "claim"


def test_adjudicator_changes_what_another_made(at, people, article, mark, send):
    annotation, ida = mark(PHRASE), at(people.ida)
    page = ida.get(f"{address(article)}?annotation={annotation.pk}")
    assert send(ida, page, f"/annotations/{annotation.pk}/", label="denial").status_code == 303


# -- the trash --------------------------------------------------------------------------------------------------------


def test_trash_and_undo_with_htmx(ana, article, mark, send):
    annotation = mark(PHRASE)
    page = ana.get(f"{address(article)}?annotation={annotation.pk}")
    gone = send(ana, page, f"/annotations/{annotation.pk}/trash/", htmx=True)
    assert gone.status_code == 200
    assert json.loads(gone.headers["HX-Trigger-After-Settle"]) == {"span-removed": {"id": str(annotation.pk)}}
    assert f'data-annotation="{annotation.pk}"' not in gone.content.decode()
    assert Annotation.objects.get().trashed
    back = send(ana, gone, f"/annotations/{annotation.pk}/restore/", htmx=True)
    assert back.status_code == 200
    assert f'data-annotation="{annotation.pk}"' in back.content.decode()
    assert not Annotation.objects.get().trashed


def test_trash_and_undo_without_htmx(ana, article, mark, send):
    annotation = mark(PHRASE)
    page = ana.get(f"{address(article)}?annotation={annotation.pk}")
    gone = send(ana, page, f"/annotations/{annotation.pk}/trash/")
    assert (gone.status_code, gone.url) == (303, f"{address(article)}?trashed={annotation.pk}")
    back = send(ana, ana.get(gone.url), f"/annotations/{annotation.pk}/restore/")
    assert back.url == f"{address(article)}?annotation={annotation.pk}"
    assert Event.objects.order_by("number").last().verb == "annotation_restored"


def test_number_is_never_given_twice(ana, people, article, mark):
    from annotations.services.annotations import trash_annotation

    trash_annotation(by=people.ana, annotation=mark("Reuters"), version=1)
    mark(PHRASE)
    assert 'aria-label="2, Claim: Pure lies and slander"' in ana.get(address(article)).content.decode()


def test_cited_annotation_stays_and_says_why(at, people, contested, send):
    annotation, ida = contested.annotations[0], at(people.ida)
    page = ida.get(f"/articles/{annotation.article_id}/?annotation={annotation.pk}")
    answer = send(ida, page, f"/annotations/{annotation.pk}/trash/", htmx=True)
    assert answer.status_code == 409
    assert "A position in a dispute quotes this annotation" in answer.content.decode()


def test_others_work_is_out_of_sight_in_a_blind_project(at, people, project, article, mark):
    from annotations.services.projects import edit_project

    theirs = mark(PHRASE, by=people.ben)
    edit_project(by=people.max, project=project, version=1, blind=True)
    ana = at(people.ana)
    page = ana.get(address(article)).content.decode()
    assert str(theirs.pk) not in page
    assert "This project is blind" in page
    assert ana.get(f"/annotations/{theirs.pk}/").status_code == 404
    assert str(theirs.pk) in at(people.ida).get(address(article)).content.decode()


# -- labels of the whole article --------------------------------------------------------------------------------------


def test_article_as_a_whole_takes_a_label(ana, people, project, article, send):
    from annotations.services.labels import add_label

    add_label(by=people.max, project=project, key="opinion", name="Opinion piece", kind="document")
    page = ana.get(address(article))
    answer = send(ana, page, f"{address(article)}annotations/", htmx=True, label="opinion")
    assert answer.status_code == 200
    assert 'id="document-marks" hx-swap-oob="true"' in answer.content.decode()
    assert Annotation.objects.get().segments == []
    assert "HX-Trigger-After-Settle" not in answer.headers


def test_article_in_the_trash_takes_no_marks(ana, people, article):
    from annotations.services.articles import trash_article

    trash_article(by=people.max, article=article, version=1)
    answer = mark_it(ana, article, htmx=True)
    assert answer.status_code == 409
    assert "This article is in the trash" in answer.content.decode()
    assert Article.objects.get().trashed
