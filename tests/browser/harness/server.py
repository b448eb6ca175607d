"""A small server for the browser modules alone: pages from memory, static files from disk, posts written down.

It sends the same content policy as the workbench, so a page that breaks it fails here too. No views, no database.
"""

import mimetypes
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.contrib.staticfiles import finders

from tests.browser.slowness import answer_late

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HTML = "text/html; charset=utf-8"


class Reply(NamedTuple):
    body: str = ""
    status: int = 200
    headers: dict[str, str] = {}


class Post(NamedTuple):
    path: str
    fields: dict[str, str]
    headers: dict[str, str]


class Harness(ThreadingHTTPServer):
    """`pages` maps a path to its HTML; `answer` says what a request with htmx, or a post, gets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.thread = Thread(target=self.serve_forever, daemon=True)
        self.thread.start()
        self.forget()

    def forget(self) -> None:
        self.pages: dict[str, str] = {}
        self.posts: list[Post] = []
        self.asked: list[str] = []
        self.answer: Callable[[Post], Reply] = lambda _: Reply("<p>Stored.</p>")
        self.answer_get: Callable[[str], Reply] = lambda _: Reply("<p>Shown.</p>")


class Handler(BaseHTTPRequestHandler):
    server: Harness
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/static/"):
            return self.send_static(path.removeprefix("/static/"))
        if self.headers.get("HX-Request"):
            self.server.asked.append(self.path)
            return self.send(self.server.answer_get(self.path))
        page = self.server.pages.get(path)
        return self.send(Reply(page) if page is not None else Reply("", 404))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        sent = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        post = Post(self.path, {name: values[-1] for name, values in sent.items()}, dict(self.headers.items()))
        if self.path.endswith("/presence/"):
            return self.send(Reply("", 204))  # the page says that it is there, which is nobody's work
        self.server.posts.append(post)
        self.send(self.server.answer(post))

    def send(self, reply: Reply) -> None:
        answer_late()
        self.send_bytes(reply.body.encode(), HTML, reply.status, reply.headers)

    def send_static(self, name: str) -> None:
        found = finders.find(name)
        if not found:
            return self.send(Reply("", 404))
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        return self.send_bytes(Path(found).read_bytes(), kind)

    def send_bytes(self, body: bytes, kind: str, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""
