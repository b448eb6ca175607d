"""A published answer as ClaimReview, the vocabulary of schema.org in which fact checks are found and quoted.

One ClaimReview for each statement that was judged, with its own anchor. A verdict is a word: a number beside it only
where the scale is ordered, and never for one that says that it is not decided. Source: schema.org/ClaimReview and the
guide of Google's Fact Check tools.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Part = dict[str, Any]
UNDECIDED = "Not Enough Evidence"
DISPUTED = "disputed"
OF_PEOPLE = "person"
OUTLET = "outlet"
WIKIDATA = "https://www.wikidata.org/wiki/"


def claimant_among(speakers: Sequence[Mapping[str, Any]], *, is_stated: bool = False) -> Part | None:
    """The one who made a claim: named, and the same wherever it is made; else None.

    An outlet that reports what others say has not made their claim; it is the claimant only where a person stated so.
    """
    names = {speaker["name"] for speaker in speakers}
    if len(names) != 1 or not all(speaker["is_named"] for speaker in speakers):
        return None
    speaker = speakers[0]
    if speaker["kind"] == OUTLET and not is_stated:
        return None
    return {name: speaker[name] for name in ("name", "kind", "wikidata")}


def claim_reviews(
    content: Mapping[str, Any], *, address: str, publisher: str, publisher_address: str, published: str, modified: str
) -> list[Part]:
    """The ClaimReview of each statement that has a verdict. `address` is the report's, absolute."""
    scale = content["scale"]
    return [
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": f"{address}#s{row['number']}",
            "claimReviewed": row["text"],
            "datePublished": published,
            "dateModified": modified,
            "author": {"@type": "Organization", "name": publisher, "url": publisher_address},
            "reviewRating": rating(row["verdict"], scale),
            "itemReviewed": item_reviewed(row),
        }
        for row in content["statements"]
        if row["verdict"]
    ]


def rating(verdict: Mapping[str, Any], scale: Mapping[str, Any]) -> Part:
    """The verdict in words; on an ordered scale also its place, 1 the worst."""
    said: Part = {"@type": "Rating", "alternateName": verdict["words"]}
    rungs = ladder(scale)
    if verdict["key"] in rungs and len(rungs) > 1:
        said |= {"ratingValue": rungs.index(verdict["key"]) + 1, "worstRating": 1, "bestRating": len(rungs)}
    return said


def ladder(scale: Mapping[str, Any]) -> list[str]:
    """The verdicts of an ordered scale from worst to best, without those that decide nothing; none for another."""
    if not scale["ordered"]:
        return []
    rungs = [one for one in scale["verdicts"] if one["averitec"] != UNDECIDED and one["key"] != DISPUTED]
    begins_well = bool(rungs) and rungs[0]["averitec"] == "Supported"
    return [one["key"] for one in (reversed(rungs) if begins_well else rungs)]


def item_reviewed(row: Mapping[str, Any]) -> Part:
    item: Part = {"@type": "Claim", "text": row["text"]}
    if row["claimant"]:
        item["author"] = author(row["claimant"])
    if row["claim_date"]:
        item["datePublished"] = row["claim_date"]
    works = [work(place) for place in in_order(row["appearances"]) if place["url"]]
    if works:
        item["firstAppearance"] = works[0]
        item["appearance"] = works
    return item


def author(claimant: Mapping[str, Any]) -> Part:
    said: Part = {"@type": "Person" if claimant["kind"] == OF_PEOPLE else "Organization", "name": claimant["name"]}
    if claimant["wikidata"]:
        said["sameAs"] = WIKIDATA + claimant["wikidata"]
    return said


def in_order(places: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The earliest first; undated ones behind, because nobody knows what they came before."""
    return sorted(places, key=lambda place: (not place["published_on"], place["published_on"]))


def work(place: Mapping[str, Any]) -> Part:
    said: Part = {"@type": "CreativeWork", "url": place["url"]}
    if place["title"]:
        said["headline"] = place["title"]
    if place["outlet"]:
        said["publisher"] = {"@type": "Organization", "name": place["outlet"]}
    if place["published_on"]:
        said["datePublished"] = place["published_on"]
    return said
