"""What the project says of itself outside the code: packages, dependencies, workflows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from sinorus import __version__

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """The content of pyproject.toml."""
    return tomllib.loads(PYPROJECT)


def test_the_wheel_has_types_licence_schemas_and_names(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.iterdir()
    assert wheel.name == f"sinorus-{__version__}-py3-none-any.whl"
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        licence = archive.read(f"sinorus-{__version__}.dist-info/licenses/LICENSE")
    assert licence == (ROOT / "LICENSE").read_bytes()
    package = ROOT / "sinorus"
    shipped = {"py.typed", "text/names.toml", "cli/main.py"}
    shipped |= {f"render/schemas/{path.name}" for path in package.glob("render/schemas/*.json")}
    assert not {f"sinorus/{name}" for name in shipped} - names
    beside = f"sinorus-{__version__}"
    folders = {name.split("/")[0] for name in names}
    assert folders == {"sinorus", f"{beside}.dist-info", f"{beside}.data"}
    assert f"{beside}.data/data/share/man/man1/sinorus.1" in names


def test_the_extra_and_the_group_for_developers_are_the_same(project: dict[str, Any]) -> None:
    groups = project["dependency-groups"]
    included = [part for one in groups["dev"] for part in groups[one["include-group"]]]
    assert sorted(included) == sorted(project["project"]["optional-dependencies"]["dev"])


def test_each_dependency_has_its_reason(project: dict[str, Any]) -> None:
    groups = project["dependency-groups"]
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in ("opensearch", "documents", "pick", "lsp", "mcp"):
        wanted += project["project"]["optional-dependencies"][extra]
    wanted += [one for name, group in groups.items() if name != "dev" for one in group]
    for requirement in wanted:
        line = re.search(rf'^.*"{re.escape(requirement)}"\]?,?  +# \S.*$', PYPROJECT, re.MULTILINE)
        assert line, requirement


def test_the_workflow_runs_the_command_of_the_readme_from_the_oldest_python_on(
    project: dict[str, Any],
) -> None:
    text = (ROOT / ".github/workflows/tests.yml").read_text("utf-8")
    job = yaml.safe_load(text)["jobs"]["tests"]
    (command,) = [step["run"] for step in job["steps"] if "run" in step]
    assert f"\n    {command}\n" in (ROOT / "README.md").read_text("utf-8")
    pythons = job["strategy"]["matrix"]["python"]
    assert f">={pythons[0]}" == project["project"]["requires-python"]
    first, last = (int(python.removeprefix("3.")) for python in (pythons[0], pythons[-1]))
    assert pythons == [f"3.{minor}" for minor in range(first, last + 1)]
