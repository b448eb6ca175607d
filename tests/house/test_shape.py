"""Files and functions stay small enough to read in one go, modules say what they know, and locks name no machine."""

import ast
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FUNCTION = 50
LONGEST_FILE = 400
DOCSTRING_LINES = range(1, 9)  # two to six as a rule
VAGUE = {"item", "data", "object", "info", "manager", "helper", "utils", "common"}
SIDE_FOLDERS = {"migrations", "__pycache__"}


def modules(*folders: str) -> list[Path]:
    found = (path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if not SIDE_FOLDERS & set(path.parts))


CODE = modules("annotations", "workbench")
ALL = modules("annotations", "workbench", "tests", "requirements")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def offenders(paths: Iterable[Path], what_is_wrong: Callable[[Path], object]) -> dict[str, object]:
    """What is wrong, by file. One test for all of them: there are as many files as other tests here."""
    return {str(path): wrong for path in paths if (wrong := what_is_wrong(path))}


def test_modules_say_what_they_know():
    """A docstring of two to six lines: what it knows, what it leaves to which other module."""

    def lacks_words(path: Path) -> str:
        tree = tree_of(path)
        if path.name == "__init__.py" and not tree.body:
            return ""
        lines = len((ast.get_docstring(tree) or "").splitlines())
        return "" if lines in DOCSTRING_LINES else f"a docstring of {lines} lines"

    assert offenders(CODE, lacks_words) == {}


def test_files_are_short():
    def too_long(path: Path) -> str:
        lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
        return f"{lines} lines" if lines >= LONGEST_FILE else ""

    assert offenders(ALL, too_long) == {}


def test_functions_are_short():
    def long_ones(path: Path) -> list[str]:
        nodes = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
        return [node.name for node in nodes if node.end_lineno - node.lineno >= LONGEST_FUNCTION]

    assert offenders(ALL, long_ones) == {}


def test_names_are_not_vague():
    def vague_ones(path: Path) -> list[str]:
        nodes = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.ClassDef))
        return [name for name in [path.stem, *(node.name for node in nodes)] if name.lower() in VAGUE]

    assert offenders(CODE, vague_ones) == {}


def test_there_are_files_to_look_at():
    """So that the tests above cannot pass for want of any."""
    assert len(CODE) > 200
    assert set(CODE) < set(ALL)


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_lock_names_no_host_and_no_path(lock):
    lines = lock.read_text().splitlines()
    assert [line for line in lines if re.search(r"://|^-|\bfile:|^/", line)] == []
    assert all("==" in line for line in lines if re.match(r"[a-z0-9]", line))
