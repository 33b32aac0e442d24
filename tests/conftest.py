"""Libraries of files, and the program to call on them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.program import PATIENCE, ROOT, SHARED, Sinorus
from support.small_libraries import PRESS, make_library


def pytest_configure(config: pytest.Config) -> None:
    """The markers of these tests."""
    config.addinivalue_line("markers", "shared: needs ../shared; indexes its library once (~25 s)")


@pytest.fixture
def sinorus(tmp_path: Path) -> Sinorus:
    """The program, in an empty folder until a library is made or chosen."""
    home = tmp_path / "home"
    home.mkdir()
    return Sinorus(home)


@pytest.fixture
def library(tmp_path: Path, sinorus: Sinorus) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Makes a library of files below seeds/ and goes there."""

    def made(files: Mapping[str, str | bytes]) -> Path:
        sinorus.cwd = make_library(tmp_path / "library", files)
        return sinorus.cwd

    return made


@pytest.fixture(scope="session")
def press_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library PRESS, indexed once; not to be changed."""
    return _indexed(make_library(tmp_path_factory.mktemp("press") / "library", PRESS))


@pytest.fixture
def press(press_indexed: Path, sinorus: Sinorus) -> Path:
    """The library PRESS, to read in; the program is there."""
    sinorus.cwd = press_indexed
    return press_indexed


@pytest.fixture
def own_press(press_indexed: Path, sinorus: Sinorus, tmp_path: Path) -> Path:
    """A copy of the library PRESS, to change; the program is there."""
    sinorus.cwd = Path(shutil.copytree(press_indexed, tmp_path / "library"))
    return sinorus.cwd


@pytest.fixture(scope="session")
def seeds_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's own seeds, indexed once; not to be changed."""
    root = tmp_path_factory.mktemp("seeds") / "library"
    shutil.copytree(ROOT / "seeds", root / "seeds")
    return _indexed(root)


@pytest.fixture
def seeds(seeds_indexed: Path, sinorus: Sinorus) -> Path:
    """The repository's own seeds, to read in; the program is there."""
    sinorus.cwd = seeds_indexed
    return seeds_indexed


@pytest.fixture
def own_seeds(seeds_indexed: Path, sinorus: Sinorus, tmp_path: Path) -> Path:
    """A copy of the repository's own seeds, to change; the program is there."""
    sinorus.cwd = Path(shutil.copytree(seeds_indexed, tmp_path / "library"))
    return sinorus.cwd


@pytest.fixture(scope="session")
def shared_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the library in ../shared, indexed once for all workers of a run."""
    if not (SHARED / "library").is_dir():
        pytest.skip("there is no ../shared/library")
    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    root = base / "shared-library"
    with (base / "shared-library.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "index").exists():
            shutil.copytree(SHARED / "library", root / "seeds", symlinks=False)
            _indexed(root)
    return root


@pytest.fixture
def shared(shared_indexed: Path, sinorus: Sinorus) -> Path:
    """The library in ../shared, to read in; the program is there."""
    sinorus.cwd = shared_indexed
    return shared_indexed


def _indexed(root: Path) -> Path:
    home = root.parent / f"{root.name}-home"
    home.mkdir()
    program = Sinorus(home)
    program.cwd = root
    done = program("index")
    assert (done.code, done.err) == (0, ""), done
    return root


@pytest.fixture(scope="session")
def valid() -> Callable[[str, Any], Any]:
    """Checks a document against the published schema of that name, and gives it back."""
    import jsonschema

    def checked(name: str, document: Any) -> Any:
        path = ROOT / "sinorus" / "render" / "schemas" / f"{name}.json"
        schema = json.loads(path.read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(document)
        return document

    return checked


@pytest.fixture
def bound_by_rights(sinorus: Sinorus, tmp_path: Path) -> None:
    """From here on the rights of files bind the program, also if it is root who runs it."""
    if os.geteuid() == 0:
        sinorus.prefix = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    probe = tmp_path / "probe"
    probe.touch(0)
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may do everything, and there is no setpriv to take that from it")
    reading = [*sinorus.prefix, "cat", str(probe)]
    if subprocess.run(reading, capture_output=True, check=False).returncode == 0:
        pytest.skip("the rights of files bind nobody here")


@pytest.fixture
def poll() -> Callable[[Callable[[], Any]], Any]:
    """Waits until something is so; gives what it was."""

    def until(so: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := so():
                return found
            time.sleep(0.002)
        raise AssertionError("it never came to pass")

    return until
