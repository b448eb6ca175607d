"""Words that would be a script, in every column that holds words: shown everywhere, and never as anything but words.

The words go in by the services as all words of the world do, so that events tell of them; and past the services into
whatever columns are left, so that no page relies on a check at some door.
"""

import json
import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from annotations.models import Event
from annotations.models.triggers import install_triggers, remove_triggers
from tests.admin.pages import address
from tests.permissions import world as worlds
from tests.permissions.asking import WEB as WEB_BODIES
from tests.permissions.asking import record_of
from tests.permissions.conftest import browser_of, undone
from tests.permissions.crawl import FILES, filtered, kind_of, paths_of
from tests.permissions.probing import watched
from tests.permissions.table import WEB
from tests.permissions.test_truth_table import BY_NAME, where

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_engine("what a template escapes does not depend on where its words were stored"),
]

PAYLOAD = "<i x='\">"  # short enough for every name; unescaped it opens an element, or ends an attribute
# An element; and inside a tag, a quotation mark that would end an attribute.
UNESCAPED = re.compile(r"<i x|<[a-zA-Z][^<>]*&lt;i x='")
MODELS = list(apps.get_app_config("annotations").get_models())
NOT_WORDS = {
    "sha256", "password", "digest", "hash", "head", "body", "method", "path", "key", "body_hash", "object_kind", "kind",
    "verb", "username", "zone", "media_type", "verdict",
}  # fmt: skip
POSTS = [name for name in WEB if "POST" in WEB[name]]


@pytest.fixture(scope="module")
def stained(django_db_setup, django_db_blocker):
    """A world in which all words that somebody wrote hold the payload."""
    with django_db_blocker.unblock(), undone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "MARKED", f"{PAYLOAD} of {{}}")
        patch.setattr(worlds, "TEXT", f"{worlds.TEXT} {PAYLOAD}")
        built = worlds.build()
        remove_triggers()
        columns = [column for model in MODELS for column in words_of(model) if stain(*column)]
        install_triggers()
        assert len(columns) > 50
        yield SimpleNamespace(people=built.people, desk=built.desk)


def words_of(model):
    """The columns that hold words of people's, and not a key or a hash."""
    for field in model._meta.concrete_fields:
        is_long = isinstance(field, models.TextField) or (type(field) is models.CharField and field.max_length >= 40)
        if is_long and not field.choices and field.name not in NOT_WORDS:
            yield model, field.name


def stain(model, name):
    """Whether the database took the payload: in every row, or where the words must differ, in the first."""
    rows = model._base_manager.all()
    for some in (rows, rows.filter(pk=rows.values_list("pk", flat=True).first())):
        try:
            with transaction.atomic():
                return some.update(**{name: PAYLOAD})
        except IntegrityError:
            continue
    return 0


def offences(browser, paths, **headers):
    """The pages among these that hold the payload as it was sent; and how many hold it in any form."""
    found, shown = [], 0
    for path in paths:
        got = browser.get(path, headers=headers)
        assert got.status_code < 500, path
        found += [f"{path}: {piece}" for piece in pieces_in(got)]
        shown += not got.streaming and b"&lt;i x=" in got.content
    return found, shown


def pieces_in(got):
    """Which unescaped pieces a page holds. JSON and files are no pages: no browser takes them for one."""
    if got.streaming or "text/html" not in got.get("Content-Type", ""):
        assert got.get("X-Content-Type-Options") == "nosniff"
        return []
    return UNESCAPED.findall(got.content.decode())


# -- shown ------------------------------------------------------------------------------------------------------------


def one_of_each(desk):
    """A record of each kind and state."""
    own = vars(desk.by["ana"]).items()
    return [row for _, row in [*own, *vars(desk).items()] if hasattr(row, "pk")]


def test_no_page_shows_stored_words_as_markup(stained):
    desk, browser = stained.desk, browser_of(stained.people, "max")
    paths = [*paths_of(desk, one_of_each(desk)), *filtered(desk, [], [], ["i", "mark"])]
    paths = [path for path in paths if not path.startswith("/api/")]
    found, shown = offences(browser, paths)
    assert found == []
    assert shown > 50, "so that it cannot pass for want of anything to show"


def test_no_region_shows_stored_words_as_markup(stained):
    desk, browser = stained.desk, browser_of(stained.people, "max")
    rows = {kind_of(row): row for row in one_of_each(desk)}.values()
    paths = [path for path in paths_of(desk, rows) if not path.startswith("/api/")]
    assert offences(browser, paths, **{"HX-Request": "true"})[0] == []


def test_no_page_of_the_admin_shows_stored_words_as_markup(stained):
    browser = browser_of(stained.people, "sam")
    rows = [row for model in MODELS if (row := model._base_manager.order_by("-pk").first())]
    pages = [address(row, page) for row in rows for page in ("change", "history")]
    found, shown = offences(browser, ["/admin/", *map(address, map(type, rows)), *pages])
    assert found == []
    assert shown > 50


def test_events_tell_of_the_words(stained):
    """The pages of history above had them to show."""
    told = Event.objects.filter(body__contains=json.dumps(PAYLOAD)[1:-1])
    assert told.values("object_kind").distinct().count() > 10


def test_no_file_and_no_answer_of_the_api_is_taken_for_a_page(stained):
    desk, browser = stained.desk, browser_of(stained.people, "max")
    rows = {kind_of(row): row for row in one_of_each(desk)}.values()
    files = [f"/projects/{desk.project.slug}/export/?{query}" for query in FILES]
    for path in [*(path for path in paths_of(desk, rows) if path.startswith("/api/")), *files]:
        if "report=" in path:
            continue  # the page that tells what a file would not carry
        got = browser.get(path, headers=browser.token if path.startswith("/api/") else {})
        assert "html" not in got["Content-Type"], path
        assert got["X-Content-Type-Options"] == "nosniff", path
        if path in files:
            assert got["Content-Disposition"].startswith("attachment"), path


@pytest.mark.parametrize("is_htmx", [False, True])
def test_no_refusal_shows_what_was_sent_as_markup(stained, is_htmx):
    """Every field of every form holds the payload, so most are refused, and show what was typed."""
    browser = browser_of(stained.people, "max")
    headers = {"HX-Request": "true"} if is_htmx else {}
    for name in POSTS:
        path, valid = filled(stained, name)
        with undone(), watched() as seen:
            browser.post(path, valid)
            form = dict.fromkeys([*seen.fields, *valid], PAYLOAD) | {"idempotency_key": "k"}
            got = browser.post(path, form, headers=headers)
            assert got.status_code < 500, name
            assert pieces_in(got) == [], name
        browser = browser_of(stained.people, "max") if name == "web:sign_out" else browser


def filled(world, name):
    desk, made = world.desk, world.desk.by["ana"]
    record = record_of(name, BY_NAME[name].route, desk, made)
    body = WEB_BODIES.get((name, "POST"), lambda desk, made: {})(desk, made)
    return where(name, record), {"version": getattr(record, "version", 1), **body}
