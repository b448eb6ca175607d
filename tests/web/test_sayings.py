"""Who said it, in one flow: what the server guesses, whom it takes the words to mean, and one form for all of it."""

import json
import re
from html import unescape

import pytest

from annotations.models import Agent, Annotation, Attribution
from annotations.services.agents import add_agent
from annotations.services.attributions import add_attribution
from tests.web.forms import form_in

pytestmark = pytest.mark.django_db
ASKED = {"HX-Request": "true"}
SPOKEN = "Osama Hamdan"
SAID = "“Pure lies and slander”"


@pytest.fixture
def ana(at, people):
    return at(people.ana)


@pytest.fixture
def sayings(article):
    return f"/articles/{article.pk}/sayings/"


def span(article, words):
    start = article.revision.text.index(words)
    return {"segments": [[start, start + len(words)]], "quote": words}


@pytest.fixture
def body(article, labels):
    contents = [{**span(article, SAID), "label": "claim", "claim": "It is slander."}]
    hops = [{"agent": SPOKEN, "agent_kind": "person", "speaker": span(article, SPOKEN), "cue": span(article, "said")}]
    return {"contents": contents, "hops": hops}


def post(client, address, body, key="k", **more):
    fields = {name: json.dumps(value) for name, value in body.items()} | {"idempotency_key": key} | more
    return client.post(address, fields, headers=ASKED)


def test_the_page_asks_for_guesses_near_a_place(ana, sayings, article):
    text = article.revision.text
    answer = ana.get(f"{sayings}?at=60").content.decode()
    guesses = json.loads(unescape(re.search(r'data-guesses="([^"]*)"', answer)[1]))
    said = [guess for guess in guesses["sayings"] if text[slice(*guess["cue"])] == "said"]
    assert text[slice(*said[0]["speaker"])] == SPOKEN
    assert text[slice(*said[0]["contents"][0][0])] == SAID
    for odd in ("", "x", "-1", "99999999999999999999", "٣"):
        assert ana.get(sayings, {"at": odd}).status_code == 200


@pytest.mark.parametrize(
    ("words", "name", "known"),
    [
        ("Osama Hamdan, a senior official", "Osama Hamdan", True),
        ("Hamdan", "Osama Hamdan", True),
        ("أسامة حمدان", "Osama Hamdan", True),
        ("the outlet", "The Wire", False),
        ("Ayatollah Somebody", "Somebody", False),
        ("he", "", False),
        ("", "", False),
    ],
)
def test_whom_the_words_mean(ana, people, project, sayings, words, name, known):
    add_agent(by=people.ana, project=project, kind="person", name="Osama Hamdan", aliases=["أسامة حمدان"])
    answer = ana.get(sayings, {"words": words, "at": "0"})
    assert (answer.context["like"].name, answer.context["like"].is_known) == (name, known)
    assert f'data-name="{name}"' in answer.content.decode()


def test_a_pronoun_means_who_spoke_before(ana, people, project, article, sayings):
    hamdan = add_agent(by=people.ana, project=project, kind="person", name="Osama Hamdan")
    place = span(article, SPOKEN)
    add_attribution(
        by=people.ana, article=article, agent=hamdan, speaker_segments=place["segments"], speaker_quote=SPOKEN
    )
    behind = str(place["segments"][0][1])
    assert ana.get(sayings, {"words": "he", "at": behind}).context["like"].name == "Osama Hamdan"
    assert ana.get(sayings, {"words": "he", "at": "0"}).context["like"].name == ""


def test_a_saying_is_recorded_and_shown(ana, sayings, body):
    answer = post(ana, sayings, body)
    assert answer.status_code == 200, answer.content
    said = Attribution.objects.get()
    assert (said.agent.name, said.speaker_quote, said.cue_quote, said.content.quote) == (SPOKEN, SPOKEN, "said", SAID)
    assert said.mentions.get().claim.text == "It is slander."
    assert "span-changed" in answer["HX-Trigger-After-Settle"]
    assert "It is slander." in answer.content.decode()
    post(ana, sayings, body)  # the same again, from a queue that was not sure
    assert Attribution.objects.count() == 1


def test_a_second_content_shows_through_whom_its_claim_is_made(ana, sayings, body, article, labels):
    body["contents"].append({**span(article, "took place"), "label": "claim", "claim": "It took place."})
    post(ana, sayings, body)
    second = Annotation.objects.get(quote="took place")
    page = ana.get(f"/articles/{article.pk}/?annotation={second.pk}")
    assert [chain["name"] for chain in page.context["chains"]] == [SPOKEN]


def test_who_relays_a_saying_is_changed_where_it_is_shown(ana, sayings, body):
    """It has no words in the text, and so no inspector of its own."""
    body["hops"].append({"agent": "Officials", "agent_kind": "group", "basis": "inferred"})
    post(ana, sayings, body)
    said = Attribution.objects.get(content__isnull=False)
    shown = ana.get(f"/annotations/{said.content_id}/", headers=ASKED).content.decode()
    assert f"fold=attribution%3A{said.parent_id}" in shown
    address = f"/attributions/{said.parent_id}/"
    fold = ana.get(f"/annotations/{said.content_id}/?fold=attribution:{said.parent_id}", headers=ASKED)
    answer = ana.post(address, form_in(fold, address) | {"count": "3", "note": "Two of Hamas."}, headers=ASKED)
    assert answer.status_code == 200
    assert "span-changed" in answer["HX-Trigger-After-Settle"], "back in the inspector from which it was changed"
    said.parent.refresh_from_db()
    assert (said.parent.count, said.parent.note, said.parent.agent.name) == (3, "Two of Hamas.", "Officials")
    fold = ana.get(f"/annotations/{said.content_id}/?fold=attribution:{said.parent_id}", headers=ASKED)
    refused = ana.post(address, form_in(fold, address) | {"basis": "external"}, headers=ASKED)
    assert refused.status_code == 422
    assert f'hx-post="{address}"' in refused.content.decode(), "open, with the reason"


def test_evidence_on_a_claim_inside_the_words_can_name_who_speaks(ana, people, contested, mark):
    whole = mark("Reuters reported that the visitor was told to stay silent", "source")
    shown = ana.get(f"/annotations/{whole.pk}/", headers=ASKED).content.decode()
    assert f'<option value="{contested.evidence.pk}">' in shown
    beside = mark("the meeting took place")
    assert str(contested.evidence.pk) not in ana.get(f"/annotations/{beside.pk}/", headers=ASKED).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hops": "none"}, "cannot be read"),
        ({"contents": []}, "somebody who says it"),
        ({"hops": [{"agent": 3}]}, "has to be text"),
        ({"hops": [{"agent": "X", "basis": "external"}]}, "rests on evidence"),
        ({"hops": [{"agent": "X", "naming": "loud"}]}, "not “loud”"),
        ({"hops": [{"agent": "X"}] * 11}, "At most 10"),
        ({"contents": [{"annotation": "x"}]}, "no such annotation"),
        ({"contents": [{"segments": [[0, 1]], "quote": "X", "label": "claim"}]}, ""),
        ({"contents": [{"segments": [[0, 1]], "quote": "R", "label": "none"}]}, "Choose a label"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_bar(ana, sayings, body, change, words):
    answer = post(ana, sayings, body | change)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#saying-refused")
    assert words in answer.content.decode()
    assert not Attribution.objects.exists()
    assert not Agent.objects.exists()
