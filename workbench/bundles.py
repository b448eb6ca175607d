"""One script and one style sheet a page, linked from our own small modules when static files are found or collected.

No kept bundler comes from the Python registry, and thirty modules are thirty requests; so this joins modules that keep
to a few plain forms, and refuses any other in words. Templates name a bundle like any static file; `settings.BUNDLES`
says of what it is made. rjsmin and rcssmin take the comments out. A bundle that a page loads later shares the modules
of the first one, its base (`settings.BUNDLE_BASES`), which hands them over under SHARED.
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
SHARED = "globalThis.$modules"
RENAMED = re.compile(r"([\w$]+) as ([\w$]+)")


class BundleError(Exception):
    """A module that cannot be joined: the sentence names it and says why."""


# -- scripts ----------------------------------------------------------------------------------------------------------


def link(entries: Iterable[Path]) -> str:
    """The modules that these need, each once and after those it needs, every one in a scope of its own."""
    return "\n".join(placed(entries).values())


def placed(entries: Iterable[Path], known: Iterable[Path] = ()) -> dict[Path, str]:
    """Each module as it stands in the bundle; nothing for those that are `known` before it."""
    done = dict.fromkeys(known, "")
    for entry in entries:
        place(entry.resolve(), done, ())
    return {path: source for path, source in done.items() if source}


def link_later(entries: Iterable[Path], base: Iterable[Path]) -> str:
    """The modules that `base` does not have; what they take from it, it hands over."""
    known = placed(base)
    names = ", ".join(shared(placed(entries, known), known))
    return "\n".join([f"const {{ {names} }} = {SHARED};", *placed(entries, known).values()])


def shared(later: Iterable[Path], known: Iterable[Path]) -> list[str]:
    """The constants of the base that modules which come later take from it."""
    sources = [(path, path.read_text(encoding="utf-8")) for path in later]
    taken = {needed(path, found["path"]) for path, source in sources for found in IMPORT.finditer(source)}
    return sorted(constant_of(path) for path in taken & set(known))


def handing_over(entries: Iterable[Path], later: Iterable[Iterable[Path]]) -> str:
    """The end of a base: what the bundles that come later take from it."""
    known = placed(entries)
    names = sorted({name for bundle in later for name in shared(placed(bundle, known), known)})
    return f"\n{SHARED} = {{ {', '.join(names)} }};" if names else ""


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


def bundled(name: str, sources: Iterable[Path], base: Iterable[Path] = (), later: Iterable[Iterable[Path]] = ()) -> str:
    """A bundle; `base` is the one that it shares modules with, `later` are those that share its own."""
    if name.endswith(".js"):
        sources = list(sources)
        linked = link_later(sources, base) if base else link(sources) + handing_over(sources, later)
        return str(rjsmin.jsmin(linked))
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
        sources = self.sources(name)
        newest = max(path.stat().st_mtime_ns for path in (*sources[0].parent.iterdir(), Path(__file__)))
        if not built.exists() or built.stat().st_mtime_ns < newest:
            built.parent.mkdir(parents=True, exist_ok=True)
            half = built.with_name(f"{built.name}.{id(self)}")
            base = self.sources(settings.BUNDLE_BASES[name]) if name in settings.BUNDLE_BASES else ()
            later = [self.sources(other) for other, known in settings.BUNDLE_BASES.items() if known == name]
            half.write_text(bundled(name, sources, base, later), encoding="utf-8")
            half.replace(built)  # whole or not at all, whoever reads it meanwhile
        return built

    def sources(self, name: str) -> tuple[Path, ...]:
        return tuple(self.source(path) for path in settings.BUNDLES[name])

    def source(self, path: str) -> Path:
        found = self.others.find(path)
        if not found:
            raise BundleError(f"There is no static file {path}.")
        return Path(found)
