"""What recommenders propose is checked, stored once, kept apart from work, and gone when its reason is."""

import pytest

from annotations.core.errors import IllegalMove, Refused
from annotations.core.recommending import Proposal
from annotations.models import Event, Recommender, Suggestion
from annotations.queries.suggestions import suggestions_before, suggestions_in
from annotations.services.accepting import accept_suggestion, reject_suggestion
from annotations.services.annotations import trash_annotation
from annotations.services.articles import add_article
from annotations.services.projects import edit_project
from annotations.services.recommenders import add_recommender, edit_recommender, trash_recommender
from annotations.services.suggestions import propose, run_recommender, store_proposed, store_suggestions

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(article):
    return article.revisions.get()


@pytest.fixture
def recommender(people, project, labels):
    return add_recommender(by=people.max, project=project, kind="cues")


@pytest.fixture
def store(people, article, revision, recommender):
    def stored(*phrases, by=None, label="quote", on=recommender, **also):
        proposals = [proposal_of(revision.text, phrase, label, **also) for phrase in phrases]
        return store_suggestions(
            by=by or people.ana, article=article, revision=revision, recommender=on, proposals=proposals
        )

    return stored


def proposal_of(text, phrase, label, score=0.5, **also):
    start = text.index(phrase)
    return Proposal(((start, start + len(phrase)),), label, score, "It looks so", **also)


def suggest(by, article, recommender=None):
    proposed = propose(by=by, article=article, recommender=recommender)
    return store_proposed(by=by, article=article, proposed=proposed)


def quotes(article, person):
    return [row.quote for row in suggestions_before(article, person)]


def test_asking_makes_the_built_in_recommenders_and_stores_what_they_find(people, project, labels, article):
    made = suggest(people.ana, article)
    assert set(made) == {"Labelled before", "Sayings and quotations", "Numbers and dates"}
    found = {(row.label.key, row.quote) for row in suggestions_before(article, people.ana)}
    assert ("quote", "“Pure lies and slander”") in found
    assert Recommender.objects.filter(project=project).count() == 3
    told = Event.objects.filter(project=project, verb="suggestions_made")
    assert told.count() == 3
    assert {event.article_id for event in told} == {article.pk}


def test_a_built_in_recommender_that_was_trashed_or_switched_off_stays_away(people, project, labels, article):
    suggest(people.ana, article)
    rows = {row.kind: row for row in Recommender.objects.filter(project=project)}
    trash_recommender(by=people.max, recommender=rows["cues"], version=1)
    edit_recommender(by=people.max, recommender=rows["numbers"], version=1, enabled=False)
    assert set(suggest(people.ana, article)) == {"Labelled before"}
    assert quotes(article, people.ana) == []


def test_what_people_labelled_is_found_again_in_another_article_also_in_another_spelling(
    people, project, labels, article, mark
):
    mark("Osama Hamdan", "source")
    other = add_article(by=people.max, project=project, title="Again", text="OSAMA  HAMDAN spoke. Hamdanites did not.")
    row = add_recommender(by=people.max, project=project, kind="matches")
    assert suggest(people.ben, other, row) == {"Labelled before": 1}
    (found,) = suggestions_before(other, people.ana)
    assert (found.quote, found.label.key, found.score) == ("OSAMA  HAMDAN", "source", 0.6)
    assert found.why == "Labelled so 1 of 1 times before, in another spelling"


def test_in_a_blind_project_one_learns_from_own_work_and_sees_own_suggestions(people, project, labels, article, mark):
    mark("Osama Hamdan", "source", by=people.ben)
    mark("Reuters", "source", by=people.ana)
    edit_project(by=people.max, project=project, version=project.version, blind=True)
    project.refresh_from_db()
    other = add_article(by=people.max, project=project, title="Again", text="Osama Hamdan and Reuters.")
    row = add_recommender(by=people.max, project=project, kind="matches")
    suggest(people.ana, other, row)
    assert quotes(other, people.ana) == ["Reuters"]
    assert quotes(other, people.ben) == []
    suggest(people.ben, other, row)
    assert quotes(other, people.ben) == ["Osama Hamdan"]
    assert quotes(other, people.ana) == ["Reuters"]


def test_what_does_not_fit_the_text_or_has_no_label_here_is_left_out(people, article, revision, recommender):
    bad = [
        Proposal(((5, 5),), "quote"),
        Proposal(((0, 10_000),), "quote"),
        Proposal(((-1, 4),), "quote"),
        Proposal((), "quote"),
        Proposal(((0, 7),), "nowhere"),
        Proposal(((59, 60),), "quote"),  # half of an emoji
    ]
    good = Proposal(((0, 7),), "quote", score=float("nan"), why="x" * 1_000, attributes={"unknown": 1})
    args = {"by": people.ana, "article": article, "revision": revision, "recommender": recommender}
    assert store_suggestions(**args, proposals=[*bad, good], made_with="m" * 100) == 1
    (row,) = Suggestion.objects.all()
    assert (row.quote, row.score, len(row.why), row.attributes, len(row.made_with)) == ("Reuters", None, 300, {}, 80)


def test_what_is_labelled_so_already_is_not_suggested_unless_one_may_not_see_it(people, project, mark, article, store):
    mark("Pure lies and slander", "quote", by=people.ben)
    assert store("“Pure lies and slander”", "Reuters") == 1
    assert store("“Pure lies and slander”", label="denial") == 1


def test_asking_again_replaces_what_nobody_decided_on_and_keeps_what_is_the_same(people, article, store):
    store("Reuters", "Osama Hamdan")
    kept = Suggestion.objects.get(quote="Reuters")
    assert store("Reuters", "Both sides") == 2
    assert quotes(article, people.ana) == ["Reuters", "Both sides"]
    assert Suggestion.objects.get(quote="Reuters").pk == kept.pk


def test_twice_the_same_is_one_also_from_two_recommenders(people, project, article, store):
    second = add_recommender(by=people.max, project=project, kind="numbers")
    assert store("Reuters", "Reuters") == 1
    assert store("Reuters", "Both sides", on=second) == 1


def test_what_was_decided_on_does_not_come_again(people, article, store):
    store("Reuters", "Osama Hamdan")
    first, second = suggestions_before(article, people.ana)
    reject_suggestion(by=people.ana, suggestion=first, version=1)
    accepted = accept_suggestion(by=people.ana, suggestion=second, version=1)
    assert store("Reuters", "Osama Hamdan") == 0
    trash_annotation(by=people.ana, annotation=accepted.annotation, version=1)
    assert store("Reuters", "Osama Hamdan") == 0


def test_a_newer_text_leaves_pending_suggestions_behind(people, project, article, revision, store):
    from annotations.models import Revision

    store("Reuters", "Osama Hamdan")
    first, second = suggestions_before(article, people.ana)
    reject_suggestion(by=people.ana, suggestion=second, version=1)
    text = f"New. {revision.text}"
    Revision.objects.create(
        project=project, author=people.max, article=article, number=2, text=text, sha256="0" * 64, code_points=len(text)
    )
    assert list(suggestions_in(article, people.ana)) == []
    with pytest.raises(IllegalMove, match="newer text"):
        accept_suggestion(by=people.ana, suggestion=first, version=1)
    article.revision = None
    row = first.recommender
    newest = article.revisions.get(number=2)
    proposals = [proposal_of(text, "Osama Hamdan", "quote"), proposal_of(text, "Reuters", "quote")]
    args = {"by": people.ana, "article": article, "revision": newest, "recommender": row, "proposals": proposals}
    assert store_suggestions(**args) == 1
    assert quotes(article, people.ana) == ["Reuters"]


def test_viewers_and_strangers_ask_for_nothing(people, article, recommender):
    for person in (people.vera, people.olu):
        with pytest.raises(Refused, match="Asking for suggestions"):
            run_recommender(by=person, article=article, recommender=recommender)
        with pytest.raises(Refused):
            propose(by=person, article=article)


def test_one_recommender_that_cannot_be_asked_does_not_keep_the_others_from_it(people, project, labels, article):
    add_recommender(by=people.max, project=project, kind="http", name="Outside", url="http://127.0.0.1:9/")
    proposed = propose(by=people.ana, article=article)
    assert "Outside" in proposed.failed
    assert len(proposed.found) == 3


def test_suggestions_are_in_no_export_and_no_count(people, project, article, store):
    from annotations.queries.exports import export
    from annotations.web.queue import queue_rows

    before = queue_rows(people.ana, project)[0]["marks"]
    store("Reuters", "Osama Hamdan")
    assert b'"record":"suggestion"' not in b"".join(export(project, None, "jsonl").chunks)
    assert queue_rows(people.ana, project)[0]["marks"] == before
