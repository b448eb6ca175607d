"""Every record has its pages, for operators and for nobody else. A new model without an admin fails here.

Each test goes through all models at once, because filling the database costs more than asking for the pages.
"""

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, Person, Worker
from tests.admin.conftest import one_of_each
from tests.admin.pages import MODELS, READ_ONLY, address, by_name
from tests.conftest import make_people
from tests.house.test_templates import offences

OTHERS = ("max", "olu")  # a manager and a stranger; everybody else stands in tests/permissions, at every one of these
MOST_QUERIES = 8  # of a list: session, person, count, rows, and a few for the filters at the side
BAD_QUERIES = (
    "q=%00&o=99.x",
    "q=" + "long+" * 500 + "&p=x",
    "q=%22%27",
    "project__id__exact=nothing",
    "project__id__exact=%00",
    "trashed__exact=x",
    "trashed__exact=%00",
    "author__id__exact=1'",
    "person__password__startswith=a",
    "id__regex=(",
    "e=1",
)
BAD_IDS = ("nothing", "01970000-0000-7000-8000-000000000000", "%00", "1'")


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """The same for all tests here, and with them the rows: each test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_people()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def every_record(people):
    return one_of_each(people)


@pytest.fixture
def pages(every_record):
    """The addresses of a model's pages: list, one record, its history."""
    return lambda model: [address(model), *(address(every_record[model], page) for page in ("change", "history"))]


@pytest.fixture
def everybody_else(client, browser_of):
    return [client, *map(browser_of, OTHERS)]


def everything():
    """All rows of all tables, to see that nothing was written."""
    return {model: list(model._default_manager.order_by("pk").values()) for model in MODELS}


def test_operator_reads_every_page(sam, pages):
    for model in MODELS:
        for page in pages(model):
            answer = sam.get(page)
            assert (page, answer.status_code) == (page, 200)
            assert (page, offences(answer.content.decode())) == (page, [])


def test_others_are_sent_to_the_sign_in_page(everybody_else, pages):
    for model in MODELS:
        for page in (*pages(model), address(model, "add")):
            answers = {(got.status_code, got["Location"]) for got in (browser.get(page) for browser in everybody_else)}
            assert answers == {(302, f"/admin/login/?next={page}")}


def test_others_write_nothing(everybody_else, every_record):
    before = everything()
    for model, row in every_record.items():
        for page in (address(model), address(model, "add"), address(row, "change"), address(row, "delete")):
            statuses = {browser.post(page, {"name": "x", "_save": "Save"}).status_code for browser in everybody_else}
            assert (page, statuses) == (page, {302})
    assert everything() == before


# -- lists ------------------------------------------------------------------------------------------------------------


def test_lists_are_searched_by_words_and_by_id(sam, every_record):
    for model, row in every_record.items():
        assert sam.get(address(model), {"q": "no such words anywhere"}).context["cl"].result_count == 0
        name = admin.site._registry[model].found_by_id[0]
        found = sam.get(address(model), {"q": str(getattr(row, f"{name}_id", getattr(row, name)))})
        assert row in found.context["cl"].result_list


def test_every_filter_filters(sam, every_record):
    """By all of them at once: each stands in the statement."""
    for model in MODELS:
        changelist = sam.get(address(model)).context["cl"]
        offered = [list(spec.choices(changelist)) for spec in changelist.filter_specs]
        for which in (1, -1):  # its first word, and its last, which may be "empty"; others differ by value alone
            chosen = "&".join(choices[which]["query_string"].removeprefix("?") for choices in offered if choices[1:])
            assert (chosen, sam.get(f"{address(model)}?{chosen}").status_code) == (chosen, 200)
            assert chosen or model is Worker, "workers are few"


def test_every_column_sorts(sam, every_record):
    """By all of them at once: each stands in the statement."""
    for model in MODELS:
        columns = range(1, len(admin.site._registry[model].list_display) + 1)
        answer = sam.get(address(model), {"o": ".".join(f"-{number}" for number in columns)})
        assert answer.status_code == 200, model


def test_a_list_takes_as_many_queries_for_many_rows_as_for_one(sam, every_record, monkeypatch):
    for model in MODELS:
        counted = []
        for rows in (1, 50):
            monkeypatch.setattr(admin.site._registry[model], "list_per_page", rows)
            with CaptureQueriesContext(connection) as queries:
                sam.get(address(model))
            counted.append(len(queries))
        assert counted[0] == counted[1] <= MOST_QUERIES, model


def test_bad_query_never_breaks_a_list(sam, every_record):
    for model in MODELS:
        answers = {query: sam.get(f"{address(model)}?{query}", follow=True).status_code for query in BAD_QUERIES}
        assert set(answers.values()) <= {200, 400}, model


@pytest.mark.parametrize(
    "lookup", ["password__startswith", "email__regex", "username__gt", "is_active__in", "groups__id__exact"]
)
def test_lists_answer_only_the_lookups_of_their_filters(lookup, sam):
    assert sam.get(f"{address(Person)}?{lookup}=a").status_code == 400


@pytest.mark.parametrize("where", ["autocomplete/", "r/1/x/"])
def test_doors_that_no_page_opens_are_closed(where, sam):
    assert sam.get(f"/admin/{where}").status_code == 404


def test_list_that_a_link_narrowed_says_so(sam, people, every_record):
    page = sam.get(address(Annotation), {"author__id__exact": people.ana.pk})
    assert "Only those with author" in page.content.decode()
    assert page.context["cl"].result_count == Annotation.objects.count()
    nobody = sam.get(address(Annotation), {"author__id__exact": people.ben.pk})
    assert nobody.context["cl"].result_count == 0


def test_records_stand_in_groups(sam, every_record):
    groups = {group["name"]: group["models"] for group in sam.get("/admin/").context["app_list"]}
    assert sum(map(len, groups.values())) == len(MODELS)
    assert "Other records" not in groups


# -- one record -------------------------------------------------------------------------------------------------------


def test_links_of_a_record_lead_somewhere(sam, every_record):
    for row in every_record.values():
        context = sam.get(address(row, "change")).context
        links = [where for _, where in (*context["below"], *context["tools"])]
        assert {where: sam.get(where).status_code for where in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("pk", BAD_IDS)
def test_unknown_id_leads_back_in_words(pk, sam):
    for model in MODELS:
        for page in ("change", "history"):
            answer = sam.get(f"/admin/annotations/{by_name(model)}/{pk}/{page}/")
            assert (answer.status_code, answer["Location"]) == (302, "/admin/")
            assert "exist" in " ".join(map(str, get_messages(answer.wsgi_request)))
    assert "exist" in " ".join(map(str, sam.get("/admin/").context["messages"]))


def test_read_only_records_refuse_a_crafted_post(sam, every_record):
    before = everything()
    for model in READ_ONLY:
        for page in (address(model, "add"), address(every_record[model], "change")):
            answer = sam.post(page, {"note": "x", "version": "1", "_save": "Save"})
            assert (page, answer.status_code) == (page, 403)
    assert everything() == before


def test_nothing_is_deleted(sam, every_record):
    before = everything()
    for model, row in every_record.items():
        assert sam.post(address(row, "delete"), {"post": "yes"}).status_code == 403
        sam.post(address(model), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert everything() == before


@pytest.mark.parametrize("where", ["/admin/", "/admin/annotations/", "/admin/password_change/", "/admin/no/such/page"])
def test_other_pages_keep_to_the_content_policy(where, sam, every_record):
    assert offences(sam.get(where).content.decode()) == []
