"""`var/env`: written once, for its owner's eyes, and left alone by later runs but for the demo's own port."""

import os
import stat
import subprocess
import sys

import pytest

from workbench import env

NAMES = ("SECRET_KEY", "DEMO", "BASE_URL")


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """A place where nothing is set up yet."""
    monkeypatch.setattr(env, "VAR", tmp_path / "var")
    monkeypatch.setattr(env, "ENV_FILE", tmp_path / "var" / "env")
    for name in NAMES:
        monkeypatch.setenv(name, "")  # so that the end of the test puts back what was there
        monkeypatch.delenv(name)
    return tmp_path / "var" / "env"


def values(path):
    return dict(line.split("=", 1) for line in path.read_text().splitlines())


def test_the_demo_writes_its_settings_for_its_owner_alone(fresh):
    env.prepare_demo("8000")
    written = values(fresh)
    assert (written["DEMO"], written["BASE_URL"]) == ("1", "http://127.0.0.1:8000")
    assert len(written["SECRET_KEY"]) >= 50
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600
    assert os.environ["SECRET_KEY"] == written["SECRET_KEY"]


def test_a_second_run_keeps_the_key(fresh):
    env.prepare_demo("8000")
    before = fresh.read_text()
    env.prepare_demo("8000")
    assert fresh.read_text() == before


def test_another_port_moves_the_demos_own_address_and_nothing_else(fresh):
    env.prepare_demo("8000")
    before = values(fresh)
    env.prepare_demo("8001")
    assert values(fresh) == before | {"BASE_URL": "http://127.0.0.1:8001"}
    assert os.environ["BASE_URL"] == "http://127.0.0.1:8001"
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600


def test_an_address_that_somebody_chose_stays(fresh):
    env.prepare_demo("8000")
    chosen = fresh.read_text().replace("http://127.0.0.1:8000", "https://desk.example")
    fresh.write_text(chosen)
    env.prepare_demo("8001")
    assert fresh.read_text() == chosen


def test_where_a_key_is_set_nothing_is_written(fresh, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "chosen by an operator")
    env.prepare_demo("8000")
    assert not fresh.exists()
    assert "DEMO" not in os.environ


def test_without_a_key_nothing_starts(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name not in NAMES}
    script = "import pathlib, workbench.env as env; env.env.ENVIRON.pop('SECRET_KEY', None); import workbench.settings"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60, cwd=env.ROOT
    )
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
