"""Makes .venv with uv in it and brings it to a lock: base, postgres, learn or dev. Does nothing where it is so already.

Needs only the standard library, for it is the first thing that runs on a fresh machine. Each lock holds the one
before it, so a workshop that has `dev` is never taken back to `base`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / "installed-lock"
LOCKS = ("base", "postgres", "learn", "dev")


def main(wanted: str) -> None:
    if sys.version_info < (3, 11):
        sys.exit("The workbench needs Python 3.11 or newer.")
    ensure_venv()
    ensure_uv()
    if wanted == "uv":
        return
    name = max(wanted, installed_name(), key=LOCKS.index)
    if STAMP.exists() and STAMP.read_text() == stamp_of(name):
        return
    sync(HERE / f"{name}.txt")
    STAMP.write_text(stamp_of(name))
    print(f".venv now holds requirements/{name}.txt")


def sync(lock: Path) -> None:
    """Install exactly what the lock names. uv brings certificates of its own; a network may want the machine's."""
    command = [UV, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", lock]
    if subprocess.run([str(part) for part in command]).returncode != 0:
        print("Once more, with the certificates of this machine.", flush=True)
        run(*command, "--system-certs")


def stamp_of(name: str) -> str:
    return f"{name} {hashlib.sha256((HERE / f'{name}.txt').read_bytes()).hexdigest()}\n"


def installed_name() -> str:
    name = STAMP.read_text().split(" ")[0] if STAMP.exists() else LOCKS[0]
    return name if name in LOCKS else LOCKS[0]


def ensure_venv() -> None:
    if PYTHON.exists() and (has_uv() or has_pip()):
        return
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode == 0:
        return
    # Debian and Ubuntu ship Python without the part that makes environments.
    package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"Python could not make an environment. On Debian and Ubuntu: apt-get install {package}")
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", package)
    run(sys.executable, "-m", "venv", "--clear", VENV)


def ensure_uv() -> None:
    if not has_uv():
        run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", HERE / "uv.txt")


def has_uv() -> bool:
    return UV.exists()


def has_pip() -> bool:
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0


def run(*command: object) -> None:
    if subprocess.run([str(part) for part in command]).returncode != 0:
        sys.exit(f"This did not work: {' '.join(str(part) for part in command)}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "base")
