"""Files and functions stay small enough to read in one go, modules say what they know, and locks name no machine."""

import ast
import re
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


def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def by_name(path: Path) -> str:
    return str(path)


@pytest.mark.parametrize("path", CODE, ids=by_name)
def test_module_says_what_it_knows(path):
    tree = tree_of(path)
    docstring = ast.get_docstring(tree)
    if path.name == "__init__.py" and not tree.body:
        return
    assert docstring, "a docstring of two to six lines: what it knows, what it leaves to which other module"
    assert len(docstring.splitlines()) in DOCSTRING_LINES


@pytest.mark.parametrize("path", ALL, ids=by_name)
def test_file_is_short(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) < LONGEST_FILE


@pytest.mark.parametrize("path", ALL, ids=by_name)
def test_functions_are_short(path):
    functions = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    long = [node.name for node in functions if node.end_lineno - node.lineno >= LONGEST_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", CODE, ids=by_name)
def test_names_are_not_vague(path):
    defined = (node.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.ClassDef))
    vague = [name for name in [path.stem, *defined] if name.lower() in VAGUE]
    assert vague == []


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_lock_names_no_host_and_no_path(lock):
    lines = lock.read_text().splitlines()
    assert [line for line in lines if re.search(r"://|^-|\bfile:|^/", line)] == []
    assert all("==" in line for line in lines if re.match(r"[a-z0-9]", line))
