"""Libraries of files, and the program to call on them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from support.program import PATIENCE, ROOT, SHARED, IndexedOnce, MakeLibrary, Poll, Sinorus, Valid
from support.small_libraries import PRESS, make_library

Fill = Callable[[Path], object]
"""Puts the files of a library below a folder that is not there yet."""


def pytest_configure(config: pytest.Config) -> None:
    """The markers of these tests."""
    config.addinivalue_line("markers", "shared: needs ../shared; indexes its library once (~25 s)")
    config.addinivalue_line("markers", "long: takes half a minute or more; begins before others")
    # How long an example takes on a machine that others use says nothing: timings are in bench/.
    settings.register_profile("sinorus", deadline=None)
    settings.load_profile("sinorus")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: where it came last, the other processes would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture
def sinorus(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Sinorus:
    """The program, in an empty folder until a library is made or chosen."""
    home = tmp_path / "home"
    home.mkdir()
    program = Sinorus(home)
    # The user's cache has the dictionary, which takes seconds to make: once for all tests.
    program.environment["XDG_CACHE_HOME"] = str(tmp_path_factory.getbasetemp().parent / "cache")
    return program


@pytest.fixture
def library(tmp_path: Path, sinorus: Sinorus) -> MakeLibrary:
    """Makes a library of files below seeds/ and goes there."""

    def made(files: Mapping[str, str | bytes]) -> Path:
        sinorus.cwd = make_library(tmp_path / "library", files)
        return sinorus.cwd

    return made


@pytest.fixture(scope="session")
def indexed_once(tmp_path_factory: pytest.TempPathFactory) -> IndexedOnce:
    """Fills and indexes a library of that name, once for all processes of a run of tests."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, fill: Fill) -> Path:
        root = base / f"{name}-indexed" / "library"
        root.parent.mkdir(exist_ok=True)
        with (root.parent / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (root / "index").exists():
                fill(root)
                home = root.parent / "home"
                home.mkdir()
                program = Sinorus(home)
                program.cwd = root
                done = program("index")
                assert (done.code, done.err) == (0, ""), done
        return root

    return made


@pytest.fixture(scope="session")
def press_indexed(indexed_once: IndexedOnce) -> Path:
    """The library PRESS, indexed; not to be changed."""
    return indexed_once("press", lambda root: make_library(root, PRESS))


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
def seeds_indexed(indexed_once: IndexedOnce) -> Path:
    """A copy of the repository's own seeds, indexed; not to be changed."""
    return indexed_once("seeds", lambda root: shutil.copytree(ROOT / "seeds", root / "seeds"))


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
def shared_indexed(indexed_once: IndexedOnce) -> Path:
    """A copy of the library in ../shared, indexed; not to be changed."""
    source = SHARED / "library"
    if not source.is_dir():
        pytest.skip("there is no ../shared/library")
    return indexed_once("shared", lambda root: shutil.copytree(source, root / "seeds"))


@pytest.fixture
def shared(shared_indexed: Path, sinorus: Sinorus) -> Path:
    """The library in ../shared, to read in; the program is there."""
    sinorus.cwd = shared_indexed
    return shared_indexed


@pytest.fixture(scope="session")
def valid() -> Valid:
    """Checks a document against the published schema of that name, and gives it back."""
    import jsonschema

    @cache
    def validator(name: str) -> jsonschema.Draft202012Validator:
        path = ROOT / "sinorus" / "render" / "schemas" / f"{name}.json"
        schema = json.loads(path.read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema)

    def checked(name: str, document: Any) -> Any:
        validator(name).validate(document)
        return document

    return checked


@pytest.fixture
def bound_by_permissions(sinorus: Sinorus, tmp_path: Path) -> None:
    """From here on permissions of files bind the program, also if it is root who runs it."""
    if os.geteuid() == 0:
        sinorus.prefix = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    probe = tmp_path / "probe"
    probe.touch(0)
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may do everything, and there is no setpriv to take that from it")
    reading = [*sinorus.prefix, "cat", str(probe)]
    if subprocess.run(reading, capture_output=True, check=False).returncode == 0:
        pytest.skip("permissions of files bind nobody here")


@pytest.fixture
def poll() -> Poll:
    """Waits until something is so; gives what it was."""

    def until(so: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := so():
                return found
            time.sleep(0.002)
        raise AssertionError("it never came to pass")

    return until
