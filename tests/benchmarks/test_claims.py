"""The page of a claim that everybody writes about: 200 places where it is made, 100 pieces of evidence; and the queue
of claims, with ten thousand of them in it."""

import pytest
from django.test import Client

from annotations.models import Annotation, Claim, ClaimMention, Evidence
from annotations.services.agents import add_agent
from annotations.services.articles import add_article
from annotations.services.attributions import add_attribution
from annotations.services.claims import add_claim
from annotations.services.labels import add_label
from annotations.services.sources import add_origin, add_source
from annotations.services.triage import add_triage_mark, take_preset
from tests.benchmarks.measure import milliseconds, show, statements
from tests.conftest import make_people, make_project

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

SENTENCE = "Reuters reported that the visitor was told to stay silent, and the visitor denied it. "
MOST_STATEMENTS = 15


@pytest.fixture
def desk():
    people = make_people()
    return people, make_project(people)


def opened(person, address):
    browser = Client()
    browser.force_login(person)
    return lambda: browser.get(address)


def measured(person, address, name, aim):
    get = opened(person, address)
    assert get().status_code == 200
    sent = statements(get)
    show(name, milliseconds(get, times=30, warm_up=3), sent, aim)
    return sent


def much_said(desk):
    """20 articles with ten mentions each, through a chain of three; 100 pieces of evidence of 50 sources."""
    people, project = desk
    by, label = people.ana, add_label(by=people.max, project=project, key="claim", name="Claim")
    claim = add_claim(by=by, project=project, text="The visitor was told to stay silent.")
    agents = [add_agent(by=by, project=project, kind="outlet", name=f"Outlet {number}") for number in range(3)]
    for number in range(20):
        article = add_article(
            by=people.max, project=project, title=f"Report {number}", text=f"{number} " + SENTENCE * 40
        )
        spans = [
            Annotation(
                project=project, author=by, article=article, revision=article.revision, label=label,
                segments=[[at * 86 + 3, at * 86 + 43]], start=at * 86 + 3, end=at * 86 + 43, quote="x" * 40,
            )
            for at in range(10)
        ]  # fmt: skip
        Annotation.objects.bulk_create(spans)
        parent = add_attribution(by=by, article=article, agent=agents[0])
        parent = add_attribution(by=by, article=article, agent=agents[1], parent=parent, naming="unnamed", count=3)
        for span in spans:
            add_attribution(by=by, content=span, agent=agents[2], parent=parent)
        ClaimMention.objects.bulk_create(
            ClaimMention(project=project, author=by, claim=claim, annotation=span) for span in spans
        )
    sources = [add_source(by=by, project=project, kind="article", title=f"Source {number}") for number in range(50)]
    origins = [add_origin(by=by, project=project, label=f"Origin {number}") for number in range(10)]
    Evidence.objects.bulk_create(
        Evidence(
            project=project, author=by, claim=claim, source=sources[number // 2], ground="document", quote=SENTENCE,
            stance=("supports", "refutes")[number % 2], origin=origins[number % 10] if number % 3 else None,
        )
        for number in range(100)
    )  # fmt: skip
    return claim


def test_page_of_a_claim_that_everybody_writes_about(desk):
    claim = much_said(desk)
    sent = measured(desk[0].ida, f"/claims/{claim.pk}/", "claim, 200 mentions, 100 pieces of evidence", "aim 60 ms, 15")
    assert sent <= MOST_STATEMENTS


def test_queue_of_ten_thousand_claims(desk):
    people, project = desk
    take_preset(by=people.max, project=project)
    Claim.objects.bulk_create(
        (
            Claim(project=project, author=people.ana, text=f"{SENTENCE} {number}", priority=number % 40)
            for number in range(10_000)
        ),
        batch_size=1_000,
    )
    for claim in Claim.objects.order_by("-priority", "id")[:25]:
        add_triage_mark(by=people.ana, claim=claim, level="high", reason="It spreads.")
    sent = measured(people.ida, f"/projects/{project.slug}/triage/", "queue, 10,000 claims", "aim 100 ms")
    assert sent <= MOST_STATEMENTS
