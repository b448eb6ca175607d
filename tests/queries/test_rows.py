"""The one JSON shape of each record: all of its fields and no others, as JSON, in a number of queries that stays."""

import re

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.core.records import RECORD_KINDS, fields_of
from annotations.models import Annotation, Article, Claim, Dispute, Label, Membership, Resolution, Revision
from annotations.queries.annotations import annotation_rows, annotation_rows_in_context
from annotations.queries.articles import article_rows, article_rows_with_text, revision_rows_without_text
from annotations.queries.claims import claim_rows
from annotations.queries.disputes import dispute_rows, position_rows
from annotations.queries.labels import label_rows
from annotations.queries.projects import member_rows
from annotations.queries.records import record_rows
from annotations.queries.resolutions import resolution_rows
from annotations.queries.rows import CHUNK, with_zone
from annotations.services.annotations import add_annotation
from annotations.services.articles import add_article
from annotations.services.claims import add_claim
from annotations.services.disputes import open_dispute

pytestmark = pytest.mark.django_db

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@pytest.fixture
def rows(story, project):
    return {kind: list(record_rows(kind, project, None)) for kind in RECORD_KINDS}


def test_a_row_has_the_fields_of_its_kind(rows):
    for kind in RECORD_KINDS:
        assert rows[kind], f"the story has no {kind}"
        assert {frozenset(row) for row in rows[kind]} == {fields_of(kind)}, kind


def test_a_row_is_json(rows):
    assert orjson.loads(orjson.dumps(rows)) == rows


def test_ids_and_times_have_one_form(rows):
    for kind in set(RECORD_KINDS) - {"event"}:
        for row in rows[kind]:
            assert UUID.fullmatch(row["id"]), kind
            assert TIME.fullmatch(row.get("created_at", "2026-11-21T00:00:00.000000Z")), kind


def test_an_annotation_says_where_and_what(people, article, mark):
    mark("Pure lies and slander", "denial")
    (row,) = annotation_rows(Annotation.objects.all())
    text = article.revisions.get(number=1).text
    assert text[slice(*row["segments"][0])] == row["quote"] == "Pure lies and slander"
    assert (row["label"], row["state"], row["author"]) == ("denial", "active", str(people.ana.pk))
    assert row["article"] == str(article.pk)
    assert row["attributes"] == {}


def test_an_annotation_in_context_shows_what_stands_around_it(mark):
    mark("Pure lies and slander")
    (row,) = annotation_rows_in_context(Annotation.objects.all())
    assert row["revision_number"] == 1
    assert row["prefix"].endswith("👩‍👩‍👧 “")
    assert row["suffix"].startswith("”, said Osama Hamdan.\r\n")


def test_a_document_label_has_no_context(story):
    rows = annotation_rows_in_context(Annotation.objects.filter(segments=[]))
    assert [(row["prefix"], row["suffix"], row["quote"]) for row in rows] == [("", "", "")]


def test_an_article_names_its_newest_revision_without_the_text(article):
    (row,) = article_rows(Article.objects.all())
    revision = article.revisions.get(number=1)
    assert row["revision"] == {
        "id": str(revision.pk),
        "number": 1,
        "sha256": revision.sha256,
        "code_points": len(revision.text),
    }


def test_an_articles_text_is_the_stored_one(article):
    (row,) = article_rows_with_text(Article.objects.all())
    assert row["revision"]["text"] == article.revision.text
    assert "text" not in next(revision_rows_without_text(Revision.objects.all()))


def test_long_texts_are_read_one_at_a_time(people, project, django_assert_max_num_queries):
    texts = [letter * 600_000 for letter in "abc"]
    for text in texts:
        add_article(by=people.max, project=project, title=text[:1], text=text)
    with django_assert_max_num_queries(4):
        rows = list(record_rows("revision", project, None))
    assert [row["text"] for row in rows] == texts


def test_a_dispute_shows_its_statements_with_their_places(story):
    (row,) = dispute_rows(Dispute.objects.all())
    assert [(one["id"], one["place"], one["number"]) for one in row["statements"]] == [
        (str(story.claims[0].pk), "in_dispute", 1),
        (str(story.claims[1].pk), "not_stated", 2),
    ]
    assert (row["state"], row["outcome"]) == ("closed", "unresolved")


def test_an_open_dispute_has_no_outcome(contested):
    (row,) = dispute_rows(Dispute.objects.all())
    assert row["outcome"] == ""


def test_a_position_has_a_stance_for_each_statement_that_it_names(story):
    report, denial = position_rows(story.dispute.positions.order_by("id"))
    claim, spans = str(story.claims[0].pk), [str(one.pk) for one in story.annotations]
    assert report["stances"] == {
        claim: {"stance": "affirm", "scope": "specific", "spans": spans[:1], "evidence": []},
    }
    assert denial["stances"][claim]["spans"] == spans[1:]


def test_a_resolution_says_whether_it_stands(story):
    (row,) = resolution_rows(Resolution.objects.filter(dispute=story.dispute))
    assert row["is_standing"] is True
    assert row["verdicts"] == {
        str(story.claims[0].pk): {
            "verdict": "disputed",
            "confidence": "low",
            "evidence": [str(story.evidence.pk)],
            "note": "Two accounts, no witness.",
        }
    }


def test_members_are_named_for_members_and_not_in_exports(story, people, project):
    members = {row["username"]: row["role"] for row in member_rows(Membership.objects.filter(project=project))}
    assert members["ida"] == "adjudicator"
    assert "username" not in next(record_rows("membership", project, None))


def test_a_label_that_is_retired_says_so(story):
    retired = {row["key"]: row["retired"] for row in label_rows(Label.objects.all())}
    assert retired["report"] is True
    assert retired["claim"] is False


def test_slices_and_orders_of_the_caller_are_kept(people, labels, mark):
    marked = [mark(word) for word in ("Reuters", "visitor", "stay")]
    rows = annotation_rows(Annotation.objects.order_by("-id")[:2])
    assert [row["id"] for row in rows] == [str(one.pk) for one in reversed(marked[1:])]


def test_a_listing_longer_than_a_chunk_is_whole(people, article, labels):
    revision = article.revisions.get(number=1)
    Annotation.objects.bulk_create(
        Annotation(
            project_id=article.project_id,
            author=people.ana,
            article=article,
            revision=revision,
            label=labels["claim"],
            segments=[[0, 7]],
            start=0,
            end=7,
            quote="Reuters",
        )
        for _ in range(CHUNK + 3)
    )
    ids = [row["id"] for row in annotation_rows(Annotation.objects.order_by("id"))]
    assert len(set(ids)) == CHUNK + 3
    assert ids == sorted(ids)


def test_more_disputes_cost_no_more_queries(people, project, story):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(dispute_rows(Dispute.objects.all()))
        return len(queries)

    before = cost()
    for number in range(5):
        claim = add_claim(by=people.ana, project=project, text=f"Claim {number}")
        open_dispute(by=people.ana, project=project, question=f"Question {number}?", statements=[claim])
    assert cost() == before


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2026-11-21 09:00:00", "2026-11-21T09:00:00.000000Z"),
        ("2026-11-21 09:00:00.123456", "2026-11-21T09:00:00.123456Z"),
        ("2026-11-21 09:00:00.5", "2026-11-21T09:00:00.500000Z"),
    ],
)
def test_times_as_sqlite_keeps_them(stored, shown):
    assert with_zone(stored) == shown


def test_a_time_on_the_full_second_shows_its_fraction(people, project):
    add_claim(by=people.ana, project=project, text="At noon")
    Claim.objects.update(created_at="2026-11-21T12:00:00Z")
    (row,) = claim_rows(Claim.objects.all())
    assert row["created_at"] == "2026-11-21T12:00:00.000000Z"


def test_attributes_come_out_as_they_went_in(people, project, article):
    from annotations.services.labels import add_label

    kinds = [{"name": "sure", "kind": "yes_no"}, {"name": "weight", "kind": "number"}, {"name": "متن", "kind": "text"}]
    label = add_label(by=people.max, project=project, key="rated", attributes=kinds)
    attributes = {"sure": True, "weight": 2.5, "متن": "می‌خواهم 👩‍👩‍👧"}
    add_annotation(
        by=people.ana, article=article, segments=[[0, 7]], quote="Reuters", label=label, attributes=attributes
    )
    (row,) = annotation_rows(Annotation.objects.all())
    assert row["attributes"] == attributes
