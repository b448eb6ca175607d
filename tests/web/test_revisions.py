"""Corrected texts through the pages: preview before storing, both texts side by side, and the review by hand."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Anchor, Annotation, Article, Dispute
from annotations.services.resolutions import VerdictSaid, approve_resolution, propose_resolution
from annotations.services.revisions import add_revision
from tests.conftest import ARTICLE
from tests.web.forms import form_in, forms_in

CHANGED = ARTICLE.replace("lies and slander", "lies, slander and worse")
GONE = ARTICLE.replace("“Pure lies and slander”, said Osama Hamdan.", "Nobody was asked about it.")


@pytest.fixture
def max_(at, people, project):
    return at(people.max)


@pytest.fixture
def where(article):
    return f"/articles/{article.pk}/revisions/"


@pytest.fixture
def denial(mark):
    return mark("Pure lies and slander", "denial")


@pytest.fixture
def waiting(people, article, denial):
    """An anchor that waits: the quote's words changed."""
    revision = add_revision(by=people.max, article=article, text=CHANGED, note="As the agency has it now.")
    return Anchor.objects.get(revision=revision, annotation=denial)


def words_of(answer):
    """What a reader reads: elements taken out, white space folded."""
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(bare).split())


def a_file(text):
    return SimpleUploadedFile("corrected.txt", text.encode(), content_type="text/plain")


def now(row):
    return type(row).objects.get(pk=row.pk)


# -- a corrected text -------------------------------------------------------------------------------------------------


def test_a_file_becomes_a_revision_byte_for_byte(max_, article, denial, where):
    fields = form_in(max_.get(where), where) | {"file": a_file(CHANGED), "note": "Corrected."}
    answer = max_.post(where, fields)
    assert (answer.status_code, answer["Location"]) == (303, where)
    revision = article.revisions.get(number=2)
    assert (revision.text, revision.note) == (CHANGED, "Corrected.")
    page = max_.get(where)
    assert "1 annotation needs a look" in words_of(page)
    assert max_.post(where, fields | {"file": a_file(CHANGED)}).status_code == 303
    assert article.revisions.count() == 2


def test_a_pasted_text_can_keep_the_line_ends_of_the_one_before(max_, article, where):
    pasted = {"text": CHANGED.replace("\r\n", "\n").replace("\n", "\r\n"), "keep_line_ends": "on"}
    assert "Write the line ends as the newest revision has them" in words_of(max_.get(where))
    max_.post(where, form_in(max_.get(where), where) | pasted)
    assert article.revisions.get(number=2).text == CHANGED


def test_a_preview_stores_nothing_and_keeps_the_exact_text_for_storing(max_, article, denial, where):
    shown = max_.post(where, form_in(max_.get(where), where) | {"file": a_file(CHANGED), "preview": "1"})
    said = words_of(shown)
    assert shown.status_code == 200
    assert "Nothing is stored yet." in said
    assert "words changed 1 not found 0" in said
    assert "taken out:" in said
    assert article.revisions.count() == 1
    assert max_.post(where, form_in(shown, where)).status_code == 303
    assert article.revisions.get(number=2).text == CHANGED


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Paste the corrected text, or choose a file."),
        ({"text": ARTICLE, "keep_line_ends": "on"}, "This is the text of revision 1 already: nothing differs."),
        ({"file": SimpleUploadedFile("a.txt", b"\xff\xfea\x00")}, "This file is UTF-16: save it as UTF-8."),
        ({"exact": "{"}, "Paste the corrected text, or choose a file."),
    ],
)
@pytest.mark.parametrize("preview", [{}, {"preview": "1"}])
def test_what_cannot_be_stored_is_refused_beside_its_field(max_, article, where, typed, sentence, preview):
    for field in typed.values():
        if hasattr(field, "seek"):
            field.seek(0)
    answer = max_.post(where, form_in(max_.get(where), where) | typed | preview)
    assert answer.status_code in (400, 422)
    assert sentence in words_of(answer) or "exact" in typed
    assert article.revisions.count() == 1


def test_who_may_not_store_reads_why(at, people, article, where):
    assert "Storing a corrected text needs the role manager" in words_of(at(people.ana).get(where))
    assert at(people.ana).post(where, {"text": "New.", "preview": "1"}).status_code == 403
    assert at(people.ana).post(where, {"text": "New."}).status_code == 403
    assert at(people.olu).get(where).status_code == 404


# -- reading ----------------------------------------------------------------------------------------------------------


def test_two_texts_stand_side_by_side_with_words_for_what_changed(max_, article, waiting):
    page = max_.get(f"/articles/{article.pk}/revisions/compare/")
    source = page.content.decode()
    assert "<del>" in source
    assert "<ins>" in source
    assert "taken out:" in words_of(page)
    assert "As the agency has it now." in words_of(page)
    assert max_.get(f"/articles/{article.pk}/revisions/compare/?from=9&to=x").status_code == 200


def test_an_old_text_opens_read_only_with_its_marks_as_they_stood(max_, people, article, mark, where):
    visitor = mark("visitor")
    add_revision(by=people.max, article=article, text="Now: " + ARTICLE)
    page = max_.get(f"{where}1/")
    assert "This is revision 1, an earlier text" in words_of(page)
    assert re.search(r"<mark [^>]*data-marks=.1.[^>]*>visitor</mark>", page.content.decode())
    assert f'action="/articles/{article.pk}/annotations/"' not in page.content.decode()
    assert max_.get(f"{where}7/").status_code == 404
    assert now(visitor).revision.number == 2


def test_bar_and_queue_lead_to_the_review(at, people, article, waiting, project):
    address = f"/articles/{article.pk}/review/"
    for path in (f"/articles/{article.pk}/", f"/projects/{project.slug}/articles/"):
        page = at(people.ana).get(path)
        assert address in page.content.decode()
        assert "1 annotation needs a look" in words_of(page)


def test_an_annotation_of_the_old_text_is_shown_there_and_marks_are_made_on_the_new(at, people, article, waiting):
    page = at(people.ana).get(f"/articles/{article.pk}/?annotation={waiting.annotation_id}")
    assert "This is revision 1, an earlier text. New marks are made on revision 2." in words_of(page)
    assert 'id="mark-form"' not in page.content.decode()


def test_a_mark_from_a_page_that_is_older_than_the_text_is_kept_and_told(at, people, article, labels):
    first = article.revisions.get()
    add_revision(by=people.max, article=article, text="Now: " + ARTICLE)
    at_word = ARTICLE.index("visitor")
    mark = {"segments": f"[[{at_word}, {at_word + 7}]]", "quote": '"visitor"', "label": "claim", "revision": first.pk}
    ana = at(people.ana)
    answer = ana.post(f"/articles/{article.pk}/annotations/", mark)
    [made] = Annotation.objects.all()
    assert made.revision.number == 2
    assert answer["Location"] == f"/articles/{article.pk}/?annotation={made.pk}"
    assert "Your mark is kept, at its place in the corrected text." in words_of(ana.get(answer["Location"]))


# -- the review -------------------------------------------------------------------------------------------------------


@pytest.fixture
def review(article):
    return f"/articles/{article.pk}/review/"


def test_the_review_shows_both_passages_and_the_keys(at, people, waiting, review):
    page = at(people.ana).get(review)
    source = page.content.decode()
    assert "<mark>Pure lies and slander</mark>" in source
    assert "<mark>Pure lies, slander and worse</mark>" in source
    assert {'data-key="a"', 'data-key="x"', 'data-key="v"'} <= set(re.findall(r'data-key="."', source))


def test_accept_drop_and_take_back(at, people, waiting, review):
    ana = at(people.ana)
    for verb, decision in (("accept", "accepted"), ("drop", "dropped")):
        address = f"/anchors/{waiting.pk}/{verb}/"
        assert ana.post(address, form_in(ana.get(review), address))["Location"] == review
        assert now(waiting).decision == decision
        back = f"/anchors/{waiting.pk}/reopen/"
        assert ana.post(back, form_in(ana.get(review), back)).status_code == 303
        assert now(waiting).decision == ""


def test_after_a_decision_one_goes_on_with_the_next(at, people, article, denial, mark, review):
    talk = mark("talk went on for an hour")
    add_revision(by=people.max, article=article, text=CHANGED.replace("for an hour", "for many an hour"))
    ana = at(people.ana)
    first, second = Anchor.objects.undecided().order_by("annotation__start")
    assert {first.annotation_id, second.annotation_id} == {denial.pk, talk.pk}
    address = f"/anchors/{first.pk}/accept/"
    answer = ana.post(address, form_in(ana.get(review), address))
    assert answer["Location"] == f"{review}?anchor={second.pk}"


def test_an_orphan_has_nothing_to_accept_and_is_marked_anew_by_its_words(at, people, article, denial, review):
    add_revision(by=people.max, article=article, text=GONE)
    anchor = Anchor.objects.get(annotation=denial)
    ana = at(people.ana)
    assert f"/anchors/{anchor.pk}/accept/" not in {action for action, _ in forms_in(ana.get(review))}
    remark = f"/anchors/{anchor.pk}/remark/"
    found = ana.get(f"{remark}?words=nobody+was")
    assert ana.post(remark, form_in(found, remark, 1)).status_code == 303
    assert (now(anchor).decision, now(denial).quote) == ("remarked", "Nobody was")
    assert "These words do not stand in this revision." in words_of(ana.get(f"{remark}?words=elephants"))


def test_marking_anew_by_offsets_takes_what_stands_there(at, people, article, waiting):
    ana, remark = at(people.ana), f"/anchors/{waiting.pk}/remark/"
    fields = [fields for action, fields in forms_in(ana.get(remark)) if action == remark][-1]
    refused = ana.post(remark, fields | {"start": "5", "end": "9999999"})
    assert refused.status_code == 422
    assert f"The text has {len(CHANGED)} characters." in words_of(refused)
    at_word = CHANGED.index("slander")
    assert ana.post(remark, fields | {"start": at_word, "end": at_word + 7}).status_code == 303
    assert now(waiting.annotation).quote == "slander"


def test_in_a_blind_project_one_reviews_ones_own(at, people, project, article, waiting, review):
    type(project).objects.filter(pk=project.pk).update(blind=True)
    assert "Nothing waits" in words_of(at(people.ben).get(review))
    assert at(people.ben).post(f"/anchors/{waiting.pk}/accept/", {"version": 1}).status_code == 404
    assert "needs a look" not in words_of(at(people.ben).get(f"/articles/{article.pk}/"))
    assert "Pure lies" in words_of(at(people.ana).get(review))


# -- disputes ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def closed(people, contested, article):
    """A dispute that is closed, and then the words of one party change."""
    verdict = VerdictSaid("disputed", evidence=(contested.evidence,))
    resolution = propose_resolution(
        by=people.ida, dispute=contested.dispute, rationale="So.", verdicts={contested.claims[0].pk: verdict}
    )
    approve_resolution(by=people.jo, resolution=resolution)
    add_revision(by=people.max, article=article, text=CHANGED)
    return Dispute.objects.get(pk=contested.dispute.pk)


def test_a_closed_dispute_whose_quote_changed_says_so_and_how_to_reopen(at, people, closed, send):
    ida, where = at(people.ida), f"/disputes/{closed.pk}/"
    page = ida.get(where)
    said = words_of(page)
    assert "The answer stands on words that changed" in said
    assert "A quoted span changed in revision 2." in said
    assert "Pure lies and slander" in said
    assert "Pure lies, slander and worse" in said
    answer = send(ida, page, f"{where}reopen/", reason="The agency corrected the quote.", what="changed_text")
    assert answer.status_code == 303
    assert "Words that a position quotes changed" in words_of(ida.get(where))


def test_the_review_says_why_a_closed_dispute_comes_first(at, people, article, closed, review):
    ida, anchor = at(people.ida), Anchor.objects.undecided().get()
    assert "It is closed: reopen it first" in words_of(ida.get(review))
    address = f"/anchors/{anchor.pk}/accept/"
    refused = ida.post(address, form_in(ida.get(review), address))
    assert refused.status_code == 409
    assert "reopen the dispute first" in words_of(refused)
    assert now(anchor).decision == ""


def test_nothing_is_flagged_where_the_quotes_moved_along(at, people, contested, article):
    add_revision(by=people.max, article=article, text="Now: " + ARTICLE)
    assert "words that changed" not in words_of(at(people.ida).get(f"/disputes/{contested.dispute.pk}/"))
    assert Article.objects.count() == 1
    assert Annotation.objects.filter(revision__number=1).count() == 0
