"""Asks for everything that can be asked for: each address that answers GET, for each record there is, with the filters
that lists have, and every link that a page offers."""

import re
from collections import Counter
from html.parser import HTMLParser

from django.urls import reverse

from tests.permissions.addresses import addresses
from tests.permissions.asking import NOUNS, QUERIES
from tests.permissions.published import PUBLIC
from tests.permissions.table import API, WEB

READ = [
    (name, address.route)
    for address in addresses().values()
    for name in address.names
    if "GET" in {**API, **WEB}.get(name, {}) and ("<slug" in address.route or "<uuid:pk>" in address.route)
    if {**API, **WEB}[name]["GET"] not in PUBLIC.values()  # for all to read, by decision of a manager
]
PUBLISHED = re.compile(r"/(reports|projects/[^/]+/(reports|corrections))/")
WITHOUT_PROJECT = ["/", "/?tab=mine", "/?tab=disputed", "/projects/", "/api/v1/me/", "/api/v1/projects/"]
CHANGES_BY_ITSELF = re.compile(
    r'(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"|"X-CSRFToken": "[^"]*"|Set-Cookie: csrftoken=.*|'
    r"\d+ (second|minute)s? ago|just now|'Content-Length': '\d+'|"
    r'(?<=name="sent_at" value=")[^"]*(?=" [^>]*id="request-sent_at")|'  # a new form says now
    r":[0-9A-Za-z]{6}:[\w-]{43}(?=; HttpOnly)"  # when a cookie was signed, and so its signature; its words stay
)


def paths_of(desk, rows):
    """Every address that reads something of a project, with each of these rows that it can name."""
    for name, route in READ:
        if "reports/<slug:slug>" in route:
            yield from (reverse(name, kwargs={"slug": row.slug}) for row in rows if kind_of(row) == "report")
            continue
        if "<slug:slug>" in route:
            yield reverse(name, kwargs={"slug": desk.project.slug}) + QUERIES.get(name, "")
            continue
        noun = route.removeprefix("api/v1/").partition("/")[0]
        for row in rows:
            kind = kind_of(row)
            if "<uuid:source>" in route:
                if kind == "saved_copy":
                    yield reverse(name, kwargs={"source": row.source_id, "pk": row.pk})
            elif "<slug:kind>" in route:
                yield reverse(name, kwargs={"kind": kind, "pk": row.pk})
            elif NOUNS.get(noun) == kind.removesuffix("ship"):
                yield reverse(name, kwargs={"pk": row.pk} | ({"number": 1} if "<int:number>" in route else {}))


def kind_of(row):
    return getattr(row, "decision", None) or type(row).record_kind()


def filtered(desk, people, rows, words):
    """Lists by every filter that names a person, a record or words."""
    slug = desk.project.slug
    for kind in ("annotations", "claims", "disputes", "sources", "agents", "origins", "articles", "events"):
        yield from (f"/api/v1/projects/{slug}/{kind}/?limit=1000", f"/api/v1/projects/{slug}/{kind}/?limit=1")
    for person in people:
        yield f"/api/v1/projects/{slug}/annotations/?author={person.pk}"
        yield f"/api/v1/projects/{slug}/claims/?author={person.pk}"
        yield f"/api/v1/projects/{slug}/claims/?owner={person.pk}"
        yield f"/projects/{slug}/claims/?owner={person.pk}"
    for kind in ("annotations/?state=trashed", "claims/?trashed=true", "disputes/?trashed=true"):
        yield f"/api/v1/projects/{slug}/{kind}"
    for kind in ("claims", "sources", "agents"):
        yield from (f"/projects/{slug}/{kind}/?q={word}" for word in words)
    for state in ("open", "in_review", "closed"):
        yield f"/projects/{slug}/disputes/?state={state}"
    yield from (f"/projects/{slug}/export/?{query}" for query in FILES)
    yield from (f"/api/v1/projects/{slug}/export/?format={name}" for name in ("jsonl", "web_annotation"))
    yield f"/api/v1/projects/{slug}/export/report/?format=web_annotation"
    yield from naming(desk, rows)


FILES = ("format=jsonl", "format=web_annotation", "report=jsonl", "report=web_annotation")


def naming(desk, rows):
    """Pages that take the id of a record as a parameter."""
    article = reverse("web:article", args=[desk.article.pk])
    claims = [row for row in rows if kind_of(row) == "claim"]
    yield f"/projects/{desk.project.slug}/disputes/new/?claims={','.join(str(row.pk) for row in claims)}"
    for row in rows:
        if kind_of(row) == "annotation":
            yield from (f"{article}?annotation={row.pk}", f"{article}?trashed={row.pk}")


def said(browser, path, **headers):
    """All that an answer says, its headers too. The path that was asked for, which pages repeat, is taken out."""
    token = browser.token if path.startswith("/api/") else {}
    got = browser.get(path, headers={**token, **headers})
    body = b"".join(got.streaming_content) if got.streaming else got.content
    words = f"{body.decode()}\n{got.headers}\n{got.cookies}"
    return got.status_code, CHANGES_BY_ITSELF.sub("", without_what_was_asked(words, path))


def without_what_was_asked(words, path):
    for part in sorted(filter(None, re.split(r"[/?&=,]", path)), key=len, reverse=True):
        words = words.replace(part, "…") if len(part) > 30 else words
    return words


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        for name in ("href", "hx-get", "action", "data-url"):
            where = (found.get(name) or "").partition("#")[0]
            left_out = where.startswith(("/static/", "/logout", "/admin/")) or PUBLISHED.match(where)
            if where.startswith("/") and not left_out:
                self.found.add(where)


def links_in(words):
    links = Links()
    links.feed(words)
    return links.found


def followed(browser, start, at_most=400):
    """(path, status, words) of the pages that links lead to from `start`: of each address the first few."""
    waiting, known, of_address = list(start), set(start), Counter()
    while waiting and len(known) < at_most:
        path = waiting.pop(0)
        of_address[address_of(path)] += 1
        if of_address[address_of(path)] > A_FEW:
            continue
        status, words = said(browser, path)
        yield path, status, words
        fresh = links_in(words) - known if "<!doctype html" in words.lower() else set()
        known |= fresh
        waiting += sorted(fresh)


A_FEW = 4  # every record's own pages are asked for by their addresses anyway: see `paths_of`


def address_of(path):
    """A path with all that differs from record to record taken out."""
    where, _, query = path.partition("?")
    return re.sub(r"[0-9a-f-]{32,36}|\d+", "…", where), tuple(sorted(re.findall(r"(\w+)=", query)))
