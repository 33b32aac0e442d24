"""A folder from a stranger with modules in it: none of them is ever run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sinorus as package

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
FILES = 600
TRAP = "import pathlib\npathlib.Path({mark!r}).write_text({name!r})\n"
IMPORTED = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
import sinorus.cli.main, sinorus.engines.workers, sinorus.engines.whoosh.indexer.shards
import sinorus.library.reading, sinorus.library.migration, sinorus.engines.whoosh.indexer.merger
from sinorus.cli.app import COMMANDS, sinorus as group
for name in COMMANDS:
    group.get_command(None, name)
import sinorus.engines.opensearch.engine, sinorus.engines.opensearch.writer
import multiprocessing.resource_tracker, multiprocessing.spawn, isal.isal_zlib
from sinorus import Library
library = Library.at(sys.argv[2])
library.index(rebuild=True)
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def planted(folder: Path, names: list[str]) -> Path:
    """A module of each name in a folder, and a package; what they write if they are run."""
    mark = folder.parent / "ran"
    for name in names:
        trap = TRAP.format(mark=str(mark), name=name)
        (folder / f"{name}.py").write_text(trap)
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "__init__.py").write_text(trap)
    return mark


@pytest.fixture
def large(library: MakeLibrary) -> Path:
    """A library with so many files that other processes index them."""
    return library({f"{n:03}.md": f"# Zebra\n\nA zebra of number {n}.\n" for n in range(FILES)})


@pytest.fixture
def names(large: Path) -> list[str]:
    """All modules that any command and indexing import, of ours, of others, of Python."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", IMPORTED, json.dumps(sys.path), str(large)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(done.stdout)
    assert {"sinorus", "numpy", "yaml", "pickle", "isal", "opensearchpy", "click"} <= set(found)
    return [name for name in found if name.isidentifier() and name != "__main__"]


COMMANDS = [
    ["index", "--rebuild"],
    ["search", "zebra", "-c"],
    ["search", "zebra*", "--format", "rich", "-n", "3"],
    ["show", "001"],
    ["open", "001", "--print"],
    ["compare", "zebra", "--by", "lang"],
    ["compare", "001", "002"],
    ["sources", "--path", "seeds/0*"],
    ["status", "--check"],
    ["add", "../mine.md"],
    ["init"],
    ["completion", "bash"],
    ["index"],
]


def test_no_command_runs_a_module_of_the_current_folder(
    large: Path, names: list[str], sinorus: Sinorus
) -> None:
    mark = planted(large, names)
    (large.parent / "mine.md").write_text("My own zebra.\n")
    program = Path(sys.executable).with_name("sinorus")
    assert program.exists(), "the program is installed beside its Python"
    for command in COMMANDS:
        done = subprocess.run(
            [program, *command],
            cwd=large,
            env=sinorus.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)
        assert not mark.exists(), (command, mark.read_text())


def test_python_m_runs_none_of_the_modules_that_we_ask_for(
    large: Path, names: list[str], sinorus: Sinorus
) -> None:
    """What `python -m sinorus` itself looks for before it is ours to say is left out."""
    sinorus.anew = True
    mark = planted(large, [name for name in names if name not in sys.stdlib_module_names])
    for name in ("sinorus",):
        (large / f"{name}.py").unlink()
        for path in (large / name).iterdir():
            path.unlink()
        (large / name).rmdir()
    for command in COMMANDS:
        done = sinorus(*command) if command[0] != "add" else None
        assert done is None or done.code == 0, (command, done)
        assert not mark.exists(), (command, mark.read_text())


CLUSTER = """\
import sys
from sinorus.engines.opensearch.bulk import Destination, prepared
from sinorus.files import Tree
from sinorus.library.reading import read_file
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.walk import walk

tree = Tree(sys.argv[1])
items = [(entry, None) for entry in walk(tree, ["seeds"]).entries]
done = list(prepared(Destination("x", 1, {}), read_file, Conversions(tree), items))
print(len(done), sum(one.lines is not None for one in done))
"""


def test_the_processes_of_the_cluster_engine_run_none_either(
    large: Path, names: list[str], sinorus: Sinorus
) -> None:
    """Without a cluster: what a cluster gets is made in other processes, which are asked alone."""
    mark = planted(large, names)
    script = large.parent / "script.py"
    script.write_text(CLUSTER)
    done = subprocess.run(
        [sys.executable, script, large],
        cwd=large,
        env=sinorus.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (f"{FILES} {FILES}\n", "")
    assert not mark.exists(), mark.read_text()


@pytest.mark.skipif(
    "SINORUS_TEST_OPENSEARCH_URL" not in os.environ, reason="no cluster is named to test on"
)
def test_no_command_over_a_cluster_runs_one(
    large: Path, names: list[str], sinorus: Sinorus
) -> None:
    mark = planted(large, names)
    url = os.environ["SINORUS_TEST_OPENSEARCH_URL"].split(",")[0]
    name = f"traps-{os.urandom(4).hex()}"
    env = {**sinorus.environment, "SINORUS_LIBRARY_NAME": name, "SINORUS_URL": url}
    env["SINORUS_ENGINE"] = "opensearch"
    program = Path(sys.executable).with_name("sinorus")
    for command in (["index"], ["search", "zebra", "-c"], ["show", "001"], ["status"]):
        done = subprocess.run(
            [program, *command], cwd=large, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stderr)
        assert not mark.exists(), (command, mark.read_text())


def test_only_one_place_starts_an_interpreter() -> None:
    """Whoever starts one elsewhere has to see to its search path there again."""
    home = Path(package.__file__).parent
    found = {
        path.relative_to(home).as_posix()
        for path in home.rglob("*.py")
        if "sys.executable" in (text := path.read_text("utf-8"))
        or "multiprocessing" in text
        or "ProcessPool" in text
    }
    assert found == {"processes.py"}
