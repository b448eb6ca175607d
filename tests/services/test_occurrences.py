"""One label on many places: all of them or none, each checked again, told by one event and taken back by one."""

import orjson
import pytest

from annotations.core.errors import IllegalMove, Invalid, Refused
from annotations.models import Annotation, BulkChange, Event
from annotations.queries.history import history_of, told, verify
from annotations.services.annotations import edit_annotation, trash_annotation
from annotations.services.articles import add_article, trash_article
from annotations.services.concordance import relabel_annotations, undo_bulk_change
from annotations.services.labels import retire_label
from annotations.services.occurrences import AT_ONCE, Place, label_occurrences

pytestmark = pytest.mark.django_db
TEXT = "Hamdan spoke. Hamdan denied it. Nobody asked Hamdan."


@pytest.fixture
def twice(people, project):
    """Two articles with the same three Hamdans."""
    return [add_article(by=people.max, project=project, title=title, text=TEXT) for title in ("One", "Two")]


def places(*articles, words="Hamdan"):
    starts = [at for at in range(len(TEXT)) if TEXT.startswith(words, at)]
    return [Place(row.revision.pk, [[at, at + len(words)]], words) for row in articles for at in starts]


@pytest.fixture
def label_all(people, project, labels, twice):
    def label(by=None, hits=None, **rest):
        hits = places(*twice) if hits is None else hits
        return label_occurrences(by=by or people.ana, project=project, label=labels["source"], hits=hits, **rest)

    return label


def test_all_places_are_one_event_whose_rows_keep_it(people, label_all):
    before = Event.objects.count()
    bulk = label_all(words="Hamdan")
    event = Event.objects.order_by("number").last()
    assert Event.objects.count() == before + 1
    assert (event.verb, event.object_kind, event.object_id) == ("annotations_labelled", "bulk_change", bulk.pk)
    assert orjson.loads(event.body)["after"]["rows"] == [row.annotation_id.hex for row in bulk.rows.order_by("id")]
    assert [(row.quote, row.author, row.version) for row in Annotation.objects.all()] == [("Hamdan", people.ana, 1)] * 6
    sentence = told([event], people.ana)[0].sentence
    assert sentence == "labelled 6 places as Source at once"
    annotation = bulk.rows.first().annotation
    assert [one.verb for one in history_of("annotation", annotation.pk, people.ana)] == ["annotations_labelled"]
    assert verify() is None


def test_event_is_filed_under_the_article_where_all_are_in_one(label_all, twice):
    assert label_all(hits=places(twice[0])).article == twice[0]
    assert Event.objects.order_by("number").last().article_id == twice[0].pk
    assert label_all(hits=places(twice[1], words="Nobody") + places(twice[0], words="Nobody")).article is None


def test_undo_is_one_event_and_can_be_undone(people, label_all):
    bulk = label_all()
    before = Event.objects.count()
    undone = undo_bulk_change(by=people.ana, bulk_change=bulk)
    assert Event.objects.count() == before + 1
    assert not Annotation.objects.active().exists()
    with pytest.raises(IllegalMove, match="taken back already"):
        undo_bulk_change(by=people.ana, bulk_change=bulk)
    undo_bulk_change(by=people.ana, bulk_change=undone)
    assert Annotation.objects.active().count() == 6
    assert verify() is None


def test_undo_lists_what_changed_since_and_goes_on_only_when_told_to(people, labels, label_all):
    bulk = label_all()
    first = bulk.rows.order_by("id").first().annotation
    edit_annotation(by=people.ana, annotation=first, version=1, label=labels["claim"])
    with pytest.raises(Invalid, match="1 of them cannot") as refused:
        undo_bulk_change(by=people.ana, bulk_change=bulk)
    assert refused.value.errors["annotations"] == ["“Hamdan”: Someone changed it since the list was made."]
    assert Annotation.objects.active().count() == 6
    undo_bulk_change(by=people.ana, bulk_change=bulk, rest=True)
    assert list(Annotation.objects.active()) == [first]


def test_only_whoever_made_it_or_an_adjudicator_takes_it_back(people, label_all):
    bulk = label_all()
    with pytest.raises(Refused):
        undo_bulk_change(by=people.ben, bulk_change=bulk)
    assert undo_bulk_change(by=people.ida, bulk_change=bulk).author == people.ida


def test_annotation_that_a_position_quotes_stays(people, project, contested, article):
    said = contested.annotations[0]
    bulk = BulkChange.objects.create(project=project, author=people.ana, verb="labelled", label=said.label)
    bulk.rows.create(project=project, annotation=said, before={"trashed": True}, version=said.version)
    with pytest.raises(Invalid) as refused:
        undo_bulk_change(by=people.ana, bulk_change=bulk)
    assert "A position in a dispute quotes it." in refused.value.errors["annotations"][0]


# -- changed meanwhile ------------------------------------------------------------------------------------------------


def refused_hits(label_all, hits, **rest):
    before = Event.objects.count()
    with pytest.raises(Invalid) as refused:
        label_all(hits=hits, **rest)
    assert Event.objects.count() == before
    assert not Annotation.objects.filter(trashed=False).exclude(label__key="claim").exists()
    return refused.value.errors["hits"]


def test_text_that_is_not_there_is_named(label_all, twice):
    wrong = places(twice[0])[1]._replace(quote="Hamden")
    [sentence] = refused_hits(label_all, [*places(twice[1]), wrong])
    assert sentence.startswith("“Hamden” in “One”: The quote is not what stands there.")


def test_newer_text_is_named(people, label_all, twice):
    from annotations.models import Revision

    old = twice[0].revision
    Revision.objects.create(
        project=old.project, article=old.article, number=2, text="New.", sha256="x", code_points=4, author=people.max
    )
    sentences = refused_hits(label_all, places(*twice))
    assert sentences == ["“Hamdan” in “One”: the article has a newer text, revision 2."] * 3


def test_trashed_article_and_foreign_revision_are_named(people, label_all, twice, other_project):
    far = add_article(by=people.stranger, project=other_project, title="Far", text=TEXT)
    trash_article(by=people.max, article=twice[0], version=1)
    sentences = refused_hits(label_all, [*places(twice[0])[:1], *places(far)[:1], Place(None, [[0, 1]], "H")])
    assert sentences[0].endswith("the article is in the trash.")
    assert sentences[1:] == ["There is no such revision in this project."] * 2


def test_same_list_again_labels_nothing_twice(label_all, twice):
    label_all()
    with pytest.raises(Invalid) as refused:
        label_all()
    assert len(refused.value.errors["hits"]) == 6
    assert "you labelled this Source already" in refused.value.errors["hits"][0]
    with pytest.raises(Invalid):
        label_all(hits=places(twice[0], words="Nobody") * 2)


def test_place_that_cuts_a_character_or_is_none_is_refused(label_all, article):
    text = article.revision.text
    at = text.index("👩")
    [cut] = refused_hits(label_all, [Place(article.revision.pk, [[at, at + 1]], text[at])])
    assert "cuts a character in two" in cut
    [shape] = refused_hits(label_all, [Place(article.revision.pk, "0-3", "Reu")])
    assert "list of [start, end] pairs" in shape


def test_limits_and_labels_are_said_in_words(people, project, labels, label_all, twice):
    with pytest.raises(Invalid, match="At most 1,000 places"):
        label_all(hits=places(twice[0]) * AT_ONCE)
    with pytest.raises(Invalid, match="Tick at least one"):
        label_all(hits=[])
    with pytest.raises(Refused):
        label_all(by=people.vera)
    retire_label(by=people.max, label=labels["source"], version=1)
    with pytest.raises(Invalid, match="is retired"):
        label_all()


# -- relabelling ------------------------------------------------------------------------------------------------------


@pytest.fixture
def marked(mark, people):
    return [mark("Pure lies", by=people.ana), mark("slander", by=people.ana), mark("Both sides", by=people.ben)]


def versions(*rows):
    return {row.pk: row.version for row in rows}


def test_relabel_is_one_event_with_the_versions_checked(people, project, labels, marked):
    before = Event.objects.count()
    bulk = relabel_annotations(by=people.ida, project=project, versions=versions(*marked), label=labels["denial"])
    assert Event.objects.count() == before + 1
    assert set(Annotation.objects.values_list("label__key", "version")) == {("denial", 2)}
    undo_bulk_change(by=people.ida, bulk_change=bulk)
    assert set(Annotation.objects.values_list("label__key", "version")) == {("claim", 3)}


def test_what_may_not_be_changed_is_listed_and_the_rest_waits_for_a_word(people, project, labels, marked):
    gone = marked[1]
    seen = versions(*marked)
    trash_annotation(by=people.ana, annotation=gone, version=1)
    with pytest.raises(Invalid, match="2 of them cannot be changed") as refused:
        relabel_annotations(by=people.ana, project=project, versions=seen, label=labels["denial"])
    reasons = refused.value.errors["annotations"]
    assert reasons[0] == "“slander”: It is in the trash."
    assert "someone else made needs the role" in reasons[1]
    relabel_annotations(by=people.ana, project=project, versions=seen, label=labels["denial"], rest=True)
    assert [row.label.key for row in Annotation.objects.order_by("id")] == ["denial", "claim", "claim"]


def test_stale_version_same_label_and_unknown_are_reasons(people, project, labels, marked):
    ours = marked[0]
    edit_annotation(by=people.ana, annotation=ours, version=1, note="Seen.")
    seen = {ours.pk: 1, marked[1].pk: 1, project.pk: 1}
    with pytest.raises(Invalid, match="None of them") as refused:
        relabel_annotations(by=people.ana, project=project, versions=seen, label=labels["claim"])
    assert [sentence.partition(": ")[2] or sentence for sentence in refused.value.errors["annotations"]] == [
        "Someone changed it since the list was made.",
        "It is labelled Claim already.",
        "There is no such annotation in this project.",
    ]


def test_attributes_that_the_new_label_does_not_define_come_back_with_the_undo(people, project, labels, marked):
    from annotations.services.labels import edit_label

    tone = [{"name": "tone", "kind": "text"}]
    edit_label(by=people.max, label=labels["claim"], version=1, attributes=tone)
    labels["claim"].refresh_from_db()
    ours = Annotation.objects.select_related("label").get(pk=marked[0].pk)
    edit_annotation(by=people.ana, annotation=ours, version=1, attributes={"tone": "calm"})
    bulk = relabel_annotations(by=people.ana, project=project, versions={ours.pk: 2}, label=labels["denial"])
    ours.refresh_from_db()
    assert ours.attributes == {}
    undo_bulk_change(by=people.ana, bulk_change=bulk)
    ours.refresh_from_db()
    assert (ours.attributes, ours.label.key) == ({"tone": "calm"}, "claim")


def test_blind_annotator_neither_sees_nor_moves_others_work(people, project, labels, marked):
    from annotations.services.projects import edit_project

    edit_project(by=people.max, project=project, version=project.version, blind=True)
    with pytest.raises(Invalid) as refused:
        relabel_annotations(by=people.ana, project=project, versions=versions(marked[2]), label=labels["denial"])
    assert refused.value.errors["annotations"] == ["There is no such annotation in this project."]
    bulk = relabel_annotations(by=people.ben, project=project, versions=versions(marked[2]), label=labels["denial"])
    assert not BulkChange.objects.visible_to(people.ana).exists()
    assert BulkChange.objects.visible_to(people.ida).get() == bulk
