"""Claims that ask whether somebody said it, beside those that ask whether it is so: promoted once, judged apart."""

from copy import deepcopy
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.core.errors import IllegalMove, Invalid, Refused, WorkbenchError
from annotations.models import Claim, ClaimRelation, Event, Resolution, Verdict
from annotations.queries.claims import checked_before
from annotations.services import claims
from annotations.services.agents import add_agent
from annotations.services.attributions import add_attribution
from annotations.services.evidence import add_evidence
from annotations.services.merging import merge_claim
from annotations.services.resolutions import VerdictSaid, approve_resolution, propose_claim_resolution
from annotations.services.sources import add_source
from tests.conftest import make_people, make_project


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# -- from an address --------------------------------------------------------------------------------------------------


def test_claim_without_an_article_says_where_it_was_made_and_by_whom(people, project):
    hamdan = add_agent(by=people.ana, project=project, kind="person", name="Osama Hamdan")
    claim = claims.add_claim(
        by=people.ana, project=project, text="The report is false.", medium="broadcast", claimant=hamdan,
        url="https://example.org/interview", place="Beirut", checkability_reason="A recording exists.",
    )  # fmt: skip
    claim = claims.edit_claim(by=people.ana, claim=claim, version=1, medium="", claimant=None)
    assert (claim.medium, claim.claimant, claim.place, claim.url[-9:]) == ("", None, "Beirut", "interview")


@pytest.mark.parametrize(
    ("field", "value"), [("url", "javascript:go()"), ("medium", "rumour"), ("place", "x" * 201), ("claimant", "far")]
)
def test_field_that_cannot_be_is_refused_under_its_name(people, project, other_project, field, value):
    if value == "far":
        value = add_agent(by=people.stranger, project=other_project, kind="person", name="Elsewhere")
    with pytest.raises(Invalid) as refused:
        claims.add_claim(by=people.ana, project=project, text="So.", **{field: value})
    assert list(refused.value.errors) == [field]


# -- the saying itself ------------------------------------------------------------------------------------------------


@pytest.fixture
def saying(people, project, mark):
    """What Hamdan is reported to have said, with the claim that it is so."""
    content = mark("the meeting took place")
    claims.add_claim(by=people.ana, project=project, text="The meeting took place.", mentions=[content])
    agent = add_agent(by=people.ana, project=project, kind="person", name="Osama Hamdan")
    return add_attribution(by=people.ana, content=content, agent=agent)


def test_promoting_makes_the_claim_that_they_said_it(people, saying):
    said = claims.promote_saying(by=people.ana, attribution=saying)
    [relation] = ClaimRelation.objects.all()
    assert (said.layer, said.text) == ("said", "Osama Hamdan said that the meeting took place.")
    assert (said.claimant.name, said.types) == ("Osama Hamdan", ["Quote Verification"])
    assert (relation.from_claim, relation.type, relation.to_claim.layer) == (said, "reports", "so")
    assert said.mentions.get().attribution == saying


def test_promoting_again_finds_the_same_claim_and_writes_nothing(people, saying):
    said = claims.promote_saying(by=people.ana, attribution=saying)
    before = Event.objects.count()
    assert claims.promote_saying(by=people.ben, attribution=saying) == said
    assert Event.objects.count() == before


def test_promoting_is_undone_as_one(people, saying, do, undo):
    said = do(claims.promote_saying, attribution=saying)
    undo()
    assert fresh(said).trashed
    assert not ClaimRelation.objects.active().exists()
    assert not said.mentions.active().exists()


def test_words_without_a_claim_are_quoted(people, mark, contested):
    row = add_attribution(by=people.ana, content=mark("Both sides"), naming="unnamed", count=3)
    assert claims.promote_saying(by=people.ana, attribution=row).text == "3 people who are not named said: “Both sides”"


def test_promoting_needs_words_and_an_annotator(people, project, saying, article):
    with pytest.raises(Refused):
        claims.promote_saying(by=people.vera, attribution=saying)
    with pytest.raises(Invalid, match="mark what is said first"):
        claims.promote_saying(by=people.ana, attribution=add_attribution(by=people.ana, article=article))


def test_question_of_a_claim_stays_once_it_was_answered_or_reported(people, saying):
    said = claims.promote_saying(by=people.ana, attribution=saying)
    for claim, layer in ((said, "so"), (fresh(Claim.objects.get(layer="so")), "said")):
        with pytest.raises(IllegalMove):
            claims.edit_claim(by=people.ida, claim=claim, version=claim.version, layer=layer)


# -- a verdict never passes between them ------------------------------------------------------------------------------

ACTS = st.sampled_from(["promote", "layer", "merge", "judge", "approve", "mention", "evidence"])
SIDES = st.sampled_from(["so", "said", "other"])


class Verdicts(TestCase):
    """Whatever is done to a saying and to what was said: each has the verdicts that were given on its own question."""

    @classmethod
    def setUpTestData(cls):
        from annotations.services.annotations import add_annotation
        from annotations.services.articles import add_article
        from annotations.services.labels import add_label

        people = make_people()
        project = make_project(people)
        article = add_article(by=people.max, project=project, title="News", text="They met, he said.")
        label = add_label(by=people.max, project=project, key="claim", name="Claim")
        content = add_annotation(by=people.ana, article=article, segments=[[0, 8]], quote="They met", label=label)
        so = claims.add_claim(by=people.ana, project=project, text="The two men met.", mentions=[content])
        agent = add_agent(by=people.ana, project=project, kind="person", name="Hamdan")
        saying = add_attribution(by=people.ana, content=content, agent=agent)
        said = claims.promote_saying(by=people.ana, attribution=saying)
        other = claims.add_claim(by=people.ana, project=project, text="Both of the two men met.")
        rows = {"so": so, "said": said, "other": other}
        source = add_source(by=people.ana, project=project, kind="article", title="A page")
        cls.begun = SimpleNamespace(people=people, project=project, saying=saying, rows=rows, source=source)

    def begin(self):
        """Each example has rows in memory of its own."""
        vars(self).update(deepcopy(vars(type(self).begun)))
        self.given = []

    def do(self, act, side, onto):
        claim, into, by = fresh(self.rows[side]), fresh(self.rows[onto]), self.people.ida
        match act:
            case "promote":
                claims.promote_saying(by=by, attribution=self.saying)
            case "layer":
                turned = "said" if claim.layer == "so" else "so"
                claims.edit_claim(by=by, claim=claim, version=claim.version, layer=turned)
            case "merge":
                merge_claim(by=by, claim=claim, version=claim.version, into=into)
            case "mention":
                claims.edit_claim(by=by, claim=claim, version=claim.version, mentions=[self.saying.content])
            case "evidence":
                add_evidence(by=by, claim=claim, source=self.source, stance="supports", ground="document")
            case "judge":
                if claim.state == "inbox":
                    claim = claims.take_claim(by=by, claim=claim, version=claim.version)
                verdicts = {claim.pk: VerdictSaid("supported", "low")}
                propose_claim_resolution(by=by, claim=claim, verdicts=verdicts, rationale="So.", search_log="Looked.")
                self.given.append((claim.pk, claim.layer))
            case "approve":
                answer = Resolution.objects.filter(claim=claim).order_by("-number").first()
                if answer:
                    approve_resolution(by=self.people.jo, resolution=answer)

    @settings(max_examples=25)
    @given(st.lists(st.tuples(ACTS, SIDES, SIDES), max_size=10))
    def test_verdict_stays_on_the_question_that_it_answers(self, acts):
        self.begin()
        for act in acts:
            try:
                self.do(*act)
            except WorkbenchError:
                continue
        stored = [(row.claim_id, row.claim.layer) for row in Verdict.objects.select_related("claim").order_by("pk")]
        assert stored == self.given
        judged = {pk for pk, _ in self.given}
        for one in checked_before("The two men met.", self.project, self.people.ida):
            assert not one.verdict or one.claim.pk in judged
