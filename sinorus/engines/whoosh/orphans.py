"""Files that a commit left behind, or a run that was killed: what no reader will ask for again."""

from __future__ import annotations

import re
from collections.abc import Collection
from stat import S_ISDIR

from sinorus.engines.whoosh.commit import Contents, toc_name
from sinorus.files import Folder

_OURS = re.compile(r"_?MAIN_\w+\..+|seal\.json(\..+)?|(names|writer)\.json\.\w+")
_KEPT = frozenset({"MAIN_WRITELOCK"})


def litter(folder: Folder, contents: Contents | None) -> list[str]:
    """The files of the index folder that `contents` does not need; None: no commit is there."""
    wanted = set(_KEPT)
    if contents is not None:
        wanted.add(toc_name(contents.generation))
        wanted.update(state.file_name() for state in contents.segments)
    return [
        name
        for name in folder.names()
        if _OURS.fullmatch(name) and name not in wanted and not S_ISDIR(folder.stat(name).st_mode)
    ]


def clear(folder: Folder, contents: Contents | None, before: Collection[str] = ()) -> None:
    """Takes the litter away, but for the names in `before`; only a holder of the write lock may."""
    for name in litter(folder, contents):
        if name not in before:
            folder.remove(name)
