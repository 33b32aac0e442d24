"""A source file as a walk finds it."""

from __future__ import annotations

from typing import NamedTuple

from sinorus.model.folders import NO_DEFAULTS, Defaults


class Entry(NamedTuple):
    """A source file as the file system shows it, without opening it.

    `path` is relative to the library with `/` (undecodable bytes as surrogates), or absolute in a
    folder outside that the user trusts; `folder` is the source folder it was found through; `size`
    in bytes, `mtime` and `ctime` in nanoseconds; `defaults` are what others say of it.
    """

    path: str
    folder: str
    size: int
    mtime: int
    ctime: int
    inode: int
    defaults: Defaults = NO_DEFAULTS
