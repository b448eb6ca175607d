"""A whole saying in one write; and parents that never close a circle, though two people edit at one moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from annotations.core.errors import Invalid, Refused, WorkbenchError
from annotations.models import Annotation, Attribution, Claim, Event, Label
from annotations.queries.attributions import chain_of
from annotations.services.agents import add_agent
from annotations.services.articles import add_article
from annotations.services.attributions import Content, add_attribution, edit_attribution, record_saying
from annotations.services.labels import add_label, edit_label
from tests.conftest import make_people, make_project

TEXT = "Reuters, the outlet writes, had claimed that it rained and that it was cold."


def span(words, text=TEXT):
    return {"segments": [[text.index(words), text.index(words) + len(words)]], "quote": words}


def spoken(agent, speaker, cue):
    said = {"speaker": span(speaker), "cue": span(cue)}
    return {"agent": agent} | {f"{name}_{part}": place[part] for name, place in said.items() for part in place}


@pytest.mark.django_db
class TestSaying:
    @pytest.fixture
    def told(self, people, project, labels):
        """Two clauses by Reuters, through the outlet."""
        article = add_article(by=people.max, project=project, title="Rain", text=TEXT, outlet="The Wire", language="en")
        reuters, wire = (
            add_agent(by=people.ana, project=project, kind="outlet", name=name) for name in ("Reuters", "The Wire")
        )
        contents = [
            Content(**span(words), label=labels["claim"], claim=words) for words in ("it rained", "it was cold")
        ]
        hops = [spoken(reuters, "Reuters", "had claimed"), spoken(wire, "the outlet", "writes")]
        return {"article": article, "contents": contents, "hops": hops}

    def test_everything_is_stored_and_hangs_together(self, people, told):
        said = record_saying(by=people.ana, **told)
        assert (said.agent.name, said.speaker_quote, said.cue_quote) == ("Reuters", "Reuters", "had claimed")
        assert said.content.quote == "it rained"
        assert (said.parent.agent.name, said.parent.cue_quote, said.parent.content) == ("The Wire", "writes", None)
        claims = Claim.objects.order_by("id")
        assert [claim.text for claim in claims] == ["it rained", "it was cold"]
        assert {claim.mentions.get().attribution for claim in claims} == {said}
        assert {claim.language for claim in claims} == {"en"}

    def test_what_is_said_without_a_claim_has_its_own_attribution(self, people, told, labels):
        told["contents"] = [Content(**span(words), label=labels["claim"]) for words in ("it rained", "it was cold")]
        record_saying(by=people.ana, **told)
        contents = Attribution.objects.filter(agent__name="Reuters").values_list("content__quote", "parent__cue_quote")
        assert sorted(contents) == [("it rained", "writes"), ("it was cold", "writes")]

    def test_it_is_all_or_nothing(self, people, told):
        before = Event.objects.count()
        told["hops"][1]["cue_quote"] = "wrote"
        with pytest.raises(Invalid):
            record_saying(by=people.ana, **told)
        assert (Annotation.objects.count(), Claim.objects.count(), Event.objects.count()) == (0, 0, before)

    def test_a_viewer_records_nothing(self, people, told):
        with pytest.raises(Refused):
            record_saying(by=people.vera, **told)

    def test_nobody_and_nothing_is_no_saying(self, people, told):
        for part in ("contents", "hops"):
            with pytest.raises(Invalid):
                record_saying(by=people.ana, **{**told, part: []})

    def test_a_chain_that_is_a_circle_ends(self, people, told):
        said = record_saying(by=people.ana, **told)
        Attribution.objects.filter(pk=said.parent_id).update(parent=said)
        known = {row.pk: row for row in Attribution.objects.select_related("agent")}
        assert [link.name for link in chain_of(known[said.pk], known, "The Wire")] == ["The Wire", "Reuters"]


# -- two people at one moment -----------------------------------------------------------------------------------------


def at_once(*acts):
    """Each act in a thread and a connection of its own, begun together: what each gave, or its refusal."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except WorkbenchError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_edits_at_once_close_no_circle():
    people = make_people()
    project = make_project(people)
    article = add_article(by=people.max, project=project, title="Rain", text=TEXT)
    agent = add_agent(by=people.ana, project=project, kind="person", name="Somebody")

    def relayed(row, parent):
        return lambda: edit_attribution(
            by=people.ana,
            attribution=Attribution.objects.get(pk=row.pk),
            version=1,
            parent=Attribution.objects.get(pk=parent.pk),
        )

    def below(row, parent):
        label, above = Label.objects.get(pk=row.pk), Label.objects.get(pk=parent.pk)
        return lambda: edit_label(by=people.max, label=label, version=1, parent=above)

    for number in range(4):
        rows = [add_attribution(by=people.ana, article=article, agent=agent) for _ in range(3)]
        circle = [relayed(row, rows[(place + 1) % 3]) for place, row in enumerate(rows)]
        outcomes = at_once(*circle)
        assert len([one for one in outcomes if isinstance(one, Invalid)]) == 1, outcomes
        pair = [add_label(by=people.max, project=project, key=f"{side}{number}") for side in "ab"]
        outcomes = at_once(below(*pair), below(*reversed(pair)))
        assert len([one for one in outcomes if isinstance(one, WorkbenchError)]) == 1, outcomes
