"""Whatever people write: two exports of the same records are the same bytes, at every door, and say it as written."""

import json

from django.db.models import F
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.models import Agent, Annotation, Claim, Event, Source
from annotations.queries.exports import FORMAT_NAMES, export
from annotations.services.agents import add_agent
from annotations.services.annotations import add_annotation, edit_annotation, trash_annotation
from annotations.services.articles import add_article
from annotations.services.claims import add_claim, edit_claim
from annotations.services.labels import add_label
from annotations.services.people import create_token
from annotations.services.sources import add_source
from tests.conftest import make_people, make_project
from tests.core.strategies import any_texts, texts_with_spans

WORDS = any_texts.filter(str.strip)
# -0.0 comes back as 0.0 from PostgreSQL, which knows no signed zero; the two are equal.
# Beyond 2**53 a whole number written as a float is another one to PostgreSQL, which keeps all digits of either.
FLOATS = st.floats(-(2.0**53), 2.0**53, allow_nan=False).map(lambda number: number + 0.0)
NUMBERS = st.integers(-(2**53), 2**53) | FLOATS
ANY_JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | any_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_texts, inner, max_size=3),
    max_leaves=8,
)
CITATIONS = st.dictionaries(any_texts.filter(lambda name: name != "URL"), ANY_JSON, max_size=3)
MARKED = st.lists(texts_with_spans(), min_size=1, max_size=3)
CHANGED = st.lists(st.sampled_from(["claim", "annotation", "trash"]), max_size=3)


class TestExports(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = make_people()
        cls.project = make_project(cls.people)
        cls.label = add_label(by=cls.people.max, project=cls.project, key="claim")
        cls.token = create_token(by=None, person=cls.people.vera)[1]

    @settings(max_examples=25)
    @given(marked=MARKED, words=st.lists(WORDS, min_size=2, max_size=4), citation=CITATIONS, changed=CHANGED)
    def test_same_records_are_the_same_bytes_wherever_they_are_asked_for(self, marked, words, citation, changed):
        self.write(marked, words, citation, changed)
        events = Event.objects.count()
        first = {format: self.exported(format) for format in FORMAT_NAMES}
        for model in (Annotation, Claim, Agent, Source):
            model.objects.update(project=F("project"))  # the same rows, elsewhere on the disk
        for format in FORMAT_NAMES:
            assert self.exported(format) == self.over_the_api(format) == self.from_the_page(format) == first[format]
        assert Event.objects.count() == events
        self.says_what_was_written(first["jsonl"], marked, words, citation)

    def write(self, marked, words, citation, changed):
        by, project = self.people.ana, self.project
        for text, spans in marked:
            article = add_article(by=self.people.max, project=project, title="A", text=text)
            for start, end in spans:
                segments, quote = [[start, end]], text[start:end]
                add_annotation(by=by, article=article, segments=segments, quote=quote, label=self.label, note=words[0])
        claims = [add_claim(by=by, project=project, text=one) for one in words]
        add_agent(by=by, project=project, kind="person", name="N", aliases=[one[:200] for one in words])
        add_source(by=by, project=project, kind="article", title="T", citation=citation)
        for number, what in enumerate(changed):
            row = Annotation.objects.active().first() if what != "claim" else claims[0]
            change = {"claim": edit_claim, "annotation": edit_annotation, "trash": trash_annotation}[what]
            fields = {} if what == "trash" else {"note": f"{number} {words[1]}"}
            if row is not None:
                change(by=by, **{"claim" if what == "claim" else "annotation": row}, version=row.version, **fields)

    def exported(self, format):
        return b"".join(export(self.project, self.people.vera, format).chunks)

    def over_the_api(self, format):
        path = f"/api/v1/projects/{self.project.slug}/export/?format={format}"
        return b"".join(Client().get(path, headers={"Authorization": f"Bearer {self.token}"}))

    def from_the_page(self, format):
        browser = Client()
        browser.force_login(self.people.vera)
        return b"".join(browser.get(f"/projects/{self.project.slug}/export/?format={format}"))

    def says_what_was_written(self, file, marked, words, citation):
        lines = [json.loads(line) for line in file.decode().split("\n") if line]
        by_kind = {kind: [line for line in lines if line["record"] == kind] for kind in ("revision", "claim", "source")}
        assert [line["text"] for line in by_kind["revision"]] == [text for text, _ in marked]
        assert [line["text"] for line in by_kind["claim"]] == words
        assert by_kind["source"][0]["citation"] == citation
        texts = {line["id"]: line["text"] for line in by_kind["revision"]}
        for line in lines:
            if line["record"] == "annotation":
                parts = [texts[line["revision"]][start:end] for start, end in line["segments"]]
                assert " … ".join(parts) == line["quote"]
