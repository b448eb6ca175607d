"""Reads the forms of a page, so that tests send what the page offers and not what they wish it did."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    """Collects (action, fields) of every form; a field's value is what a browser would send for it untouched."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.fields = None
        self.area = self.menu = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.fields = {}
            self.found.append((attrs.get("action", ""), self.fields))
        elif self.fields is None or not (attrs.get("name") or tag == "option"):
            return
        elif tag == "input":
            self.take_input(attrs)
        elif tag == "textarea":
            self.area = attrs["name"]
            self.fields[self.area] = ""
        elif tag == "select":
            self.menu = attrs["name"]
        elif tag == "option" and self.menu and ("selected" in attrs or self.menu not in self.fields):
            self.fields[self.menu] = attrs.get("value", "")

    def take_input(self, attrs):
        kind = attrs.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in attrs:
                self.fields[attrs["name"]] = attrs.get("value", "on")
        elif kind not in ("submit", "button", "file"):
            self.fields[attrs["name"]] = attrs.get("value", "") or ""

    def handle_data(self, words):
        if self.area:
            self.fields[self.area] += words

    def handle_endtag(self, tag):
        if tag == "form":
            self.fields = None
        elif tag == "textarea" and self.area:
            words = self.fields[self.area].removeprefix("\n")  # the parser of HTML drops it
            self.fields[self.area] = "\r\n".join(words.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
            self.area = None
        elif tag == "select":
            self.menu = None


def forms_in(page):
    parser = Forms()
    parser.feed(page.content.decode())
    return parser.found


def form_in(page, action, number=0):
    """The fields of the page's form with this action; the first of several unless told otherwise."""
    matching = [fields for known, fields in forms_in(page) if known == action]
    assert matching, f"no form leads to {action}; there are {sorted({known for known, _ in forms_in(page)})}"
    return dict(matching[number])
