"""Where settings come from: the environment first, then `var/env`, which `manage.py demo` writes once.

Only this module reads either. `workbench.settings` turns the values into Django's settings.
"""

import os
import secrets
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
ENV_FILE = VAR / "env"
DEMO_ADDRESS = "http://127.0.0.1:"

env = environ.Env()
if ENV_FILE.is_file():
    environ.Env.read_env(ENV_FILE, overwrite=False)


def named(prefix: str) -> dict[str, str]:
    """The variables that begin with `prefix`, by the rest of their names."""
    return {name.removeprefix(prefix): value for name, value in os.environ.items() if name.startswith(prefix)}


def prepare_demo(port: str) -> None:
    """Before the settings are read: write `var/env` where neither it nor the environment has a SECRET_KEY.

    Later runs keep the file, but for the port in an address that this function wrote.
    """
    VAR.mkdir(exist_ok=True)
    address = DEMO_ADDRESS + port
    if "SECRET_KEY" not in os.environ:
        write_env({"SECRET_KEY": secrets.token_urlsafe(50), "DEMO": "1", "BASE_URL": address})
    elif ENV_FILE.is_file():
        move_demo(address)


def write_env(values: dict[str, str]) -> None:
    """A new file that only its owner reads, and its values in the environment, where that has none."""
    lines = "".join(f"{name}={value}\n" for name, value in values.items())
    handle = os.open(ENV_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(lines)
    environ.Env.read_env(ENV_FILE, overwrite=False)


def move_demo(address: str) -> None:
    """The demo on another port than before: its own address follows, whatever else the file holds stays."""
    lines = ENV_FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    moved = [f"BASE_URL={address}\n" if line.startswith(f"BASE_URL={DEMO_ADDRESS}") else line for line in lines]
    if moved == lines:
        return
    ENV_FILE.write_text("".join(moved), encoding="utf-8")
    if os.environ.get("BASE_URL", "").startswith(DEMO_ADDRESS):
        os.environ["BASE_URL"] = address
