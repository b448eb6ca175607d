"""Takes the README's pictures: loads the demo into a database of its own, serves it, signs in, and looks around.

Run by `make screenshots`. The addresses and the names of the log-in fields are those every visitor meets.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import LAUNCH_ARGS
from tests.provide import find_chromium, free_port, provide_chromium

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PATIENCE_SECONDS = 30


@contextmanager
def demo_server() -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="workbench-pictures-") as scratch:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{scratch}/workbench.sqlite3",
            "SECRET_KEY": "only for the minutes that these pictures take, and for nobody else to know 0123456789",
            "BASE_URL": address,
            "DEMO": "1",
            "MEDIA_ROOT": f"{scratch}/media",
        }
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "demo", "--noserve"], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen([*manage, "serve", "--port", str(port)], cwd=ROOT, env=environment)
        try:
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}/login/", timeout=2)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    sys.exit("The server did not answer.")


def open_signed_in(browser: Browser, address: str, size: dict[str, int], scheme: str) -> Page:
    page = browser.new_context(base_url=address, viewport=size, color_scheme=scheme).new_page()
    page.goto("/login/")
    page.get_by_label("Username").fill("ida")
    page.get_by_label("Password").fill(os.environ.get("DEMO_PASSWORD", "demo"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    return page


def address_of(page: Page, list_address: str, words: str) -> str:
    """Where the link with these words leads."""
    page.goto(list_address)
    return page.locator("a[href]", has_text=words).first.get_attribute("href") or list_address


def main() -> None:
    provide_chromium()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGS)
        page = open_signed_in(browser, address, DESK, "light")
        dispute = address_of(page, "/projects/seeds/disputes/", "Was Ismail Haniyeh told")
        article = address_of(page, "/projects/seeds/", "Qaani’s pledge")
        page.goto(article)
        article = page.locator("[data-annotation]", has_text="11").first.evaluate("chip => chip.href")
        for name, place in (("queue", "/"), ("annotate", article), ("dispute", dispute)):
            take(page, place, name)
        take(open_signed_in(browser, address, DESK, "dark"), dispute, "dispute-dark")
        take(open_signed_in(browser, address, PHONE, "light"), article, "annotate-phone")
        browser.close()


def take(page: Page, place: str, name: str) -> None:
    page.goto(place)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    main()
