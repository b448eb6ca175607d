"""One script and one style sheet a page, linked from our own small modules when static files are found or collected.

No kept bundler comes from the Python registry, and thirty modules are thirty requests; so this joins modules that keep
to a few plain forms, and refuses any other in words. Templates name a bundle like any static file; `settings.BUNDLES`
says of what it is made. rjsmin and rcssmin take the comments out.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

IMPORT = re.compile(r"^import\s*(?:\{(?P<names>[^}]*)\}\s*from\s*)?[\"'](?P<path>[^\"']+)[\"'];?[ \t]*$", re.MULTILINE)
EXPORT = re.compile(r"^export (?P<head>(?:async )?(?:function\*?|class|const)\s+(?P<name>[\w$]+))", re.MULTILINE)
OTHER_FORM = re.compile(r"^\s*(?:import|export)\b(?!\()[^\n]*", re.MULTILINE)
# Within a block rcssmin takes the space out of `.field :where(input)`, which then is another selector; `*` holds it.
BESIDE_A_PSEUDO_CLASS = re.compile(
    r"(?<=[\w\])\"]) :(?=(?:where|is|not|has|focus|hover|target|disabled|first|last|nth|only)\b)"
)
RENAMED = re.compile(r"([\w$]+) as ([\w$]+)")


class BundleError(Exception):
    """A module that cannot be joined: the sentence names it and says why."""


# -- scripts ----------------------------------------------------------------------------------------------------------


def link(entries: Iterable[Path]) -> str:
    """The modules that these need, each once and after those it needs, every one in a scope of its own."""
    done: dict[Path, str] = {}
    for entry in entries:
        place(entry.resolve(), done, ())
    return "\n".join(done.values())


def place(path: Path, done: dict[Path, str], above: tuple[Path, ...]) -> None:
    if path in done:
        return
    if path in above:
        raise BundleError(f"{path.name} needs itself, by way of {', '.join(one.name for one in above)}.")
    source = path.read_text(encoding="utf-8")
    for found in IMPORT.finditer(source):
        place(needed(path, found["path"]), done, (*above, path))
    done[path] = wrapped(path, source)


def needed(path: Path, reference: str) -> Path:
    found = (path.parent / reference).resolve()
    if not reference.startswith("./") or not found.is_file():
        raise BundleError(f"{path.name} imports {reference}; only ./modules of the same folder can be joined.")
    return found


def wrapped(path: Path, source: str) -> str:
    """A module as a constant that holds what it exports."""
    names = [found["name"] for found in EXPORT.finditer(source)]
    body = EXPORT.sub(lambda found: found["head"], IMPORT.sub(lambda found: taken(path, found), source))
    if odd := OTHER_FORM.search(body):
        raise BundleError(f"{path.name}: “{odd[0].strip()}” is a form that cannot be joined.")
    return f"const {constant_of(path)} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"


def taken(path: Path, found: re.Match[str]) -> str:
    if not found["names"]:
        return ""  # for its effect alone, which its place has brought about already
    names = RENAMED.sub(r"\1: \2", " ".join(found["names"].split()))
    return f"const {{ {names} }} = {constant_of(needed(path, found['path']))};"


def constant_of(path: Path) -> str:
    return "$" + re.sub(r"\W", "_", path.stem)


# -- bundles ----------------------------------------------------------------------------------------------------------


def bundled(name: str, sources: Iterable[Path]) -> str:
    if name.endswith(".js"):
        return str(rjsmin.jsmin(link(sources)))
    sheets = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    return str(rcssmin.cssmin(BESIDE_A_PSEUDO_CLASS.sub(" *:", sheets)))


class BundleFinder(finders.BaseFinder):
    """Static files that are made of others. A bundle is built anew where one of the folder's files is newer."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=str(settings.BUNDLE_ROOT))
        self.others = finders.AppDirectoriesFinder()

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(self.build(path))] if path in settings.BUNDLES else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Any]]:
        for path in settings.BUNDLES:
            self.build(path)
            yield path, self.storage

    def build(self, name: str) -> Path:
        built = Path(self.storage.path(name))
        sources = [self.source(path) for path in settings.BUNDLES[name]]
        newest = max(path.stat().st_mtime_ns for path in (*sources[0].parent.iterdir(), Path(__file__)))
        if not built.exists() or built.stat().st_mtime_ns < newest:
            built.parent.mkdir(parents=True, exist_ok=True)
            half = built.with_name(f"{built.name}.{id(self)}")
            half.write_text(bundled(name, sources), encoding="utf-8")
            half.replace(built)  # whole or not at all, whoever reads it meanwhile
        return built

    def source(self, path: str) -> Path:
        found = self.others.find(path)
        if not found:
            raise BundleError(f"There is no static file {path}.")
        return Path(found)
