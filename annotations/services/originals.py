"""The original articles and the stand-off gold of one of them, as a project of their own.

Their wording is not kept here: `seeds/manifest.json` says what is known about each file and what its bytes hash to, and
a file that differs is refused. The gold is read by `core.formats.gold` and loaded like any seed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotations.core.errors import Invalid
from annotations.core.formats import gold
from annotations.core.formats.seeds import Records
from annotations.models import Person, Project
from annotations.services.seeds import MANIFEST, load_seeds

SLUG = "originals"
GOLD = "gold-003.json"
GUIDELINES = (
    "The articles as they were published, byte for byte, with annotations of one of them that were made elsewhere.\n\n"
    "Verdicts in this project are proposals for tests. They are no findings."
)
PROJECT = {"key": SLUG, "by": "max", "slug": SLUG, "name": "Originals", "guidelines": GUIDELINES}
ROLES = {"ana": "annotator", "ben": "annotator", "ida": "adjudicator", "jo": "adjudicator", "vera": "viewer"}


@dataclass(frozen=True, slots=True)
class LoadedOriginals:
    """The project; what of the gold has no place in it; what came out otherwise than the gold has it."""

    project: Project
    unmapped: list[str]
    differences: list[str]


def load_originals(*, folder: Path, seeds: Path, people: Mapping[str, Person]) -> LoadedOriginals:
    """Load the files of `folder` that the manifest in `seeds` names, and the gold beside them; all of it or nothing.

    Raises Invalid for a file that is missing or differs, and for a span whose text is not the annotated one.
    """
    originals = json.loads((seeds / MANIFEST).read_text(encoding="utf-8"))["originals"]
    articles = [article_of(folder, original) for original in originals]
    mapped = gold_of(folder, {article["text"]: article["key"] for article in articles})
    memberships = [{"by": "max", "person": name, "role": role} for name, role in ROLES.items()]
    records: Records = {
        **mapped.records,
        "projects": [PROJECT],
        "memberships": memberships,
        "articles": articles,
    }
    loaded = load_seeds(records=records, folder=folder, people=people)
    return LoadedOriginals(loaded.project, mapped.unmapped, loaded.differences)


def article_of(folder: Path, original: dict[str, Any]) -> dict[str, Any]:
    """One original as a seed, once its bytes are the ones that the manifest knows."""
    if hashlib.sha256(bytes_of(folder, original["file"])).hexdigest() != original["sha256"]:
        raise Invalid(f"{original['file']} is not the file that the manifest names: its SHA-256 differs.")
    known = ("title", "outlet", "url", "published_on", "published_basis", "note")
    return {
        "key": f"article:{original['number']}",
        "by": "max",
        "external_id": f"original-{original['number']}",
        "text": original["file"],
        "language": "en",
        **{name: original[name] for name in known},
    }


def gold_of(folder: Path, articles: Mapping[str, str]) -> gold.Mapped:
    annotated = json.loads(bytes_of(folder, GOLD))
    (about,) = annotated["articles"]
    if about["file"] not in articles:
        raise Invalid(f"{GOLD} annotates {about['file']}, which the manifest does not name.")
    return gold.read(annotated, bytes_of(folder, about["file"]).decode(), articles[about["file"]])


def bytes_of(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise Invalid(f"{name} cannot be read in {folder}: {error.strerror}.") from error
