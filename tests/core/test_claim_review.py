"""ClaimReview: what schema.org and the guide of Google's fact check tools ask for, and what we never say."""

from urllib.parse import urlsplit

import pytest

from annotations.core.claim_review import claim_reviews, claimant_among, ladder, rating

ADDRESS = "https://desk.example/reports/talk/"
SCALE = {
    "ordered": False,
    "verdicts": [
        {"key": "supported", "name": "Supported", "averitec": "Supported", "definition": "Carried."},
        {"key": "refuted", "name": "Refuted", "averitec": "Refuted", "definition": ""},
        {"key": "disputed", "name": "Disputed", "averitec": "Conflicting Evidence/Cherrypicking", "definition": ""},
    ],
}
LADDER = {
    "ordered": True,
    "verdicts": [
        {"key": "true", "name": "True", "averitec": "Supported", "definition": ""},
        {"key": "mixed", "name": "Half true", "averitec": "Conflicting Evidence/Cherrypicking", "definition": ""},
        {"key": "disputed", "name": "Disputed", "averitec": "Conflicting Evidence/Cherrypicking", "definition": ""},
        {"key": "unproven", "name": "Unproven", "averitec": "Not Enough Evidence", "definition": ""},
        {"key": "false", "name": "False", "averitec": "Refuted", "definition": ""},
    ],
}
REUTERS = {"name": "Reuters", "kind": "outlet", "wikidata": "Q130879", "is_named": True}
HAMDAN = {"name": "Osama Hamdan", "kind": "person", "wikidata": "", "is_named": True}
OFFICIALS = {"name": "Three officials", "kind": "group", "wikidata": "", "is_named": False}


def statement(number=1, verdict="supported", **about):
    words = {one["key"]: one["name"] for one in (*SCALE["verdicts"], *LADDER["verdicts"])}
    said = {"key": verdict, "words": words.get(verdict), "confidence": "low", "note": "", "rests_on": [1]}
    base = {"number": number, "text": "He was told.", "claimant": None, "claim_date": "", "appearances": []}
    return base | {"verdict": said if verdict else None} | about


def reviews(*statements, scale=SCALE):
    content = {"scale": scale, "statements": list(statements)}
    return claim_reviews(
        content,
        address=ADDRESS,
        publisher="The desk",
        publisher_address="https://desk.example/",
        published="2026-11-21",
        modified="2026-11-22",
    )


def check(review):
    """The required properties, and the form of those that are recommended: raises AssertionError."""
    assert review["@context"] == "https://schema.org"
    assert review["@type"] == "ClaimReview"
    assert isinstance(review["claimReviewed"], str)
    assert review["claimReviewed"]
    assert urlsplit(review["url"]).scheme in ("http", "https")
    assert urlsplit(review["url"]).netloc
    grade = review["reviewRating"]
    assert grade["@type"] == "Rating"
    assert isinstance(grade["alternateName"], str)
    assert grade["alternateName"]
    if "ratingValue" in grade:
        assert grade["worstRating"] <= grade["ratingValue"] <= grade["bestRating"]
        assert grade["worstRating"] < grade["bestRating"]
    assert review["author"]["@type"] in ("Organization", "Person")
    assert review["author"]["name"]
    claim = review["itemReviewed"]
    assert claim["@type"] == "Claim"
    if "author" in claim:
        assert claim["author"]["@type"] in ("Organization", "Person")
        assert claim["author"]["name"]
    for place in [*claim.get("appearance", []), *([claim["firstAppearance"]] if "firstAppearance" in claim else [])]:
        assert place["@type"] == "CreativeWork"
        assert urlsplit(place["url"]).scheme in ("http", "https")


@pytest.mark.parametrize("verdict", ["supported", "disputed"])
def test_a_review_has_all_that_is_required(verdict):
    (review,) = reviews(statement(verdict=verdict))
    check(review)


def test_each_statement_that_was_judged_has_one_with_its_own_anchor():
    made = reviews(statement(1), statement(2, verdict=None), statement(3))
    assert [review["url"] for review in made] == [f"{ADDRESS}#s1", f"{ADDRESS}#s3"]


def test_words_that_have_no_order_get_no_number():
    (review,) = reviews(statement())
    assert set(review["reviewRating"]) == {"@type", "alternateName"}


def test_an_ordered_scale_numbers_its_rungs_from_worst_to_best_whichever_way_it_is_written():
    assert ladder(LADDER) == ["false", "mixed", "true"]
    assert ladder({**LADDER, "verdicts": LADDER["verdicts"][::-1]}) == ["false", "mixed", "true"]
    assert rating({"key": "true", "words": "True"}, LADDER)["ratingValue"] == 3


@pytest.mark.parametrize("verdict", ["disputed", "unproven"])
def test_what_is_not_decided_never_gets_a_number(verdict):
    assert "ratingValue" not in rating({"key": verdict, "words": verdict}, LADDER)


def test_a_named_person_who_made_the_claim_is_its_author():
    (review,) = reviews(statement(claimant=claimant_among([HAMDAN, HAMDAN])))
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Osama Hamdan"}


def test_an_outlet_is_not_the_author_of_what_its_officials_said():
    assert claimant_among([REUTERS]) is None
    assert claimant_among([OFFICIALS]) is None
    assert claimant_among([REUTERS, OFFICIALS]) is None


def test_an_outlet_is_the_author_where_a_person_stated_so():
    (review,) = reviews(statement(claimant=claimant_among([REUTERS], is_stated=True)))
    assert review["itemReviewed"]["author"] == {
        "@type": "Organization", "name": "Reuters", "sameAs": "https://www.wikidata.org/wiki/Q130879",
    }  # fmt: skip


def test_two_speakers_are_no_author():
    assert claimant_among([HAMDAN, {**HAMDAN, "name": "Ali Baraka"}]) is None
    assert claimant_among([]) is None


def test_the_earliest_dated_place_is_the_first_appearance_and_places_without_address_are_left_out():
    places = [
        {"url": "https://b.example/", "title": "B", "outlet": "", "published_on": ""},
        {"url": "", "title": "Nowhere", "outlet": "", "published_on": "2020"},
        {"url": "https://a.example/", "title": "", "outlet": "The Wire", "published_on": "2023-11-15"},
    ]
    (review,) = reviews(statement(appearances=places))
    check(review)
    claim = review["itemReviewed"]
    assert claim["firstAppearance"]["url"] == "https://a.example/"
    assert [place["url"] for place in claim["appearance"]] == ["https://a.example/", "https://b.example/"]
