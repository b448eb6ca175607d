"""The files of a layer carry the nouns of the domain and no other name, so that the tree tells where a line lives."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "annotations"
NOUNS = {
    "projects", "people", "labels", "articles", "annotations", "agents", "claims", "attributions", "sources",
    "evidence", "disputes", "resolutions", "comments", "comment_requests", "assignments", "history", "imports",
    "exports", "releases",
    "relations", "revisions", "suggestions", "recommenders", "jobs", "acts", "presence", "occurrences", "concordance",
    "quantities", "comparisons", "triage", "copies", "questions", "assessments", "guidelines", "reports", "pictures",
}  # fmt: skip
# What several nouns of a layer share. A newcomer has to look these up, so the list stays short.
BESIDE = {
    "models": {"base", "triggers"},
    "policies": {"base", "roles"},
    "queries": {"snapshot", "lookups", "rows", "records"},
    "services": {
        "write", "constraints", "attributes", "fields", "standing", "trash", "judged", "seeds", "originals", "undoing",
        "accepting", "carrying", "editions", "indexing", "learning", "merging", "outside", "fetching",
    },
    "web/views": set(),
    "web/forms": set(),
    "admin": {"apps", "site", "sign_in", "base", "editing", "links", "changes"},
    "api/views": set(),
    "api/serializers": set(),
}  # fmt: skip


@pytest.mark.parametrize("layer", BESIDE)
def test_layer_holds_nouns(layer):
    names = {path.stem for path in (ROOT / layer).glob("*.py")} - {"__init__"}
    assert names <= NOUNS | BESIDE[layer]
