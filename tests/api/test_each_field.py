"""Every field of every body: each wrong value is refused under a name that the sender knows, or taken as it is."""

import pytest

from tests.api.test_isolation import NOWHERE

WRONG = [
    None,
    True,
    0,
    -1,
    1.5,
    2**62,
    "",
    " ",
    "x" * 30_000,
    "a\x00",
    "\ud800",
    [],
    [None],
    [[]],
    {},
    {"a": 1},
    NOWHERE,
]
SECOND = {"labels": {"key": "second", "shortcut": "8"}, "articles": {"external_id": "second"}}


@pytest.fixture
def valid_bodies(project, contested, article, labels):
    """For each list that one adds to, a body that is right in every field."""
    return about_text(project, contested, article) | about_disputes(contested)


def about_text(project, contested, article):
    agent, span = str(contested.agents[0].pk), str(contested.annotations[0].pk)
    desk, dated = f"/projects/{project.slug}", {"published_on": "2023-11", "published_basis": "printed"}
    words, revision = {"note": "n", "url": "https://example.org/"}, str(article.revision.pk)
    mark = {"segments": [[0, 7]], "quote": "Reuters", "label": "claim", "attributes": {}, "note": "n"}
    return {
        f"{desk}/labels/": {"key": "k", "name": "N", "kind": "span", "colour": 2, "shortcut": "9", "attributes": []},
        f"{desk}/articles/": {"title": "T", "text": "t", "outlet": "O", "external_id": "e", **dated, **words},
        f"{desk}/agents/": {"kind": "person", "name": "N", "aliases": ["M"], "wikidata": "Q1", "note": "n"},
        f"{desk}/sources/": {"kind": "article", "title": "T", "publisher": agent, "citation": {}, **dated, **words},
        f"{desk}/origins/": {"label": "L", "note": "n"},
        f"{desk}/claims/": {"text": "So.", "types": ["Causal"], "layer": "so", "mentions": [span], **elsewhere(agent)},
        f"{desk}/triage_criteria/": {"key": "k", "name": "N", "question": "Q?", "weight": 3, "order": 1},
        f"/claims/{contested.claims[0].pk}/triage_marks/": {"level": "high", "reason": "Why."},
        f"/articles/{article.pk}/annotations/": {**mark, "revision": revision},
        f"/articles/{article.pk}/attributions/": {"agent": agent, "content": span, "form": "direct", "count": 2},
    }


def elsewhere(agent):
    return {
        "checkability": "checkable", "checkability_reason": "r", "claim_date": "2023-11", "place": "Doha", "note": "n",
        "language": "en", "medium": "post", "url": "https://example.org/", "claimant": agent, "deadline": "2023-11-16",
    }  # fmt: skip


def about_disputes(contested):
    claim, agent, source = (str(row.pk) for row in (contested.claims[0], contested.agents[0], contested.source))
    origin, span, evidence = (str(row.pk) for row in (contested.origin, contested.annotations[0], contested.evidence))
    dispute, desk = f"/disputes/{contested.dispute.pk}", f"/projects/{contested.dispute.project.slug}"
    proof = {"source": source, "stance": "supports", "ground": "document", "quote": "q", "locator": "p. 1"}
    stance = {"stance": "affirm", "scope": "specific", "spans": [span], "evidence": [evidence]}
    verdict = {"verdict": "disputed", "confidence": "low", "evidence": [evidence], "note": "n"}
    texts = {"rationale": "So.", "search_log": "Asked.", "as_of": "2023-11-16", "reopen_if": "New words."}
    return {
        f"/claims/{claim}/evidence/": {**proof, "credibility": 2, "origin": origin},
        f"{desk}/disputes/": {"question": "Q?", "statements": [claim], "out_of_scope": {claim: "Why."}},
        f"{dispute}/positions/": {"agent": agent, "stated_on": "2023", "channel": "c", "stances": {claim: stance}},
        f"{dispute}/resolutions/": {"verdicts": {claim: verdict}, **texts},
    }


def test_each_field_of_each_body_is_taken_or_refused_by_name(boss, valid_bodies):
    for path, body in valid_bodies.items():
        for field in body:
            for wrong in WRONG:
                answer = boss.post(path, {**body, field: wrong})
                assert answer.status_code in (201, 409, 422), (path, field, wrong)
                assert answer.status_code != 422 or names_in(answer) & {field, *RELATED.get(field, ())}, (
                    path,
                    field,
                    wrong,
                )


RELATED = {"segments": ["quote"], "quote": ["segments"]}


def names_in(answer):
    return {name.partition("[")[0].partition(".")[0] for name in answer.json()["errors"]}


def test_each_body_is_right(boss, valid_bodies):
    for path, body in valid_bodies.items():
        assert boss.post(path, {**body, **SECOND.get(path.split("/")[-2], {})}).status_code == 201, path
