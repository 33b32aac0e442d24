"""The files that say what is left out, read as the folders that have one are met.

Most libraries have none: what matches patterns is imported where there are some.
"""

from __future__ import annotations

from errno import ELOOP
from typing import TYPE_CHECKING

from sinorus.files import LeadsOut, NotRegular, TooLarge, Tree, read_all
from sinorus.model.documents import Fault

if TYPE_CHECKING:
    from sinorus.sources.ignore import Chain, Rules

IGNORE_FILE = ".sinorusignore"
OUTSIDE = "a link that leaves the library is not followed"
_LARGEST = 1 << 16
"""Bytes that a file of patterns may have."""


def cannot_be_read(error: OSError) -> str:
    """What the system says, as the user would put it."""
    return f"cannot be read: {(error.strerror or 'unknown error').lower()}"


class Unreadable(Exception):  # noqa: N818 - says what the file is
    """A file of patterns that cannot be read now: what it leaves out is not known."""


class IgnoreFiles:
    """The patterns of a library; what is wrong with them goes to `faults`."""

    def __init__(self, tree: Tree, faults: list[Fault], exclude: Rules | None) -> None:
        self._tree, self._faults = tree, faults
        self._rules: dict[str, Rules | None] = {}
        self._count = len(exclude) if exclude is not None else 0
        self.first: Chain | None = None
        """What holds everywhere."""
        if exclude is not None:
            from sinorus.sources.ignore import Chain

            self.first = Chain(exclude)

    def of(self, folder: str, above: Chain | None) -> Chain | None:
        """What holds in a folder that may have patterns of its own. Raises Unreadable."""
        if folder not in self._rules:
            self._rules[folder] = self._read(folder)
        rules = self._rules[folder]
        if rules is None:
            return above
        from sinorus.sources.ignore import Chain

        return Chain(rules, above)

    def _read(self, folder: str) -> Rules | None:
        path = f"{folder}/{IGNORE_FILE}" if folder else IGNORE_FILE
        try:
            content = read_all(self._tree.open_file(path), path, _LARGEST)
        except FileNotFoundError:
            return None
        except OSError as error:
            reason = _lasting(error)
            if not reason:
                raise Unreadable(f"{path} {cannot_be_read(error)}") from None
            self._faults.append(Fault(path, None, reason, skipped=False))
            return None
        from sinorus.sources.ignore import MOST, Rules, patterns_of

        text = content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        lines = [line.removesuffix("\r") for line in text.split("\n")]
        patterns, faults = patterns_of(lines, MOST - self._count)
        self._count += len(patterns) + len(faults)
        self._faults += [Fault(path, line, reason, skipped=False) for line, reason in faults]
        return Rules(folder, patterns) if patterns else None


def _lasting(error: OSError) -> str:
    """Why a file of patterns is none; empty if it may be one that cannot be read now."""
    if isinstance(error, LeadsOut):
        return OUTSIDE
    if isinstance(error, NotRegular):
        return "is not a file: it leaves nothing out"
    if isinstance(error, TooLarge):
        return f"is larger than {_LARGEST >> 10} KiB: it leaves nothing out"
    return "is a link to itself: it leaves nothing out" if error.errno == ELOOP else ""


def left_out(chain: Chain | None, path: str, *, folder: bool) -> bool:
    """Whether what is at `path` is left out."""
    if chain is None:
        return False
    from sinorus.sources.ignore import excluded

    return excluded(chain, path, folder=folder)


def folders_above(folder: str) -> list[str]:
    """The folders of the library that a source folder lies in, the library itself first."""
    if not folder or folder.startswith("/"):
        return [""] if folder else []
    names = folder.split("/")
    return ["/".join(names[:end]) for end in range(len(names))]
