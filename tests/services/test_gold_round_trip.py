"""The gold of article 003 goes in through the services and comes back from the native export; what has no place is
named, each field of it."""

import pytest

from annotations.core.formats.gold import fields_without_a_place
from annotations.queries.exports import export
from annotations.services.originals import load_originals
from tests.gold import ORIGINALS, comes_back, gold_of_003, where_the_originals_are
from workbench.env import ROOT

pytestmark = [pytest.mark.django_db, where_the_originals_are]


def test_the_gold_comes_back_from_the_export(people):
    loaded = load_originals(folder=ORIGINALS, seeds=ROOT / "seeds", people=vars(people))
    assert loaded.differences == []
    lines = b"".join(export(loaded.project, None, "jsonl").chunks).decode().splitlines()
    comes_back(gold_of_003(), lines)


def test_a_field_that_nobody_reads_is_named():
    gold = gold_of_003()
    gold["claims"][0]["mood"] = "calm"
    gold["disputes"][0]["positions"][1]["weather"] = "rain"
    named = "\n".join(fields_without_a_place(gold))
    assert "mood" in named
    assert "weather" in named
    assert "event" in named
