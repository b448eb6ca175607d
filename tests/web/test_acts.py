"""Undo and redo through the page, and what its queue is told: versions, refusals, two versions of one record."""

import json
from urllib.parse import unquote
from uuid import uuid4

import pytest

from annotations.models import Act, Annotation, Claim, KeptAnswer, Relation
from annotations.services.annotations import edit_annotation, trash_annotation
from annotations.services.labels import add_label
from tests.web.forms import form_in

HTMX = {"HX-Request": "true"}
PHRASE = "Pure lies and slander"


@pytest.fixture
def ana(at, people, labels, article):
    return at(people.ana)


@pytest.fixture
def marked(ana, article):
    """A mark by Ana through the page."""
    start = article.revisions.get().text.index(PHRASE)
    fields = {
        "segments": json.dumps([[start, start + len(PHRASE)]]),
        "quote": json.dumps(PHRASE),
        "label": "claim",
        "idempotency_key": str(uuid4()),
    }
    ana.post(f"/articles/{article.pk}/annotations/", fields)
    return Annotation.objects.get()


def turn(client, article, way="undo", **fields):
    return client.post(f"/articles/{article.pk}/{way}/", {"idempotency_key": str(uuid4()), **fields}, headers=HTMX)


def events_in(answer):
    return json.loads(answer.headers["HX-Trigger-After-Settle"])


# -- undo and redo ----------------------------------------------------------------------------------------------------


def test_the_buttons_say_what_they_would_do_or_why_they_do_nothing(ana, article, marked):
    page = ana.get(f"/articles/{article.pk}/").content.decode()
    assert "Undo: Marked “Pure lies and slander” as Claim" in page
    assert "Nothing was undone that could be done again." in page


def test_undo_takes_the_mark_away_and_redo_brings_it_back(ana, article, marked):
    undone = turn(ana, article, annotation=str(marked.pk))
    assert events_in(undone)["spans-changed"] == {"changed": [], "removed": [str(marked.pk)]}
    assert "Undone: Marked “Pure lies and slander” as Claim" in undone.content.decode()
    assert "Redo: Marked" in undone.content.decode(), "the buttons come with the answer"
    assert "Nothing selected" in undone.content.decode()
    done = turn(ana, article, "redo")
    assert events_in(done)["span-changed"]["id"] == str(marked.pk)
    assert PHRASE in done.content.decode()
    assert not Annotation.objects.get().trashed


def test_every_write_brings_the_new_buttons(ana, article, marked):
    fields = {"label": "denial", "version": 1, "idempotency_key": str(uuid4())}
    answer = ana.post(f"/annotations/{marked.pk}/", fields, headers=HTMX).content.decode()
    assert answer.count('id="acts"') == 1
    assert "Undo: Relabelled “Pure lies and slander” as Denial" in answer


def test_one_press_sent_twice_undoes_once(ana, article, marked):
    key = str(uuid4())
    for _ in range(2):
        assert turn(ana, article, idempotency_key=key).status_code == 200
    assert Act.objects.get().state == "undone"


def test_undo_with_nothing_left_is_refused_in_words(ana, article):
    answer = turn(ana, article)
    assert answer.status_code == 409
    assert "nothing left to undo" in answer.content.decode()


def test_undo_without_htmx_leads_back_to_the_article(ana, article, marked):
    answer = ana.post(f"/articles/{article.pk}/undo/", {"idempotency_key": "k"}, follow=True)
    assert "Undone: Marked" in answer.content.decode()


def test_a_claim_made_in_the_inspector_is_an_act_of_the_article(ana, article, marked, project):
    fields = {"annotation": marked.pk, "text": "It is slander.", "layer": "so", "checkability": "checkable"}
    ana.post(f"/projects/{project.slug}/claims/", fields, headers=HTMX)
    assert "It is slander." not in turn(ana, article).content.decode().split('id="acts"')[0]
    assert Claim.objects.get().trashed


def test_an_undone_relation_takes_its_arc_away(ana, article, marked, mark, people, project):
    label = add_label(by=people.max, project=project, key="answers", name="Answers", kind="relation")
    other = mark("Both sides")
    fields = {"from": marked.pk, "to": other.pk, "label": label.key, "annotation": marked.pk}
    assert ana.post(f"/articles/{article.pk}/relations/", fields, headers=HTMX).status_code == 200
    assert Relation.objects.active().count() == 1
    assert events_in(turn(ana, article))["arcs-changed"] == {"arcs": []}


def test_what_others_did_is_nobody_elses_to_undo(at, people, article, marked):
    assert turn(at(people.ida), article).status_code == 409


# -- for the queue of the page ----------------------------------------------------------------------------------------


def test_a_write_says_the_version_that_its_row_has_now(ana, marked):
    fields = {"label": "denial", "version": 1, "idempotency_key": "k"}
    for _ in range(2):  # the second time it is the kept answer
        answer = ana.post(f"/annotations/{marked.pk}/", fields, headers=HTMX)
        assert answer["Workbench-Version"] == f"{marked.pk} 2"
    assert KeptAnswer.objects.filter(key="k").count() == 1


def test_a_refusal_says_so_in_a_header_and_a_lost_session_does_not(ana, at, marked):
    answer = ana.post(f"/annotations/{marked.pk}/", {"label": "none", "version": 1}, headers=HTMX)
    assert unquote(answer["Workbench-Refused"]) == "Choose a label of this project."
    assert "Workbench-Refused" not in at(None).post(f"/annotations/{marked.pk}/", {"label": "denial"}).headers


# -- two versions -----------------------------------------------------------------------------------------------------


@pytest.fixture
def relabelled_by_ida(marked, people, labels):
    return edit_annotation(by=people.ida, annotation=marked, version=1, label=labels["quote"], note="Sure?")


def test_both_versions_stand_side_by_side_with_who_and_when(ana, marked, relabelled_by_ida):
    answer = ana.post(f"/annotations/{marked.pk}/", {"label": "denial", "version": 1}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Ida changed this after you opened it." in page
    assert page.index("Denial") < page.index("Quote"), "mine, then theirs"
    again = form_in(answer, f"/annotations/{marked.pk}/", 1)
    assert (again["label"], again["version"]) == ("denial", "2")
    assert ana.post(f"/annotations/{marked.pk}/", again, headers=HTMX).status_code == 200
    assert Annotation.objects.get().label.key == "denial"


def test_where_several_fields_differ_each_is_chosen(at, people, project, marked, labels):
    from annotations.services.labels import edit_label

    claim = labels["claim"]
    attributes = [{"name": "tone", "kind": "choice", "choices": ["calm", "loud"]}, {"name": "sure", "kind": "yes_no"}]
    edit_label(by=people.max, label=claim, version=claim.version, attributes=attributes)
    edit_annotation(by=people.ida, annotation=marked, version=1, note="Theirs", attributes={"tone": "calm"})
    sent = {"note": "Mine", "attribute:0": "loud", "attribute:1": "", "version": 1}
    ana = at(people.ana)
    answer = ana.post(f"/annotations/{marked.pk}/", sent, headers=HTMX)
    choice = form_in(answer, f"/annotations/{marked.pk}/", 0)
    assert (choice["note"], choice["attribute:0"], choice["attribute:1"]) == ("Mine", "loud", "")
    ana.post(f"/annotations/{marked.pk}/", choice | {"attribute:0": "calm"}, headers=HTMX)
    row = Annotation.objects.get()
    assert (row.note, row.attributes) == ("Mine", {"tone": "calm"})


def test_moved_places_are_compared_by_their_words(ana, article, people, marked):
    theirs = {"segments": [[marked.start, marked.start + 9]], "quote": "Pure lies"}
    edit_annotation(by=people.ida, annotation=Annotation.objects.get(), version=1, **theirs)
    mine = {"segments": json.dumps([[marked.start + 5, marked.end]]), "quote": json.dumps("lies and slander")}
    answer = ana.post(f"/annotations/{marked.pk}/", {**mine, "version": 1}, headers=HTMX)
    assert "lies and slander" in answer.content.decode()
    again = form_in(answer, f"/annotations/{marked.pk}/", 1)
    assert ana.post(f"/annotations/{marked.pk}/", again, headers=HTMX).status_code == 200
    assert Annotation.objects.get().quote == "lies and slander"


def test_a_move_to_the_trash_is_asked_again(ana, marked, relabelled_by_ida):
    address = f"/annotations/{marked.pk}/trash/"
    answer = ana.post(address, {"version": 1}, headers=HTMX)
    assert "Ida changed this after you opened it." in answer.content.decode()
    assert ana.post(address, form_in(answer, address), headers=HTMX).status_code == 200
    assert Annotation.objects.get().trashed


def test_what_somebody_else_moved_to_the_trash_is_said_to_be_there(ana, people, marked):
    trash_annotation(by=people.ida, annotation=marked, version=1)
    answer = ana.post(f"/annotations/{marked.pk}/", {"label": "denial", "version": 1}, headers=HTMX)
    assert answer.status_code == 412
    assert "moved to the trash" in answer.content.decode()
