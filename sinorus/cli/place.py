"""Which library a command is about, and what was set for it: by flags, environment and files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sinorus.config import Settings


def user_file() -> Path:
    """The user's own file of settings, which need not be there."""
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111
    return Path(home) / "sinorus" / "config.toml"


def library_folder(folder: str | None) -> Path:
    """The folder of the library, which `--library` may name. Raises NoLibraryError."""
    from sinorus.errors import NoLibraryError
    from sinorus.library.location import find_library, named_library

    named = folder or os.environ.get("SINORUS_LIBRARY") or None
    try:
        return named_library(Path(named)) if named else find_library(Path.cwd())
    except FileNotFoundError:
        raise NoLibraryError("the current folder is gone", "change to another one") from None
    except NoLibraryError:
        if named or (usual := _usual_library()) is None:
            raise
        return usual


def _usual_library() -> Path | None:
    """The `library` of the user's own config, which counts where nothing else is found.

    Raises NoLibraryError if it is not one.
    """
    from sinorus.config import load_settings
    from sinorus.errors import NoLibraryError
    from sinorus.library.location import named_library

    settings = load_settings(None, user_file())
    if not settings["library"]:
        return None
    told = f"{settings.origin('library')}: library = {settings['library']!r}"
    folder = Path(os.path.expanduser(settings["library"]))  # noqa: PTH111
    if not folder.is_absolute():
        raise NoLibraryError(f"{told} is not a whole path", "begin it with / or ~")
    try:
        return named_library(folder)
    except NoLibraryError as fault:
        fault.message = f"{told}: {fault.message}"
        raise


def settings_of(root: Path | None, engine: str | None) -> Settings:
    """All settings: of the library in `root`, the user, the environment, and `--engine`."""
    from sinorus.config import load_settings, read_setting
    from sinorus.library.location import FILE

    settings = load_settings(root / FILE if root else None, user_file(), os.environ)
    if engine is not None:
        chosen = read_setting("engine", engine, "--engine")
        settings = settings.having("engine", chosen, "--engine")
    return settings
