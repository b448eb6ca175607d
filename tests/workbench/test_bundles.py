"""Modules are joined in the order of their need, each in a scope of its own, or refused in words."""

import os
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from workbench import bundles
from workbench.bundles import BundleError, link
from workbench.env import ROOT


def written(folder, **modules):
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source)
    return [folder / "main.js"]


def test_module_comes_once_and_after_what_it_needs(tmp_path):
    joined = link(
        written(
            tmp_path,
            main='import { twice as double, one } from "./count.js";\nimport "./effect.js";\ndouble(one);',
            effect='import { one } from "./count.js";\nwindow.seen = one;\n',
            count="export const one = 1;\nexport function twice(n) { return n * 2; }\nexport class Never {}\n",
        )
    )
    assert joined.count("const $count = ") == 1
    assert joined.index("$count = ") < joined.index("$effect = ") < joined.index("$main = ")
    assert "const { twice: double, one } = $count;" in joined
    assert "return { one, twice, Never };" in joined


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('import everything from "./other.js";', "a form that cannot be joined"),
        ('import * as other from "./other.js";', "a form that cannot be joined"),
        ("export default 4;", "a form that cannot be joined"),
        ("export let changing = 1;", "a form that cannot be joined"),
        ('import { one } from "elsewhere";', "only ./modules of the same folder"),
        ('import { one } from "./missing.js";', "only ./modules of the same folder"),
    ],
)
def test_other_forms_are_refused_in_words(tmp_path, source, words):
    with pytest.raises(BundleError, match=words):
        link(written(tmp_path, main=source, other="export const one = 1;"))


def test_modules_that_need_each_other_are_refused(tmp_path):
    with pytest.raises(BundleError, match="needs itself, by way of main"):
        link(written(tmp_path, main='import { b } from "./other.js";', other='import { a } from "./main.js";'))


def test_import_as_a_call_is_left_alone(tmp_path):
    assert "import(path)" in link(written(tmp_path, main="export const load = (path) => import(path);"))


def test_bundle_that_comes_later_takes_what_it_shares_from_its_base(tmp_path):
    [main] = written(
        tmp_path,
        main='import { one } from "./count.js";\nexport const screen = one;',
        count="export const one = 1;",
        tools='import { screen } from "./main.js";\nimport { own } from "./own.js";\nown(screen);',
        own='import { one } from "./count.js";\nexport function own(n) { return n + one; }',
    )
    tools = [tmp_path / "tools.js"]
    base = bundles.bundled("main.js", [main], later=[tools])
    later = bundles.bundled("tools.js", tools, base=[main])
    assert "globalThis.$modules={$count,$main}" in base
    assert "const{$count,$main}=globalThis.$modules" in later
    assert "const $own=" in later
    assert "$count=(" not in later
    assert "const $own=" not in base


def test_annotate_screen_begins_with_little():
    """What the browser fetches before the first mark is painted, but for the page itself: 60 KB in all is the aim, and
    the page of a small article takes eleven, requests and their heads three."""
    first = [
        "annotations/js/annotate.bundle.js",
        "annotations/css/annotate.bundle.css",
        "annotations/js/theme.js",
        "annotations/icons.svg",
        "annotations/mark.svg",
        "django_htmx/htmx-2.min.js",
    ]
    weight = {name: len(brotli.compress(Path(finders.find(name)).read_bytes())) for name in first}
    assert sum(weight.values()) <= 47_500, weight


def test_space_before_a_pseudo_class_stays_a_descendant(tmp_path):
    sheet = tmp_path / "sheet.css"
    sheet.write_text("@layer a { .field :where(input), .x :focus-visible { color: red } a:hover { top: 0 } }")
    joined = bundles.bundled("sheet.css", [sheet])
    assert ".field *:where(input)" in joined
    assert ".x *:focus-visible" in joined
    assert "a:hover" in joined


@pytest.mark.parametrize(
    "path", sorted((ROOT / "annotations/static/annotations/js").glob("*.js")), ids=lambda p: p.name
)
def test_no_template_literal_stands_inside_another(path):
    """The minifier takes the spaces out of the inner one."""
    assert re.findall(r"\$\{[^}\n]*`", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", settings.BUNDLES)
def test_every_bundle_is_found_and_holds_something(name):
    assert Path(finders.find(name)).stat().st_size > 1000


def test_bundle_is_built_anew_when_a_source_is_newer(tmp_path, settings, monkeypatch):
    settings.BUNDLE_ROOT = tmp_path / "built"
    settings.BUNDLES = {"one.js": ["main.js"]}
    (tmp_path / "sources").mkdir()
    [main] = written(tmp_path / "sources", main="export const one = 1;")
    monkeypatch.setattr(bundles.BundleFinder, "source", lambda self, path: main)
    finder = bundles.BundleFinder()
    built = finder.build("one.js")
    assert "one=1" in built.read_text()
    main.write_text("export const one = 2;")
    date_after(main, built)
    assert "one=2" in finder.build("one.js").read_text()


def date_after(path, than):
    """Two writes may fall into one tick of the clock."""
    later = than.stat().st_mtime_ns + 1_000_000
    os.utime(path, ns=(later, later))
