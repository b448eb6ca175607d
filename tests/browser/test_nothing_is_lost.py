"""What somebody marked is there exactly once, whatever happened to the network, the server, the session or the tab."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from annotations.models import Annotation
from annotations.services.annotations import edit_annotation
from annotations.services.articles import add_article
from workbench.env import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india"]
STATE = "[data-save-state]"
PATIENCE_MS = 40_000  # a server that starts on a busy machine, and the pause between two attempts


@pytest.fixture
def letters(people, project, labels):
    return add_article(by=people.max, project=project, title="Letters", text=f"{' '.join(WORDS)}.")


@pytest.fixture
def come_in(new_context):
    """A browser of a person's own, for a server at `url`."""

    def context_of(person, url):
        client = Client()
        client.force_login(person)
        context = new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
        return context

    return context_of


def opened(context, url, article):
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{url}/articles/{article.pk}/", timeout=PATIENCE_MS)
    page.wait_for_selector("html[data-annotate=ready]", timeout=PATIENCE_MS)
    return page


def mark(page, word, digit="1"):
    page.keyboard.press("v")
    page.keyboard.type(word[:4])
    page.keyboard.press(digit)


def is_now(page, state):
    expect(page.locator(STATE)).to_have_attribute("data-save-state", state, timeout=PATIENCE_MS)


# -- the server is killed ---------------------------------------------------------------------------------------------


class Server:
    """The real server on a copy of the database, in processes of its own that can be killed."""

    def __init__(self, database):
        self.database = database
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{self.database}",
        }
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), "--workers", "1"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + 60
        while not self.answers():
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.2)

    def answers(self):
        try:
            return urllib.request.urlopen(f"{self.url}/healthz", timeout=10).status == 200
        except OSError:
            return False

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def quotes(self):
        with sqlite3.connect(self.database) as rows:
            return sorted(quote for (quote,) in rows.execute("SELECT quote FROM annotations_annotation"))


@pytest.fixture
def server(letters, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the copy is made with SQLite")
    call_command("collectstatic", interactive=False, verbosity=0)
    server = Server(tmp_path / "copy.sqlite3")
    yield server
    if server.process.poll() is None:
        server.kill()


def test_killed_server_loses_nothing_and_doubles_nothing(server, come_in, people, letters):
    """Killed twice in mid-work, once behind a closed tab: what was acknowledged and what waited is there, once."""
    context = come_in(people.ana, server.url)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{server.database}'")
    server.start()
    page = opened(context, server.url, letters)
    for word in WORDS[:2]:
        mark(page, word)
    is_now(page, "saved")
    assert server.quotes() == WORDS[:2], "saved means stored"
    mark(page, WORDS[2])
    mark(page, WORDS[3])
    server.kill()  # somewhere in the middle of these two
    mark(page, WORDS[4])
    is_now(page, "unsaved")
    server.start()
    mark(page, WORDS[5])
    is_now(page, "saved")
    assert server.quotes() == WORDS[:6]
    mark(page, WORDS[6])
    server.kill()
    mark(page, WORDS[7])
    expect(page.locator(STATE)).to_contain_text("Not saved yet")
    page.close()
    server.start()
    again = opened(context, server.url, letters)
    is_now(again, "saved")
    expect(again.locator("[data-annotation]")).to_have_count(8, timeout=PATIENCE_MS)
    assert server.quotes() == WORDS[:8]


# -- the network, the session, the other person -----------------------------------------------------------------------


def test_work_without_a_network_is_stored_in_order_when_it_is_back(live_server, come_in, people, letters):
    """A mark, and its neighbour relabelled, described and thrown away from the same inspector, all while offline."""
    context = come_in(people.ana, live_server.url)
    page = opened(context, live_server.url, letters)
    mark(page, "alpha")
    expect(page.locator("#inspector blockquote")).to_have_text("alpha")
    is_now(page, "saved")
    context.set_offline(True)
    page.keyboard.press("4")
    page.keyboard.press("2")
    mark(page, "bravo")
    expect(page.locator(STATE)).to_have_text("Not saved yet (3)")
    context.set_offline(False)
    is_now(page, "saved")
    rows = Annotation.objects.order_by("id").values_list("quote", "label__key", "version")
    assert list(rows) == [("alpha", "quote", 3), ("bravo", "claim", 1)]
    expect(page.locator("[data-annotation]")).to_have_count(2)


def test_session_that_ended_keeps_the_work_until_one_is_back(live_server, come_in, people, letters):
    people.ana.set_password("a long password")
    people.ana.save()
    context = come_in(people.ana, live_server.url)
    page = opened(context, live_server.url, letters)
    Session.objects.all().delete()
    mark(page, "alpha")
    expect(page.locator("#toasts")).to_contain_text("You are signed out.")
    is_now(page, "unsaved")
    other = context.new_page()
    other.goto(f"{live_server.url}/login/")
    other.get_by_label("Username").fill("ana")
    other.get_by_label("Password").fill("a long password")
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Your queue")).to_be_visible()
    page.evaluate("document.querySelector('[data-action=retry]').click()")
    is_now(page, "saved")
    assert Annotation.objects.get().quote == "alpha"


def test_two_people_change_one_annotation_and_choose(live_server, come_in, people, letters, labels):
    context = come_in(people.ana, live_server.url)
    page = opened(context, live_server.url, letters)
    mark(page, "alpha")
    expect(page.locator("#inspector blockquote")).to_have_text("alpha")
    is_now(page, "saved")
    row = Annotation.objects.get()
    edit_annotation(by=people.ida, annotation=row, version=1, label=labels["quote"])
    page.keyboard.press("4")
    conflict = page.locator("#inspector .conflict")
    expect(conflict).to_contain_text("Ida changed this after you opened it.")
    is_now(page, "conflict")
    conflict.get_by_role("button", name="Use mine").click()
    expect(page.locator("#inspector-title")).to_contain_text("Denial")
    is_now(page, "saved")
    row.refresh_from_db()
    edit_annotation(by=people.ida, annotation=row, version=row.version, label=labels["quote"])
    page.keyboard.press("1")
    is_now(page, "conflict")
    page.locator("#inspector").get_by_role("link", name="Keep theirs").click()
    expect(page.locator("#inspector-title")).to_contain_text("Quote")
    is_now(page, "saved")


# -- undo and redo ----------------------------------------------------------------------------------------------------


def test_undo_and_redo_survive_a_reload_and_another_device(live_server, come_in, people, letters):
    page = opened(come_in(people.ana, live_server.url), live_server.url, letters)
    mark(page, "alpha")
    expect(page.locator("#inspector blockquote")).to_have_text("alpha")
    is_now(page, "saved")
    page.keyboard.press("4")
    expect(page.locator("#inspector-title")).to_contain_text("Denial")
    is_now(page, "saved")
    page.keyboard.press("Delete")
    expect(page.locator("[data-annotation]")).to_have_count(0)
    is_now(page, "saved")
    page.keyboard.press("u")
    expect(page.locator("#toasts")).to_contain_text("Undone: Moved “alpha” to the trash")
    expect(page.locator("[data-annotation]")).to_have_count(1)
    device = opened(come_in(people.ana, live_server.url), live_server.url, letters)
    device.keyboard.press("Control+z")
    expect(device.locator("#inspector-title")).to_contain_text("Claim")
    device.keyboard.press("u")
    expect(device.locator("[data-annotation]")).to_have_count(0)
    expect(device.locator("[data-act=undo]")).to_have_attribute("aria-disabled", "true")
    device.reload()
    device.wait_for_selector("html[data-annotate=ready]")
    for _ in range(2):
        device.keyboard.press("Shift+U")
        is_now(device, "saved")
    expect(device.locator("#inspector-title")).to_contain_text("Denial")
    device.keyboard.press("Control+Shift+Z")
    expect(device.locator("[data-annotation]")).to_have_count(0)
    assert Annotation.objects.get().trashed
