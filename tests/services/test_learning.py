"""The recommender that learns, on a project: trained in the background, for everybody or for one person, and asked."""

import pytest

from annotations.core.errors import Clash, Invalid, Refused
from annotations.models import Event, Job, OwnModel, Recommender, Suggestion
from annotations.services import jobs, learning
from annotations.services.annotations import add_annotation
from annotations.services.articles import add_article
from annotations.services.labels import add_label, retire_label
from annotations.services.projects import edit_project
from annotations.services.recommenders import add_recommender
from annotations.services.suggestions import propose, run_recommender, store_proposed
from tests.benchmarks.reports import reports

pytestmark = pytest.mark.django_db
EXAMPLES = reports(14, seed=3)


@pytest.fixture
def span_labels(people, project):
    return {key: add_label(by=people.max, project=project, key=key) for key in ("source", "claim", "quote", "denial")}


@pytest.fixture
def recommender(people, project):
    return add_recommender(by=people.max, project=project, kind="learned", name="Learned")


@pytest.fixture
def annotate(people, project, span_labels):
    """annotate(example, by): an article with this text, and what its example marks."""

    def mark(example, by):
        article = add_article(by=people.max, project=project, title="News", text=example.text)
        for key, spans in example.spans.items():
            for start, end in spans:
                add_annotation(
                    by=by,
                    article=article,
                    segments=[[start, end]],
                    quote=example.text[start:end],
                    label=span_labels[key],
                )
        return article

    return mark


@pytest.fixture
def annotated(people, annotate):
    return [annotate(example, people.ana) for example in EXAMPLES[:12]]


@pytest.fixture
def unread(people, project):
    return add_article(by=people.max, project=project, title="Unread", text=EXAMPLES[13].text)


def trained(by, recommender):
    job = learning.train_recommender(by=by, recommender=recommender)
    jobs.run_job(job.pk)  # where it was too large to be done at once
    job.refresh_from_db()
    return job


def test_it_learns_is_measured_and_proposes_with_its_version(people, recommender, annotated, unread):
    job = trained(people.ben, recommender)
    assert (job.state, job.result["articles"]) == ("done", 12)
    recommender.refresh_from_db()
    assert recommender.measured["all"]["f1"] > 0.5
    assert set(recommender.measured["labels"]) <= {"source", "claim", "quote", "denial"}
    assert recommender.measured["annotations"] == job.result["annotations"]
    proposed = propose(by=people.ben, article=unread, recommender=recommender)
    assert store_proposed(by=people.ben, article=unread, proposed=proposed)["Learned"] > 3
    stored = Suggestion.objects.filter(article=unread).first()
    assert stored.made_with == f"{recommender.trained_at:%Y-%m-%d %H:%M}"
    assert 0 < stored.score <= 1


def test_training_is_one_event_that_holds_figures_and_no_model(people, recommender, annotated):
    trained(people.ana, recommender)
    event = Event.objects.get(verb="recommender_trained")
    assert '"f1"' in event.body
    assert len(event.body) < 2_000


def test_too_little_is_refused_in_the_job(people, recommender, annotate):
    annotate(EXAMPLES[0], people.ana)
    job = trained(people.ana, recommender)
    assert job.state == "failed"
    assert "too little to learn from" in job.problem
    recommender.refresh_from_db()
    assert recommender.trained_at is None


def test_untrained_recommender_says_so(people, recommender, unread):
    with pytest.raises(Invalid, match="not learned anything yet"):
        run_recommender(by=people.ana, article=unread, recommender=recommender)


def test_training_is_for_annotators_and_for_what_learns(people, project, recommender):
    with pytest.raises(Refused, match="annotator"):
        learning.train_recommender(by=people.vera, recommender=recommender)
    cues = add_recommender(by=people.max, project=project, kind="cues")
    with pytest.raises(Invalid, match="Only a recommender that learns"):
        learning.train_recommender(by=people.max, recommender=cues)


def test_one_training_at_a_time(people, project, recommender):
    jobs.queue_job(by=people.ana, project=project, kind=learning.KIND, arguments={"recommender": str(recommender.pk)})
    with pytest.raises(Clash, match="being trained already"):
        learning.train_recommender(by=people.ben, recommender=recommender)


def test_retired_words_are_no_longer_proposed(people, recommender, annotated, unread, span_labels):
    trained(people.ana, recommender)
    source = span_labels["source"]
    retire_label(by=people.max, label=source, version=source.version)
    recommender.refresh_from_db()
    found = run_recommender(by=people.ana, article=unread, recommender=recommender)
    assert "source" not in {one.label_key for one in found}
    assert found


def test_enough_new_work_queues_a_training_and_only_one(people, recommender, annotated, annotate, unread):
    trained(people.ana, recommender)
    ask = {"by": people.ana, "article": unread, "recommender": recommender}
    recommender.refresh_from_db()
    run_recommender(**ask)
    assert not Job.objects.unfinished().exists()
    for example in reports(6, seed=99):
        annotate(example, people.ben)
    run_recommender(**ask)
    run_recommender(**ask)
    assert Job.objects.unfinished().get().kind == learning.KIND


def test_packed_model_is_read_once_a_process(people, recommender, annotated, unread, django_assert_num_queries):
    trained(people.ana, recommender)
    recommender.refresh_from_db()
    learning.model_of(people.ana, recommender)
    with django_assert_num_queries(1):
        learning.model_of(people.ana, recommender)
    assert "model" not in Recommender.objects.get(pk=recommender.pk).__dict__  # read only by whoever asks for it


# -- blind projects ---------------------------------------------------------------------------------------------------


@pytest.fixture
def blind(people, project, recommender):
    edit_project(by=people.max, project=project, version=project.version, blind=True)
    recommender.refresh_from_db()
    return Recommender.objects.select_related("project").get(pk=recommender.pk)


def test_in_a_blind_project_everybody_has_a_model_of_their_own_work(people, annotated, blind, unread):
    assert trained(people.ana, blind).state == "done"
    assert trained(people.ida, blind).state == "failed"  # she sees all of it, and marked none
    assert [(own.author, own.measured["articles"]) for own in OwnModel.objects.all()] == [(people.ana, 12)]
    fresh = Recommender.objects.get(pk=blind.pk)
    assert (fresh.trained_at, bytes(fresh.model)) == (None, b"")
    assert run_recommender(by=people.ana, article=unread, recommender=blind)
    for other in (people.ben, people.ida, people.max):
        with pytest.raises(Invalid, match="not learned anything yet"):
            run_recommender(by=other, article=unread, recommender=blind)
        assert not OwnModel.objects.visible_to(other).exists()


def test_what_was_learned_from_everybody_is_not_asked_once_the_project_is_blind(people, recommender, annotated, unread):
    trained(people.ana, recommender)
    project = recommender.project
    edit_project(by=people.max, project=project, version=project.version, blind=True)
    now_blind = Recommender.objects.select_related("project").get(pk=recommender.pk)
    with pytest.raises(Invalid, match="not learned anything yet"):
        run_recommender(by=people.ben, article=unread, recommender=now_blind)
