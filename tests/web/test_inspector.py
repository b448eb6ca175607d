"""What one does in the inspector beside the annotation itself: its claim, who says so, the evidence on it."""

import pytest

from annotations.models import Agent, Attribution, Claim, ClaimMention, Evidence, Origin, Source
from tests.web.forms import form_in

PHRASE = "Pure lies and slander"


@pytest.fixture
def ana(at, people, labels, article):
    return at(people.ana)


@pytest.fixture
def annotation(mark):
    return mark(PHRASE, "denial")


@pytest.fixture
def claim(people, project, annotation):
    from annotations.services.claims import add_claim

    return add_claim(by=people.ana, project=project, text="Hamdan denies it.", mentions=[annotation])


def opened(browser, annotation):
    return browser.get(f"/articles/{annotation.article_id}/?annotation={annotation.pk}")


# -- its claim --------------------------------------------------------------------------------------------------------


def test_claim_begins_with_the_words_of_the_annotation(ana, annotation, project):
    fields = form_in(opened(ana, annotation), f"/projects/{project.slug}/claims/")
    assert fields["text"] == PHRASE
    assert fields["annotation"] == str(annotation.pk)


@pytest.mark.parametrize("htmx", [True, False])
def test_claim_is_made_and_mentioned(ana, annotation, project, send, htmx):
    typed = {"text": "Hamdan calls the report slander.", "layer": "said", "checkability": "attribution_only"}
    answer = send(ana, opened(ana, annotation), f"/projects/{project.slug}/claims/", htmx=htmx, **typed)
    mention = ClaimMention.objects.get(annotation=annotation)
    assert (mention.claim.text, mention.claim.layer) == (typed["text"], "said")
    if htmx:
        assert answer.status_code == 200
        assert typed["text"] in answer.content.decode()
    else:
        assert answer.url.endswith(f"?annotation={annotation.pk}")


@pytest.mark.parametrize("htmx", [True, False])
def test_empty_claim_comes_back_with_the_reason(ana, annotation, project, send, htmx):
    answer = send(ana, opened(ana, annotation), f"/projects/{project.slug}/claims/", htmx=htmx, text="", layer="said")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="quick-claim-text_error"' in page
    assert ("<html" in page) is not htmx
    assert form_in(answer, f"/projects/{project.slug}/claims/")["layer"] == "said"
    assert not Claim.objects.exists()


def test_viewer_reads_why_there_is_no_form(at, people, annotation, project):
    vera = at(people.vera)
    page = opened(vera, annotation).content.decode()
    for reason in ("Adding claims needs the role annotator", "Adding attributions needs the role annotator"):
        assert reason in page
    answer = vera.post(f"/projects/{project.slug}/claims/", {"text": "x", "layer": "so", "checkability": "checkable"})
    assert answer.status_code == 403


# -- who says so ------------------------------------------------------------------------------------------------------


def who(annotation):
    return f"/articles/{annotation.article_id}/attributions/"


def test_new_name_becomes_an_agent_and_the_claim_is_made_through_it(ana, annotation, claim, send, mark):
    span = mark("Osama Hamdan", "source")
    typed = {"agent": "Osama Hamdan", "agent_kind": "person", "speaker": str(span.pk)}
    answer = send(ana, opened(ana, annotation), who(annotation), htmx=True, **typed)
    saying = Attribution.objects.get()
    assert answer.status_code == 200
    assert "Osama Hamdan" in answer.content.decode()
    assert (saying.agent.name, saying.agent.kind, saying.content) == ("Osama Hamdan", "person", annotation)
    assert (saying.speaker_quote, saying.speaker_segments) == ("Osama Hamdan", span.segments)
    assert ClaimMention.objects.get().attribution == saying


def test_known_spelling_finds_the_agent(ana, people, project, annotation, send):
    from annotations.services.agents import add_agent

    known = add_agent(by=people.ana, project=project, kind="person", name="Osama Hamdan", aliases=["أسامة حمدان"])
    assert send(ana, opened(ana, annotation), who(annotation), agent="أسامة حمدان").status_code == 303
    assert Attribution.objects.get().agent == known
    assert Agent.objects.count() == 1


def test_two_of_one_name_are_never_guessed(ana, people, project, annotation, send):
    from annotations.services.agents import add_agent

    for kind in ("person", "body"):
        add_agent(by=people.ana, project=project, kind=kind, name="Hamas")
    answer = send(ana, opened(ana, annotation), who(annotation), htmx=True, agent="hamas")
    assert answer.status_code == 422
    assert "Several agents are called" in answer.content.decode()
    assert not Attribution.objects.exists()


def test_chain_is_drawn_from_the_outlet_inward(ana, annotation, send):
    send(ana, opened(ana, annotation), who(annotation), agent="Reuters", agent_kind="outlet")
    reuters = Attribution.objects.get()
    send(ana, opened(ana, annotation), who(annotation), agent="", naming="unnamed", count="3", parent=str(reuters.pk))
    page = opened(ana, annotation).content.decode()
    drawn = page[page.index('class="chain"') :]
    assert drawn.index("The Wire") < drawn.index("Reuters") < drawn.index("3 of them")
    assert page.count('class="chain"') == 1, "a saying that only relays stands in the chain of what it relays"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"basis": "external"}, "evidence"),
        ({"naming": "shouted"}, "naming"),
        ({"count": "0"}, "count"),
        ({"parent": "00000000-0000-0000-0000-000000000000"}, "parent"),
        ({"speaker": "nonsense"}, "speaker"),
    ],
)
def test_bad_saying_is_refused_beside_its_field(ana, annotation, send, typed, field):
    answer = send(ana, opened(ana, annotation), who(annotation), htmx=True, agent="Reuters", **typed)
    assert answer.status_code == 422
    assert f'id="attribution-{field}_error"' in answer.content.decode()
    assert not Attribution.objects.exists()
    assert not Agent.objects.exists(), "the new agent goes with the refused saying"


def test_saying_changes_and_goes_to_the_trash(ana, annotation, send):
    send(ana, opened(ana, annotation), who(annotation), agent="Reuters")
    saying = Attribution.objects.get()
    changed = send(ana, opened(ana, annotation), f"/attributions/{saying.pk}/", htmx=True, tone="distancing")
    assert changed.status_code == 200
    saying.refresh_from_db()
    assert (saying.tone, saying.agent.name) == ("distancing", "Reuters")
    gone = send(ana, opened(ana, annotation), f"/attributions/{saying.pk}/trash/", htmx=True)
    assert "Not said yet" in gone.content.decode()


def test_change_keeps_the_span_of_the_speaker(ana, annotation, send, mark):
    span = mark("Osama Hamdan", "source")
    send(ana, opened(ana, annotation), who(annotation), agent="Osama Hamdan", speaker=str(span.pk))
    saying = Attribution.objects.get()
    send(ana, opened(ana, annotation), f"/attributions/{saying.pk}/", form="direct")
    saying.refresh_from_db()
    assert (saying.form, saying.speaker_quote) == ("direct", "Osama Hamdan")


def test_span_of_the_speaker_can_be_taken_away(ana, annotation, send, mark):
    span = mark("Osama Hamdan", "source")
    send(ana, opened(ana, annotation), who(annotation), agent="Osama Hamdan", speaker=str(span.pk))
    saying = Attribution.objects.get()
    send(ana, opened(ana, annotation), f"/attributions/{saying.pk}/", speaker="")
    saying.refresh_from_db()
    assert (saying.speaker_quote, saying.speaker_segments) == ("", [])


def test_refused_change_of_a_saying_keeps_what_was_typed(ana, annotation, send):
    send(ana, opened(ana, annotation), who(annotation), agent="Reuters")
    saying = Attribution.objects.get()
    answer = send(ana, opened(ana, annotation), f"/attributions/{saying.pk}/", htmx=True, count="0", note="typed")
    assert answer.status_code == 422
    assert f'id="attribution-{saying.pk}-count_error"' in answer.content.decode()
    assert form_in(answer, f"/attributions/{saying.pk}/")["note"] == "typed"


def test_saying_is_recorded_though_the_claim_is_another_s(at, people, annotation, claim, send):
    ben = at(people.ben)
    assert send(ben, opened(ben, annotation), who(annotation), agent="Reuters").status_code == 303
    assert ClaimMention.objects.get().attribution is None


# -- the evidence -----------------------------------------------------------------------------------------------------


def bears(claim):
    return f"/claims/{claim.pk}/evidence/"


NEW_SOURCE = {"url": "https://example.org/report", "title": "The report", "publisher": "Reuters", "kind": "article"}
SAID = {"stance": "supports", "ground": "document", "quote": "in so many words", "locator": "p. 2"}


def test_source_origin_and_publisher_come_with_the_evidence(ana, annotation, claim, send):
    typed = NEW_SOURCE | SAID | {"origin_label": "Reuters, from officials"}
    answer = send(ana, opened(ana, annotation), bears(claim), htmx=True, **typed)
    evidence = Evidence.objects.get()
    assert answer.status_code == 200
    assert "1 origin, 1 document" in answer.content.decode()
    assert (evidence.source.publisher.name, evidence.source.publisher.kind) == ("Reuters", "outlet")
    assert (evidence.origin.label, evidence.quote, evidence.locator) == (
        "Reuters, from officials",
        "in so many words",
        "p. 2",
    )


def test_same_address_is_the_same_source(ana, annotation, claim, send):
    for stance in ("supports", "qualifies"):
        send(ana, opened(ana, annotation), bears(claim), **NEW_SOURCE | SAID | {"stance": stance})
    assert (Source.objects.count(), Evidence.objects.count()) == (1, 2)


def test_bare_denial_adds_to_no_count(ana, annotation, claim, send):
    typed = NEW_SOURCE | SAID | {"stance": "refutes", "ground": "bare_assertion"}
    page = send(ana, opened(ana, annotation), bears(claim), htmx=True, **typed).content.decode()
    assert "adds to no count" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"stance": ""}, "stance"),
        ({"ground": "hearsay"}, "ground"),
        ({"url": "javascript:go()"}, "url"),
        ({"url": "", "title": ""}, "source"),
        ({"source": "00000000-0000-0000-0000-000000000000"}, "source"),
        ({"origin_label": "x" * 201}, "origin_label"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_bad_evidence_is_refused_beside_its_field_and_nothing_is_stored(
    ana, annotation, claim, send, typed, field, htmx
):
    answer = send(ana, opened(ana, annotation), bears(claim), htmx=htmx, **NEW_SOURCE | SAID | typed)
    assert answer.status_code == 422
    assert f'id="evidence-{claim.pk}-{field}_error"' in answer.content.decode()
    assert not any(model.objects.exists() for model in (Evidence, Source, Origin, Agent))


def test_evidence_sent_twice_is_one(ana, annotation, claim):
    fields = form_in(opened(ana, annotation), bears(claim)) | NEW_SOURCE | SAID
    for _ in range(2):
        assert ana.post(bears(claim), fields).status_code == 303
    assert Evidence.objects.count() == 1


def test_without_a_claim_evidence_waits_with_the_reason(ana, annotation):
    assert "these words have none yet" in opened(ana, annotation).content.decode()


def test_dispute_and_the_way_to_open_one_stand_below(at, people, contested):
    page = opened(at(people.ana), contested.annotations[0]).content.decode()
    assert f'href="/disputes/{contested.dispute.pk}/"' in page
    assert f"?claim={contested.claims[0].pk}" in page
