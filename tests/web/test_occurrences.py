"""The preview of all occurrences and the concordance: what is shown is what is changed, without JavaScript too."""

import pytest
from django.urls import reverse

from annotations.models import Annotation, BulkChange, Event
from annotations.services.articles import add_article
from annotations.services.projects import edit_project

pytestmark = pytest.mark.django_db
AGAIN = "Osama Hamdan spoke; HAMDAN denied it. Hamdanis did not."


@pytest.fixture
def again(people, project):
    return add_article(by=people.max, project=project, title="Again", text=AGAIN)


@pytest.fixture
def said(mark):
    return mark("Hamdan", "source")


def preview_of(client, row, **asked):
    return client.get(reverse("web:occurrences", args=[row.pk]), asked)


def shown(page):
    return [(one["hit"].quote, one["is_ticked"]) for one in page.context["hits"]]


def ticked(page):
    return [one["value"] for one in page.context["hits"] if one["is_ticked"]]


def send_ticks(client, page, hits, **rest):
    fields = {"hit": hits, "label": "source", "asked": "1", "within": "project", "whole_words": "1", **rest}
    return client.post(page.request["PATH_INFO"], fields)


def test_preview_shows_every_hit_and_what_is_labelled_already_is_not_ticked(at, people, said, again):
    client = at(people.ana)
    assert shown(preview_of(client, said)) == [("Hamdan", False)]
    page = preview_of(client, said, asked="1", within="project", whole_words="1")
    assert shown(page) == [("Hamdan", True), ("HAMDAN", True), ("Hamdan", False)]
    assert "labelled by you" in page.content.decode()
    page = preview_of(client, said, asked="1", within="project", case="1")
    assert shown(page) == [("Hamdan", True), ("Hamdan", True), ("Hamdan", False)]
    assert "Nowhere else" in preview_of(client, said, asked="1", words="absent").content.decode()
    assert "At most 500" in preview_of(client, said, asked="1", words="x" * 501).content.decode()


def test_what_is_ticked_is_labelled_as_one_event_that_the_next_page_takes_back(at, send, people, said, again):
    client = at(people.ana)
    page = preview_of(client, said, asked="1", within="project", whole_words="1")
    before = Event.objects.count()
    answer = send_ticks(client, page, ticked(page))
    bulk = BulkChange.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("web:bulk_change", args=[bulk.pk]))
    assert Event.objects.count() == before + 1
    assert sorted(row.quote for row in Annotation.objects.filter(article=again)) == ["HAMDAN", "Hamdan"]
    done = client.get(answer["Location"])
    assert "2 places labelled Source" in done.content.decode()
    answer = send(client, done, reverse("web:undo_bulk_change", args=[bulk.pk]))
    assert answer.status_code == 303
    assert not Annotation.objects.active().filter(article=again).exists()
    assert "took this back" in client.get(done.request["PATH_INFO"]).content.decode()


def test_changed_meanwhile_is_refused_with_what_and_keeps_the_ticks(at, people, said, again):
    client = at(people.ana)
    page = preview_of(client, said, asked="1", within="project", whole_words="1")
    first, second = ticked(page)
    send_ticks(client, page, [first])
    answer = send_ticks(client, page, [first, second])
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "“Hamdan” in “Again”: you labelled this Source already." in words
    assert shown(answer)[:2] == [("Hamdan", False), ("HAMDAN", True)]
    assert send_ticks(client, page, ["{}", "[]", "no"]).status_code == 422


def test_blind_annotator_sees_nobody_elses_labels(at, people, project, mark):
    mark("Hamdan", "source", by=people.ben)
    mine = mark("Osama Hamdan", "source")
    page = preview_of(at(people.ana), mine, asked="1", words="Hamdan")
    assert "Ben" in page.content.decode()
    edit_project(by=people.max, project=project, version=project.version, blind=True)
    page = preview_of(at(people.ana), mine, asked="1", words="Hamdan")
    assert "Ben" not in page.content.decode()
    assert "Ben" not in at(people.ana).get(reverse("web:concordance", args=[project.slug])).content.decode()


def test_words_of_the_text_lead_to_their_preview_with_a_chosen_label(at, people, project, labels, again):
    client = at(people.ana)
    page = client.get(reverse("web:concordance", args=[project.slug]), {"of": "text", "asked": "1", "words": "hamdan"})
    assert [hit.quote for hit in page.context["found"].hits] == ["Hamdan", "HAMDAN", "Hamdan"], "inside words too"
    asked = {"asked": "1", "words_json": '"hamdan"', "whole_words": "1", "label": "denial"}
    page = client.get(reverse("web:project_occurrences", args=[project.slug]), asked)
    assert shown(page) == [("Hamdan", True), ("HAMDAN", True)]
    assert page.context["swatch"]["key"] == "denial"
    answer = client.post(page.request["PATH_INFO"], asked | {"hit": ticked(page)})
    assert answer.status_code == 303
    assert set(Annotation.objects.values_list("label__key", flat=True)) == {"denial"}


@pytest.mark.parametrize("sort", ["newest", "text", "article", "left", "right"])
def test_every_order_shows_each_line_once_page_by_page(at, people, project, labels, article, monkeypatch, sort):
    from annotations.queries import concordance as queries

    text = article.revision.text
    for start in range(7):
        Annotation.objects.create(
            project=project, author=people.ana, article=article, revision=article.revision, label=labels["claim"],
            segments=[[start, start + 3]], start=start, end=start + 3, quote=text[start : start + 3],
        )  # fmt: skip
    seen, after = [], None
    while True:
        found = queries.lines(project, people.ana, queries.Filters(), sort=sort, after=after, size=3)
        seen += [line.annotation.pk for line in found.lines]
        after = found.next
        if after is None:
            break
    assert sorted(seen) == sorted(Annotation.objects.values_list("pk", flat=True))
    if sort == "text":
        quotes = [Annotation.objects.get(pk=pk).quote.lower() for pk in seen]
        assert quotes == sorted(quotes)


def test_filters_narrow(people, project, labels, mark):
    from annotations.queries.concordance import Filters, matching
    from annotations.services.annotations import edit_annotation
    from annotations.services.labels import edit_label

    tone = [{"name": "tone", "kind": "text"}, {"name": "sure", "kind": "yes_no"}]
    edit_label(by=people.max, label=labels["quote"], version=1, attributes=tone)
    labels["quote"].refresh_from_db()
    quote, claim = mark("Pure lies", "quote"), mark("Both sides", by=people.ben)
    edit_annotation(by=people.ana, annotation=quote, version=1, attributes={"tone": "Angry", "sure": True}, note="Why?")

    def found(**filters):
        return [row.quote for row in matching(project, people.ida, Filters(**filters))]

    assert found(label=labels["quote"].pk) == found(author=people.ana.pk) == found(words="PURE") == ["Pure lies"]
    assert found(note="why") == found(attribute="tone", value="ang") == found(attribute="sure") == ["Pure lies"]
    assert found(attribute="sure", value="true") == ["Pure lies"]
    assert found(attribute="tone", value="calm") == found(attribute="no'such") == []
    assert len(found(article=claim.article_id)) == 2


def test_relabel_shows_first_what_changes_and_what_stays(at, people, project, labels, mark):
    ours, theirs = mark("Pure lies"), mark("Both sides", by=people.ben)
    client, address = at(people.ana), reverse("web:relabel_annotations", args=[project.slug])
    rows = {"row": [f"{ours.pk}:1", f"{theirs.pk}:1"], "label": "denial"}
    page = client.post(address, rows)
    words = page.content.decode()
    assert "One annotation changes" in words
    assert "Changing an annotation that someone else made" in words
    assert not Event.objects.filter(verb="annotations_relabelled").exists()
    assert client.post(address, rows | {"confirm": "1"}).status_code == 422
    assert client.post(address, rows | {"confirm": "1", "rest": "1"}).status_code == 303
    assert {row.quote: row.label.key for row in Annotation.objects.all()} == {
        "Pure lies": "denial",
        "Both sides": "claim",
    }
    assert client.post(address, {"label": "denial", "row": "nonsense"}).status_code == 422


def test_right_to_left_lines_are_mirrored(at, people, project, labels):
    text = "او گفت که حمدان در تهران است."
    row = add_article(by=people.max, project=project, title="گزارش", text=text)
    page = at(people.ana).get(
        reverse("web:concordance", args=[project.slug]), {"of": "text", "asked": "1", "words": "حمدان"}
    )
    assert '<span class="kwic" dir="rtl">' in page.content.decode()
    assert page.context["found"].hits[0].article == row.pk
