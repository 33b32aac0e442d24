"""Which folder is the library."""

from __future__ import annotations

from pathlib import Path

from sinorus.errors import NoLibraryError

FILE = "sinorus.toml"
FOLDER = "seeds"


def is_library(folder: Path) -> bool:
    """Whether a folder has the marks of a library."""
    return (folder / FILE).is_file() or (folder / FOLDER).is_dir()


def find_library(start: Path) -> Path:
    """The nearest library at `start` or above it. Raises NoLibraryError."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if is_library(folder):
            return folder
    raise NoLibraryError(
        f"there is no library at or above {start}",
        "run sinorus init here, or name one: sinorus --library DIR …",
    )


def named_library(folder: Path) -> Path:
    """A library that was named. Raises NoLibraryError if the folder is none."""
    if not folder.is_dir():
        raise NoLibraryError(f"{folder} is not a folder", "name a library's folder")
    if not is_library(folder):
        raise NoLibraryError(
            f"{folder} is not a library: it has neither {FILE} nor {FOLDER}/",
            f"run sinorus --library {folder} init",
        )
    return folder.absolute()
