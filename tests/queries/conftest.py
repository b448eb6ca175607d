"""One project in which every kind of record occurs, some of them in their rarer forms."""

from datetime import date

import pytest

from annotations.services.agents import rate_agent, tell_apart
from annotations.services.annotations import add_annotation, trash_annotation
from annotations.services.articles import add_article
from annotations.services.assessments import add_assessment
from annotations.services.attributions import add_attribution
from annotations.services.claims import add_claim, add_mention, park_claim, take_claim
from annotations.services.comment_requests import record_outcome, request_comment
from annotations.services.comments import add_comment, resolve_comment
from annotations.services.comparisons import add_claim_relation
from annotations.services.copies import prepare_copy, save_copy
from annotations.services.evidence import add_evidence, add_evidence_set
from annotations.services.guidelines import change_guidelines
from annotations.services.labels import add_label, retire_label
from annotations.services.projects import edit_project
from annotations.services.quantities import add_quantity
from annotations.services.questions import add_question, add_search
from annotations.services.relations import add_relation, trash_relation
from annotations.services.reports import add_correction, publish_dispute
from annotations.services.resolutions import (
    VerdictSaid,
    approve_resolution,
    dissent_from_resolution,
    propose_claim_resolution,
    propose_resolution,
)
from annotations.services.revisions import accept_anchor, add_revision
from annotations.services.triage import add_triage_mark
from tests.conftest import take_contested, undone
from tests.kept import Stage


@pytest.fixture
def story(kept_story, stage, people, project, article, labels, mark, contested):
    """`contested` taken to its end, unresolved over a dissent; with what a text and a scheme can also hold."""
    return stage.take("story", lambda: tell(people, project, article, labels, mark, contested))


@pytest.fixture(scope="session")
def kept_story(kept, django_db_blocker):
    """The story as it goes on from what is kept: see tests/kept.py."""
    with django_db_blocker.unblock(), undone():
        stage = Stage()
        made = take_contested(stage)
        stage.keep("story", lambda: tell(**vars(made)))


def tell(people, project, article, labels, mark, contested):
    speaker = mark("Osama Hamdan", "source")
    said = add_attribution(by=people.ana, content=contested.annotations[1], agent=contested.agents[1], form="direct")
    add_mention(by=people.ana, claim=contested.claims[1], annotation=speaker, attribution=said)
    parked = contested.claims[1]
    park_claim(by=people.ida, claim=parked, version=parked.version, reason="Everybody agrees.")
    split_span(people, article, labels)
    denial_of_the_report(people, project, contested)
    document_label(people, project, article)
    trash_annotation(by=people.ana, annotation=speaker_in_trash(mark), version=1)
    verdict = VerdictSaid("disputed", "low", (contested.evidence,), "Two accounts, no witness.")
    resolution = propose_resolution(
        by=people.ida,
        dispute=contested.dispute,
        verdicts={contested.claims[0].pk: verdict},
        rationale="Neither side shows anything.",
    )
    would_be = {contested.claims[0].pk: "supported"}
    dissent_from_resolution(by=people.max, resolution=resolution, reason="I believe the report.", verdicts=would_be)
    approve_resolution(by=people.jo, resolution=resolution, comment="Agreed.")
    corrected_article(people, project, labels)
    counted(people, contested)
    talked_over(people, project, contested)
    kept_and_graded(people, project, contested)
    weighed(people, contested)
    published(people, contested)
    return contested


def weighed(people, contested):
    """The second claim: two pieces that count only together, a question, a search and a vote."""
    met = contested.claims[1]
    pieces = [
        add_evidence(by=people.ana, claim=met, source=contested.source, stance="mentions", ground="document")
        for _ in range(2)
    ]
    add_evidence_set(by=people.ana, claim=met, members=pieces, stance="supports", note="Place and hour.")
    answers = [{"type": "boolean", "text": "Yes", "explanation": "Both say so.", "evidence": pieces[0]}]
    add_question(by=people.ben, claim=met, text="Did they meet?", answers=answers)
    add_search(by=people.ben, claim=met, place="The archive", query="minutes", searched_on="2023-11")
    settled(people, contested)


def settled(people, contested):
    """A claim that no dispute holds: a vote, then the proposed answer, with which votes are open to all."""
    claim = add_claim(by=people.ana, project=contested.dispute.project, text="It rained in Tehran that day.")
    proof = add_evidence(by=people.ana, claim=claim, source=contested.source, stance="supports", ground="document")
    add_assessment(by=people.ben, claim=claim, verdict="supported", confidence="high", evidence=[proof])
    claim = take_claim(by=people.ida, claim=claim, version=claim.version)
    verdict = VerdictSaid("supported", "high", (proof,))
    propose_claim_resolution(by=people.ida, claim=claim, verdicts={claim.pk: verdict}, rationale="The gazette says so.")


def counted(people, contested):
    """A figure of the second claim, and how it stands to the first."""
    told, met = contested.claims
    add_quantity(
        by=people.ana, claim=met, measure="minutes", printed="at least 60 minutes", as_of="2023-11", note="An hour."
    )
    add_claim_relation(
        by=people.ben, from_claim=met, to_claim=told, type="compatible", explanation="One is about the other."
    )
    add_triage_mark(by=people.ana, claim=met, level="medium", reason="Many repeat it.")


def kept_and_graded(people, project, contested):
    """A saved copy of the source; its publisher graded, and told apart from the other agent."""
    project.refresh_from_db()
    project = edit_project(by=people.max, project=project, version=project.version, grades=True)
    prepared = prepare_copy(project=project, pieces=[b"GIF89a, a picture of the page"], name="page.gif")
    save_copy(by=people.ana, source=contested.source, prepared=prepared)
    reuters, hamdan = contested.agents
    reuters.project.refresh_from_db()
    rate_agent(by=people.ana, agent=reuters, reliability="B", reason="For years.", rated_on=date(2023, 1, 1))
    tell_apart(by=people.ben, agent=reuters, other=hamdan, reason="One is an agency.")


def talked_over(people, project, contested):
    """A party that gave no reply, a thread that calls somebody and led to another version of the guidelines."""
    change_guidelines(by=people.max, project=project, text="Mark what somebody says.")
    request = request_comment(by=people.ana, about=contested.dispute, agent=contested.agents[1], asked="Is it so?")
    record_outcome(by=people.ana, request=request, version=1, outcome="no_reply")
    thread = add_comment(by=people.ana, on=contested.claims[0], text="Is a denial a claim, @ida?")
    add_comment(by=people.ida, on=contested.claims[0], text="It is.", thread=thread)
    resolve_comment(by=people.ida, comment=thread, version=1)
    change_guidelines(by=people.max, project=project, text="A denial is a claim.", comment=thread, reason="Asked.")


def published(people, contested):
    """The answer in public, with a correction."""
    dispute = contested.dispute
    dispute.refresh_from_db()
    report = publish_dispute(by=people.max, dispute=dispute, version=dispute.version, title="Two accounts")
    add_correction(by=people.max, report=report, kind="correction", was="May", now="June", why="A wrong month.")


def corrected_article(people, project, labels):
    """Two revisions: one annotation moved along, one whose words changed was taken, one is orphaned and waits."""
    text = "The minister spoke on Monday. He called the report a mistake. Nobody asked him why."
    article = add_article(by=people.max, project=project, title="A correction", text=text)
    marks = {}
    for phrase in ("The minister", "called the report a mistake", "Nobody asked him why"):
        at = text.index(phrase)
        marks[phrase] = add_annotation(
            by=people.ana, article=article, segments=[[at, at + len(phrase)]], quote=phrase, label=labels["claim"]
        )
    new = "By our reporter. The minister spoke on Monday. He called the report a grave mistake. Now."
    revision = add_revision(by=people.max, article=article, text=new, note="The agency corrected itself.")
    accept_anchor(
        by=people.ana, anchor=revision.anchors.get(annotation=marks["called the report a mistake"]), version=1
    )


def split_span(people, article, labels):
    text = article.revisions.get(number=1).text
    parts = ["Both sides", "took place"]
    segments = [[text.index(part), text.index(part) + len(part)] for part in parts]
    add_annotation(by=people.ben, article=article, segments=segments, quote=" … ".join(parts), label=labels["quote"])


def denial_of_the_report(people, project, contested):
    """One relation in sight, one in the trash."""
    said, denied = contested.annotations
    denies = add_label(by=people.max, project=project, key="denies", kind="relation")
    add_relation(by=people.ana, from_annotation=denied, to_annotation=said, label=denies, note="As a whole")
    gone = add_relation(by=people.ben, from_annotation=denied, to_annotation=said, label=denies)
    trash_relation(by=people.ben, relation=gone, version=1)


def document_label(people, project, article):
    genre = add_label(by=people.max, project=project, key="report", kind="document")
    add_annotation(by=people.ben, article=article, segments=[], quote="", label=genre, note="A news report")
    retire_label(by=people.max, label=genre, version=genre.version)


def speaker_in_trash(mark):
    return mark("👩‍👩‍👧 “Pure lies")
