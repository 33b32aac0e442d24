"""Which folder is the library, and how a folder becomes one."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sinorus.errors import ConfigError, NoLibraryError, SinorusError
from sinorus.files import Tree, read_all

FILE = "sinorus.toml"
FOLDER = "seeds"
MARKS = "marks.toml"
"""What a writer marked in a library: see `library.marks`."""
_SETTINGS = """\
# The settings of this library: docs/configuration.md has them all.
sources = ["seeds"]    # the folders with your documents
"""
_IGNORE = """\
# What sinorus makes from the sources; it can be deleted and made again at any time.
*
!.gitignore
"""


def is_library(folder: Path) -> bool:
    """Whether a folder has the marks of a library."""
    return (folder / FILE).is_file() or (folder / FOLDER).is_dir()


def find_library(start: Path) -> Path:
    """The nearest library at `start` or above it. Raises NoLibraryError."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if is_library(folder):
            return folder
    raise NoLibraryError(f"there is no library at or above {start}", reason="no library")


def named_library(folder: Path) -> Path:
    """A library that was named. Raises NoLibraryError if the folder is none."""
    if not folder.is_dir():
        raise NoLibraryError(f"{folder} is not a folder", "name a library's folder")
    if not is_library(folder):
        raise NoLibraryError(
            f"{folder} is not a library: it has neither {FILE} nor {FOLDER}/",
            reason="not a library",
        )
    return folder.absolute()


def make_library(root: Path, trusted: Sequence[str] = ()) -> list[str]:
    """Makes a folder a library: what was made; what is there already is left as it is.

    Raises SinorusError where nothing can be made, also for what leads out of the library and is
    not `trusted`.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        return _made(root, trusted)
    except OSError as fault:
        raise SinorusError(f"{root} cannot be made a library: {fault.strerror}") from None


def _made(root: Path, trusted: Sequence[str]) -> list[str]:
    made = [name for name in (FOLDER, "index") if not (root / name).is_dir()]
    with closing(Tree(str(root), trusted)) as tree:
        for folder, name, text in (
            ("", FILE, _SETTINGS),
            (FOLDER, "", ""),
            ("index", ".gitignore", _IGNORE),
        ):
            with closing(tree.make_folder(folder) if folder else tree.folder(folder)) as there:
                if name and not there.has(name):
                    there.write(name, text.encode())
                    made.append(f"{folder}/{name}".lstrip("/"))
    return made


def source_folder(folders: Sequence[str], wanted: str | None) -> str:
    """The source folder of a library, or one below it, that is `wanted`; None: the first.

    Raises SinorusError if the library has none, or not this one.
    """
    if not folders:
        raise SinorusError("this library has no source folder", 'set sources = ["seeds"]')
    chosen = posixpath.normpath(wanted) if wanted else folders[0]
    if not any(chosen == known or chosen.startswith(known + "/") for known in folders):
        raise SinorusError(
            f"{chosen!r} is not a source folder of this library", f"it has {', '.join(folders)}"
        )
    return chosen


def has_file(tree: Tree, name: str) -> bool:
    """Whether a library has anything of its own by that name; to look costs next to nothing."""
    try:
        tree.stat(name)
    except FileNotFoundError:
        return False
    except OSError:  # whoever reads it says what is wrong
        return True
    return True


def own_file(tree: Tree, name: str, most: int) -> bytes | None:
    """What a library's own file of that name holds, of at most so many bytes; None if it has none.

    Raises ConfigError for one that is no file or cannot be read.
    """
    try:
        return read_all(tree.open_file(name), name, most)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise ConfigError(
            f"{os.path.join(tree.root, name)} cannot be read: {fault.strerror}",  # noqa: PTH118
            "make it a readable file, or take it away",
        ) from None
