"""Annotations through the API: the quote holds them, the version guards them, the trash gives them back."""

import pytest

from annotations.models import Annotation, Event
from annotations.queries.annotations import annotation_row, annotation_rows
from tests.api.conftest import problem

FAMILY = "👩‍👩‍👧"


@pytest.fixture
def text(article):
    return article.revision.text


def body_for(text, phrase, **also):
    start = text.index(phrase)
    return {"segments": [[start, start + len(phrase)]], "quote": phrase, "label": "claim", **also}


@pytest.fixture
def address(article, labels):
    return f"/articles/{article.pk}/annotations/"


def test_added_annotation_has_an_address_a_version_and_its_row(ana, address, text, people):
    answer = ana.post(address, body_for(text, "Pure lies and slander", note="  kept as it is \n"))
    assert answer.status_code == 201
    row = answer.json()
    assert answer["Location"] == f"http://testserver/api/v1/annotations/{row['id']}/"
    assert answer["ETag"] == '"1"'
    assert row["note"] == "  kept as it is \n"
    assert row["author"] == str(people.ana.pk)
    assert row["label"] == "claim"
    read = ana.get(answer["Location"])
    assert read.json() == row
    assert read["ETag"] == '"1"'


def test_row_made_in_hand_is_the_row_that_is_read(mark):
    annotation = mark("Pure lies and slander")
    assert annotation_row(annotation) == next(annotation_rows(Annotation.objects.filter(pk=annotation.pk)))


def test_label_goes_by_key_by_id_and_by_a_name_that_is_the_only_one(ana, address, text, labels):
    for said in ("denial", str(labels["denial"].pk), "Denial"):
        answer = ana.post(address, body_for(text, "Pure lies", label=said))
        assert answer.json()["label_id"] == str(labels["denial"].pk)


def test_label_by_a_name_that_two_have_is_refused(ana, boss, project, address, text):
    boss.post(f"/projects/{project.slug}/labels/", {"key": "second", "name": "Denial"})
    said = problem(ana.post(address, body_for(text, "Pure lies", label="Denial")), 422, "label")
    assert "by its key" in said["detail"]


def test_document_label_takes_no_segments(boss, project, ana, address):
    boss.post(f"/projects/{project.slug}/labels/", {"name": "Off topic", "kind": "document"})
    row = ana.post(address, {"label": "off-topic"}).json()
    assert row["segments"] == []
    assert row["quote"] == ""


def test_edited_annotation_has_the_next_version(ana, mark):
    annotation = mark("Pure lies and slander")
    answer = ana.patch(f"/annotations/{annotation.pk}/", {"note": "why"}, version=1)
    assert answer.status_code == 200
    assert answer["ETag"] == '"2"'
    assert answer.json()["note"] == "why"


def test_trashed_annotation_comes_back_with_the_tag_of_its_trashing(ana, mark, article):
    annotation = mark("Pure lies and slander")
    at, among = f"/annotations/{annotation.pk}/", f"/articles/{article.pk}/annotations/"
    gone = ana.delete(at, version=1)
    assert gone.status_code == 204
    assert gone.content == b""
    assert ana.get(among).json()["results"] == []
    assert [row["id"] for row in ana.get(f"{among}?state=trashed").json()["results"]] == [str(annotation.pk)]
    assert ana.get(at).json()["state"] == "trashed"
    back = ana.send("POST", f"{at}restore/", If_Match=gone["ETag"])
    assert back.status_code == 200
    assert back.json()["state"] == "active"
    assert ana.get(among).json()["results"] == [back.json()]


def test_lists_are_filtered_by_label_author_state_and_article(ana, mark, people, project, article):
    mine, theirs = mark("Pure lies"), mark("Reuters", "source", by=people.ben)
    gone = mark("slander")
    ana.delete(f"/annotations/{gone.pk}/", version=1)

    def found(query):
        results = ana.get(f"/projects/{project.slug}/annotations/?{query}").json()["results"]
        return [row["id"] for row in results]

    assert found("") == [str(mine.pk), str(theirs.pk)]
    assert found("label=source") == [str(theirs.pk)]
    assert found(f"author={people.ana.pk}") == [str(mine.pk)]
    assert found("state=trashed") == [str(gone.pk)]
    assert found(f"article={article.pk}&label=claim") == [str(mine.pk)]
    assert found(f"article={people.ana.pk}") == []
    problem(ana.get(f"/projects/{project.slug}/annotations/?label=nothing"), 422, "label")
    problem(ana.get(f"/projects/{project.slug}/annotations/?article=1"), 422, "article")


# -- what the text refuses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("segments", "quote", "field", "words"),
    [
        ([[0, 7]], "Router!", "quote", "Reuters"),
        ([[7, 0]], "Reuters", "segments", "reversed"),
        ([[0, 100_000]], "Reuters", "segments", "outside the text"),
        ([[-7, 0]], "Reuters", "segments", "before the text"),
        ([[3, 3]], "", "segments", "empty"),
        ([], "", "segments", "At least one"),
        ([[0, 7], [3, 9]], "Reuters … ters r", "segments", "in order"),
        ([[0, 7.0]], "Reuters", "segments", "whole numbers"),
        ([[False, 7]], "Reuters", "segments", "whole numbers"),
        ([["0", "7"]], "Reuters", "segments", "whole numbers"),
        ([[0, 7, 9]], "Reuters", "segments", "pair"),
        ({"0": 7}, "Reuters", "segments", "list"),
        ("0-7", "Reuters", "segments", "list"),
        (None, "Reuters", "segments", "list"),
        ([[0, 7]], None, "quote", "text"),
        ([[0, 7]], 7, "quote", "text"),
    ],
)
def test_wrong_place_is_refused_in_words_and_nothing_is_stored(ana, address, segments, quote, field, words):
    events = Event.objects.count()
    answer = ana.post(address, {"segments": segments, "quote": quote, "label": "claim"})
    said = problem(answer, 422, field)
    assert words in " ".join(said["errors"][field])
    assert not Annotation.objects.exists()
    assert Event.objects.count() == events


def test_cut_emoji_is_refused(ana, address, text):
    start = text.index(FAMILY)
    answer = ana.post(address, {"segments": [[start, start + 1]], "quote": text[start], "label": "claim"})
    assert "cuts a character" in problem(answer, 422, "segments")["detail"]


def test_offsets_count_code_points(ana, address, text):
    row = ana.post(address, body_for(text, f"{FAMILY} “Pure")).json()
    assert row["quote"] == f"{FAMILY} “Pure"
    assert text[slice(*row["segments"][0])] == row["quote"]


def test_unknown_and_retired_labels_are_refused(ana, boss, address, text, labels):
    problem(ana.post(address, body_for(text, "Pure lies", label="nothing")), 422, "label")
    boss.post(f"/labels/{labels['claim'].pk}/retire/", version=1)
    assert "retired" in problem(ana.post(address, body_for(text, "Pure lies")), 422, "label")["detail"]


def test_revision_of_another_article_is_refused(ana, boss, project, address, text):
    other = boss.post(f"/projects/{project.slug}/articles/", {"title": "Other", "text": text}).json()
    answer = ana.post(address, body_for(text, "Pure lies", revision=other["revision"]["id"]))
    problem(answer, 422, "revision")


def test_attributes_follow_the_label(ana, boss, project, address, text):
    attributes = [{"name": "strength", "kind": "choice", "choices": ["weak", "strong"]}]
    boss.post(f"/projects/{project.slug}/labels/", {"name": "Hedge", "attributes": attributes})
    good = ana.post(address, body_for(text, "Pure lies", label="hedge", attributes={"strength": "weak"}))
    assert good.json()["attributes"] == {"strength": "weak"}
    for values in ({"strength": "odd"}, {"colour": 1}, [], "weak", None):
        problem(ana.post(address, body_for(text, "Pure lies", label="hedge", attributes=values)), 422, "attributes")


# -- split and merge --------------------------------------------------------------------------------------------------


def test_split_answers_with_both_halves_and_merge_makes_them_one(ana, mark):
    annotation = mark("Pure lies and slander")
    here = f"/annotations/{annotation.pk}"
    answer = ana.post(f"{here}/split/", {"at": annotation.start + 9}, version=1)
    assert answer.status_code == 200, answer.content
    first, second = answer.json(), answer.json()["second"]
    assert (answer["ETag"], first["id"], first["quote"]) == ('"2"', str(annotation.pk), "Pure lies")
    assert (second["quote"], second["version"]) == ("and slander", 1)
    body = {"with": second["id"], "gap": "keep"}
    merged = ana.post(f"{here}/merge/", body, version=2)
    assert merged.json()["quote"] == "Pure lies … and slander"
    assert Annotation.objects.get(pk=second["id"]).trashed


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("split", {"at": 0}, "at"),
        ("split", {"at": "4"}, "at"),
        ("merge", {"with": "nothing"}, "with"),
        ("merge", {"gap": "keep"}, "with"),
        ("merge", {"with": "self"}, "with"),
    ],
)
def test_cut_or_partner_that_is_none_is_refused_by_its_field(ana, mark, verb, body, field):
    annotation = mark("Pure lies and slander")
    body = {name: str(annotation.pk) if value == "self" else value for name, value in body.items()}
    answer = ana.post(f"/annotations/{annotation.pk}/{verb}/", body, version=1)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert ana.post(f"/annotations/{annotation.pk}/{verb}/", body).status_code == 428
