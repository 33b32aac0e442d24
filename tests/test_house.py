"""The house rules: lint, format, types, layers, sizes, names, and which library is used where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "sinorus").rglob("*.py"))
HOMES = {
    "click": ("cli/",),
    "rich": ("render/terminal/",),
    "whoosh": ("engines/whoosh/codec/",),
    "opensearchpy": ("engines/opensearch/",),
    "numpy": ("engines/whoosh/", "text/chunks.py"),
    "isal": ("engines/whoosh/segment/stored.py",),
    "frontmatter": ("sources/",),
    "yaml": ("sources/",),
    "charset_normalizer": ("sources/",),
    "Stemmer": ("text/stems.py",),
    "tomli": ("config.py", "text/names.py"),
}
"""Each borrowed library and the only part of the house that may import it."""


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["importlinter.cli"],
    ],
    ids=["lint", "format", "types", "layers"],
)
def test_tools_have_nothing_to_say(command: list[str]) -> None:
    run = [sys.executable, "-m", *command]
    if command == ["importlinter.cli"]:
        run = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_borrowed_library_has_one_home(path: Path) -> None:
    place = path.relative_to(ROOT / "sinorus").as_posix()
    for library in imported(path) - set(sys.stdlib_module_names) - {"sinorus", "tomllib"}:
        assert place.startswith(HOMES[library]), f"{place} imports {library}"


def test_modules_and_functions_stay_small() -> None:
    sizes = {path: len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert max(sizes.values()) <= 400, max(sizes, key=lambda path: sizes[path])
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                assert size <= 60, f"{path}:{node.lineno} {node.name} has {size} lines"


def test_names_are_the_fields_own() -> None:
    for path in MODULES:
        words = set(path.stem.lower().split("_"))
        assert not words & {"utils", "util", "manager", "helper", "helpers", "data", "misc"}, path


def test_every_public_name_is_explained() -> None:
    """Methods that implement a protocol or a base class are explained there."""
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        assert path.stat().st_size == 0 or ast.get_docstring(tree), path
        for node in tree.body:
            named = isinstance(node, (ast.FunctionDef, ast.ClassDef))
            if named and not node.name.startswith("_") and "overload" not in ast.dump(node):
                assert ast.get_docstring(node), f"{path}:{node.lineno} {node.name}"


def test_nothing_is_left_unfinished() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
    for path in [*MODULES, *(ROOT / "tests").rglob("*.py")]:
        text = path.read_text("utf-8")
        assert not marks.search(text), path
