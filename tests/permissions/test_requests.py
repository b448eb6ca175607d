"""Requests that no page of ours makes: without the token of a form, with a forged host, in disguise, too large.

Asked of every address that there is; a new one is tried too.
"""

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.services.projects import edit_project
from annotations.web.middleware import LARGEST_REQUEST_BYTES
from tests.permissions.asking import WEB as WEB_BODIES
from tests.permissions.asking import record_of
from tests.permissions.conftest import undone
from tests.permissions.probing import watched
from tests.permissions.table import API, WEB
from tests.permissions.test_truth_table import BY_NAME, where, written

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("bare"),
    pytest.mark.one_engine("refused before the database is asked, or asked what the truth table asks"),
]

POSTS = [name for name in WEB if "POST" in WEB[name]]
GETS = [name for name in WEB if "GET" in WEB[name]]
API_WRITES = [(name, method) for name in API for method in API[name] if method != "GET" and "api:api/" not in name]
EVIL = "evil.example"
FORGED = ("X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Server", "Forwarded")
ELSEWHERE = (
    f"https://{EVIL}/", f"//{EVIL}", f"/\\{EVIL}", f"\\\\{EVIL}", f"https:{EVIL}", f"http:///{EVIL}", f" //{EVIL}",
    f"/\t/{EVIL}", f"//testserver@{EVIL}/", f"http://testserver.{EVIL}/", "javascript:hole()", "\x00//evil.example",
)  # fmt: skip
TOO_LARGE = {"CONTENT_LENGTH": str(LARGEST_REQUEST_BYTES + 1)}


def filled(world, name):
    """Where the form is sent, and one that is valid."""
    desk, made = world.desk, world.desk.by["ana"]
    record = record_of(name, BY_NAME[name].route, desk, made)
    body = WEB_BODIES.get((name, "POST"), lambda desk, made: {})(desk, made)
    return where(name, record), {"idempotency_key": "k", "version": getattr(record, "version", 1), **body}


def path_of(world, name):
    return where(name, record_of(name, BY_NAME[name].route, world.desk, world.desk.by["ana"]))


def post(browser, path, form, **headers):
    """What was answered; the database and the browser's cookies are as before."""
    cookies = browser.cookies.copy()
    with undone():
        got = browser.post(path, form, headers=headers)
    browser.cookies = cookies
    return got


def leads_to(got):
    return [got[name] for name in ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url") if name in got]


# -- a form of somebody else's page -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict(world):
    """Max, signed in by session alone, in a browser that checks what a browser would check."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(world.people.max)
    return browser


def test_no_page_writes_without_the_token_of_its_form(world, strict):
    before = written()
    for name in POSTS:
        path, form = filled(world, name)
        got = strict.post(path, form)
        assert (name, got.status_code) == (name, 403)
        forged = strict.post(path, {**form, "csrfmiddlewaretoken": "a" * 64}, headers={"X-CSRFToken": "a" * 64})
        assert (name, forged.status_code) == (name, 403)
    assert written() == before


def test_no_session_writes_by_the_api_without_the_token(world, strict):
    before = written()
    for name, method in API_WRITES:
        got = strict.generic(method, path_of(world, name), "{}", "application/json", headers={"If-Match": '"1"'})
        assert (name, method, got.status_code) == (name, method, 403)
    assert written() == before


def test_admin_writes_nothing_without_the_token(world):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.people.sam)
    for path in ("/admin/annotations/person/add/", "/admin/login/", "/admin/logout/", "/admin/password_change/"):
        assert (path, browser.post(path, {"username": "x"}).status_code) == (path, 403)


# -- on to somewhere else ---------------------------------------------------------------------------------------------


def test_no_form_leads_out_of_the_house(world, browsers):
    """Neither by a field nor by a parameter nor by the page that one says to come from."""
    away, asked = ELSEWHERE[0], []
    for name in POSTS:
        path, form = filled(world, name)
        with watched() as seen:
            got = post(browsers["max"], f"{path}?next={away}", {**form, "next": away}, Referer=away)
        assert got.status_code < 500, name
        assert not [where for where in leads_to(got) if EVIL in where.partition("?")[0]], name
        assert f'href="{away}' not in got.content.decode(), name
        asked += [name] if "next" in seen.fields else []
    assert {"web:sign_in", "web:change_preferences"} <= set(asked)
    for name in asked:
        path, form = filled(world, name)
        for away in ELSEWHERE:
            got = post(browsers["max"], path, {**form, "next": away})
            assert all(is_ours(to) for to in leads_to(got)), (name, away)


def is_ours(address):
    return address.startswith("/") and not address.startswith(("//", "/\\", "/\t")) and "\x00" not in address


def test_page_to_sign_in_leads_nowhere_else(world, browsers):
    for browser in (browsers["nobody"], browsers["max"]):
        for away in ELSEWHERE:
            got = browser.get("/login/", {"next": away})
            assert all(is_ours(to) for to in leads_to(got)), away
            assert away not in got.content.decode().replace(f"?next={away}", "")


# -- a forged host ----------------------------------------------------------------------------------------------------


def test_forged_host_is_refused_and_stands_in_no_answer(world, browsers):
    for name in (*GETS, *(name for name in API if "GET" in API[name])):
        browser, path = browsers["max"], path_of(world, name)
        token = browser.token if name.startswith("api:") else {}
        got = browser.get(path, headers={**token, "Host": EVIL})
        assert name in ("web:healthz", "web:readyz") or got.status_code == 400, name
        assert EVIL not in words_of(got), name
        got = browser.get(path, headers={**token, **dict.fromkeys(FORGED, EVIL)})
        assert got.status_code < 400 or got.status_code == 422 or "api:api/" in name, name  # 422: asks for a parameter
        assert EVIL not in words_of(got), name


def words_of(got):
    body = b"".join(got.streaming_content) if got.streaming else got.content
    return f"{body.decode()} {got.headers}"


def test_link_in_a_mail_begins_with_the_address_of_the_installation(world, browsers):
    world.people.pia.email = "pia@example.org"
    world.people.pia.save(update_fields=["email"])
    browsers["nobody"].post("/password/reset/", {"email": "pia@example.org"}, headers={"Host": "localhost"})
    (sent,) = mail.outbox
    assert f"{settings.BASE_URL}/password/reset/" in sent.body
    assert "localhost" not in f"{sent.body} {sent.subject}"


# -- lines in names, methods in disguise, bodies without end ----------------------------------------------------------

LINES = "A\r\nSet-Cookie: hole=1\r\n\r\n<b>"


def test_no_name_of_a_file_ends_a_header(world, browsers):
    browser = browsers["max"]
    path = path_of(world, "web:import_files")
    for name in (LINES, f'"; filename="{LINES}', "../../etc/passwd", "\x00.txt"):
        got = post(browser, path, {"idempotency_key": "k", "file": SimpleUploadedFile(name, b"Title\n\nWords.\n")})
        assert got.status_code < 500, name
        assert "hole" not in got.cookies
        assert "<b>" not in got.content.decode().partition("<main")[2].partition("Set-Cookie")[2][:40]


def test_no_name_of_a_project_ends_a_header(world, browsers):
    project = world.desk.project
    with undone():
        type(project).objects.filter(pk=project.pk).update(name=LINES)
        for path in ("", "settings/", "export/?format=jsonl", "export/?report=jsonl", "export/?format=web_annotation"):
            got = browsers["max"].get(f"/projects/{project.slug}/{path}")
            assert got.status_code == 200, path
            assert "hole" not in got.cookies
            assert "\n" not in "".join(f"{name}{value}" for name, value in got.headers.items())
    project.refresh_from_db()
    with undone():
        edit_project(by=world.people.max, project=project, version=project.version, name="A name in one line")


def test_no_field_of_a_form_ends_a_header(world, browsers):
    for name in POSTS:
        path, form = filled(world, name)
        got = post(browsers["max"], path, {**form, **dict.fromkeys(("next", "label", "q", "name", "title"), LINES)})
        assert got.status_code < 500, name
        assert "hole" not in got.cookies, name


def test_a_method_is_the_one_that_was_sent(world, browsers):
    """No header and no field turns one into another."""
    before, browser, methods = written(), browsers["max"], ("DELETE", "PATCH", "POST")  # each in each header, in turn
    for name in (*GETS, *(name for name in API if "GET" in API[name])):
        token = browser.token if name.startswith("api:") else {}
        disguise = dict(zip(("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"), methods, strict=True))
        got = browser.get(path_of(world, name), {"_method": methods[0]}, headers={**token, **disguise})
        assert got.status_code < 500, name
        methods = (*methods[1:], methods[0])
        if "POST" not in {**API, **WEB}[name] and "api:api/" not in name:
            disguise = {**token, "X-HTTP-Method-Override": "DELETE", "If-Match": '"1"'}
            got = browser.post(path_of(world, name), {"_method": "DELETE"}, headers=disguise)
            assert got.status_code in (405, 404) or name in SHARED, name
    assert written() == before


SHARED = {name for address in BY_NAME.values() if len(address.names) > 1 for name in address.names}


def test_body_without_end_is_refused_before_it_is_read(world, browsers):
    before, browser = written(), browsers["max"]
    for name in POSTS:
        got = browser.generic("POST", path_of(world, name), b"", "application/x-www-form-urlencoded", **TOO_LARGE)
        assert (name, got.status_code) == (name, 413)
    for name, method in API_WRITES:
        headers = {**browser.token, "If-Match": '"1"'}
        got = browser.generic(method, path_of(world, name), b"{}", "application/json", headers=headers, **TOO_LARGE)
        assert (name, method, got.status_code) == (name, method, 413)
    assert written() == before


def test_form_that_is_too_large_is_refused_in_words(world, browsers, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 500
    before = written()
    for name in POSTS:
        path, form = filled(world, name)
        with watched() as seen:
            got = post(browsers["max"], path, {**form, "note": "long " * 200})
        assert got.status_code == 413 or not seen.fields, name  # to sign out, nobody reads what was sent
    assert written() == before


# -- what is private stays out of shared stores -----------------------------------------------------------------------


def test_no_shared_store_keeps_what_somebody_may_read(world, browsers):
    browser = browsers["max"]
    mine = [name for name in GETS if not WEB[name]["GET"].startswith("public")]
    mine += [
        name for name in API if "GET" in API[name] and "api:api/" not in name and name not in ("api:schema", "api:docs")
    ]
    for name in mine:
        got = browser.get(path_of(world, name), headers=browser.token if name.startswith("api:") else {})
        kept = {word.strip() for word in got.get("Cache-Control", "").split(",")}
        assert kept & {"private", "no-store"}, name
        assert "public" not in kept, name
    for path in ("/admin/", "/admin/annotations/person/"):
        assert "private" in browsers["sam"].get(path)["Cache-Control"]
