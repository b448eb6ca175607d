"""Somebody signed in, and a database in which every kind of record has two rows, each in a project of its own."""

import pytest
from django.test import Client

from tests.admin.pages import MODELS
from tests.conftest import ARTICLE, make_contested, make_project


@pytest.fixture
def browser_of(people):
    """A browser in which somebody is signed in: browser_of("sam")."""

    def signed_in(name):
        client = Client()
        client.force_login(getattr(people, name))
        return client

    return signed_in


@pytest.fixture
def sam(browser_of):
    """The operator's browser."""
    return browser_of("sam")


@pytest.fixture
def every_record(people):
    return one_of_each(people)


def one_of_each(people):
    """A row of every model by model; services made two of each at least."""
    for slug in ("first", "second"):
        fill(people, make_project(people, slug))
    few = [model for model in MODELS if model._default_manager.count() < 2]
    assert few == []
    return {model: model._default_manager.order_by("-pk").first() for model in MODELS}


def fill(people, project):
    """A dispute with all that stands on it, from the first mark to the published report, and all that is no record."""
    contested = make_contested(people, project, marks(people, project))
    compare(people, contested)
    weigh(people, contested)
    decide(people, contested)
    add_saying(people, contested)
    add_talk(people, project, contested)
    add_copies(people, contested)
    add_account_rows(people, project, contested.annotations[0])
    add_background(people, project)
    add_annotating(people, project, contested)
    publish(people, project, contested)


def marks(people, project):
    from annotations.services.annotations import add_annotation
    from annotations.services.articles import add_article
    from annotations.services.labels import add_label

    article = add_article(by=people.max, project=project, title="A report and a denial", text=ARTICLE)
    labels = {name: add_label(by=people.max, project=project, name=name) for name in ("claim", "denial")}

    def mark(phrase, label="claim"):
        start = ARTICLE.index(phrase)
        place = [[start, start + len(phrase)]]
        return add_annotation(by=people.ana, article=article, segments=place, quote=phrase, label=labels[label])

    return mark


def compare(people, contested):
    """A figure, how one claim stands to the other, and what is to be looked at first."""
    from annotations.services.comparisons import add_claim_relation
    from annotations.services.quantities import add_quantity
    from annotations.services.triage import add_triage_mark

    told, met = contested.claims
    add_quantity(by=people.ana, claim=met, measure="minutes", printed="at least 60 minutes")
    add_claim_relation(by=people.ana, from_claim=met, to_claim=told, type="compatible", explanation="Both may be so.")
    add_triage_mark(by=people.ana, claim=met, level="medium", reason="Many repeat it.")


def weigh(people, contested):
    """Two pieces that count only together, a note for the desk, a question with its answer, a search and a vote."""
    from annotations.services.assessments import add_assessment
    from annotations.services.evidence import add_evidence, add_evidence_set, write_confidential_note
    from annotations.services.questions import add_question, add_search

    met, source = contested.claims[1], contested.source
    one, other = (
        add_evidence(by=people.ana, claim=met, source=source, stance="mentions", ground="document") for _ in range(2)
    )
    add_evidence_set(by=people.ana, claim=met, members=[one, other], stance="supports")
    write_confidential_note(by=people.ida, evidence=one, text="From a friend of the house.")
    answers = [{"type": "boolean", "text": "Yes", "explanation": "Both say so.", "evidence": one}]
    add_question(by=people.ana, claim=met, text="Did they meet?", answers=answers)
    add_search(by=people.ana, claim=met, place="The archive", query="minutes")
    add_assessment(by=people.ana, claim=met, verdict="supported", evidence=[one])


def decide(people, contested):
    """An answer that one adjudicator does not share, and that another person lets stand."""
    from annotations.services.resolutions import (
        VerdictSaid,
        approve_resolution,
        dissent_from_resolution,
        propose_resolution,
    )

    answer = propose_resolution(
        by=people.ida,
        dispute=contested.dispute,
        verdicts={contested.claims[0].pk: VerdictSaid("disputed", evidence=(contested.evidence,))},
        rationale="Two accounts, and nothing that decides between them.",
    )
    dissent_from_resolution(by=people.jo, resolution=answer, reason="Reuters had two officials.")
    approve_resolution(by=people.max, resolution=answer, comment="It is what is known.")


def add_saying(people, contested):
    from annotations.services.agents import add_agent
    from annotations.services.attributions import add_attribution

    project = contested.dispute.project
    aide = add_agent(by=people.ana, project=project, kind="person", name="An aide", aliases=["The aide"])
    add_attribution(by=people.ana, content=contested.annotations[0], agent=aide, basis="inferred", naming="unnamed")


def add_copies(people, contested):
    """A saved copy, a grade, and two agents that are two."""
    from annotations.services.agents import rate_agent, tell_apart
    from annotations.services.copies import prepare_copy, save_copy
    from annotations.services.projects import edit_project

    source, (reuters, hamdan) = contested.source, contested.agents
    project = contested.dispute.project
    project.refresh_from_db()
    edit_project(by=people.max, project=project, version=project.version, grades=True)
    save_copy(by=people.ana, source=source, prepared=prepare_copy(project=source.project, pieces=[b"GIF89a"]))
    reuters.project.refresh_from_db()
    rate_agent(by=people.ana, agent=reuters, reliability="B", reason="For years.")
    tell_apart(by=people.ana, agent=reuters, other=hamdan, reason="One is an agency.")


def add_talk(people, project, contested):
    """A party that was asked, a comment that calls somebody, and two versions of the guidelines."""
    from annotations.services.comment_requests import request_comment
    from annotations.services.comments import add_comment
    from annotations.services.guidelines import change_guidelines

    request_comment(by=people.ana, about=contested.dispute, agent=contested.agents[0], asked="Is it so?")
    add_comment(by=people.ana, on=contested.claims[0], text="Why, @ida?")
    change_guidelines(by=people.max, project=project, text="Mark everything.")


def add_account_rows(people, project, annotation):
    from annotations.models import KeptAnswer
    from annotations.services.people import create_token

    create_token(by=people.ana, person=people.ana, name="scripts", project=project)
    KeptAnswer.objects.create(
        person=people.ana,
        method="POST",
        path=f"/api/v1/projects/{project.slug}/claims/",
        key="a key",
        status=201,
        body=b"{}",
        object_kind="annotation",
        object_id=annotation.pk,
    )


def add_background(people, project):
    """A job that waits, a worker that is there, and what a recommender learned from one person."""
    from django.utils import timezone

    from annotations.models import OwnModel
    from annotations.services.jobs import queue_job, sign_of_worker
    from annotations.services.learning import KIND
    from annotations.services.recommenders import add_recommender

    learned = add_recommender(by=people.max, project=project, kind="learned", name="Learned")
    OwnModel.objects.create(project=project, recommender=learned, author=people.ana, trained_at=timezone.now())
    queue_job(by=people.max, project=project, kind=KIND, arguments={"recommender": str(learned.pk)})
    sign_of_worker(f"host:{project.slug}")


def add_annotating(people, project, contested):
    """A relation, a bulk change, something to undo, somebody who is here, a suggestion, and a corrected text."""
    from annotations.core.recommending import Proposal
    from annotations.models import Act, Label
    from annotations.services.labels import add_label
    from annotations.services.occurrences import Place, label_occurrences
    from annotations.services.people import count_wrong_try
    from annotations.services.presence import note_presence
    from annotations.services.recommenders import add_recommender
    from annotations.services.relations import add_relation
    from annotations.services.revisions import add_revision
    from annotations.services.suggestions import store_suggestions

    one, other = contested.annotations[:2]
    article, revision = one.article, one.revision
    denies = add_label(by=people.max, project=project, key="denies", kind="relation")
    claim = Label.objects.get(project=project, key="claim")
    add_relation(by=people.ana, from_annotation=one, to_annotation=other, label=denies)
    label_occurrences(by=people.ana, project=project, label=claim, hits=[Place(revision.pk, ((0, 7),), "Reuters")])
    Act.objects.create(project=project, author=people.ana, article=article, verb="annotation_added", words="Marked")
    note_presence(by=people.ana, article=article)
    count_wrong_try(username="ana", address="192.0.2.1")
    cues = add_recommender(by=people.max, project=project, kind="cues", name="Words that say")
    found = [Proposal(((8, 16),), "claim", 0.5, "because", {})]
    store_suggestions(by=people.ana, article=article, revision=revision, recommender=cues, proposals=found)
    add_revision(by=people.max, article=article, text=f"{ARTICLE} And more.")


def publish(people, project, contested):
    """The answer in public, a correction of it, and what a reader asked for."""
    from annotations.services.projects import edit_project
    from annotations.services.reports import add_correction, publish_dispute, request_correction

    project.refresh_from_db()
    edit_project(by=people.max, project=project, version=project.version, correction_requests=True)
    dispute = contested.dispute
    dispute.refresh_from_db()
    report = publish_dispute(by=people.max, dispute=dispute, version=dispute.version, title=f"Two accounts, {project}")
    add_correction(by=people.max, report=report, kind="correction", was="May", now="June", why="A wrong month.")
    report.refresh_from_db()
    request_correction(report=report, text="It was in June.", contact="reader@example.org")
