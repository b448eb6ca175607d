"""Articles from files: exactly, whole or not at all, and never twice."""

import json
from types import SimpleNamespace

import pytest

from annotations.core.errors import Invalid, Refused
from annotations.models import Annotation, Article, Event, Revision
from annotations.services.articles import add_article, edit_article, trash_article
from annotations.services.imports import format_of, import_file
from annotations.services.labels import add_label, retire_label

pytestmark = pytest.mark.django_db

PERSIAN = "می‌خواهم بروم.\r\n👩‍👩‍👧 Cafe\u0301\r"


@pytest.fixture
def bring(people, project):
    def bring(content, name="news.jsonl", by=None, **options):
        raw = content if isinstance(content, bytes) else content.encode()
        return import_file(by=by or people.max, project=project, name=name, content=raw, **options)

    return bring


def rows(*articles):
    return "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)


def stored():
    return SimpleNamespace(
        articles=Article.objects.count(), annotations=Annotation.objects.count(), events=Event.objects.count()
    )


# -- texts ------------------------------------------------------------------------------------------------------------


def test_a_text_file_is_kept_to_the_last_byte(bring):
    report = bring(f" {PERSIAN}", name="story.txt")
    (made,) = report.created
    revision = Revision.objects.get(article_id=made["id"])
    assert revision.text == f" {PERSIAN}"
    assert revision.code_points == len(PERSIAN) + 1
    assert made["name"] == "story.txt"


def test_what_was_not_found_is_said_and_not_guessed(bring):
    (made,) = bring("Just a few words.", name="story.txt").created
    assert made["title"] == "story"
    assert any("file's name" in note for note in made["notes"])


def test_the_same_text_again_adds_nothing(bring):
    (made,) = bring(PERSIAN, name="story.txt").created
    before = stored()
    report = bring(PERSIAN, name="other.txt")
    assert report.as_json() == {
        "created": [],
        "skipped": [{"name": "other.txt", "id": made["id"], "reason": "It is here already."}],
        "failed": [],
    }
    assert stored() == before


def test_what_is_in_the_trash_is_not_brought_in_again(people, bring):
    (made,) = bring(PERSIAN, name="story.txt").created
    article = Article.objects.get(pk=made["id"])
    trash_article(by=people.max, article=article, version=article.version)
    (skipped,) = bring(PERSIAN, name="story.txt").skipped
    assert "trash" in skipped["reason"]


def test_the_same_text_in_another_project_is_another_article(people, other_project, bring):
    bring(PERSIAN, name="story.txt")
    stranger = import_file(by=people.stranger, project=other_project, name="story.txt", content=PERSIAN.encode())
    assert len(stranger.created) == 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"caf\xe9 au lait", b"   \n", b"a\x00b"])
def test_a_text_that_cannot_be_kept_is_refused_in_words(bring, content):
    before = stored()
    report = bring(content, name="story.txt")
    assert report.created == []
    assert report.failed[0]["name"] == "story.txt"
    assert report.failed[0]["reason"].endswith(".")
    assert stored() == before


def test_a_path_in_the_name_is_left_out(bring):
    (made,) = bring(PERSIAN, name="../../etc/story.txt").created
    assert made["name"] == "story.txt"


# -- rows -------------------------------------------------------------------------------------------------------------


def test_rows_become_articles_with_their_spans(people, labels, bring):
    text = "Reuters reported it. 👩‍👩‍👧 He denied it."
    spans = [
        {"start": 0, "end": 7, "label": "source"},
        {"start": 21, "end": 40, "label": "Denial", "quote": text[21:40]},
    ]
    report = bring(rows({"title": "One", "text": text, "external_id": "a1", "language": "en", "spans": spans}))
    (made,) = report.created
    assert (made["row"], made["title"]) == (1, "One")
    annotations = Annotation.objects.filter(article_id=made["id"]).order_by("start")
    assert [(one.quote, one.label.key, one.author) for one in annotations] == [
        ("Reuters", "source", people.max),
        (text[21:40], "denial", people.max),
    ]


def test_rows_again_add_nothing(bring):
    content = rows({"title": "One", "text": "Text one.", "external_id": "a1"}, {"title": "Two", "text": "Text two."})
    assert len(bring(content).created) == 2
    before = stored()
    report = bring(content, name="renamed.jsonl")
    assert (len(report.created), len(report.skipped), len(report.failed)) == (0, 2, 0)
    assert stored() == before


def test_an_article_that_got_another_title_here_is_known_by_its_external_id(people, bring):
    (made,) = bring(rows({"title": "One", "text": "Text one.", "external_id": "a1"})).created
    article = Article.objects.get(pk=made["id"])
    edit_article(by=people.max, article=article, version=1, title="A better title")
    assert len(bring(rows({"title": "One", "text": "Text one.", "external_id": "a1"})).skipped) == 1


def test_one_text_under_two_titles_is_two_articles(bring):
    report = bring(rows({"title": "One", "text": "Text."}, {"title": "Two", "text": "Text."}))
    assert len(report.created) == 2


def test_a_row_that_repeats_another_of_the_file_is_skipped(bring):
    report = bring(rows({"title": "One", "text": "Text."}, {"title": "One", "text": "Text."}))
    assert [made["row"] for made in report.created] == [1]
    assert [skipped["row"] for skipped in report.skipped] == [2]


def test_a_known_external_id_with_another_text_is_refused(bring):
    bring(rows({"title": "One", "text": "Text one.", "external_id": "a1"}))
    report = bring(rows({"title": "One", "text": "A later text.", "external_id": "a1"}))
    assert "external id" in report.failed[0]["reason"]
    assert report.created == report.skipped == []


BAD_ROWS = {
    "no json": "{\n",
    "no text": rows({"title": "No text"}),
    "a quote that differs": rows(
        {"title": "Bad", "text": "Text.", "spans": [{"start": 0, "end": 4, "label": "claim", "quote": "Test"}]}
    ),
    "an unknown label": rows({"title": "Bad", "text": "Text.", "spans": [{"start": 0, "end": 4, "label": "rumour"}]}),
    "a place outside": rows({"title": "Bad", "text": "Text.", "spans": [{"start": 0, "end": 9, "label": "claim"}]}),
    "an address that runs": rows({"title": "Bad", "text": "Text.", "url": "javascript:alert(1)"}),
    "a strange key": rows({"title": "Bad", "text": "Text.", "author": "me"}),
    "nul": '{"title": "Bad", "text": "a\\u0000b"}\n',
    "a lone surrogate": '{"title": "Bad", "text": "a\\ud800b"}\n',
}


@pytest.mark.parametrize("bad", BAD_ROWS.values(), ids=BAD_ROWS)
def test_one_bad_row_refuses_the_file_and_is_named(labels, bring, bad):
    before = stored()
    report = bring(rows({"title": "Good", "text": "Good text."}) + bad)
    assert (report.created, report.skipped) == ([], [])
    assert [failed["row"] for failed in report.failed] == [2]
    assert stored() == before


@pytest.mark.parametrize("bad", BAD_ROWS.values(), ids=BAD_ROWS)
def test_bad_rows_are_passed_over_when_that_is_asked(labels, bring, bad):
    good, other = {"title": "Good", "text": "Good text."}, {"title": "Other", "text": "Other text."}
    report = bring(rows(good) + bad + rows(other), skip_bad=True)
    assert [made["row"] for made in report.created] == [1, 3]
    assert [failed["row"] for failed in report.failed] == [2]
    assert Article.objects.count() == 2


def test_an_article_whose_span_has_an_unknown_label_is_not_left_behind(labels, bring):
    report = bring(BAD_ROWS["an unknown label"], skip_bad=True)
    assert "rumour" in report.failed[0]["reason"]
    assert not Article.objects.exists()
    assert not Event.objects.filter(verb="article_added").exists()


def test_a_retired_label_serves_no_span(people, labels, bring):
    retire_label(by=people.max, label=labels["claim"], version=labels["claim"].version)
    report = bring(rows({"title": "One", "text": "Text.", "spans": [{"start": 0, "end": 4, "label": "claim"}]}))
    assert "claim" in report.failed[0]["reason"]


def test_a_name_that_two_labels_have_is_no_label(people, project, labels, bring):
    add_label(by=people.max, project=project, key="claim-2", name="Claim")
    row = {"title": "One", "text": "Text.", "spans": [{"start": 0, "end": 4, "label": "Claim"}]}
    assert len(bring(rows(row)).failed) == 1
    row["spans"][0]["label"] = "claim-2"
    assert len(bring(rows(row)).created) == 1


# -- asking first -----------------------------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_be_and_changes_nothing(labels, bring):
    content = rows({"title": "One", "text": "Text one."}, {"title": "Two", "text": "Text two."})
    before = stored()
    report = bring(content, dry_run=True)
    assert [(made["row"], made["id"]) for made in report.created] == [(1, None), (2, None)]
    assert stored() == before
    assert len(bring(content).created) == 2


def test_a_dry_run_with_bad_rows_shows_what_skipping_them_would_bring(labels, bring):
    content = rows({"title": "One", "text": "Text one."}) + BAD_ROWS["no text"]
    assert bring(content, dry_run=True).created == []
    assert len(bring(content, dry_run=True, skip_bad=True).created) == 1
    assert not Article.objects.exists()


def test_only_managers_import(people, bring):
    for person in (people.ana, people.ida, people.vera, people.olu, people.sam):
        with pytest.raises(Refused):
            bring(PERSIAN, name="story.txt", by=person)


def test_a_file_of_no_known_format_is_refused(bring):
    with pytest.raises(Invalid, match=r"news\.docx"):
        bring(b"PK", name="news.docx")


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [("a.txt", "", "txt"), ("a.JSONL", "", "jsonl"), ("a.ndjson", "", "jsonl"), ("a.dat", "txt", "txt")],
)
def test_the_ending_names_the_format_unless_it_is_asked_for(name, asked, found):
    assert format_of(name, asked) == found


def test_an_article_added_by_hand_is_known_by_its_text(people, project, bring):
    add_article(by=people.max, project=project, title="By hand", text=PERSIAN)
    assert len(bring(PERSIAN, name="story.txt").skipped) == 1
