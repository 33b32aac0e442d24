"""Files that a commit left behind, or a run that was killed: what no reader will ask for again."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from sinorus.engines.whoosh.contents import Contents, toc_path

_OURS = re.compile(r"_?MAIN_\w+\..+|MAIN\.tmp|seal\.json(\..+)?|names\.json\.\d+")
_KEPT = frozenset({"MAIN_WRITELOCK"})


def litter(folder: Path, contents: Contents | None) -> list[Path]:
    """The files of the index folder that `contents` does not need; None: no commit is there."""
    wanted = set(_KEPT)
    if contents is not None:
        wanted.add(toc_path(folder, contents.generation).name)
        wanted.update(state.file_name() for state in contents.segments)
    return [
        path for path in folder.iterdir() if _OURS.fullmatch(path.name) and path.name not in wanted
    ]


def clear(folder: Path, contents: Contents | None, before: Collection[str] = ()) -> None:
    """Takes the litter away, but for the names in `before`; only a holder of the write lock may."""
    import shutil

    for path in litter(folder, contents):
        if path.name in before:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
