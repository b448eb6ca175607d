"""Saved copies through the page: uploaded, handed out as they came, compared and looked at; changed pages are told."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Job, SavedCopy, Source
from annotations.services import copies
from tests.web.forms import form_in

HOSTILE = b"<!doctype html><title>x</title><script>alert(1)</script><p>Words of the page."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def changed(people, contested):
    """Two copies of the source that read differently."""
    source = contested.source
    prepared = copies.prepare_copy(project=source.project, pieces=[b"GIF89a"])
    for text in ("One.\nTwo.", "One.\nThree."):
        copy = copies.save_copy(by=people.ana, source=source, prepared=replace(prepared, text=text))
    return copy


def upload(client, source, content, name="page.html"):
    page = f"/sources/{source.pk}/"
    fields = form_in(client.get(page), f"{page}copies/")
    return client.post(f"{page}copies/", fields | {"file": SimpleUploadedFile(name, content, "text/html")})


def test_uploaded_page_comes_back_byte_for_byte_and_never_as_a_page(at, people, contested):
    ana = at(people.ana)
    answer = upload(ana, contested.source, HOSTILE)
    copy = SavedCopy.objects.get()
    assert (answer.status_code, answer.url) == (303, f"/sources/{contested.source.pk}/#copies")
    got = ana.get(f"/copies/{copy.pk}/file/", headers={"Accept-Encoding": "gzip"})
    assert b"".join(got.streaming_content) == HOSTILE
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment;")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]
    assert "Content-Encoding" not in got
    page = ana.get(f"/copies/{copy.pk}/").content.decode()
    assert "Words of the page." in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(("content", "sentence"), [(b"MZ\x90\x00\x03", "No known kind"), (b"<svg onload=x>", "SVG")])
def test_what_is_not_saved_is_refused_beside_the_field(at, people, contested, content, sentence):
    answer = upload(at(people.ana), contested.source, content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SavedCopy.objects.exists()


def test_form_without_a_file_is_refused_in_words(at, people, contested, send):
    ana, page = at(people.ana), f"/sources/{contested.source.pk}/"
    answer = send(ana, ana.get(page), f"{page}copies/")
    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_fetching_waits_for_a_worker(at, people, contested, send):
    Source.objects.filter(pk=contested.source.pk).update(url="https://paper.test/")
    ana, page = at(people.ana), f"/sources/{contested.source.pk}/"
    answer = send(ana, ana.get(page), f"{page}fetch/")
    job = Job.objects.get()
    assert (answer.url, job.kind, job.state) == (f"/jobs/{job.pk}/", "copy_fetch", "queued")


def test_changed_page_is_told_until_somebody_looked(at, people, project, contested, changed, send):
    ben = at(people.ben)
    pages = ("/", f"/projects/{project.slug}/")
    assert all("a cited page changed" in ben.get(path).content.decode() for path in pages)
    page = f"/copies/{changed.pk}/"
    shown = ben.get(page).content.decode()
    assert "<del>" in shown
    assert "<ins>" in shown
    send(ben, ben.get(page), f"{page}acknowledge/")
    assert not any("a cited page changed" in ben.get(path).content.decode() for path in pages)


def test_missing_copy_is_a_debt_that_one_sees_and_finds(at, people, project, contested):
    lists = f"/projects/{project.slug}/sources/"
    vera = at(people.vera)
    assert "no saved copy" in vera.get(f"/sources/{contested.source.pk}/").content.decode()
    assert "Reuters report" in vera.get(lists, {"debt": "unsaved"}).content.decode()
    assert "Reuters report" not in vera.get(lists, {"debt": "changed"}).content.decode()


def test_strangers_find_no_copy(at, people, changed):
    olu = at(people.olu)
    assert [olu.get(f"/copies/{changed.pk}/{end}").status_code for end in ("", "file/")] == [404, 404]


# -- citations and articles as sources --------------------------------------------------------------------------------

BIBTEX = "@online{x, title={A title}, url={https://example.org/}, date={2023-11-16}, publisher={The Paper}}"


def test_pasted_citation_fills_the_form_and_is_kept(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/sources/"
    read = send(ana, ana.get(lists), lists, title="", citation=BIBTEX, read="1")
    assert read.status_code == 200
    assert not Source.objects.exists()
    fields = form_in(read, lists)
    assert (fields["title"], fields["published_on"], fields["publisher"]) == ("A title", "2023-11-16", "The Paper")
    send(ana, read, lists, citation=BIBTEX)
    source = Source.objects.get()
    assert (source.citation["title"], source.publisher.name) == ("A title", "The Paper")
    page = ana.get(f"/sources/{source.pk}/citation/", {"form": "ris"})
    assert b"T2  - The Paper" in page.content
    assert page["Content-Disposition"].endswith('.ris"')


def test_what_is_no_citation_is_refused_beside_the_field(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/sources/"
    answer = send(ana, ana.get(lists), lists, title="T", citation="Doe 2023")
    assert answer.status_code == 422
    assert "neither BibTeX" in answer.content.decode()


def test_article_is_used_as_a_source_once(at, people, article, send):
    ana, about = at(people.ana), f"/articles/{article.pk}/about/"
    answers = [send(ana, ana.get(about), f"/articles/{article.pk}/source/") for _ in range(2)]
    source = Source.objects.get()
    assert {answer.url for answer in answers} == {f"/sources/{source.pk}/"}
    assert (source.title, source.article) == (article.title, article)
