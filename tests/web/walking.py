"""A person who walks: follows the links that a page shows, fills in the forms that it has, and sends them.

Nothing is made up. An address has to stand on the page, a field in the form, and what is chosen among what the form
offers; what only a script fills in is named as such. A region that htmx would fetch is fetched the way htmx does.
"""

import re
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin
from uuid import uuid4

AS_HTMX = {"HX-Request": "true"}
TICKED = ("checkbox", "radio")


class Field:
    """One name in a form: what kind of control it is, what it would send untouched, what it offers to choose."""

    def __init__(self, kind):
        self.kind = kind
        self.values = []
        self.offered = {}

    def take(self, value):
        """What is sent for what somebody typed or chose; fails where nobody could."""
        if self.kind in ("select", "radio"):
            assert str(value) in self.offered, f"“{value}” is none of {self.offered}"
        if self.kind == "checkbox":
            assert set(value) <= self.offered.keys(), f"{value} are not among {self.offered}"
            return [one for one in self.offered if one in value]
        return [str(value).replace("\n", "\r\n") if self.kind == "textarea" else value]


class Form:
    def __init__(self, attrs, address):
        self.action = attrs.get("hx-post") or attrs.get("action") or address
        self.fields = {}
        self.can_be_sent = False

    def field(self, name, kind):
        return self.fields.setdefault(name, Field(kind))

    def filled(self, typed, by_script=()):
        data = {name: list(field.values) for name, field in self.fields.items()}
        for name, value in typed.items():
            assert name in self.fields, f"{self.action} has no field {name}, but {sorted(self.fields)}"
            field = self.fields[name]
            assert field.kind != "hidden" or name in by_script, f"nobody can type into the hidden field {name}"
            data[name] = field.take(value)
        return data


class Page(HTMLParser):
    """What a page or a region has: its forms, and the addresses to which it leads."""

    def __init__(self, response, address, is_region=False):
        super().__init__()
        self.address, self.is_region = address, is_region
        self.html = response.content.decode()
        self.forms, self.links, self.form, self.menu, self.area = [], [], None, None, None
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.links += [attrs[name] for name in ("href", "hx-get") if attrs.get(name)]
        if tag == "form":
            self.form = Form(attrs, self.address)
            self.forms.append(self.form)
        elif self.form is not None:
            self.take_control(tag, attrs)

    def take_control(self, tag, attrs):
        name, value = attrs.get("name"), attrs.get("value", "")
        if tag == "button":
            self.form.can_be_sent |= attrs.get("type") == "submit" and attrs.get("aria-disabled") != "true"
        elif tag == "option" and self.menu:
            self.choose(self.menu, value, "selected" in attrs)
        elif not name:
            return
        elif tag == "select":
            self.menu = self.form.field(name, "select")
        elif tag == "textarea":
            self.area = self.form.field(name, "textarea")
            self.area.values = [""]
        elif tag == "input":
            kind = attrs.get("type", "text")
            field = self.form.field(name, kind)
            if kind in TICKED:
                self.choose(field, value if "value" in attrs else "on", "checked" in attrs)
            elif kind != "file":
                field.values = [value or ""]

    def choose(self, field, value, is_chosen):
        field.offered[value] = True
        if is_chosen:
            field.values = [*field.values, value] if field.kind == "checkbox" else [value]

    def handle_data(self, words):
        if self.area:
            self.area.values = [self.area.values[0] + words]

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            if self.menu and not self.menu.values:
                self.menu.values = list(self.menu.offered)[:1]
            self.menu = None
        elif tag == "textarea" and self.area:
            words = self.area.values[0].removeprefix("\n").replace("\r\n", "\n").replace("\r", "\n")
            self.area.values, self.area = ["\r\n".join(words.split("\n"))], None

    def form_to(self, part, having=""):
        """The form that goes to an address with `part` in it, and has a field of the name `having`."""
        found = [form for form in self.forms if part in form.action and (not having or having in form.fields)]
        assert found, f"no form of {self.address} goes to {part}, but to {[form.action for form in self.forms]}"
        return found[0]


def why_not(response):
    """The sentences of a refusal, out of its page."""
    page = response.content.decode()
    said = [words for _, words in re.findall(r'(?s)<(p|div) class="(?:err|note bad)"[^>]*>(.*?)</\1>', page)]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", " ".join(said) or page[:500])))


class Walker:
    """Somebody signed in."""

    def __init__(self, client):
        self.client = client
        self.tabs = {}
        self.shown = None  # the region that the last form sent by a script was answered with

    def open(self, address, is_region=False):
        response = self.client.get(address, headers=AS_HTMX if is_region else {})
        assert response.status_code == 200, (address, response.status_code)
        return Page(response, address, is_region)

    def kept_open(self, address):
        """A page that stays open in a tab of its own, for one record after the other."""
        if address not in self.tabs:
            self.tabs[address] = self.open(address)
        return self.tabs[address]

    def follow(self, page, part):
        """The address on the page that is `part`, or else the first that has it in it."""
        found = sorted((link for link in page.links if part in link), key=lambda link: link != part)
        assert found, f"{page.address} does not lead to {part}, but to {sorted(set(page.links))}"
        return self.open(urljoin(page.address, found[0]).partition("#")[0])

    def unfold(self, page, part):
        """A region of the page that is fetched when somebody opens it; its address ends in `part`."""
        return self.open(next(link for link in page.links if link.endswith(part)), is_region=True)

    def send(self, page, form, typed, by_script: Iterable[str] = ()):
        """Fill in the form and send it: the address that it leads to. Fails with its words where it was refused."""
        assert form.can_be_sent or by_script, f"{form.action} has no button that can be pressed"
        data = form.filled(typed, by_script)
        data["idempotency_key"] = [str(uuid4())]  # a script takes a new one for every mark
        response = self.client.post(form.action, data, headers=AS_HTMX if page.is_region else {})
        onward = response.headers.get("HX-Redirect") or response.headers.get("Location")
        if not onward and response.status_code != 200:
            raise AssertionError(f"{form.action} answers {response.status_code}: {why_not(response)}, to {typed}")
        if page.is_region and not onward:
            self.shown = Page(response, form.action, is_region=True)
        return (onward or form.action).partition("#")[0]
