"""Saved copies: the bytes as they came, under their hash; what is read in them; what changed since; what is fetched."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from annotations.core.errors import IllegalMove, Invalid, Refused
from annotations.core.media import media_type_of
from annotations.models import Event, Job, SavedCopy
from annotations.services import copies
from annotations.services.jobs import run_job
from annotations.services.sources import add_source, edit_source, trash_source
from tests.services.outside_servers import serving, telling

PAGE = (
    "<!doctype html><html><head><title>Big news</title>"
    '<meta property="og:site_name" content="The Paper"><meta property="article:published_time" content="2023-11-16">'
    "</head><body><article><h1>Big news</h1><p>{}</p></article></body></html>"
)
WORDS = "The minister said on Thursday that nothing had happened, and that nothing would. He was asked three times."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def source(people, project):
    return add_source(
        by=people.ana, project=project, kind="article", title="https://paper.test/", url="https://paper.test/"
    )


@pytest.fixture
def save(people, source):
    """save(content): a copy of the source with these bytes."""

    def save_one(content, by=people.ana, **how):
        prepared = copies.prepare_copy(project=source.project, pieces=[content], **how)
        return copies.save_copy(by=by, source=source, prepared=prepared)

    return save_one


# -- bytes ------------------------------------------------------------------------------------------------------------


def test_bytes_are_kept_as_they_came_under_their_hash(save, source, media):
    content = b"\x89PNG\r\n\x1a\n\x00\r\n\xff"
    copy = save(content, name="../../etc/pass\x07wd.html")
    digest = hashlib.sha256(content).hexdigest()
    assert (copy.sha256, copy.size, copy.media_type) == (digest, len(content), "image/png")
    assert copy.file_name == "passwd.html"
    assert copy.path == media / "copies" / str(source.project_id) / digest[:2] / digest
    assert copy.path.read_bytes() == content
    assert [path.name for path in media.rglob("*") if path.is_file()] == [digest]


def test_equal_bytes_are_stored_once(save, media):
    assert save(b"GIF89a").sha256 == save(b"GIF89a").sha256
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


def test_what_is_too_large_leaves_nothing_behind(save, settings, media):
    settings.COPY_LARGEST_BYTES = 10
    with pytest.raises(Invalid, match="at most"):
        save(b"GIF89a, and then some more")
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert not SavedCopy.objects.exists()


KINDS = [
    (b"%PDF-1.7\n", "", "", "application/pdf"),
    (b"<!doctype html><p>x", "image/png", "x.png", "text/html"),
    (b"Words <script>alert(1)</script> <p>x", "text/plain", "x.txt", "text/html"),
    (b"a,b\r\n1,2\r\n", "text/csv", "x.csv", "text/csv"),
    (b"a,b\r\n1,2\r\n", "text/html", "x", "text/plain"),
    ("Wörter".encode("utf-16"), "", "", "text/plain"),
    (
        b"PK\x03\x04 and more",
        "",
        "report.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "", "", "application/xhtml+xml"),
]
REFUSED = [
    b"",
    b"MZ\x90\x00\x03",
    b"\x7fELF\x02\x01\x01\x00",
    b"PK\x03\x04 a bomb",
    b"<svg onload=alert(1)>",
    b"\x00\x01",
]


@pytest.mark.parametrize(("head", "declared", "name", "kind"), KINDS)
def test_kind_is_found_out_from_the_bytes_and_not_believed(head, declared, name, kind):
    assert media_type_of(head, declared, name) == kind


@pytest.mark.parametrize("head", REFUSED)
def test_what_is_no_document_is_refused(head):
    with pytest.raises(Invalid) as caught:
        media_type_of(head, "text/html", "x.html")
    assert "file" in caught.value.errors


# -- what is read in them ---------------------------------------------------------------------------------------------


def test_page_is_read_with_its_title_date_and_publisher(save):
    copy = save(PAGE.format(WORDS).encode(), declared="text/html")
    assert WORDS in copy.text
    assert (copy.title, copy.published_on, copy.publisher_name) == ("Big news", "2023-11-16", "The Paper")


def test_text_is_kept_as_it_is_and_history_holds_its_hash(save):
    copy = save("Zeile eins\r\nقاآنی".encode(), name="x.txt")
    assert copy.text == "Zeile eins\r\nقاآنی"
    assert "قاآنی" not in Event.objects.get(verb="copy_saved").body


def test_pdf_is_read(save):
    from pypdf import PdfWriter

    writer, into = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": "Minutes"})
    writer.write(into)
    assert save(into.getvalue()).title == "Minutes"


def test_document_that_cannot_be_read_is_kept_all_the_same(save, monkeypatch):
    monkeypatch.setattr(copies, "SECONDS_TO_READ", 0.01)
    copy = save(PAGE.format(WORDS).encode())
    assert (copy.text, copy.media_type) == ("", "text/html")
    assert copy.path.exists()


def test_reading_process_knows_no_secret():
    assert {"SECRET_KEY", "DATABASE_URL"}.isdisjoint(copies.environment())


# -- what changed -----------------------------------------------------------------------------------------------------


def test_copy_that_reads_otherwise_waits_to_be_looked_at(save, people):
    first, same, other = save(b"One."), save(b"One."), save(b"Two.")
    assert (first.differs, same.differs, other.differs) == (False, False, True)
    copies.acknowledge_copy(by=people.ben, copy=other, version=1)
    assert (other.acknowledged_by, bool(other.acknowledged_at)) == (people.ben, True)
    for copy in (first, other):
        with pytest.raises(IllegalMove):
            copies.acknowledge_copy(by=people.ben, copy=copy, version=copy.version)


def test_source_is_filled_in_from_its_page_and_nothing_is_overwritten(save, people, source):
    copy = save(PAGE.format(WORDS).encode())
    filled = copies.fill_source(by=people.ana, copy=copy, version=source.version)
    assert (filled.title, filled.published_on, filled.published_basis) == ("Big news", "2023-11-16", "printed")
    assert (filled.publisher.name, filled.publisher.kind) == ("The Paper", "outlet")
    with pytest.raises(IllegalMove):
        copies.fill_source(by=people.ana, copy=copy, version=filled.version)


def test_viewers_save_nothing(save, people, media):
    with pytest.raises(Refused):
        save(b"One.", by=people.vera)


def test_source_in_the_trash_takes_no_copy(save, people, source):
    trash_source(by=people.ana, source=source, version=1)
    with pytest.raises(IllegalMove):
        save(b"One.")


# -- fetching ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def server(settings, people, source):
    """The paper's server; the source's address leads there."""
    with serving({}) as running:
        settings.FETCH_RESOLVER = lambda host, port: ["127.0.0.1"]
        settings.FETCH_EXCEPTIONS = frozenset({("127.0.0.1", running.server_address[1])})
        edit_source(by=people.ana, source=source, version=1, url=f"http://paper.test:{running.server_address[1]}/")
        yield running


def fetched(people, source):
    job = copies.start_fetch(by=people.ana, source=source)
    assert job.state == "queued"  # never in the request
    run_job(job.pk)
    job.refresh_from_db()
    return job


def test_address_is_fetched_by_a_worker_and_what_changed_is_noticed(server, people, source):
    server.answers["/"] = telling(PAGE.format(WORDS).encode(), Content_Type="text/html")
    first = fetched(people, source)
    assert (first.state, first.result["outcome"]) == ("done", "A copy is saved.")
    again = fetched(people, source)
    assert "nothing changed" in again.result["outcome"]
    server.answers["/"] = telling(PAGE.format(WORDS.replace("Thursday", "Friday")).encode(), Content_Type="text/html")
    other = fetched(people, source)
    assert "The page changed" in other.result["outcome"]
    assert list(SavedCopy.objects.order_by("pk").values_list("way", "differs")) == [("fetch", False), ("fetch", True)]


def test_page_that_is_refused_fails_in_words_without_its_own(server, people, source):
    server.answers["/"] = telling(b"<h1>remote words</h1>", status=500)
    job = fetched(people, source)
    assert (job.state, "status 500" in job.problem, "remote" in job.problem) == ("failed", True, False)
    assert not SavedCopy.objects.exists()


def test_source_without_address_is_not_fetched(people, project):
    plain = add_source(by=people.ana, project=project, kind="document", title="Minutes")
    with pytest.raises(Invalid, match="no address"):
        copies.start_fetch(by=people.ana, source=plain)


def test_watched_sources_are_fetched_again_when_their_time_has_come(save, people, project, source, settings):
    other = add_source(by=people.ben, project=project, kind="post", title="P", url="https://p.test/", watched=True)
    assert copies.fetch_watched() == 1
    assert copies.fetch_watched() == 0  # it waits for a worker already
    edit_source(by=people.ana, source=source, version=1, watched=True)
    copy = save(b"One.")
    assert copies.fetch_watched() == 0
    long_ago = timezone.now() - timedelta(hours=settings.WATCH_HOURS + 1)
    SavedCopy.objects.filter(pk=copy.pk).update(retrieved_at=long_ago)
    assert copies.fetch_watched() == 1
    assert {job.arguments["source"] for job in Job.objects.all()} == {str(other.pk), str(source.pk)}
