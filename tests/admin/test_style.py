"""The admin wears the colours of the web interface. Its sheet repeats the tokens, since Django's own sheet uses one of
their names for something else; here they are held to be the same."""

import re

from django.contrib.staticfiles.finders import find

TOKEN = re.compile(r"^ +--([\w-]+): (.+?);", re.MULTILINE)
OTHER_NAMES = {"mark": "accent", "mark-deep": "accent-deep"}  # in admin.css -> in base.css
REPEATED = ("bg", "panel", "paper", "sunk", "ink", "dim", "line", "edge", "on", "soft", "bad", "bad-soft", "ui", "read")


def tokens(name):
    with open(find(f"annotations/css/{name}.css"), encoding="utf-8") as sheet:
        return dict(TOKEN.findall(sheet.read()))


def test_tokens_are_those_of_the_web_interface():
    ours, theirs = tokens("admin"), tokens("base")
    names = {name: name for name in REPEATED} | OTHER_NAMES
    assert {name: ours[name] for name in names} == {name: theirs[base] for name, base in names.items()}
