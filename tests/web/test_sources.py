"""Sources and origins through the page: listed, added, changed, trashed, with everything that rests on them."""

from annotations.models import Agent, Origin, Source
from annotations.services.sources import add_source, edit_source


def test_source_page_shows_what_it_says(at, people, contested):
    page = at(people.vera).get(f"/sources/{contested.source.pk}/").content.decode()
    assert contested.claims[0].text in page
    assert "relayed account" in page
    assert contested.origin.label in page


def test_added_with_a_new_publisher(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/sources/"
    answer = send(ana, ana.get(lists), lists, title="Minutes", publisher="The archive", published_on="2026-11")
    source = Source.objects.get()
    assert (answer.status_code, answer.url) == (303, f"/sources/{source.pk}/")
    assert (source.publisher.name, source.publisher.kind, source.published_on) == ("The archive", "outlet", "2026-11")


def test_impossible_date_is_refused_beside_its_field(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/sources/"
    answer = send(ana, ana.get(lists), lists, title="Minutes", published_on="2026-02-31")
    assert answer.status_code == 422
    assert "is not in the calendar" in answer.content.decode()
    assert not Source.objects.exists()


def test_javascript_address_is_refused(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/sources/"
    answer = send(ana, ana.get(lists), lists, title="Minutes", url="javascript:alert(1)")
    assert answer.status_code == 422
    assert "An address begins with http:// or https://" in answer.content.decode()


def test_changed_and_the_publisher_kept(at, people, contested, send):
    form = f"/sources/{contested.source.pk}/"
    ida = at(people.ida)
    send(ida, ida.get(form), form, title="The report", level="primary")
    contested.source.refresh_from_db()
    assert (contested.source.title, contested.source.level) == ("The report", "primary")
    assert contested.source.publisher == contested.agents[0]
    assert Agent.objects.count() == 2


def test_stale_change_shows_both(at, people, contested):
    from tests.web.forms import form_in

    form = f"/sources/{contested.source.pk}/"
    ida = at(people.ida)
    fields = form_in(ida.get(form), form)
    edit_source(by=people.ida, source=contested.source, version=1, title="Theirs")
    answer = ida.post(form, fields | {"title": "Mine"})
    assert answer.status_code == 412
    assert "Both versions" in answer.content.decode()
    assert "Theirs" in answer.content.decode()


def test_trashed_and_restored(at, people, contested, send):
    form = f"/sources/{contested.source.pk}/"
    ida = at(people.ida)
    send(ida, ida.get(form), f"{form}trash/")
    assert "This source is in the trash." in ida.get(form).content.decode()
    send(ida, ida.get(form), f"{form}restore/")
    contested.source.refresh_from_db()
    assert not contested.source.trashed


def test_list_narrows_by_words_and_kind(at, people, project, contested):
    add_source(by=people.ana, project=project, kind="dataset", title="Daily figures")
    vera, lists = at(people.vera), f"/projects/{project.slug}/sources/"
    for query, shown in [({"q": "reuters"}, (True, False)), ({"kind": "dataset"}, (False, True)), ({}, (True, True))]:
        page = vera.get(lists, query).content.decode()
        assert ("Reuters report" in page, "Daily figures" in page) == shown, query


def test_address_of_a_source_opens_no_door(at, people, contested):
    contested.source.url = "https://example.org/a?b=<script>"
    contested.source.save()
    page = at(people.vera).get(f"/sources/{contested.source.pk}/").content.decode()
    assert "<script>" not in page.split("example.org")[1][:40]
    assert 'rel="noopener noreferrer external"' in page


# -- origins ----------------------------------------------------------------------------------------------------------


def test_origin_page_counts_what_goes_back_to_it(at, people, contested):
    page = at(people.vera).get(f"/origins/{contested.origin.pk}/").content.decode()
    assert "1 origin, 1 document" in page
    assert contested.source.title in page


def test_origin_is_named_renamed_and_trashed(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/origins/"
    answer = send(ana, ana.get(lists), lists, label="The minutes")
    origin = Origin.objects.get()
    form = f"/origins/{origin.pk}/"
    assert answer.url == form
    send(ana, ana.get(form), form, label="The minutes of May")
    send(ana, ana.get(form), f"{form}trash/")
    origin.refresh_from_db()
    assert (origin.label, origin.trashed) == ("The minutes of May", True)
    send(ana, ana.get(form), f"{form}restore/")
    origin.refresh_from_db()
    assert not origin.trashed


def test_viewer_reads_why_they_may_not_add(at, people, project):
    page = at(people.vera).get(f"/projects/{project.slug}/sources/").content.decode()
    assert "Adding sources needs the role" in page
    assert "Adding origins needs the role" in at(people.vera).get(f"/projects/{project.slug}/origins/").content.decode()


def test_stranger_finds_nothing(at, people, project, contested):
    olu = at(people.olu)
    paths = (
        f"/sources/{contested.source.pk}/",
        f"/origins/{contested.origin.pk}/",
        f"/projects/{project.slug}/sources/",
    )
    assert [olu.get(path).status_code for path in paths] == [404, 404, 404]


# -- an article or a span of the project as a source -------------------------------------------------------------------


def test_an_article_and_a_span_become_sources_with_the_citation_of_the_article(at, people, contested, article, send):
    article.byline, article.language, article.published_on = "A. Writer", "en", "2024-05-02"
    article.save()
    ana, about = at(people.ana), f"/articles/{article.pk}/about/"
    use = f"/articles/{article.pk}/source/"
    whole = send(ana, ana.get(about), use)
    span = contested.annotations[0]
    screen = ana.get(f"/articles/{article.pk}/?annotation={span.pk}")
    part = send(ana, screen, use)
    assert (whole.status_code, part.status_code) == (303, 303)
    assert send(ana, ana.get(about), use).url == whole.url, "the same article is the same source"
    rows = list(Source.objects.filter(article=article).order_by("pk"))
    assert [(row.title, row.annotation_id) for row in rows] == [(article.title, None), (article.title, span.pk)]
    csl = ana.get(f"{part.url}citation/?form=csl").content.decode()
    assert all(words in csl for words in ("A. Writer", "The Wire", article.title))
    assert f"?annotation={span.pk}" in ana.get(part.url).content.decode()
    assert "Use this span as a source" not in at(people.vera).get(screen.request["PATH_INFO"]).content.decode()
    assert "needs the role" in at(people.vera).get(about).content.decode()
