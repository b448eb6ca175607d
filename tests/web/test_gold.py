"""All of the gold of article 003 is entered through the pages, form by form as they stand there, and comes back from
the export; only what a pointer marks in the text is sent as the script sends it."""

import json
from io import BytesIO
from urllib.parse import urlencode, urljoin

import pytest

from annotations.core.anchoring import quote_of
from annotations.core.formats import gold as gold_format
from annotations.core.formats.seeds import segments_of
from annotations.models import (
    Agent,
    Annotation,
    Article,
    Attribution,
    Claim,
    ClaimMention,
    Evidence,
    Label,
    Origin,
    Question,
    Resolution,
    Source,
)
from tests.gold import ORIGINALS, comes_back, gold_of_003, where_the_originals_are
from tests.web.walking import Walker

pytestmark = [
    pytest.mark.django_db,
    where_the_originals_are,
    pytest.mark.one_engine("pages and forms: the gold by the API writes and exports the same records on both"),
]
SLUG = "by-hand"
MARKED = ("segments", "quote", "label", "revision")
TOLD = ("contents", "hops", "revision")


class Desk:
    """The four people at their screens, the records that they enter, and the ids that the keys got."""

    def __init__(self, at, people, records, text):
        self.walkers = {name: Walker(at(getattr(people, name))) for name in ("ana", "ida", "jo", "max")}
        self.records, self.text = records, text
        self.ids = {}

    # -- the ways ---------------------------------------------------------------------------------------------------

    def by(self, seed):
        return self.walkers[seed["by"]]

    def list_of(self, walker, part):
        """A list of the project with its form, by the links from the first page; then it stays open."""
        address = f"/projects/{SLUG}/{part}/"
        if address not in walker.tabs:
            walker.tabs[address] = walker.follow(walker.follow(walker.open("/"), f"/projects/{SLUG}/"), address)
        return walker.tabs[address]

    def id(self, key):
        return self.ids[key] if key else ""

    def made(self, seed, model):
        """The id that a new record got."""
        self.ids[seed["key"]] = str(model.objects.order_by("id").last().pk)

    def name(self, key):
        return next((row["name"] for row in self.records["agents"] if row["key"] == key), "")

    def kind(self, key):
        return next((row["kind"] for row in self.records["agents"] if row["key"] == key), "person")

    def span(self, seed):
        segments = segments_of(self.text, seed)
        return segments, quote_of(self.text, segments)

    def of_claim(self, walker, key, part):
        """A page to which the page of a claim leads, kept open too."""
        address = f"/claims/{self.id(key)}/"
        assert f"{address}{part}/" in walker.kept_open(address).links
        return walker.kept_open(f"{address}{part}/")

    def inspector(self, walker, key):
        """The inspector of an annotation, as a chip in the gutter opens it."""
        return walker.open(f"/annotations/{self.id(key)}/", is_region=True)

    # -- setting up -------------------------------------------------------------------------------------------------

    def set_up(self, file):
        max_ = self.walkers["max"]
        page = max_.follow(max_.open("/"), "/projects/")
        made = max_.send(page, page.form_to("/projects/", "slug"), {"name": "By hand", "slug": SLUG})
        members = max_.follow(max_.open(made), "/members/")
        for name, role in (("ana", "annotator"), ("ida", "adjudicator"), ("jo", "adjudicator")):
            max_.send(members, members.form_to("/members/", "username"), {"username": name, "role": role})
        labels = self.list_of(max_, "labels")
        for seed in self.records["labels"]:
            attributes = "\n".join(f"{one['name']}: {one['kind']}" for one in seed.get("attributes", []))
            typed = {"name": seed["name"], "shortcut": seed["shortcut"], "kind": seed["kind"], "attributes": attributes}
            max_.send(labels, labels.form_to("/labels/", "kind"), typed)
            self.ids[f"label:{seed['key']}"] = Label.objects.get(name=seed["name"]).key
        articles = self.list_of(max_, "articles")
        max_.send(articles, articles.form_to("/imports/"), {"file": file})
        self.article = str(Article.objects.get().pk)

    # -- registers --------------------------------------------------------------------------------------------------

    def agents(self, seed):
        page = self.list_of(self.by(seed), "agents")
        typed = {name: seed[name] for name in ("name", "kind", "note") if name in seed}
        typed["aliases"] = "\n".join(alias["name"] for alias in seed.get("aliases", []))
        self.by(seed).send(page, page.form_to("/agents/", "aliases"), typed)
        self.made(seed, Agent)

    def origins(self, seed):
        page = self.list_of(self.by(seed), "origins")
        self.by(seed).send(page, page.form_to("/origins/", "label"), {"label": seed["label"]})
        self.made(seed, Origin)

    def sources(self, seed):
        page = self.list_of(self.by(seed), "sources")
        names = ("kind", "title", "url", "published_on", "level", "note")
        typed = {name: seed[name] for name in names if name in seed} | {"publisher": self.name(seed.get("publisher"))}
        self.by(seed).send(page, page.form_to("/sources/", "citation"), typed)
        self.made(seed, Source)

    # -- in the text ------------------------------------------------------------------------------------------------

    def screen(self, walker):
        """The annotate screen, opened once: its script sends what a pointer or the keys have marked."""
        (address, *_) = [link for link in self.list_of(walker, "articles").links if self.article in link]
        page = walker.kept_open(address)
        page.is_region = True
        return page

    def annotations(self, rows):
        """One page, and the one form that every mark goes through; attributes in the inspector."""
        ana = self.walkers["ana"]
        page = self.screen(ana)
        form = page.form_to(f"/articles/{self.article}/annotations/", "segments")
        for seed in rows:
            segments, quote = self.span(seed["quote"])
            typed = {"segments": json.dumps(segments), "quote": json.dumps(quote)}
            ana.send(page, form, typed | {"label": self.id(f"label:{seed['label']}")}, MARKED)
            self.made(seed, Annotation)
            if seed.get("attributes"):
                self.attributes(ana, seed)

    def attributes(self, walker, seed):
        """In the inspector as it stands after the mark."""
        fold = walker.unfold(walker.shown, "fold=note")
        (value,) = seed["attributes"].values()
        walker.send(fold, fold.form_to("/annotations/", "attribute:0"), {"attribute:0": value})

    def claims(self, seed):
        """Of its first place in the inspector; what else is known of it on its own page, and its other places."""
        walker, (first, *others) = self.by(seed), seed["mentions"]
        fold = walker.unfold(self.inspector(walker, first["annotation"]), "fold=claim")
        names = ("text", "layer", "checkability", "types")
        walker.send(fold, fold.form_to("/claims/", "types"), {name: seed[name] for name in names})
        self.made(seed, Claim)
        own = walker.kept_open(f"/claims/{self.id(seed['key'])}/")
        page = walker.follow(own, "fold=edit")
        more = {name: seed[name] for name in ("language", "note") if name in seed}
        walker.send(page, page.form_to(f"/claims/{self.id(seed['key'])}/", "note"), more)
        for mention in others:
            places = walker.follow(own, "?choose=1")
            walker.send(
                places, places.form_to("/mentions/", "annotation"), {"annotation": self.id(mention["annotation"])}
            )

    def mentions(self, seed):
        """Through whom a claim is made in each place, where the saying did not say so itself."""
        walker = self.by(seed)
        for mention in filter(lambda one: one.get("attribution"), seed["mentions"]):
            row = ClaimMention.objects.get(claim=self.id(seed["key"]), annotation=self.id(mention["annotation"]))
            if str(row.attribution_id) != self.id(mention["attribution"]):
                page = walker.follow(walker.open(f"/claims/{self.id(seed['key'])}/"), f"/mentions/{row.pk}/")
                chosen = {"attribution": self.id(mention["attribution"])}
                walker.send(page, page.form_to(f"/mentions/{row.pk}/", "attribution"), chosen)

    def evidence(self, seed):
        walker = self.by(seed)
        page = self.of_claim(walker, seed["claim"], "evidence")
        typed = {"stance": seed["stance"], "ground": seed["ground"]}
        typed |= {"source": self.id(seed["source"]), "origin": self.id(seed["origin"])}
        walker.send(page, page.form_to("/evidence/", "stance"), typed)
        self.made(seed, Evidence)

    # -- who says it ------------------------------------------------------------------------------------------------

    def attributions(self):
        """From the text in one flow, with those who relay it and have no words there; what the flow does not ask for,
        and whoever has nothing marked in the text, by the forms of the inspector."""
        by_key = {seed["key"]: seed for seed in self.records["attributions"]}
        waiting = [seed for seed in by_key.values() if seed.get("content")]
        while waiting:
            ready = [seed for seed in waiting if self.is_ready(seed, by_key)]
            assert ready, [seed["key"] for seed in waiting]
            for seed in ready:
                self.saying(seed, self.relaying(seed, by_key)) if seed.get("cue") else self.unmarked(seed)
            waiting = [seed for seed in waiting if seed not in ready]
        assert by_key.keys() <= self.ids.keys()

    def relaying(self, seed, by_key):
        """Who relays a saying, outward, and is not recorded yet."""
        found, parent = [], by_key.get(seed.get("parent"))
        while parent and parent["key"] not in self.ids:
            found.append(parent)
            parent = by_key.get(parent.get("parent"))
        return found

    def is_ready(self, seed, by_key):
        """Nobody who has words of their own is still to be recorded before."""
        return not any(one.get("content") for one in self.relaying(seed, by_key))

    def saying(self, seed, relaying):
        walker = self.by(seed)
        page = self.screen(walker)
        shown = self.inspector(walker, seed["content"]).html
        offered = [str(row.pk) for row in Evidence.objects.all() if f'<option value="{row.pk}">' in shown]
        hops = [self.hop(one, offered) for one in (seed, *relaying)]
        typed = {"contents": json.dumps([{"annotation": self.id(seed["content"])}]), "hops": json.dumps(hops)}
        walker.send(page, page.form_to("/sayings/", "hops"), typed, TOLD)
        rows = Attribution.objects.order_by("-id")[: 1 + len(relaying)]  # the outermost was recorded first
        for one, row in zip((seed, *relaying), rows, strict=True):
            self.ids[one["key"]] = str(row.pk)
        for one in (seed, *relaying):
            self.rest_of_it(walker, one, seed["content"])

    def hop(self, seed, offered):
        hop = {name: seed[name] for name in ("form", "naming", "basis") if name in seed}
        hop |= {"agent": self.name(seed["agent"]), "agent_kind": self.kind(seed["agent"])}
        for name in ("speaker", "cue"):
            if name in seed:
                segments, quote = self.span(seed[name])
                hop[name] = {"segments": segments, "quote": quote}
        if item := seed.get("evidence"):
            of_item = [pk for key, pk in self.ids.items() if key.startswith(item[:5]) and pk in offered]
            assert of_item, "the evidence that names the speaker is not on offer"
            hop["evidence"] = of_item[0]
        return hop

    def rest_of_it(self, walker, seed, content):
        """What the flow does not ask for: to whom, through whom else, how many, a note."""
        said = Attribution.objects.get(pk=self.id(seed["key"]))
        typed = {name: seed[name] for name in ("note", "count") if name in seed}
        if seed.get("recipient"):
            typed["recipient"] = self.name(seed["recipient"])
        if seed.get("parent") and str(said.parent_id) != self.id(seed["parent"]):
            typed["parent"] = self.id(seed["parent"])
        if typed:
            fold = walker.unfold(self.inspector(walker, content), f"fold=attribution%3A{said.pk}")
            walker.send(fold, fold.form_to(f"/attributions/{said.pk}/", "parent"), typed)

    def unmarked(self, seed):
        walker = self.by(seed)
        fold = walker.unfold(self.inspector(walker, seed["content"]), "fold=attribution")
        typed = {name: seed[name] for name in ("naming", "basis")} | {"parent": self.id(seed.get("parent"))}
        typed |= {"agent": self.name(seed["agent"]), "agent_kind": self.kind(seed["agent"])}
        walker.send(fold, fold.form_to("/attributions/", "parent"), typed)
        self.made(seed, Attribution)

    # -- about claims -----------------------------------------------------------------------------------------------

    def claim_relations(self, seed):
        """Found by its words, beside those that are near of themselves."""
        walker = self.by(seed)
        page = self.of_claim(walker, seed["from_claim"], "relations")
        other = Claim.objects.get(pk=self.id(seed["to_claim"]))
        assert any("q" in form.fields for form in page.forms), "no field in which to look for another claim"
        found = walker.open(f"{page.address}?{urlencode({'q': other.text})}")
        named = (form for form in found.forms if "claim" in form.fields)
        form = next(form for form in named if form.fields["claim"].values == [str(other.pk)])
        typed = {name: seed.get(name, "") for name in ("type", "kind", "explanation")}  # over what the machine saw
        walker.send(found, form, typed | {"way": "to"})

    def questions(self, seed):
        walker = self.by(seed)
        page = self.of_claim(walker, seed["claim"], "questions")
        first, *more = seed["answers"]
        typed = {"text": seed["text"]} | self.answer(0, first)
        asked = walker.send(page, page.form_to("/questions/", "text"), typed)
        self.made(seed, Question)
        if more:
            page = walker.follow(walker.open(asked), f"/questions/{self.id(seed['key'])}/")
            typed = {name: value for at, one in enumerate(more, 1) for name, value in self.answer(at, one).items()}
            walker.send(page, page.form_to(f"/questions/{self.id(seed['key'])}/", "text"), typed)

    def answer(self, at, said):
        typed = {name: said[name] for name in ("type", "text", "explanation") if said.get(name)}
        typed |= {"evidence": self.id(said["evidence"])} if said.get("evidence") else {}
        return {f"answer{at}-{name}": value for name, value in typed.items()}

    def triage_marks(self, seed):
        walker = self.by(seed)
        page = self.of_claim(walker, seed["claim"], "triage_marks")
        form = page.form_to("/triage_marks/")
        (level,) = [name for name in form.fields if name.endswith("-level")]
        walker.send(page, form, {level: seed["level"]})

    def assessments(self, seed):
        walker = self.by(seed)
        page = self.of_claim(walker, seed["claim"], "assessments")
        walker.send(page, page.form_to("/assessments/", "verdict"), {"verdict": seed["verdict"]})

    # -- the dispute ------------------------------------------------------------------------------------------------

    def disputes(self, seed):
        walker = self.by(seed)
        page = walker.follow(self.list_of(walker, "disputes"), "/disputes/new/")
        typed = {"question": seed["question"]}
        typed |= {name: "\n".join(seed[name]) for name in ("would_settle", "would_not_settle")}
        for key in seed["statements"]:
            typed |= {f"{self.id(key)}-chosen": ["yes"]}
            typed |= {f"{self.id(key)}-out_of_scope": seed["out_of_scope"].get(key, "")}
        dispute = walker.send(page, page.form_to("/disputes/new/", "question"), typed)
        for position in seed["positions"]:
            self.position(dispute, position)
        for resolution in seed["resolutions"]:
            self.resolution(dispute, resolution)

    def position(self, dispute, seed):
        walker = self.by(seed)
        form_page = walker.follow(walker.kept_open(dispute), f"{dispute}positions/")
        form = form_page.form_to("/positions/", "channel")
        typed = {name: seed[name] for name in ("channel", "interest", "sourcing", "note", "rest") if name in seed}
        for party in ("agent", "on_behalf_of"):
            if seed.get(party):
                typed |= {party: self.name(seed[party]), f"{party}_kind": self.kind(seed[party])}
        for key, said in seed["stances"].items():
            typed |= self.stance(form, self.id(key), said)
        walker.send(form_page, form, typed)

    def stance(self, form, claim, said):
        own, others = form.fields.get(f"{claim}-spans"), form.fields.get(f"{claim}-others")
        spans = [self.id(key) for key in said.get("spans", [])]
        typed = {"stance": said["stance"], "scope": said.get("scope", "")}
        if near := [pk for pk in spans if own and pk in own.offered]:
            typed["spans"] = near
        if far := [pk for pk in spans if pk not in near]:
            assert others, f"no other span is on offer for {claim}"
            typed["others"] = far
        if said.get("evidence"):
            typed["evidence"] = [self.id(key) for key in said["evidence"]]
        return {f"{claim}-{name}": value for name, value in typed.items()}

    def resolution(self, dispute, seed):
        walker = self.by(seed)
        form_page = walker.follow(walker.open(dispute), f"{dispute}resolutions/")
        typed = {name: "\n".join(seed[name]) for name in ("search_log", "reopen_if")}
        typed |= {name: seed[name] for name in ("rationale", "as_of")}
        for key, said in seed["verdicts"].items():
            judged = {"verdict": said["verdict"], "confidence": said["confidence"], "note": said["note"]}
            judged |= {"evidence": [self.id(one) for one in said["evidence"]]} if said["evidence"] else {}
            typed |= {f"{self.id(key)}-{name}": value for name, value in judged.items()}
        walker.send(form_page, form_page.form_to("/resolutions/", "rationale"), typed)
        self.made(seed, Resolution)
        for decision in seed["decisions"]:
            self.decision(dispute, decision)

    def decision(self, dispute, seed):
        walker = self.by(seed)
        page = walker.open(dispute)
        if seed["decision"] == "approval":
            walker.send(page, page.form_to("/approvals/"), {})
        else:
            typed = {f"verdict-{self.id(key)}": verdict for key, verdict in seed.get("verdicts", {}).items()}
            walker.send(page, page.form_to("/dissents/"), typed | {"reason": seed["reason"]})


def test_all_of_the_gold_is_entered_through_the_pages_and_comes_back(at, people):
    gold = gold_of_003()
    content = (ORIGINALS / gold["articles"][0]["file"]).read_bytes()
    desk = Desk(at, people, gold_format.read(gold, content.decode(), "article:003").records, content.decode())
    file = BytesIO(content)
    file.name = "003.txt"
    desk.set_up(file)
    for noun in ("agents", "origins", "sources"):
        for seed in desk.records[noun]:
            getattr(desk, noun)(seed)
    desk.annotations(desk.records["annotations"])
    for noun in ("claims", "evidence"):
        for seed in desk.records[noun]:
            getattr(desk, noun)(seed)
    desk.attributions()
    for noun, seeds in (("mentions", "claims"), *((one, one) for one in REST)):
        for seed in desk.records[seeds]:
            getattr(desk, noun)(seed)
    # Ida: those who have not assessed a claim themselves do not see her assessments of it yet.
    ida = desk.walkers["ida"]
    page = ida.follow(ida.follow(ida.open("/"), f"/projects/{SLUG}/"), "/export/")
    link = next(link for link in page.links if "format=jsonl" in link)
    answer = ida.client.get(urljoin(page.address, link))
    comes_back(gold, b"".join(answer.streaming_content).decode().splitlines())


REST = ("claim_relations", "questions", "triage_marks", "assessments", "disputes")
