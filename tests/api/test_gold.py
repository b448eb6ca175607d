"""All of the gold of article 003 is entered through the API, record by record, and comes back from the export."""

import pytest

from annotations.core.anchoring import quote_of
from annotations.core.formats import gold as gold_format
from annotations.core.formats.seeds import segments_of
from tests.gold import ORIGINALS, comes_back, gold_of_003, where_the_originals_are

pytestmark = [pytest.mark.django_db, where_the_originals_are]
SLUG = "by-api"


class Entering:
    """Posts the records of a seed, each as the person who made it, and keeps the ids that their keys got."""

    def __init__(self, api, records, text):
        self.clients = {name: api(name) for name in ("ana", "ida", "jo", "max")}
        self.records = records
        self.text = text
        self.ids = {}

    def post(self, seed, path, body, *, by=None):
        answer = self.clients[by or seed["by"]].post(path, {name: v for name, v in body.items() if v is not None})
        assert answer.status_code == 201, (path, body, answer.content.decode())
        self.ids[seed.get("key")] = answer.json()["id"]
        return answer.json()

    def id(self, key):
        return self.ids[key] if key else None

    def words(self, seed, *names):
        given = {name: seed[name] for name in names if name in seed}
        return {name: "\n".join(value) if isinstance(value, list) else value for name, value in given.items()}

    def refs(self, seed, *names):
        return {name: self.id(seed[name]) for name in names if seed.get(name)}

    def span(self, seed):
        segments = segments_of(self.text, seed)
        return segments, quote_of(self.text, segments)

    def enter(self):
        self.set_up()
        for noun in ("agents", "origins", "sources", "annotations", "claims", "evidence"):
            for seed in self.records[noun]:
                getattr(self, noun)(seed)
        self.attributions()
        for seed in self.records["claims"]:
            for mention in seed["mentions"]:
                body = {"annotation": self.id(mention["annotation"])} | self.refs(mention, "attribution")
                self.post({"by": seed["by"]}, f"/claims/{self.id(seed['key'])}/mentions/", body)
        for noun in ("claim_relations", "questions", "triage_marks", "assessments", "disputes"):
            for seed in self.records[noun]:
                getattr(self, noun)(seed)

    def set_up(self):
        people = {"ana": "annotator", "ida": "adjudicator", "jo": "adjudicator"}
        self.post({"by": "max"}, "/projects/", {"slug": SLUG, "name": "By the API"})
        for name, role in people.items():
            self.post({"by": "max"}, f"/projects/{SLUG}/members/", {"username": name, "role": role})
        for seed in self.records["labels"]:
            body = self.words(seed, "key", "name", "kind", "shortcut") | {"attributes": seed.get("attributes", [])}
            self.post({"by": "max"}, f"/projects/{SLUG}/labels/", body)
        body = {"title": "An article", "text": self.text, "language": "en"}
        self.article = self.post({"by": "max"}, f"/projects/{SLUG}/articles/", body)["id"]

    def agents(self, seed):
        body = self.words(seed, "kind", "name", "note") | {"aliases": [one["name"] for one in seed.get("aliases", [])]}
        self.post(seed, f"/projects/{SLUG}/agents/", body)

    def origins(self, seed):
        self.post(seed, f"/projects/{SLUG}/origins/", self.words(seed, "label"))

    def sources(self, seed):
        body = self.words(seed, "kind", "title", "url", "published_on", "level", "note")
        self.post(seed, f"/projects/{SLUG}/sources/", body | self.refs(seed, "publisher"))

    def annotations(self, seed):
        segments, quote = self.span(seed["quote"])
        body = {"segments": segments, "quote": quote, "label": seed["label"]}
        self.post(seed, f"/articles/{self.article}/annotations/", body | {"attributes": seed.get("attributes", {})})

    def claims(self, seed):
        body = self.words(seed, "text", "checkability", "layer", "language", "note") | {"types": seed["types"]}
        self.post(seed, f"/projects/{SLUG}/claims/", body)

    def evidence(self, seed):
        body = self.words(seed, "stance", "ground") | self.refs(seed, "source", "origin")
        self.post(seed, f"/claims/{self.id(seed['claim'])}/evidence/", body)

    def attributions(self):
        waiting = list(self.records["attributions"])
        while waiting:
            ready = [seed for seed in waiting if not seed.get("parent") or seed["parent"] in self.ids]
            for seed in ready:
                body = self.words(seed, "form", "naming", "basis", "note") | {"count": seed.get("count")}
                body |= self.refs(seed, "content", "agent", "recipient", "parent", "evidence")
                for name in ("speaker", "cue"):
                    if name in seed:
                        body[f"{name}_segments"], body[f"{name}_quote"] = self.span(seed[name])
                self.post(seed, f"/articles/{self.article}/attributions/", body)
            waiting = [seed for seed in waiting if seed not in ready]

    def claim_relations(self, seed):
        ends = {"from": self.id(seed["from_claim"]), "to": self.id(seed["to_claim"])}
        self.post(seed, f"/projects/{SLUG}/claim_relations/", ends | self.words(seed, "type", "kind", "explanation"))

    def questions(self, seed):
        answers = [one | self.refs(one, "evidence") for one in seed["answers"]]
        self.post(seed, f"/claims/{self.id(seed['claim'])}/questions/", {"text": seed["text"], "answers": answers})

    def triage_marks(self, seed):
        self.post(seed, f"/claims/{self.id(seed['claim'])}/triage_marks/", self.words(seed, "level"))

    def assessments(self, seed):
        self.post(seed, f"/claims/{self.id(seed['claim'])}/assessments/", self.words(seed, "verdict"))

    def disputes(self, seed):
        body = self.words(seed, "question", "would_settle", "would_not_settle") | {
            "statements": [self.id(key) for key in seed["statements"]],
            "out_of_scope": {self.id(key): reason for key, reason in seed["out_of_scope"].items()},
        }
        at = f"/disputes/{self.post(seed, f'/projects/{SLUG}/disputes/', body)['id']}/"
        for position in seed["positions"]:
            self.position(at, seed, position)
        for resolution in seed["resolutions"]:
            self.resolution(at, resolution)

    def position(self, at, dispute, seed):
        rest = {key: {"stance": seed["rest"]} for key in dispute["statements"]} if "rest" in seed else {}
        stances = {self.id(key): self.stance(said) for key, said in (rest | seed["stances"]).items()}
        body = self.words(seed, "channel", "interest", "sourcing", "note") | self.refs(seed, "agent", "on_behalf_of")
        self.post(seed, f"{at}positions/", body | {"stances": stances})

    def stance(self, said):
        listed = {name: [self.id(key) for key in said.get(name, [])] for name in ("spans", "evidence")}
        return {"stance": said["stance"], "scope": said.get("scope", "")} | listed

    def resolution(self, at, seed):
        verdicts = {
            self.id(key): one | {"evidence": [self.id(cited) for cited in one["evidence"]]}
            for key, one in seed["verdicts"].items()
        }
        body = self.words(seed, "rationale", "search_log", "as_of", "reopen_if") | {"verdicts": verdicts}
        self.post(seed, f"{at}resolutions/", body)
        where = f"/resolutions/{self.id(seed['key'])}/"
        for decision in seed["decisions"]:
            is_approval = decision["decision"] == "approval"
            would_be = {self.id(key): verdict for key, verdict in decision.get("verdicts", {}).items()}
            body = {} if is_approval else {"reason": decision["reason"], "verdicts": would_be}
            self.post(decision, f"{where}{'approvals' if is_approval else 'dissents'}/", body)


def test_all_of_the_gold_is_entered_through_the_api_and_comes_back(api, people):
    gold = gold_of_003()
    text = (ORIGINALS / gold["articles"][0]["file"]).read_bytes().decode()
    entering = Entering(api, gold_format.read(gold, text, "article:003").records, text)
    entering.enter()
    # Ida: those who have not assessed a claim themselves do not see her assessments of it yet.
    answer = entering.clients["ida"].get(f"/projects/{SLUG}/export/?format=jsonl")
    comes_back(gold, b"".join(answer.streaming_content).decode().splitlines())
