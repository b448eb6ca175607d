"""Articles through the page: read, described, brought in by paste and by file."""

import re
from io import BytesIO

import pytest

from annotations.models import Annotation, Article, Revision
from tests.web.forms import form_in


@pytest.fixture
def max_(at, people, project):
    return at(people.max)


def paste(browser, project, **typed):
    return browser.post(f"/projects/{project.slug}/articles/", {"title": "New", "text": "Some words."} | typed)


# -- the annotate screen ----------------------------------------------------------------------------------------------


def test_text_stands_on_the_page_code_point_for_code_point(at, people, article):
    page = at(people.ana).get(f"/articles/{article.pk}/").content.decode()
    assert 'Hamdan.<span class="eol">&#13;\n&#13;\n</span></p>' in page
    assert 'data-start="0"' in page
    assert "Cafe\u0301" in page


def test_chip_names_number_label_and_quote(at, people, article, mark):
    annotation = mark("Pure lies and slander", "denial")
    page = at(people.ana).get(f"/articles/{article.pk}/").content.decode()
    assert f'href="?annotation={annotation.pk}#inspector" data-annotation="{annotation.pk}"' in page
    assert 'aria-label="1, Denial: Pure lies and slander"' in page


def test_disputed_chip_says_so(at, people, contested):
    annotation = contested.annotations[0]
    page = at(people.vera).get(f"/articles/{annotation.article_id}/").content.decode()
    assert 'aria-label="1, Claim, disputed: the visitor was told to stay silent"' in page


def test_article_without_labels_says_who_adds_them(at, people, article):
    assert "A manager adds them" in at(people.ana).get(f"/articles/{article.pk}/").content.decode()


def test_markup_in_the_text_stays_words(max_, project):
    text = '<script>alert(1)</script> & "quotes" </p>'
    answer = paste(max_, project, title="<b>Bold</b>", text=text)
    page = max_.get(answer.url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in page
    assert "<b>Bold" not in page


# -- the reading view -------------------------------------------------------------------------------------------------


def test_reading_view_shows_marks_as_flat_elements(at, people, article, mark):
    mark("the visitor was told to stay silent")
    mark("told to stay", "framing")
    page = at(people.vera).get(f"/articles/{article.pk}/read/").content.decode()
    pieces = [("1", "the visitor was "), ("1, 2", "told to stay"), ("1", " silent")]
    assert all(f'data-marks="{numbers}">{words}</mark>' in page for numbers, words in pieces)
    assert "<mark" not in page.split("</mark>")[0].split("<mark")[1], "no mark inside a mark"
    assert "Hamdan.<span" not in page.replace('<span class="eol">', "<span") or "&#13;" in page


def test_mark_over_two_blocks_goes_on_in_the_second(at, people, article, mark):
    mark("said Osama Hamdan.\r\n\r\nBoth sides")
    page = at(people.vera).get(f"/articles/{article.pk}/read/").content.decode()
    assert re.search(r'<mark class="[^"]*\bl-1\b[^"]*" data-marks="1"[^>]*>Both sides</mark>', page)


# -- what is known about it -------------------------------------------------------------------------------------------


def test_manager_changes_what_is_known(max_, article, send):
    page = max_.get(f"/articles/{article.pk}/about/")
    answer = send(max_, page, f"/articles/{article.pk}/", outlet="The Other Wire", published_on="2023-11")
    assert answer.url == f"/articles/{article.pk}/"
    article.refresh_from_db()
    assert (article.outlet, article.published_on, article.title) == (
        "The Other Wire",
        "2023-11",
        "A report and a denial",
    )
    assert Revision.objects.get().text.endswith("for an hour.")


def test_bad_words_about_an_article_stand_beside_their_fields(max_, article, send):
    page = max_.get(f"/articles/{article.pk}/about/")
    answer = send(max_, page, f"/articles/{article.pk}/", url="javascript:go()", published_on="2023-13", title="")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="about-title_error"' in words
    article.refresh_from_db()
    assert article.title == "A report and a denial"


def test_address_that_is_none_is_refused(max_, article, send):
    page = max_.get(f"/articles/{article.pk}/about/")
    answer = send(max_, page, f"/articles/{article.pk}/", url="javascript:go()")
    assert answer.status_code == 422
    assert 'id="about-url_error"' in answer.content.decode()


def test_stale_words_about_an_article_show_both(max_, people, article, send):
    from annotations.services.articles import edit_article

    page = max_.get(f"/articles/{article.pk}/about/")
    edit_article(by=people.max, article=article, version=1, outlet="First come")
    answer = send(max_, page, f"/articles/{article.pk}/", outlet="Second come")
    words = answer.content.decode()
    assert answer.status_code == 412
    assert "First come" in words
    assert "Second come" in words
    again = send(max_, answer, f"/articles/{article.pk}/")
    assert again.status_code == 303
    article.refresh_from_db()
    assert article.outlet == "Second come"


def test_annotator_reads_why_not(at, people, article):
    ana = at(people.ana)
    page = ana.get(f"/articles/{article.pk}/about/").content.decode()
    assert "Changing articles needs the role manager" in page
    assert 'aria-disabled="true"' in page
    assert ana.post(f"/articles/{article.pk}/", {"title": "Mine", "version": 1}).status_code == 403


def test_article_goes_to_the_trash_and_comes_back(max_, article, send):
    about = f"/articles/{article.pk}/about/"
    assert send(max_, max_.get(about), f"/articles/{article.pk}/trash/").url == about
    assert article.title not in max_.get("/").content.decode()
    assert "in the trash" in max_.get(f"/articles/{article.pk}/").content.decode()
    assert send(max_, max_.get(about), f"/articles/{article.pk}/restore/").status_code == 303
    assert article.title in max_.get("/").content.decode()


# -- bringing articles in ---------------------------------------------------------------------------------------------


def test_pasted_article_is_kept_with_line_feeds(max_, project):
    answer = paste(
        max_, project, text="  One\r\n\r\nTwo  ", outlet="Wire", published_on="2024", published_basis="printed"
    )
    article = Article.objects.get(title="New")
    assert answer.url == f"/articles/{article.pk}/"
    assert article.revisions.get().text == "  One\n\nTwo  "


def test_paste_form_tells_of_line_ends(max_, project):
    assert (
        "every line end of a pasted text the same way"
        in max_.get(f"/projects/{project.slug}/articles/").content.decode()
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": ""}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"url": "ftp://x"}, "url"),
        ({"published_on": "yesterday"}, "published_on"),
        ({"title": "x" * 501}, "title"),
    ],
)
def test_bad_paste_is_refused_beside_its_field_and_keeps_the_rest(max_, project, typed, field):
    answer = paste(max_, project, outlet="Kept Outlet", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="article-{field}_error"' in page
    assert 'value="Kept Outlet"' in page
    assert not Article.objects.exists()


def test_paste_sent_twice_is_one_article(max_, project):
    action = f"/projects/{project.slug}/articles/"
    fields = form_in(max_.get(action), action) | {"title": "Twice", "text": "Words."}
    first, second = max_.post(action, fields), max_.post(action, fields)
    assert first.url == second.url
    assert Article.objects.count() == 1


def test_file_keeps_its_line_ends(max_, project):
    file = BytesIO(b"A headline\r\n\r\nA line\rand another\n")
    file.name = "report.txt"
    answer = max_.post(f"/projects/{project.slug}/imports/", {"file": file})
    assert answer.status_code == 200
    assert "What came in" in answer.content.decode()
    assert Revision.objects.get().text == "A headline\r\n\r\nA line\rand another\n"


def test_same_file_again_adds_nothing(max_, project):
    for _ in range(2):
        file = BytesIO(b"A headline\n\nA line\n")
        file.name = "report.txt"
        answer = max_.post(f"/projects/{project.slug}/imports/", {"file": file})
    assert "Here already" in answer.content.decode()
    assert Article.objects.count() == 1


def test_lines_bring_their_spans(max_, project, labels):
    file = BytesIO(
        b'{"title": "T", "text": "One two", "spans": [{"start": 0, "end": 3, "label": "claim", "quote": "One"}]}\n'
    )
    file.name = "articles.jsonl"
    assert max_.post(f"/projects/{project.slug}/imports/", {"file": file}).status_code == 200
    assert Annotation.objects.get().quote == "One"


def test_bad_file_is_named_and_nothing_comes_in(max_, project):
    good, bad = BytesIO(b'{"title": "T", "text": "One"}\n'), BytesIO(b'{"title": "T", "text": "One"}\nnonsense\n')
    good.name, bad.name = "good.jsonl", "bad.jsonl"
    only_bad = max_.post(f"/projects/{project.slug}/imports/", {"file": [bad]})
    assert only_bad.status_code == 422
    assert "bad.jsonl, line 2" in only_bad.content.decode()
    assert not Article.objects.exists()
    bad.seek(0)
    both = max_.post(f"/projects/{project.slug}/imports/", {"file": [bad, good]})
    assert both.status_code == 200
    assert Article.objects.count() == 1


def test_dry_run_brings_nothing_in(max_, project):
    file = BytesIO(b"A headline\n\nA line\n")
    file.name = "report.txt"
    answer = max_.post(f"/projects/{project.slug}/imports/", {"file": file, "dry_run": "1"})
    assert "What would come in" in answer.content.decode()
    assert not Article.objects.exists()


def test_import_without_a_file_says_so(max_, project):
    answer = max_.post(f"/projects/{project.slug}/imports/")
    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_annotator_may_not_bring_articles_in(at, people, project):
    ana = at(people.ana)
    assert "Adding articles needs the role manager" in ana.get(f"/projects/{project.slug}/articles/").content.decode()
    assert paste(ana, project).status_code == 403
    file = BytesIO(b"x")
    file.name = "a.txt"
    assert ana.post(f"/projects/{project.slug}/imports/", {"file": file}).status_code == 403
    assert paste(at(people.olu), project).status_code == 404
