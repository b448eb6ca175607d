"""A whole saying as js/saying.js sends it: what is said, by whom, through whom, with every span as segments and quote.

Both travel as JSON in two fields of one form. Shapes that no page of ours sends are refused in words, not trusted.
"""

from collections.abc import Container, Mapping
from typing import Any

from django.utils.translation import gettext as _

from annotations.core.errors import Invalid
from annotations.core.sayings import SayingGuess, sayings_in
from annotations.models import Annotation, Article, Attribution, Evidence, Person
from annotations.queries.agents import Likeness, agents_like
from annotations.queries.attributions import Saying
from annotations.queries.lookups import related
from annotations.services.attributions import Content
from annotations.web.desk import newest_revision
from annotations.web.fields import WriteForm, json_in
from annotations.web.forms.annotations import as_json
from annotations.web.forms.attributions import AttributionChoices, AttributionForm, initial_saying
from annotations.web.named import agent_named, label_named
from annotations.web.requests import WebRequest

CONTENTS_AT_MOST, HOPS_AT_MOST = 20, 10
WORDS = ("naming", "basis", "form")


def contents_sent(request: WebRequest, article: Article) -> list[Content]:
    """What is said. Raises Invalid."""
    return [content_of(request, article, said) for said in objects_in(request, "contents", CONTENTS_AT_MOST)]


def content_of(request: WebRequest, article: Article, said: Mapping[str, Any]) -> Content:
    claim = said.get("claim", "")
    if not isinstance(claim, str):
        raise Invalid.field("contents", _("The words of a claim have to be text."))
    if "annotation" in said:
        pk = said["annotation"]
        row = related(Annotation, pk, person=request.user, project=article.project, field="contents")
        return Content(annotation=row, claim=claim)
    label = label_named(article.project, str(said.get("label", "")))
    return Content(segments=said.get("segments"), quote=said.get("quote", ""), label=label, claim=claim)


def hops_sent(request: WebRequest, article: Article) -> list[dict[str, Any]]:
    """Who says it, then who relays that, outward; agents found or made by their names. Raises Invalid."""
    return [hop_of(request, article, said) for said in objects_in(request, "hops", HOPS_AT_MOST)]


def hop_of(request: WebRequest, article: Article, said: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: said[name] for name in WORDS if said.get(name)}
    name, kind = said.get("agent", ""), said.get("agent_kind", "")
    if not isinstance(name, str) or not isinstance(kind, str):
        raise Invalid.field("agent", _("A name has to be text."))
    fields["agent"] = agent_named(request.user, article.project, name, kind=kind, field="agent")
    for span in ("speaker", "cue"):
        place = said.get(span)
        if isinstance(place, dict):
            fields |= {f"{span}_{part}": place.get(part) for part in ("segments", "quote")}
    if said.get("evidence"):
        pk = said["evidence"]
        fields["evidence"] = related(Evidence, pk, person=request.user, project=article.project, field="evidence")
    return fields


def objects_in(request: WebRequest, name: str, at_most: int) -> list[dict[str, Any]]:
    found = json_in(request, name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Invalid.field(name, _("This cannot be read. Load the page again, then mark it again."))
    if len(found) > at_most:
        raise Invalid.field(name, _("At most %(count)s of them in one saying.") % {"count": at_most})
    return found


# -- first guesses ----------------------------------------------------------------------------------------------------

BEFORE, BEHIND = 2_000, 12_000  # code points around the place where somebody looks; further on is asked for again
TO_A_LINE_END = 5_000  # further out, to the end of a paragraph; one that goes on for longer is cut


def guesses_near(article: Article, at: str) -> str:
    """The sayings that the text seems to hold around a place: whole paragraphs, and the stretch that was read. JSON."""
    text, place = newest_revision(article).text, int(at) if at.isascii() and at.isdigit() and len(at) < 10 else 0
    start, end = stretch_around(text, min(place, len(text)))
    found = sayings_in(text[start:end], article.language)
    sayings = [moved(guess, start) for guess in found]
    return as_json({"from": start, "to": end, "length": len(text), "sayings": sayings})


def stretch_around(text: str, place: int) -> tuple[int, int]:
    """What is read: whole paragraphs, as far as they are no longer than paragraphs are."""
    first, last = max(0, place - BEFORE), min(len(text), place + BEHIND)
    outermost, furthest = max(0, first - TO_A_LINE_END), min(len(text), last + TO_A_LINE_END)
    start, end = text.rfind("\n", outermost, first) + 1, text.find("\n", last, furthest)
    return start or outermost, furthest if end < 0 else end


def moved(guess: SayingGuess, by: int) -> dict[str, Any]:
    """A guess as JSON, in places of the whole text."""
    return {
        "sentence": [place + by for place in guess.sentence],
        "cue": [place + by for place in guess.cue],
        "speaker": [place + by for place in guess.speaker] if guess.speaker else None,
        "contents": [[[start + by, end + by] for start, end in segments] for segments in guess.contents],
    }


# -- who may be meant -------------------------------------------------------------------------------------------------

ITSELF = frozenset(["outlet", "paper", "newspaper", "website", "site", "magazine", "channel", "network"])


def likeness_of(article: Article, person: Person, words: str, at: str) -> dict[str, Any]:
    """Who the speaker's words may mean, and why one thinks so: for pages."""
    like, because = agents_like(article.project, words[:300]), ""
    last = words.strip().casefold().rpartition(" ")[2]
    if not like.is_known and last in ITSELF and article.outlet:
        like, because = agents_like(article.project, article.outlet), _("the outlet of this article")
        like = like if like.is_known else Likeness(article.outlet, "outlet", False, [])
    elif not like.is_known and words.strip() and not words.strip()[:1].isupper():
        earlier = earlier_agent(article, person, at)
        if earlier and not like.agents:
            like, because = Likeness(earlier.name, earlier.kind, True, [earlier]), _("as said before it")
    naming = "named" if like.is_known or words[:1].isupper() or not words[:1].isascii() else "unnamed"
    return {"like": like, "because": because, "naming": naming, "words": words}


def earlier_agent(article: Article, person: Person, at: str) -> Any:
    """Who was said to speak nearest before a place: a pronoun mostly means them."""
    place = int(at) if at.isascii() and at.isdigit() and len(at) < 10 else None
    rows = Attribution.objects.visible_to(person).active().filter(article=article, agent__isnull=False)
    spoken = [(row.speaker_segments[0][0], row) for row in rows.select_related("agent") if row.speaker_segments]
    before = [pair for pair in spoken if place is not None and pair[0] < place]
    return max(before, key=lambda pair: pair[0])[1].agent if before else None


# -- chains, and what changes them ------------------------------------------------------------------------------------


def chains_shown(
    chains: list[list[Saying]], choices: AttributionChoices, forms: Mapping[str, WriteForm], folds: Container[str]
) -> list[dict[str, Any]]:
    """Chains for parts/chain.html, each with the form that changes its innermost saying, and with those of who relays
    it and has no words in the text: such a saying has no inspector of its own."""
    shown, seen = [], set()
    for chain in chains:
        relays = [one for one in chain[:-1] if one.attribution and not one.attribution.content_id]
        new = [one for one in relays if one.attribution not in seen]
        seen |= {one.attribution for one in new}
        beside = {"sayings": chain, "relays": [saying_shown(one, choices, forms, folds) for one in new]}
        shown.append(saying_shown(chain[-1], choices, forms, folds) | beside)
    return shown


def saying_shown(
    saying: Saying, choices: AttributionChoices, forms: Mapping[str, WriteForm], folds: Container[str]
) -> dict[str, Any]:
    """A saying and the form that changes it, where its fold is open."""
    said: Any = saying.attribution
    name = f"attribution:{said.pk}"
    form: Any = forms.get(name)
    if form is None and name in folds:
        called = f"attribution-{said.pk}"
        form = AttributionForm(choices=choices, said=said, called=called, initial=initial_saying(said))
    return {"attribution": said, "name": saying.name, "form": form, "fold": name}
