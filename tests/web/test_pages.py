"""Every page: whom it answers and how, how many queries it costs, and the content policy on all of them."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
    "font-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip


@pytest.fixture
def addresses(project, article, contested):
    """The addresses of all pages that one may open, by name."""
    annotation = contested.annotations[0]
    slug, pk = [project.slug], [article.pk]
    return {
        "queue": "/",
        "mine": "/?tab=mine",
        "disputed": "/?tab=disputed",
        "make_project": reverse("web:make_project"),
        "project": reverse("web:project", args=slug),
        "settings": reverse("web:project_settings", args=slug),
        "members": reverse("web:members", args=slug),
        "labels": reverse("web:labels", args=slug),
        "articles": reverse("web:articles", args=slug),
        "article": reverse("web:article", args=pk),
        "chosen": f"{reverse('web:article', args=pk)}?annotation={annotation.pk}",
        "read": reverse("web:read_article", args=pk),
        "about": reverse("web:about_article", args=pk),
        **registers(project, contested),
    }


def registers(project, contested):
    """Claims, disputes and what they rest on; history and export."""
    lists = ("claims", "sources", "origins", "agents", "disputes", "open_dispute", "project_history", "export")
    dispute, claim, evidence = contested.dispute.pk, contested.claims[0].pk, contested.evidence.pk
    rows = {
        "claim": claim,
        "add_evidence": claim,
        "edit_evidence": evidence,
        "source": contested.source.pk,
        "origin": contested.origin.pk,
        "agent": contested.agents[0].pk,
        "dispute": dispute,
        "edit_dispute": dispute,
        "add_position": dispute,
        "add_evidence_to_dispute": dispute,
        "propose_resolution": dispute,
        "edit_position": contested.positions[0].pk,
    }
    return (
        {name: reverse(f"web:{name}", args=[project.slug]) for name in lists}
        | {name: reverse(f"web:{name}", args=[pk]) for name, pk in rows.items()}
        | {"history": reverse("web:history", args=["dispute", dispute])}
    )


OPEN_TO_ALL = {"queue", "mine", "disputed", "make_project"}


@pytest.mark.parametrize("name", ["vera", "ana", "ida", "max"])
def test_members_see_every_page(at, people, addresses, name):
    browser = at(getattr(people, name))
    assert {page: browser.get(path).status_code for page, path in addresses.items()} == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize("name", ["olu", "sam"])
def test_others_find_nothing(at, people, addresses, name):
    browser = at(getattr(people, name))
    answers = {page: browser.get(path).status_code for page, path in addresses.items()}
    assert answers == {page: 200 if page in OPEN_TO_ALL else 404 for page in addresses}


def test_strangers_are_sent_to_sign_in(at, addresses):
    for path in addresses.values():
        answer = at(None).get(path)
        assert answer.status_code == 302
        assert answer.url.startswith("/login/?next=")


def test_content_policy_stands_on_every_page(at, people, addresses):
    browser = at(people.max)
    paths = [*addresses.values(), "/nothing/here/", "/logout/", "/healthz"]
    assert {path: policy_of(browser.get(path)) for path in paths} == dict.fromkeys(paths, POLICY)
    assert policy_of(at(None).get("/login/")) == POLICY


def policy_of(answer):
    return set(answer.headers["Content-Security-Policy"].split("; "))


QUERIES_AT_MOST = {
    "queue": 8,
    "article": 14,
    "chosen": 26,
    "read": 11,
    "project": 16,
    "members": 8,
    "labels": 8,
    "about": 12,
}


@pytest.mark.parametrize("name", QUERIES_AT_MOST)
def test_page_costs_a_fixed_number_of_queries(at, people, addresses, mark, name):
    browser = at(people.ana)
    with CaptureQueriesContext(connection) as few:
        browser.get(addresses[name])
    for phrase in ("Both sides", "the meeting", "took place", "an hour"):
        mark(phrase)
    with CaptureQueriesContext(connection) as more:
        browser.get(addresses[name])
    assert len(few) == len(more) <= QUERIES_AT_MOST[name]


# -- what went wrong --------------------------------------------------------------------------------------------------


def test_unknown_address_is_a_page_of_ours(at, people):
    answer = at(people.ana).get("/nothing/here/")
    assert answer.status_code == 404
    assert "There is nothing here, or nothing that you may see." in answer.content.decode()


def test_unknown_address_of_the_api_is_a_problem_document(at, people):
    answer = at(people.ana).get("/api/v1/nothing/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_address_of_a_write_is_no_page(at, people, article):
    answer = at(people.ana).get(f"/articles/{article.pk}/annotations/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "it is not a page to open" in answer.content.decode()


def test_forged_form_is_refused_in_words(people, article):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(people.ana)
    answer = client.post(f"/articles/{article.pk}/annotations/", {"label": "claim"})
    assert answer.status_code == 403
    assert "from an earlier sign-in" in answer.content.decode()


def test_too_much_at_once_is_413(at, people, project, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = at(people.max).post(f"/projects/{project.slug}/articles/", {"title": "Long", "text": "x" * 2000})
    assert answer.status_code == 413
    assert "too large to be sent at once" in answer.content.decode()


def test_upload_that_says_it_is_huge_is_refused_unread(at, people, project):
    answer = at(people.max).generic(
        "POST", f"/projects/{project.slug}/imports/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**9)
    )
    assert answer.status_code == 413


def test_form_sent_after_the_session_ended_leads_back_to_its_page(at, article):
    page = f"http://testserver/articles/{article.pk}/"
    answer = at(None).post(f"/articles/{article.pk}/annotations/", {}, headers={"Referer": page})
    assert unquote(answer.url) == f"/login/?next={page}"
    elsewhere = at(None).post(f"/articles/{article.pk}/annotations/", {}, headers={"Referer": "https://x.example/"})
    assert elsewhere.url == "/login/?next=/"


def test_failure_on_our_side_needs_no_database(at, people, rf):
    from annotations.web.errors import server_error

    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert b"Something went wrong on our side" in answer.content
    assert server_error(rf.get("/api/v1/projects/")).headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/?tab=nonsense", "/?start=-1", "/?start=x", "/?tab=all&start=99999999999999999999"])
def test_odd_query_is_the_plain_queue(at, people, project, article, path):
    answer = at(people.ana).get(path)
    assert answer.status_code == 200
    assert article.title in answer.content.decode()


@pytest.mark.parametrize("chosen", ["x", "00000000-0000-0000-0000-000000000000", "\x00", "🚀"])
def test_odd_choice_opens_the_article_without_one(at, people, article, chosen):
    answer = at(people.ana).get(f"/articles/{article.pk}/", {"annotation": chosen, "trashed": chosen})
    assert answer.status_code == 200
    assert "Nothing selected" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "x" * 5000, "before=x", "before=%00", "state=x&owner=x", "q=%F0%9F%9A%80"]
)
def test_odd_query_is_a_list_all_the_same(at, people, addresses, query):
    vera = at(people.vera)
    names = ("claims", "sources", "origins", "agents", "disputes", "project_history")
    assert {vera.get(f"{addresses[name]}?{query}").status_code for name in names} == {200}
